package main

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"commonspend/compare"
	"commonspend/schemas"
)

// compareRows is how many transactions the comparison tables are made from.
const compareRows = 50_000_000

// comparedTables rest on transactions, each with an order of its full key.
var comparedTables = []string{"coverage", "figures", "comparisons", "benchmarks"}

//go:embed compare.sql
var compareMade string

// compared is what measureCompare found.
type compared struct {
	rows, figures, benchmarks int64
	bare, rebuild, refresh    time.Duration
}

// measureCompare makes coverage, figures, comparisons and benchmarks from 50
// million transactions, on two threads and 4 GB, beside one GROUP BY of them;
// then again after one file came, and holds the two equal.
func measureCompare(b *run) (string, error) {
	ctx := context.Background()
	db, err := sql.Open("duckdb", filepath.Join(b.folder, "compare.duckdb")+
		"?threads=2&memory_limit=4GB&preserve_insertion_order=false&storage_compatibility_version=latest")
	if err != nil {
		return "", err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	made := schemas.WarehouseSQL + strings.ReplaceAll(compareMade, "{rows}", fmt.Sprint(compareRows))
	if _, err := db.ExecContext(ctx, made); err != nil {
		return "", fmt.Errorf("make the transactions: %w", err)
	}
	c, err := compareAll(ctx, db)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`
## Coverage, figures, comparisons and benchmarks from %d transactions

600 bodies, 300 categories, 8 years; two threads, 4 GB. Transactions are formed when files are loaded, and so are the
figures of payees and expense types, which rest on the words as published. Medians of three.

| | took | ratio | target |
|---|---|---|---|
| one bare GROUP BY body, category, financial year | %s | 1 | |
| all of coverage, comparisons, benchmarks (%d rows) and figures (%d rows) | %s | %s | 12 |
| the same after one more file, its transactions formed too | %s | %s of all | 0.05 |

After the one file the tables hold what making all again gives.
`, c.rows, seconds(c.bare), c.benchmarks, c.figures, seconds(c.rebuild), ratio(c.rebuild, c.bare),
		seconds(c.refresh), ratio(c.refresh, c.rebuild)), nil
}

func compareAll(ctx context.Context, db *sql.DB) (c compared, err error) {
	var bare, rebuild, refresh []time.Duration
	for i := range 3 {
		took, err := clocked(func() error {
			_, err := db.ExecContext(ctx, `CREATE OR REPLACE TEMP TABLE bare AS SELECT body, category, financial_year, count(*) AS times,
				CAST(sum(pence) AS BIGINT) AS pence FROM transactions GROUP BY body, category, financial_year`)
			return err
		})
		if err != nil {
			return c, err
		}
		bare = append(bare, took)
		if took, err = clocked(func() error { return inTx(ctx, db, compare.Add) }); err != nil {
			return c, err
		}
		rebuild = append(rebuild, took)
		if took, err = compareOneFile(ctx, db, 1_000_000+i); err != nil {
			return c, err
		}
		refresh = append(refresh, took)
	}
	c.bare, c.rebuild, c.refresh = median(bare), median(rebuild), median(refresh)
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM transactions), (SELECT count(*) FROM figures), (SELECT count(*) FROM benchmarks)`).
		Scan(&c.rows, &c.figures, &c.benchmarks)
	if err != nil {
		return c, err
	}
	return c, comparedSame(ctx, db)
}

// compareOneFile adds a file for a month that is held already, and refreshes.
func compareOneFile(ctx context.Context, db *sql.DB, no int) (time.Duration, error) {
	for _, text := range []string{
		`INSERT INTO files SELECT * REPLACE ($1::INTEGER AS file_no, $1::VARCHAR AS name) FROM files WHERE file_no = 7 * 96 + 90`,
		`INSERT INTO payments BY NAME SELECT $1::INTEGER AS file_no, 1 AS sheet_no, row, 1 AS date_column, 2 AS amount_column, 3 AS payee_column,
			month AS date, 'payment' AS date_kind, pence + $1 AS amount, vat_basis, supplier AS payee, 'organisation' AS payee_class,
			false AS text_withheld, '' AS number_kind, 0 AS line_hash, 0 AS payee_hash, row::VARCHAR AS transaction
		FROM transactions WHERE file_no = 7 * 96 + 90`,
	} {
		if _, err := db.ExecContext(ctx, text, no); err != nil {
			return 0, err
		}
	}
	return clocked(func() error {
		return inTx(ctx, db, func(ctx context.Context, tx *sql.Tx) error {
			_, err := compare.Refresh(ctx, tx, []int{no})
			return err
		})
	})
}

// comparedSame holds the tables equal to what making all again gives.
func comparedSame(ctx context.Context, db *sql.DB) error {
	before, err := comparedSums(ctx, db)
	if err != nil {
		return err
	}
	if err := inTx(ctx, db, compare.Add); err != nil {
		return err
	}
	after, err := comparedSums(ctx, db)
	if err == nil && before != after {
		err = fmt.Errorf("after one file the tables are not what making all again gives:\n%s\n%s", before, after)
	}
	return err
}

// comparedSums is a sum over every row of the tables.
func comparedSums(ctx context.Context, db *sql.DB) (string, error) {
	var sums []string
	for _, table := range comparedTables {
		var sum string
		text := "SELECT count(*) || ' ' || coalesce(sum(hash(t)), 0) FROM " + table + " t"
		if err := db.QueryRowContext(ctx, text).Scan(&sum); err != nil {
			return "", err
		}
		sums = append(sums, table+" "+sum)
	}
	return strings.Join(sums, ", "), nil
}

func clocked(do func() error) (time.Duration, error) {
	start := time.Now()
	err := do()
	return time.Since(start), err
}

func inTx(ctx context.Context, db *sql.DB, do func(context.Context, *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(ctx, tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}
