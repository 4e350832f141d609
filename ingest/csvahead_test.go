package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"
)

// large writes a text of more than cutAheadBytes and opens it as a sheet.
func large(t *testing.T, limits Limits) (schemas.Sheet, []string) {
	t.Helper()
	var lines []string
	for i := range 40_000 {
		lines = append(lines, fmt.Sprintf("%d,Wexcombe Supplies %d,%d.00,notes", i, i%77, i%1000))
	}
	path := filepath.Join(t.TempDir(), "large.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	file, err := Open(path, "sha", limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	if info, err := os.Stat(path); err != nil || info.Size() < cutAheadBytes {
		t.Fatalf("the text is too small to be cut ahead: %v", err)
	}
	return file.Sheets[0], lines
}

func TestCutAheadYieldsEveryRowInOrder(t *testing.T) {
	sheet, lines := large(t, Limits{})
	for range 2 {
		at := 0
		physical, err := sheet.Rows(func(rows []schemas.Row) error {
			for _, row := range rows {
				if got := strings.Join(row.Cells, ","); row.Row != at+1 || row.File != "sha" || got != lines[at] {
					return fmt.Errorf("row %d is line %d: %q", at, row.Row, got)
				}
				at++
			}
			return nil
		})
		if err != nil || physical != len(lines) || at != len(lines) {
			t.Fatalf("%d rows of %d, %d counted: %v", at, len(lines), physical, err)
		}
	}
}

func TestCutAheadStopsWithItsReader(t *testing.T) {
	sheet, _ := large(t, Limits{})
	enough := errors.New("enough")
	batches := 0
	_, err := sheet.Rows(func([]schemas.Row) error {
		if batches++; batches == 3 {
			return enough
		}
		return nil
	})
	if err != enough || batches != 3 {
		t.Fatalf("after %d batches: %v", batches, err)
	}
}

func TestCutAheadHandsOnRefusals(t *testing.T) {
	sheet, _ := large(t, Limits{Rows: 9000})
	_, err := sheet.Rows(func([]schemas.Row) error { return nil })
	var refusal *schemas.Refusal
	if !errors.As(err, &refusal) || refusal.Kind != "limit" {
		t.Fatalf("no refusal: %v", err)
	}
}

func TestCutAheadHandsOnPanics(t *testing.T) {
	broken := &table{charset: charset{}, content: content{open: nil}} // nothing to open: a nil call
	defer func() {
		if recover() == nil {
			t.Fatal("the panic is lost")
		}
	}()
	_, _ = broken.rowsAhead(func([]schemas.Row) error { return nil })
}
