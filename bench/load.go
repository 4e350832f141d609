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

// A file of a million rows, and one that comes after it.
const (
	loadRows = 1_000_000
	nextRows = 25_000
)

// measureLoad loads clean files of a million rows, each five times by us and
// five times by DuckDB's read_csv into the same table, in turn: one whose lines
// repeat as in real files, and one in which no two are judged by the same text.
func measureLoad(b *run) (string, error) {
	folder := filepath.Join(b.folder, "load")
	list, err := publishers(folder, 1)
	if err != nil {
		return "", err
	}
	next := filepath.Join(folder, "wexcombe-0", "2024-05.csv")
	if err := generate(next, nextRows, realRepeats, 1, 2024, 5); err != nil {
		return "", err
	}
	m, err := b.alternate(folder, list, next, realRepeats)
	if err != nil {
		return "", err
	}
	worst, err := b.alternate(folder, list, next, neverRepeats)
	if err != nil {
		return "", err
	}
	return loadText(m, worst), nil
}

const loadReport = `
## One clean CSV of a million rows and twelve columns (%s)

Median of five alternated runs. DuckDB: its own read_csv with default settings and the
same casts, INSERT into the same table of a new database file, to the commit. Lines repeat as in the
corpus' files, where 32 distinct texts to be judged stand for 100 payments of a file.

| | median | ratio to read_csv | target |
|---|---|---|---|
| DuckDB read_csv with casts | %s | 1 | |
| commonspend, archived file to commit | %s | %s | 1.0 |
| commonspend, the whole command: start, archive, fsync, index, close | %s | %s | 1.3 |
| commonspend, archived file to commit, and all of it judged: %d texts, %d payees | %s | %s | 2.0 |
| the same of a file in which no text comes twice: %d texts, %d payees | %s | %s | |

The last against read_csv of its own file: %s. One more file of %d rows, loaded after the first, is
judged in %s: %d texts and %d payees that are new; the first took %s.

Peak memory of commonspend (VmHWM): %s; target 600 MB. Judging: %s, where no text comes twice %s.
`

// loadText reports on a file whose lines repeat, and on the worst there could be.
func loadText(m, worst loads) string {
	return fmt.Sprintf(loadReport, megabytes(m.size), seconds(median(m.peer)),
		seconds(median(m.indexed)), ratio(median(m.indexed), median(m.peer)),
		seconds(median(m.whole)), ratio(median(m.whole), median(m.peer)),
		m.judgedOf.Lines, m.judgedOf.Payees, seconds(median(m.judged)), ratio(median(m.judged), median(m.peer)),
		worst.judgedOf.Lines, worst.judgedOf.Payees, seconds(median(worst.judged)), ratio(median(worst.judged), median(worst.peer)),
		seconds(median(worst.peer)), nextRows, seconds(median(m.next)), m.nextOf.Lines, m.nextOf.Payees, seconds(median(m.judging)),
		megabytes(m.peak), megabytes(m.judgePeak), megabytes(worst.judgePeak))
}

// loads is what five loads of a file took, by us and by DuckDB.
type loads struct {
	size                                        int64
	indexed, whole, judging, judged, next, peer []time.Duration // judged: indexed and judging; next: judging one more file
	judgedOf, nextOf                            judge.Counts
	peak, judgePeak                             int64
}

// alternate loads a file by us and by DuckDB, five times in turn, and each time
// the next one after it.
func (b *run) alternate(folder, list, next string, repeats int) (m loads, err error) {
	file := filepath.Join(folder, "wexcombe-0", "2024-04.csv")
	if err := generate(file, loadRows, repeats, 1, 2024, 4); err != nil {
		return m, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return m, err
	}
	m.size = info.Size()
	for i := range 5 {
		if err := b.loadOnce(&m, folder, list, file, next); err != nil {
			return m, err
		}
		took, err := b.peer(file, filepath.Join(folder, fmt.Sprint("peer", repeats, "-", i, ".duckdb")))
		if err != nil {
			return m, err
		}
		m.peer = append(m.peer, took)
	}
	return m, nil
}

// loadOnce loads and judges a file, and then the next.
func (b *run) loadOnce(m *loads, folder, list, file, next string) error {
	data := filepath.Join(folder, "data")
	defer os.RemoveAll(data)
	options := []string{"--publisher", "wexcombe-0", "--publishers", list, "--data", data}
	result, done, err := b.ingest(append(options, file)...)
	if err != nil {
		return err
	}
	if result.Payments != loadRows {
		return fmt.Errorf("%d payments were loaded of %d", result.Payments, loadRows)
	}
	judging, memory, err := b.judge(data, &m.judgedOf)
	if err != nil {
		return err
	}
	m.indexed, m.whole, m.peak = append(m.indexed, result.indexed()), append(m.whole, done.took), max(m.peak, done.memory)
	m.judging, m.judged = append(m.judging, judging), append(m.judged, result.indexed()+judging)
	if _, _, err := b.ingest(append(options, next)...); err != nil {
		return err
	}
	more, _, err := b.judge(data, &m.nextOf)
	m.next, m.judgePeak = append(m.next, more), max(m.judgePeak, memory)
	return err
}

// judge runs judgeAll in a process of its own, and says how long the judging
// took, how much memory the process, and how much was judged.
func (b *run) judge(data string, counts *judge.Counts) (took time.Duration, memory int64, err error) {
	done, err := command(b.self, nil, "judge", data)
	if err != nil {
		return 0, 0, err
	}
	_, err = fmt.Sscan(string(done.out), (*int64)(&took), &counts.Lines, &counts.Payees)
	return took, done.memory, err
}

// judgeAll judges what a data directory holds that is not judged yet, and prints
// how long that took. It takes the marks off files as the derived tables do.
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
	if err != nil {
		return err
	}
	_, err = w.DB().ExecContext(ctx, "DELETE FROM unrefreshed")
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
