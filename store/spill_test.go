package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
)

// sorted does not fit into the memory given, and takes a moment.
const sorted = `SELECT COUNT(*), MAX(place), SUM(LENGTH(words)) FROM (
	SELECT words, ROW_NUMBER() OVER (ORDER BY words DESC) AS place FROM (SELECT 'text of ' || (i * 7919 % 2000003) AS words FROM range(2000000) r(i)))`

// TestSpillingIsPrivate has databases in memory, those over one file, and one
// that streams it, all outgrow their memory at once: each answers right, nothing
// is written into the working folder or beside the file, and nothing is left.
func TestSpillingIsPrivate(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Chdir(t.TempDir())
	path := filepath.Join(t.TempDir(), "n.duckdb")
	made, err := sql.Open("duckdb", path+"?storage_compatibility_version=latest")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := made.Exec("CREATE TABLE n AS SELECT 1 AS i"); err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	settings := Settings{Memory: "64MB", Threads: 2}
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { sortIn(t, func() (*sql.DB, error) { return OpenScratch(settings) }) })
		all.Go(func() { sortIn(t, func() (*sql.DB, error) { return OpenReadOnly(t.Context(), path, settings) }) })
		all.Go(func() { sortStreaming(t, path, settings) })
	}
	all.Wait()
	for _, folder := range []string{".", temporary} {
		if left := listing(t, folder); left != "" {
			t.Errorf("left in %s: %s", folder, left)
		}
	}
	if left := listing(t, filepath.Dir(path)); left != "n.duckdb" {
		t.Errorf("beside the file lie %s", left)
	}
}

func sortIn(t *testing.T, open func() (*sql.DB, error)) {
	db, err := open()
	if err != nil {
		t.Error(err)
		return
	}
	defer db.Close()
	var own string
	if err := db.QueryRow("SELECT current_setting('temp_directory')").Scan(&own); err != nil || !strings.HasPrefix(own, os.TempDir()) {
		t.Errorf("it spills into %q: %v", own, err)
	}
	var rows, last, length int64
	if err := db.QueryRow(sorted).Scan(&rows, &last, &length); err != nil || rows != 2_000_000 || last != rows || length != 28_888_890 {
		t.Errorf("sorted %d rows up to %d, %d letters: %v", rows, last, length, err)
	}
}

func sortStreaming(t *testing.T, path string, settings Settings) {
	s, err := OpenStreamer(path, settings)
	if err != nil {
		t.Error(err)
		return
	}
	defer s.Close()
	var rows int64
	err = s.Stream(context.Background(), "SELECT i FROM range(2000000) r(i) ORDER BY (i * 7919) % 2000003 DESC", nil, func(batch arrow.RecordBatch) error {
		rows += batch.NumRows()
		return nil
	})
	if err != nil || rows != 2_000_000 {
		t.Errorf("streamed %d rows: %v", rows, err)
	}
}

func listing(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return strings.Join(names, " ")
}

// TestSharedFolder: who opens a file that is open already shares its database,
// and the last to close it clears up.
func TestSharedFolder(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	path := filepath.Join(t.TempDir(), "n.duckdb")
	made, err := sql.Open("duckdb", path)
	if err == nil {
		err = made.Ping()
	}
	if err != nil {
		t.Fatal(err)
	}
	made.Close()
	var opened []*sql.DB
	for range 3 {
		db, err := OpenReadOnly(t.Context(), path, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		opened = append(opened, db)
	}
	for i, db := range opened {
		if left := strings.Fields(listing(t, temporary)); len(left) != 1 {
			t.Errorf("with %d open there are %v", len(opened)-i, left)
		}
		if err := db.Ping(); err != nil {
			t.Error(err)
		}
		db.Close()
	}
	if left := listing(t, temporary); left != "" {
		t.Errorf("%s is left", left)
	}
	if _, err := OpenReadOnly(t.Context(), filepath.Join(temporary, "none.duckdb"), Settings{}); err == nil || listing(t, temporary) != "" {
		t.Errorf("a file that is not there: %v, and %s is left", err, listing(t, temporary))
	}
	t.Setenv("TMPDIR", filepath.Join(temporary, "none"))
	if _, err := OpenScratch(Settings{}); err == nil || !strings.Contains(err.Error(), "TMPDIR") {
		t.Errorf("without a place to spill to: %v", err)
	}
}
