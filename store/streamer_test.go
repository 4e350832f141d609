package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// numbers opens a file with a table n of the numbers below a million.
func numbers(t *testing.T, settings Settings) *Streamer {
	t.Helper()
	path := filepath.Join(t.TempDir(), "n.duckdb")
	db, err := sql.Open("duckdb", path+"?storage_compatibility_version=latest")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE n AS SELECT i, 'text of ' || i AS words FROM range(1000000) r(i)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := OpenStreamer(path, settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestStreamHandsOverEveryRowInOrder(t *testing.T) {
	s := numbers(t, Settings{Memory: "64MB", Threads: 1})
	next := int64(10)
	err := s.Stream(t.Context(), "SELECT i, words FROM n WHERE i >= ? AND words <> ?", []any{int64(10), "nothing"}, func(batch arrow.RecordBatch) error {
		for _, i := range batch.Column(0).(*array.Int64).Int64Values() {
			if i != next {
				t.Fatalf("%d where %d was due", i, next)
			}
			next++
		}
		return nil
	})
	if err != nil || next != 1_000_000 {
		t.Errorf("ended at %d: %v", next, err)
	}
	schema, err := s.Schema(t.Context(), "SELECT words FROM n WHERE i = ?", []any{int64(-1)})
	if err != nil || schema.NumFields() != 1 || schema.Field(0).Name != "words" {
		t.Errorf("schema %v: %v", schema, err)
	}
}

// TestStreamTellsOfAFailure: what fails half-way is never taken for the end.
func TestStreamTellsOfAFailure(t *testing.T) {
	s := numbers(t, Settings{Memory: "64MB", Threads: 1})
	stop := errors.New("the reader had enough")
	var seen int64
	count := func(batch arrow.RecordBatch) error { seen += batch.NumRows(); return nil }
	ctx, cancel := context.WithCancel(t.Context())
	for name, c := range map[string]struct {
		query, want string
		ctx         context.Context
		each        func(arrow.RecordBatch) error
	}{
		"a row that cannot be computed": {"SELECT CASE WHEN i = 700000 THEN error('no such row') ELSE i END FROM n", "no such row", t.Context(), count},
		"no memory":                     {"SELECT list(words) FROM n GROUP BY i % 10", "emory", t.Context(), count},
		"a reader that fails":           {"SELECT i FROM n", stop.Error(), t.Context(), func(arrow.RecordBatch) error { return stop }},
		"a reader that goes": {"SELECT i FROM n", "canceled", ctx, func(arrow.RecordBatch) error {
			cancel()
			return nil
		}},
		"no such table": {"SELECT i FROM m", "does not exist", t.Context(), count},
		"another file":  {"SELECT * FROM read_csv('/etc/passwd')", "disabled", t.Context(), count},
		"a setting":     {"SET memory_limit = '8GB'", "locked", t.Context(), count},
	} {
		seen = 0
		err := s.Stream(c.ctx, c.query, nil, c.each)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: after %d rows %v, want %q", name, seen, err, c.want)
		}
	}
}

func TestStreamerRefusesWhatItCannotOpen(t *testing.T) {
	if _, err := OpenStreamer(filepath.Join(t.TempDir(), "none.duckdb"), Settings{}); err == nil {
		t.Error("a file that is not there was opened")
	}
	s := numbers(t, Settings{})
	s.Close()
	if err := s.Stream(t.Context(), "SELECT 1", nil, nil); err == nil {
		t.Error("a closed database was read")
	}
}
