package compare

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"commonspend/schemas"
)

var benchRows = flag.Int("rows", 10_000_000, "payments in the warehouse that the benchmarks run on")

// made fills a warehouse with 2,040 files: one a month for 34 months from 60
// bodies of three kinds, in the order in which they would arrive, with about
// 30,000 payees and 60 expense types.
const made = `
INSERT INTO publishers SELECT 'p' || i, '', 'GB-' || i, 'local', 'Kind ' || (i %% 3), 'LGTC500', 0, 'OGL', '' FROM range(60) t(i);
INSERT INTO files SELECT i, '', 'p' || (i %% 60), i || '.csv', '', 0, TIMESTAMP '2022-01-01 09:00:00', 'load', '', 'LGTC500',
  DATE '2018-04-01' + CAST(i // 60 AS INTEGER) * INTERVAL 1 MONTH,
  DATE '2018-04-01' + CAST(i // 60 + 1 AS INTEGER) * INTERVAL 1 MONTH - INTERVAL 1 DAY, 'name', '' FROM range(2040) t(i);
INSERT INTO payments (file_no, sheet_no, row, date_column, amount_column, payee_column, date, date_kind, amount,
  vat_basis, payee, payee_class, text_withheld, expense_type, description, transaction, number_kind, line_hash, payee_hash)
SELECT i * 2040 // %[1]d AS no, 1, i %% greatest(%[1]d // 2040, 1) + 2, 1, 2, 3,
  DATE '2018-04-01' + CAST(i * 2040 // %[1]d // 60 AS INTEGER) * INTERVAL 1 MONTH + CAST(hash(i) %% 31 AS INTEGER) * INTERVAL 1 DAY,
  'payment', CAST(hash(i + 1) %% 1000000 AS BIGINT) - 20000, 'net',
  'Payee ' || (no %% 60 * 500 + CAST(floor(500 * pow(hash(i + 2) %% 1000 / 1000, 2)) AS INTEGER)) || ' Services Limited',
  'organisation', false, 'Type ' || hash(i + 3) %% 60, 'Description ' || hash(i + 4) %% 1000,
  CASE WHEN i %% 10 < 8 THEN CAST(i // 2 AS VARCHAR) END, '', hash(i) %% 200000, hash(i + 2) %% 30000
FROM range(%[1]d) t(i);
INSERT INTO lines SELECT i, CASE WHEN i %% 10 = 0 THEN 'grant' ELSE 'procurement' END, 10 + i %% 80 || '000000-1', '', 0.9, 'model', '', '' FROM range(200000) t(i);
INSERT INTO payees SELECT i, '', 'organisation', '', '', '', 's' || i // 2, 0.9, 'name', '', '' FROM range(30000) t(i);
CHECKPOINT;`

func bigWarehouse(b *testing.B) *sql.DB {
	b.Helper()
	db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "w.duckdb")+"?memory_limit=1GB&storage_compatibility_version=latest")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Exec(schemas.WarehouseSQL + fmt.Sprintf(made, *benchRows)); err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkCompare measures, over one warehouse, a bare GROUP BY of payments by
// body and year, a Rebuild, and a Refresh after one file came: a resubmission
// of the last file, so that one more file must be read to tell.
func BenchmarkCompare(b *testing.B) {
	db := bigWarehouse(b)
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			query(b, db, `SELECT body, year(date), count(*), sum(amount) FROM payments JOIN files USING (file_no)
				JOIN publishers USING (publisher) GROUP BY ALL ORDER BY ALL`)
		}
	})
	b.Run("rebuild", func(b *testing.B) {
		for b.Loop() {
			inTx(b, db, func(ctx context.Context, tx *sql.Tx) error { return Rebuild(ctx, tx) })
		}
	})
	if _, err := db.Exec("CHECKPOINT"); err != nil {
		b.Fatal(err)
	}
	b.Run("refresh", func(b *testing.B) { benchmarkRefresh(b, db) })
}

func benchmarkRefresh(b *testing.B, db *sql.DB) {
	for b.Loop() {
		b.StopTimer()
		var last int
		if err := db.QueryRow("SELECT max(file_no) FROM files").Scan(&last); err != nil {
			b.Fatal(err)
		}
		for _, text := range []string{
			"INSERT INTO files SELECT * REPLACE (?::INTEGER AS file_no, 'again.csv' AS name) FROM files WHERE file_no = ?",
			"INSERT INTO payments SELECT * REPLACE (?::INTEGER AS file_no) FROM payments WHERE file_no = ?",
		} {
			if _, err := db.Exec(text, last+1, last); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		inTx(b, db, func(ctx context.Context, tx *sql.Tx) error {
			_, err := Refresh(ctx, tx, []int{last + 1})
			return err
		})
	}
}
