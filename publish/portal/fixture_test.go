package portal

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"commonspend/store"

	_ "github.com/duckdb/duckdb-go/v2"
)

// makeRelease writes the made-up release of testdata/serve.sql into a data
// directory, under the number given, and returns its folder. The files of more
// add to it.
func makeRelease(t testing.TB, dir, number string, more ...string) string {
	t.Helper()
	folder := filepath.Join(dir, "releases", number)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // USE holds for one connection
	run(t, db, "ATTACH '"+filepath.Join(folder, "serve.duckdb")+"' AS serving; USE serving")
	for _, path := range append([]string{"testdata/serve.sql"}, more...) {
		run(t, db, fileText(t, path))
	}
	run(t, db, fileText(t, "testdata/judged.sql"))
	run(t, db, "USE memory")
	run(t, db, fileText(t, "testdata/judged_warehouse.sql"))
	makeSearch(t, db)
	run(t, db, "USE serving")
	if _, err := db.Exec("UPDATE release SET number = ?", number); err != nil {
		t.Fatal(err)
	}
	makeDownloads(t, db, dir)
	return folder
}

// makeSearch makes the tables that pages search by, of all payments that stand
// in serving.
func makeSearch(t testing.TB, db *sql.DB) {
	t.Helper()
	run(t, db, "CREATE TABLE replaced AS SELECT DISTINCT 'payments' AS dataset, publisher AS owner, financial_year FROM serving.payments")
	for _, name := range []string{"serve_search_create", "serve_search", "serve_judgements"} {
		run(t, db, fileText(t, "../sql/"+name+".sql"))
	}
}

func run(t testing.TB, db *sql.DB, query string) {
	t.Helper()
	if _, err := db.Exec(query); err != nil {
		t.Fatalf("%.80s: %v", query, err)
	}
}

func fileText(t testing.TB, path string) string {
	t.Helper()
	bytes, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes)
}

// makeDownloads writes each file that the release lists.
func makeDownloads(t testing.TB, db *sql.DB, dir string) {
	t.Helper()
	paths, err := db.Query("SELECT path FROM downloads")
	if err != nil {
		t.Fatal(err)
	}
	defer paths.Close()
	for paths.Next() {
		var path string
		if err := paths.Scan(&path); err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("PARQUET"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// open opens a release's serve.duckdb as main does.
func open(t testing.TB, folder string) *sql.DB {
	t.Helper()
	db, err := store.OpenReadOnly(context.Background(), filepath.Join(folder, "serve.duckdb"), store.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// serving returns a server over the made-up release.
func serving(t testing.TB, options Options) *Server {
	t.Helper()
	if options.Comparer == nil {
		options.Comparer = madeUp{}
	}
	if options.Corrections == nil {
		options.Corrections = func(context.Context) ([]Correction, error) {
			return []Correction{{Release: "2026-11-22.1", Published: "2026-11-22T10:00:00Z", Kind: "left-out", What: "Publisher <x> is left out.", Why: "No licence to republish is recorded.", Publisher: "x", Pence: -1250}}, nil
		}
	}
	s, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	folder := makeRelease(t, t.TempDir(), "2026-11-22.1")
	if err := s.Swap(context.Background(), open(t, folder), folder); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// get asks for an address.
func get(s http.Handler, address string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w
}
