package ingest

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"
)

// shared is the folder of real files; tests that need it are skipped without it.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("../shared/data is absent")
	}
	return path
}

// list reads a CSV file with a header row into maps from header to cell.
func list(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		entry := map[string]string{}
		for i, cell := range line {
			entry[lines[0][i]] = cell
		}
		out = append(out, entry)
	}
	return out
}

// The encoding and format of every file that people have read are as they found.
func TestTruthEncodings(t *testing.T) {
	for _, truth := range list(t, shared(t, "truth", "dev.csv")) {
		file, err := Open(shared(t, "corpus", truth["path"]), "sha", Limits{})
		if err != nil {
			t.Errorf("%s: %v", truth["path"], err)
			continue
		}
		format, _, _ := strings.Cut(truth["format"], " ") // "csv named .xls"
		format, _, _ = strings.Cut(format, "(")           // "zip(csv)"
		if file.Format != format {
			t.Errorf("%s: format %s, want %s", truth["path"], file.Format, format)
		}
		got, want := file.Sheets[0].Encoding, truth["encoding"]
		if want != "n/a" && want != "ascii" && got != want {
			t.Errorf("%s: encoding %s, want %s", truth["path"], got, want)
		}
		file.Close()
	}
}

// Every text of the corpus is cut into rows that begin on rising lines, none
// of them far from the width of the table.
func TestCorpusReads(t *testing.T) {
	root, files := shared(t, "corpus"), 0
	walk(t, root, func(path string) {
		file, err := Open(path, "sha", Limits{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		defer file.Close()
		for _, sheet := range file.Sheets {
			if sheet.Format != "csv" {
				continue
			}
			files++
			if most := widest(t, path, sheet); most < 2 || most > 300 {
				t.Errorf("%s: the widest row has %d cells", path, most)
			}
		}
	})
	if files < 1500 {
		t.Errorf("only %d texts found", files)
	}
}

func walk(t *testing.T, root string, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			visit(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func widest(t *testing.T, path string, sheet schemas.Sheet) int {
	t.Helper()
	most, last, count := 0, 0, 0
	physical, err := sheet.Rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			if row.Row <= last {
				t.Errorf("%s: row %d after row %d", path, row.Row, last)
			}
			most, last = max(most, len(row.Cells)), row.Row
			count++
		}
		return nil
	})
	if err != nil || physical != count {
		t.Errorf("%s: %d rows yielded, %d returned, %v", path, count, physical, err)
	}
	return most
}

// Hostile texts end in rows or in a refusal.
func TestHostileTexts(t *testing.T) {
	for _, folder := range []string{"csv-spectrum", "csvlint", "duckdb-csv", "frictionless"} {
		walk(t, shared(t, "hostile", folder), func(path string) {
			if err := readThrough(path, Limits{}); err != nil {
				if _, ok := err.(*schemas.Refusal); !ok {
					t.Errorf("%s: %v", path, err)
				}
			}
		})
	}
}

// csv-spectrum says what each of its files holds.
func TestSpectrum(t *testing.T) {
	root := shared(t, "hostile", "csv-spectrum")
	answers, err := filepath.Glob(filepath.Join(root, "json", "*.json"))
	if err != nil || len(answers) == 0 {
		t.Fatal("no answers found", err)
	}
	for _, answer := range answers {
		name := strings.TrimSuffix(filepath.Base(answer), ".json")
		text, err := os.ReadFile(answer)
		if err != nil {
			t.Fatal(err)
		}
		if text[0] == '{' { // one row is written without its list
			text = []byte("[" + string(text) + "]")
		}
		var want []map[string]string
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(name, err)
		}
		rows := rowsOf(t, filepath.Join(root, "csvs", name+".csv"))
		if len(rows) != len(want)+1 {
			t.Errorf("%s: %d rows, want %d", name, len(rows), len(want)+1)
			continue
		}
		for i, entry := range want {
			for column, header := range rows[0] {
				// The files were checked out with LF and one answer still says CRLF;
				// the telephone number of another was blanked in its answer alone.
				if header == "Contact Phone Number" {
					continue
				}
				if rows[i+1][column] != strings.ReplaceAll(entry[header], "\r\n", "\n") {
					t.Errorf("%s: row %d, column %d differs", name, i+1, column+1)
				}
			}
		}
	}
}

func rowsOf(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := Open(path, "sha", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows [][]string
	_, err = file.Sheets[0].Rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			rows = append(rows, append([]string(nil), row.Cells...))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
