package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"commonspend/schemas"

	_ "github.com/duckdb/duckdb-go/v2" // the peer
)

const loadRows = 1_000_000

// measureLoad loads one clean file of a million rows, five times by us and
// five times by DuckDB's read_csv into the same table, in turn.
func measureLoad(b *run) (string, error) {
	folder := filepath.Join(b.folder, "load")
	list, err := publishers(folder, 1)
	if err != nil {
		return "", err
	}
	file := filepath.Join(folder, "wexcombe-0", "2024-04.csv")
	if err := generate(file, loadRows, 1, 2024, 4); err != nil {
		return "", err
	}
	indexed, whole, peer, peak, err := b.alternate(folder, file, list)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`
## One clean CSV of a million rows and twelve columns (%s)

Median of five alternated runs. DuckDB: its own read_csv with default settings and the
same casts, INSERT into the same table of a new database file, to the commit.

| | median | ratio to read_csv | target |
|---|---|---|---|
| DuckDB read_csv with casts | %s | 1 | |
| commonspend, archived file to commit | %s | %s | 1.0 |
| commonspend, the whole command: start, archive, fsync, index, close | %s | %s | 1.3 |

Peak memory of commonspend (VmHWM): %s; target 600 MB.
`, megabytes(info.Size()), seconds(median(peer)),
		seconds(median(indexed)), ratio(median(indexed), median(peer)),
		seconds(median(whole)), ratio(median(whole), median(peer)), megabytes(peak)), nil
}

// alternate loads the file by us and by DuckDB, five times in turn.
func (b *run) alternate(folder, file, list string) (indexed, whole, peer []time.Duration, peak int64, err error) {
	for i := range 5 {
		data := filepath.Join(folder, fmt.Sprint("data", i))
		result, done, err := b.ingest(file, "--publisher", "wexcombe-0", "--publishers", list, "--data", data)
		if err != nil {
			return nil, nil, nil, 0, err
		}
		if result.Payments != loadRows {
			return nil, nil, nil, 0, fmt.Errorf("%d payments were loaded of %d", result.Payments, loadRows)
		}
		indexed, whole, peak = append(indexed, result.indexed()), append(whole, done.took), max(peak, done.memory)
		took, err := b.peer(file, filepath.Join(folder, fmt.Sprint("peer", i, ".duckdb")))
		if err != nil {
			return nil, nil, nil, 0, err
		}
		peer = append(peer, took)
		os.RemoveAll(data)
	}
	return indexed, whole, peer, peak, nil
}

// peer runs DuckDB's load in a process of its own, which prints how long the
// statement took to its commit.
func (b *run) peer(file, database string) (time.Duration, error) {
	done, err := command(b.self, nil, "duckdb-load", file, database)
	if err != nil {
		return 0, err
	}
	return time.ParseDuration(strings.TrimSpace(string(done.out)))
}

// duckdbLoad loads a generated file with DuckDB alone.
func duckdbLoad(ctx context.Context, file, database string) error {
	db, err := sql.Open("duckdb", database+"?storage_compatibility_version=latest")
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, schemas.WarehouseSQL); err != nil {
		return err
	}
	began := time.Now()
	if _, err := db.ExecContext(ctx, peerSQL, file); err != nil {
		return err
	}
	fmt.Println(time.Since(began))
	return nil
}

// peerSQL casts as the pipeline does: read_csv itself detects that Date is a
// date and Amount a number.
const peerSQL = `INSERT INTO payments
SELECT 1, 1, row_number() OVER () + 1, 3, 8, 6, "Date", 'unknown', CAST(CAST("Amount" AS DECIMAL(18, 2)) * 100 AS BIGINT), 'unknown',
  "Supplier", 'organisation', false, "Department Family", "Entity", "Expense Type", "Expense Area",
  "Description", CAST("Transaction Number" AS VARCHAR), NULL, "VAT Registration Number", NULL, "Supplier Postcode", "Contract Reference", NULL
FROM read_csv(?)`
