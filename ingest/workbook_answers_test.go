package ingest

import (
	"flag"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"
)

var updateAnswers = flag.Bool("update-answers", false, "write testdata/workbooks.txt anew")

// TestWorkbookAnswers holds the reading of the hostile .xls and .ods workbooks
// to what testdata/workbooks.txt says of each: sheets, rows, cells by kind, and
// a checksum over all of it. When the lines were written xlrd agreed with every
// cell of the .xls files but a NaN, and python-calamine with every cell of the
// .ods files but errors (it reads zeros), durations, ruby texts and drawings.
func TestWorkbookAnswers(t *testing.T) {
	root, got := shared(t, "hostile"), strings.Builder{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		open, ok := map[string]opener{".xls": openXLS, ".ods": openODS, ".fods": openFODS}[strings.ToLower(filepath.Ext(path))]
		if err == nil && ok {
			fmt.Fprintf(&got, "%s: %s\n", filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator))), answer(t, open, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/workbooks.txt"
	if *updateAnswers {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(got.String(), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if i >= len(lines) || lines[i] != line {
			t.Errorf("want %s\ngot  %s", line, lines[min(i, len(lines)-1)])
		}
	}
}

// answer is a line about one workbook that holds none of its content.
func answer(t *testing.T, open opener, path string) string {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := open(in, info.Size(), schemas.Sheet{}, Limits{})
	if refusal, ok := err.(*schemas.Refusal); ok {
		return "refused " + refusal.Kind
	}
	sum, rows, kinds := crc32.NewIEEE(), 0, [6]int{}
	for _, sheet := range sheets {
		fmt.Fprintf(sum, "%q %v\n", sheet.Name, sheet.Hidden)
		n, err := sheet.Rows(func(batch []schemas.Row) error {
			for _, row := range batch {
				fmt.Fprintf(sum, "%d %q %v\n", row.Row, row.Cells, row.Kinds)
				for i, cell := range row.Cells {
					if kind := row.Kind(i); cell != "" || kind == schemas.CellFormula {
						kinds[kind]++
					}
				}
			}
			return nil
		})
		if err != nil {
			return "refused in a sheet"
		}
		rows += n
	}
	return fmt.Sprintf("%d sheets, %d rows, %d texts, %d numbers, %d dates, %d bools, %d errors, %d formulas, %08x",
		len(sheets), rows, kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], kinds[5], sum.Sum32())
}
