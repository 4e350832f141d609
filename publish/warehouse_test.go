package publish

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonspend/schemas"

	_ "github.com/duckdb/duckdb-go/v2"
)

// made is a hand-made warehouse and the data directory it publishes into.
type made struct {
	t    testing.TB
	db   *sql.DB
	dir  string
	file int
}

// seeded are names of made-up private people; no release may hold one.
var seeded = []string{"Quillfeather", "Marrowbone", "Thistlewick", "Oddsocks"}

func newMade(t testing.TB) *made {
	t.Helper()
	dir := t.TempDir()
	db, err := sql.Open("duckdb", filepath.Join(dir, "warehouse.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	m := &made{t: t, db: db, dir: dir}
	m.run(schemas.WarehouseSQL)
	m.publisher("upper-mere", "Upper Mere District Council", "GB-LAE-UPM", "OGL-UK-3.0")
	m.publisher("low-fen", "Low Fen District Council", "GB-LAE-LOF", "OGL-UK-3.0")
	m.publisher("closed-moor", "Closed Moor District Council", "GB-LAE-CLM", "")
	return m
}

func (m *made) run(text string, args ...any) {
	m.t.Helper()
	if _, err := m.db.Exec(text, args...); err != nil {
		m.t.Fatal(err)
	}
}

func (m *made) publisher(id, name, body, licence string) {
	m.run(`INSERT INTO publishers BY NAME SELECT ? AS publisher, ? AS name, ? AS body, 'local' AS sector,
		'Non-metropolitan district' AS kind, '' AS duty, 0 AS threshold_pence, ? AS licence, 'Contains data of ' || ? AS attribution`,
		id, name, body, licence, name)
}

// line is a payment of a hand-made file.
type line struct {
	date, payee, class, description, other string
	pence                                  int64
	withheld                               bool
}

// add brings a file of a publisher for a month (2024-05) and brings the
// derived tables up to date as compare would.
func (m *made) add(publisher, month string, lines ...line) int {
	m.t.Helper()
	m.file++
	sha := fmt.Sprintf("%064x", m.file)
	first, err := schemas.ParseDate(month + "-01")
	if err != nil {
		m.t.Fatal(err)
	}
	period := schemas.MonthOf(first)
	var body string
	m.one(&body, "SELECT body FROM publishers WHERE publisher = ?", publisher)
	m.run(`INSERT INTO files BY NAME SELECT CAST(? AS INTEGER) AS file_no, ? AS file, ? AS publisher, ? AS name,
		'https://user:pass@example.org/' || ? AS source, 1000 AS bytes, TIMESTAMP '2024-07-01 09:00:00' AS received, 'load' AS outcome, '' AS reason,
		'LGTC500' AS duty, CAST(? AS DATE) AS period_from, CAST(? AS DATE) AS period_to, 'name' AS period_basis, 'rules-1' AS rules`,
		m.file, sha, publisher, month+".csv", month+".csv", period.From.String(), period.To.String())
	m.run(`UPDATE editions SET superseded_by = ? WHERE publisher = ? AND period_from = CAST(? AS DATE) AND superseded_by IS NULL`,
		m.file, publisher, period.From.String())
	m.run(`INSERT INTO editions BY NAME SELECT CAST(? AS INTEGER) AS file_no, ? AS publisher, ? AS body, 'LGTC500' AS duty, ? AS financial_year,
		CAST(? AS DATE) AS period_from, CAST(? AS DATE) AS period_to, 'load' AS outcome`,
		m.file, publisher, body, first.FinancialYear().String(), period.From.String(), period.To.String())
	var sum int64
	for i, l := range lines {
		sum += l.pence
		if l.class == "" {
			l.class = "organisation"
		}
		m.run(`INSERT INTO payments BY NAME SELECT CAST(? AS INTEGER) AS file_no, 1 AS sheet_no, CAST(? AS INTEGER) AS row,
			1 AS date_column, 3 AS amount_column, 2 AS payee_column, TRY_CAST(? AS DATE) AS date, 'payment' AS date_kind,
			CAST(? AS BIGINT) AS amount, 'unknown' AS vat_basis, ? AS payee, ? AS payee_class, CAST(? AS BOOLEAN) AS text_withheld,
			'Supplies' AS expense_type, ? AS description, 'T-' || ? AS transaction, 'S-' || ? AS supplier_id, 'UM1 1AA' AS postcode, ? AS other,
			'' AS number_kind, hash(?, ?) // 2 AS line_hash, hash(?) // 2 AS payee_hash`,
			m.file, i+2, l.date, l.pence, l.payee, l.class, l.withheld, l.description, l.payee, l.payee, l.other, l.payee, l.description, l.payee)
	}
	m.run(`INSERT INTO sheets BY NAME SELECT CAST(? AS INTEGER) AS file_no, 1 AS sheet_no, '' AS member, '' AS sheet, 'utf-8' AS encoding, ',' AS delimiter,
		1 AS header_row, CAST(? AS BIGINT) AS physical, 0 AS preamble, 1 AS header, CAST(? AS BIGINT) AS payments, 0 AS refused, 0 AS blank, 0 AS total,
		0 AS note, CAST(? AS BIGINT) AS readable_pence, CAST(? AS BIGINT) AS payment_pence, 0 AS total_pence, 0 AS note_pence, 0 AS negative,
		'ymd' AS date_order, 'unknown' AS vat_basis, '' AS vat_evidence, '[]' AS columns`, m.file, len(lines)+1, len(lines), sum, sum)
	m.derive()
	return m.file
}

// issue notes something odd at a row of a file.
func (m *made) issue(file, row int, field, kind, value string) {
	m.run(`INSERT INTO issues BY NAME SELECT CAST(? AS INTEGER) AS file_no, 1 AS sheet_no, CAST(? AS INTEGER) AS row, 3 AS column_no,
		? AS field, ? AS kind, ? AS value`, file, row, field, kind, value)
}

// derive fills coverage, figures and comparisons from the standing payments;
// figures name private payees, as a mistake upstream would.
func (m *made) derive() {
	m.run(`DELETE FROM coverage; DELETE FROM figures; DELETE FROM comparisons; DELETE FROM file_months`)
	m.run(`INSERT INTO file_months BY NAME SELECT file_no, body, financial_year, duty, period_from AS month, true AS claimed, count(*) AS payments,
		CAST(sum(amount) AS BIGINT) AS pence, 0 AS undated, 0 AS net, 0 AS gross FROM editions LEFT JOIN payments USING (file_no) GROUP BY ALL`)
	m.run(`INSERT INTO coverage BY NAME SELECT e.body, e.financial_year, e.period_from AS month, e.duty, 'held' AS status,
		count(DISTINCT e.file_no) AS files, 0 AS superseded, 0 AS undated, count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence, 'unknown' AS vat_basis
		FROM payments JOIN editions e USING (file_no) WHERE superseded_by IS NULL GROUP BY ALL`)
	for dimension, key := range map[string]string{"total": "''", "payee": "payee", "expense_type": "expense_type"} {
		m.run(`INSERT INTO figures BY NAME SELECT e.body, e.financial_year, e.period_from AS month, e.duty, '` + dimension + `' AS dimension, ` + key + ` AS key,
			count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence, CAST(coalesce(sum(amount) FILTER (WHERE amount < 0), 0) AS BIGINT) AS credit_pence
			FROM payments JOIN editions e USING (file_no) WHERE superseded_by IS NULL GROUP BY ALL ORDER BY ALL`)
	}
	m.run(`INSERT INTO comparisons BY NAME SELECT body, financial_year, month, duty, 'Non-metropolitan district' AS kind, vat_basis, pence,
		0 AS peers, 'fewer than five others hold this month' AS withheld FROM coverage`)
}

// judge gives every payee a supplier and every line a judgement, and gathers
// transactions, by the month of their own date.
func (m *made) judge() {
	m.run(`INSERT INTO suppliers BY NAME SELECT DISTINCT 's' || payee_hash AS supplier, upper(payee) AS name, 'company' AS kind, '' AS body, '' AS company_number, '' AS charity_number, '' AS size, '' AS postcode_area
		FROM payments WHERE payee_class = 'organisation' AND payee_hash NOT IN (SELECT payee_hash FROM payees)`)
	m.run(`INSERT INTO payees BY NAME SELECT DISTINCT payee_hash, payee, payee_class, '' AS postcode, '' AS number_kind, '' AS number, 's' || payee_hash AS supplier, 0.9 AS confidence,
		'name' AS method, 'a reason' AS reason, '1' AS version FROM payments WHERE payee_class = 'organisation' AND payee_hash NOT IN (SELECT payee_hash FROM payees)`)
	m.run(`INSERT INTO lines BY NAME SELECT DISTINCT line_hash, 'procurement' AS scope, '30197600-2' AS category, '30197600-2' AS likely, 0.8 AS confidence, 'model' AS method, 'a reason' AS reason,
		'1' AS version FROM payments WHERE line_hash NOT IN (SELECT line_hash FROM lines)`)
	m.run(`DELETE FROM transactions`)
	m.run(`INSERT INTO transactions BY NAME SELECT p.file_no, e.publisher, e.body, c.financial_year, c.month, e.duty, 'unknown' AS vat_basis, 'procurement' AS scope, '30197600-2' AS category,
		's' || p.payee_hash AS supplier, false AS redacted, 0.8 AS confidence, 1 AS payments, p.amount AS pence, p.amount AS transaction_pence, 0 AS credit_pence, false AS repeats, false AS inferred,
		p.sheet_no, p.row FROM payments p JOIN editions e ON e.file_no = p.file_no AND e.superseded_by IS NULL
		JOIN calendar c ON c.month = CAST(date_trunc('month', COALESCE(p.date, e.period_from)) AS DATE)`)
}

func (m *made) one(into any, text string, args ...any) {
	m.t.Helper()
	if err := m.db.QueryRow(text, args...).Scan(into); err != nil {
		m.t.Fatal(err)
	}
}

func (m *made) options() Options {
	return Options{Dir: m.dir, Now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), JournalLength: m.file,
		JournalHead: "head", Secret: []byte("a secret of sixteen bytes"), Program: "test",
		Titled: func(text string) bool { return strings.Contains(text, "Mrs ") }}
}

func (m *made) publish() *Release {
	m.t.Helper()
	release, err := Publish(context.Background(), m.db, m.options())
	if err != nil {
		m.t.Fatal(err)
	}
	return release
}

// usual fills the warehouse as most tests want it: two publishers, two years,
// private payees, a publisher without a licence.
func (m *made) usual() *made {
	m.add("upper-mere", "2023-04", line{date: "2023-04-05", payee: "Brook Paper Ltd", pence: 120000},
		line{date: "2023-04-06", payee: "=Hill & Dale Ltd", pence: -1250, description: "credit, \"returned\"\ngoods"})
	n := m.add("upper-mere", "2024-05",
		line{date: "2024-05-02", payee: "Brook Paper Ltd", pence: 100000, description: "Paper", other: `{"Ward":"North"}`},
		line{date: "2024-05-03", payee: "Mrs A Quillfeather", class: "individual", pence: 50000, description: "Care for A Quillfeather", other: `{"Note":"Quillfeather"}`},
		line{date: "2024-05-09", payee: "mrs  a quillfeather", class: "individual", pence: 7, description: "more"},
		line{date: "2024-05-04", payee: "J Marrowbone REDACTED", class: "redacted-personal", pence: 60000},
		line{date: "", payee: "Care Homes Ltd", pence: 70000, description: "Placement of T Thistlewick", other: `{"Client":"Thistlewick"}`, withheld: true},
		line{date: "2024-05-06", payee: "WITHHELD - commercial", class: "redacted-commercial", pence: 1})
	m.issue(n, 3, "amount", "amount_subpenny", "500.001")
	m.issue(n, 2, "amount", "amount_subpenny", "1000.001")
	m.issue(n, 9, "amount", "amount_unreadable", "P Oddsocks")
	m.issue(n, 2, "supplier", "text_encoding_damage", "Oddsocks")
	m.add("low-fen", "2024-05", line{date: "2024-05-02", payee: "Brook Paper Ltd", pence: 200000000})
	m.add("closed-moor", "2024-05", line{date: "2024-05-02", payee: "Brook Paper Ltd", pence: 1})
	return m
}

// below lists every regular file below a folder, by its path there.
func below(t *testing.T, folder string) []string {
	t.Helper()
	var found []string
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			name, _ := filepath.Rel(folder, path)
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
