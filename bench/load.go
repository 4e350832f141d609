package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"commonspend/normalize/judge"
	"commonspend/schemas"
	"commonspend/store"

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
	m, err := b.alternate(folder, file, list)
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
| commonspend, archived file to commit, and all of it judged: %d texts, %d payees | %s | %s | 2.0 |

Peak memory of commonspend (VmHWM): %s; target 600 MB. Judging: %s.
`, megabytes(info.Size()), seconds(median(m.peer)),
		seconds(median(m.indexed)), ratio(median(m.indexed), median(m.peer)),
		seconds(median(m.whole)), ratio(median(m.whole), median(m.peer)),
		m.judgedOf.Lines, m.judgedOf.Payees, seconds(median(m.judged)), ratio(median(m.judged), median(m.peer)),
		megabytes(m.peak), megabytes(m.judgePeak)), nil
}

// loads is what five loads took, by us and by DuckDB.
type loads struct {
	indexed, whole, judged, peer []time.Duration // judged: indexed, and the judging of it all
	judgedOf                     judge.Counts
	peak, judgePeak              int64
}

// alternate loads the file by us and by DuckDB, five times in turn.
func (b *run) alternate(folder, file, list string) (m loads, err error) {
	for i := range 5 {
		data := filepath.Join(folder, fmt.Sprint("data", i))
		result, done, err := b.ingest(file, "--publisher", "wexcombe-0", "--publishers", list, "--data", data)
		if err != nil {
			return m, err
		}
		if result.Payments != loadRows {
			return m, fmt.Errorf("%d payments were loaded of %d", result.Payments, loadRows)
		}
		m.indexed, m.whole, m.peak = append(m.indexed, result.indexed()), append(m.whole, done.took), max(m.peak, done.memory)
		judging, err := command(b.self, nil, "judge", data)
		if err != nil {
			return m, err
		}
		var took time.Duration
		if _, err := fmt.Sscan(string(judging.out), &took, &m.judgedOf.Lines, &m.judgedOf.Payees); err != nil {
			return m, err
		}
		m.judged, m.judgePeak = append(m.judged, result.indexed()+took), max(m.judgePeak, judging.memory)
		took, err = b.peer(file, filepath.Join(folder, fmt.Sprint("peer", i, ".duckdb")))
		if err != nil {
			return m, err
		}
		m.peer = append(m.peer, took)
		os.RemoveAll(data)
	}
	return m, nil
}

// judgeAll judges what a data directory holds, and prints how long that took.
func judgeAll(ctx context.Context, data string) error {
	w, err := store.Open(ctx, data, "bench", store.Settings{})
	if err != nil {
		return err
	}
	defer w.Close()
	judges, err := judge.New(judge.Imported{})
	if err != nil {
		return err
	}
	if err := w.Allow(ctx, store.DerivingMemory); err != nil {
		return err
	}
	began := time.Now()
	counts, err := judges.Refresh(ctx, w)
	fmt.Println(int64(time.Since(began)), counts.Lines, counts.Payees)
	return err
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
  "Description", CAST("Transaction Number" AS VARCHAR), NULL, "VAT Registration Number", NULL, "Supplier Postcode", "Contract Reference", NULL,
  'vat', 0, 0
FROM read_csv(?)`
