package portal

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

// TestSearchable: a release by an earlier program is served, and says that it
// cannot be searched.
func TestSearchable(t *testing.T) {
	s := serving(t, Options{})
	if !s.Searchable() {
		t.Error("a release of now cannot be searched")
	}
	folder := makeRelease(t, t.TempDir(), "2026-11-22.2")
	db, err := sql.Open("duckdb", filepath.Join(folder, "serve.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, "DROP TABLE search_by_body")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Swap(context.Background(), open(t, folder), folder); err != nil {
		t.Fatal(err)
	}
	if s.Searchable() || get(s, "/search").Code != 404 {
		t.Error("a release without the tables for it can be searched")
	}
}
