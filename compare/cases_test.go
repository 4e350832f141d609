package compare

import (
	"context"
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the cases expect")

// TestCases fills publishers, files, payments and judgements from each case,
// and by its "name.sql", and compares the derived tables that it names:
// "name.csv" is the whole table, in the columns of its first line. The comment
// at the head of a case has the calculation by hand.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { runCase(t, path) })
	}
}

func runCase(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db := openWarehouse(t)
	for _, file := range archive.Files {
		if table := strings.TrimSuffix(file.Name, ".csv"); defaults[table] != nil {
			fill(t, db, table, string(file.Data))
		} else if strings.HasSuffix(file.Name, ".sql") {
			if _, err := db.Exec(string(file.Data)); err != nil {
				t.Fatalf("%s: %v", file.Name, err)
			}
		}
	}
	inTx(t, db, func(ctx context.Context, tx *sql.Tx) error { return Rebuild(ctx, tx) })
	for i, file := range archive.Files {
		table := strings.TrimSuffix(file.Name, ".csv")
		if defaults[table] != nil || strings.HasSuffix(file.Name, ".sql") {
			continue
		}
		columns, _, _ := strings.Cut(string(file.Data), "\n")
		got := dump(t, db, table, columns)
		if *update {
			archive.Files[i].Data = []byte(got)
		} else if want := string(file.Data); got != want {
			t.Errorf("%s\ngot:\n%swant:\n%s", table, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
