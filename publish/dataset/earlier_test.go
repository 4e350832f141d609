package dataset

import (
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/publish"
)

// TestLinkingChangesNoByte: a layout that links to what the release before has
// is the same, byte for byte, as one made from nothing; and what is listed is
// sent with the hash that it is listed under.
func TestLinkingChangesNoByte(t *testing.T) {
	sums := map[bool]map[string]string{}
	for _, linked := range []bool{true, false} {
		dir := t.TempDir()
		last := makeRelease(t, dir, "2026-11-22.1", "", "A|100", "B|200")
		next := makeRelease(t, dir, "2026-11-23.1", "2026-11-22.1", "A|100", "B|150", "=C|1")
		for _, r := range []*publish.Release{last, next} { // a second publisher's year stays as it is
			addYear(t, r, "lower-mere", "2023/24", "D|5", "E|6")
			addPublisher(t, r, "lower-mere")
		}
		if linked {
			if err := Build(t.Context(), last, "https://example.org/data/"); err != nil {
				t.Fatal(err)
			}
		}
		if err := Build(t.Context(), next, "https://example.org/data/"); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"payments/lower-mere/2023-24.xlsx", "payments/lower-mere/2023-24.excel.csv", "payments-2023-24.xlsx"} {
			before, _ := os.Stat(filepath.Join(Folder(dir, last.Number), name))
			now, err := os.Stat(filepath.Join(Folder(dir, next.Number), name))
			if err != nil || linked && !os.SameFile(before, now) {
				t.Errorf("%s is written again: %v", name, err)
			}
		}
		var err error
		if sums[linked], err = publish.ReadSums(Folder(dir, next.Number), sumsName); err != nil {
			t.Fatal(err)
		}
		s := &Server{Dir: dir}
		for name, sha := range sums[linked] {
			sum := sha256.Sum256(asked(t, s, "/"+next.Number+"/"+name).Body.Bytes())
			if hex.EncodeToString(sum[:]) != sha {
				t.Errorf("%s is sent otherwise than it is listed", name)
			}
		}
	}
	if !maps.Equal(sums[true], sums[false]) {
		for name := range sums[true] {
			if sums[true][name] != sums[false][name] {
				t.Errorf("%s differs", name)
			}
		}
		t.Errorf("%d files where links are made, %d without", len(sums[true]), len(sums[false]))
	}
}

// TestJoinedIsTheFilesInOrder: all payments are under one header, and any part
// of them can be asked for.
func TestJoinedIsTheFilesInOrder(t *testing.T) {
	dir := t.TempDir()
	release := makeRelease(t, dir, "2026-11-23.1", "", "A|100", "B|200")
	addYear(t, release, "lower-mere", "2023/24", "D|5", "E|6")
	addPublisher(t, release, "lower-mere")
	if err := Build(t.Context(), release, "https://example.org/data/"); err != nil {
		t.Fatal(err)
	}
	s := &Server{Dir: dir}
	whole := asked(t, s, "/2026-11-23.1/payments.csv").Body.String()
	lines, err := csv.NewReader(strings.NewReader(whole)).ReadAll()
	if err != nil || len(lines) != 5 || strings.Count(whole, "publisher,") != 1 {
		t.Fatalf("%d lines: %v", len(lines), err)
	}
	for _, at := range []int{0, 7, len(whole) / 2, len(whole) - 1} {
		if rest := asked(t, s, "/2026-11-23.1/payments.csv", "Range", fmt.Sprintf("bytes=%d-", at)); rest.Code != 206 || rest.Body.String() != whole[at:] {
			t.Errorf("from byte %d: %d, %d bytes", at, rest.Code, rest.Body.Len())
		}
	}
	if asked(t, s, "/2026-11-23.1/payments.csv", "Range", fmt.Sprintf("bytes=%d-", len(whole))).Code != 416 {
		t.Error("a range beyond the end is answered")
	}
}

// addPublisher adds a row to a release's publishers.
func addPublisher(t *testing.T, r *publish.Release, id string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	path := filepath.Join(r.Folder(), "publishers.parquet")
	query := "SELECT * FROM read_parquet(" + literal(path) + ") UNION ALL " + selectOf(t, "publishers", map[string]string{"publisher": literal(id), "name": literal(id), "licence": "'OGL-UK-3.0'", "slug": literal(id)})
	if _, err := db.Exec("CREATE TABLE p AS " + query + "; COPY p TO " + literal(path) + " (FORMAT parquet)"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	r.Tables[0].SHA256, r.Tables[0].Bytes, r.Tables[0].Rows = hex.EncodeToString(sum[:]), int64(len(text)), 2
}
