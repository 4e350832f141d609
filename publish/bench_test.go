package publish

import (
	"database/sql"
	"flag"
	"path/filepath"
	"testing"
	"time"

	"commonspend/schemas"
)

// files sizes BenchmarkPublish: 19,200 files of 520 payments are 10 million.
var files = flag.Int("files", 960, "for BenchmarkPublish: how many generated files of 520 payments")

// BenchmarkPublish measures, of generated files of 200 bodies: a full release,
// one when nothing changed, and one after one more file. Run it with
// -bench Publish -benchtime 1x -files 19200.
func BenchmarkPublish(b *testing.B) {
	for range b.N {
		dir := b.TempDir()
		db, err := sql.Open("duckdb", filepath.Join(dir, "warehouse.duckdb")+"?memory_limit=1GB&storage_compatibility_version=latest")
		if err != nil {
			b.Fatal(err)
		}
		m := &made{t: b, db: db, dir: dir, file: *files}
		m.run(schemas.WarehouseSQL)
		m.generate(*files)
		full := m.measure(b, "full-s")
		m.measure(b, "unchanged-s")
		m.add("p-007", "2030-05", line{date: "2030-05-02", payee: "Brook Paper Ltd", pence: 100000})
		one := m.measure(b, "one-more-s")
		b.ReportMetric(100*one.Seconds()/full.Seconds(), "one-more-%-of-full")
		db.Close()
	}
}

// measure publishes and reports the seconds it took.
func (m *made) measure(b *testing.B, what string) time.Duration {
	started := time.Now()
	m.publish()
	took := time.Since(started)
	b.ReportMetric(took.Seconds(), what)
	return took
}

// generate fills the warehouse with files of 200 publishers, a month each.
func (m *made) generate(files int) {
	m.run(`INSERT INTO publishers BY NAME SELECT format('p-{:03d}', i) AS publisher, format('Made-up District {:03d}', i) AS name,
		format('GB-XX-{:03d}', i) AS body, 'local' AS sector, 'Non-metropolitan district' AS kind, '' AS duty, 0 AS threshold_pence,
		'OGL-UK-3.0' AS licence, 'Contains its data' AS attribution FROM range(200) r(i)`)
	m.run(`INSERT INTO files BY NAME SELECT CAST(i AS INTEGER) AS file_no, sha256(CAST(i AS VARCHAR)) AS file, format('p-{:03d}', i % 200) AS publisher,
		i || '.csv' AS name, 'https://example.org/' || i AS source, 60000 AS bytes, TIMESTAMP '2024-07-01 09:00:00' AS received,
		'load' AS outcome, '' AS reason, 'LGTC500' AS duty, CAST(DATE '2016-04-01' + INTERVAL 1 MONTH * (i // 200) AS DATE) AS period_from,
		CAST(last_day(DATE '2016-04-01' + INTERVAL 1 MONTH * (i // 200)) AS DATE) AS period_to, 'name' AS period_basis, 'rules-1' AS rules
		FROM range(?) r(i)`, files)
	m.run(`INSERT INTO editions BY NAME SELECT file_no, publisher, replace(publisher, 'p-', 'GB-XX-') AS body, duty,
		c.financial_year, period_from, period_to, 'load' AS outcome FROM files JOIN calendar c ON c.month = period_from`)
	m.run(`INSERT INTO payments BY NAME SELECT f.file_no, 1 AS sheet_no, CAST(i + 2 AS INTEGER) AS row, 1 AS date_column, 3 AS amount_column, 2 AS payee_column,
		CAST(f.period_from + CAST(i % 28 AS INTEGER) AS DATE) AS date, 'payment' AS date_kind, CAST(hash(file_no, i) % 5000000 AS BIGINT) - 100000 AS amount, 'unknown' AS vat_basis,
		CASE WHEN i % 20 = 0 THEN 'Person ' || hash(file_no, i) % 5000 ELSE 'Firm of ' || hash(publisher, hash(file_no, i) % 300) % 100000 || ' and Partners Limited' END AS payee,
		CASE WHEN i % 20 = 0 THEN 'individual' ELSE 'organisation' END AS payee_class, false AS text_withheld,
		'Department ' || publisher AS entity, 'Expense type ' || hash(i, 2) % 80 AS expense_type, 'Directorate ' || hash(i, 3) % 40 AS expense_area,
		'Purchase of thing ' || hash(file_no, i, 4) % 200000 || ' for the service' AS description, 'INV' || file_no * 1000 + i AS transaction,
		'S' || hash(file_no, i) % 100000 AS supplier_id, '{"Ward":"Ward ' || i % 40 || '"}' AS other, '' AS number_kind, hash(file_no, i) // 2 AS line_hash, hash(file_no, i) // 2 AS payee_hash
		FROM files f, range(520) r(i) ORDER BY f.file_no, i`)
	m.run(`INSERT INTO sheets BY NAME SELECT file_no, 1 AS sheet_no, '' AS member, '' AS sheet, 'utf-8' AS encoding, ',' AS delimiter,
		1 AS header_row, 521 AS physical, 0 AS preamble, 1 AS header, count(*) AS payments, 0 AS refused, 0 AS blank, 0 AS total,
		0 AS note, sum(amount) AS readable_pence, sum(amount) AS payment_pence, 0 AS total_pence, 0 AS note_pence, 0 AS negative,
		'ymd' AS date_order, 'unknown' AS vat_basis, '' AS vat_evidence, '[]' AS columns FROM payments GROUP BY file_no ORDER BY file_no`)
	m.run(`INSERT INTO issues BY NAME SELECT file_no, sheet_no, row, 3 AS column_no, 'amount' AS field, 'amount_subpenny' AS kind, '12.345' AS value
		FROM payments WHERE row % 20 = 0 ORDER BY file_no, row`)
	m.derive()
	m.run("CHECKPOINT")
}
