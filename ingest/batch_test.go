package ingest

import (
	"fmt"
	"strings"
	"testing"

	"commonspend/schemas"
)

func newTestBatch(yield func([]schemas.Row) error) *rowBatch {
	return newRowBatch(schemas.Sheet{Name: "S"}, Limits{}.orDefault(), yield)
}

// A batch is handed on by rows, by cells or by text, and no cell gets lost or
// mixed up at its borders.
func TestBatchBorders(t *testing.T) {
	for _, c := range []struct {
		name       string
		row, width int
		size       int
	}{
		{"rows", 4500, 2, 3},
		{"cells", 40, 9000, 1},
		{"text", 50, 2, 300_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			filling := strings.Repeat("x", c.size)
			batches, row := 0, 0
			b := newTestBatch(func(rows []schemas.Row) error {
				batches++
				for _, r := range rows {
					row++
					if first := fmt.Sprintf("%d%s", row, filling); r.Row != row || len(r.Cells) != c.width || r.Cells[0] != first || r.Cells[c.width-1] != filling {
						return fmt.Errorf("row %d of %d cells after row %d", r.Row, len(r.Cells), row-1)
					}
				}
				return nil
			})
			for n := 1; n <= c.row; n++ {
				b.startRow(n)
				b.setText(0, fmt.Appendf(nil, "%d%s", n, filling), schemas.CellText)
				if err := b.set(c.width-1, filling, schemas.CellText); err != nil {
					t.Fatal(err)
				}
			}
			if physical, err := b.close(); err != nil || physical != c.row || row != c.row || batches < 3 {
				t.Errorf("%d physical rows, %d yielded in %d batches: %v", physical, row, batches, err)
			}
		})
	}
}

// A long gap is yielded in batches too.
func TestBatchGap(t *testing.T) {
	blank, batches := 0, 0
	b := newTestBatch(func(rows []schemas.Row) error {
		batches++
		for _, r := range rows {
			if len(r.Cells) == 0 {
				blank++
			}
		}
		return nil
	})
	for _, n := range []int{1, 10_000} {
		if err := b.startRow(n); err != nil {
			t.Fatal(err)
		}
		if err := b.setText(3, []byte("x"), schemas.CellText); err != nil {
			t.Fatal(err)
		}
	}
	if physical, err := b.close(); err != nil || physical != 10_000 || blank != 9_998 || batches != 5 {
		t.Errorf("%d rows, %d blank, in %d batches: %v", physical, blank, batches, err)
	}
}

func TestBatchNotUTF8(t *testing.T) {
	got := ""
	b := newTestBatch(func(rows []schemas.Row) error { got = strings.Join(rows[0].Cells, "|"); return nil })
	b.startRow(1)
	b.setText(0, []byte("caf\xe9"), schemas.CellText)
	b.setText(1, []byte("café"), schemas.CellText)
	if _, err := b.close(); err != nil || got != "caf\uFFFD|café" {
		t.Errorf("%q %v", got, err)
	}
}

// A sheet may ask for ten million empty or repeated cells, and for sixteen more
// with each that it writes out.
func TestTooFree(t *testing.T) {
	for _, c := range []struct {
		all, written int
		want         bool
	}{
		{10_000_001, 1, false}, {10_000_017, 1, false}, {10_000_018, 1, true},
		{170_000_000, 10_000_000, false}, {190_000_000, 10_000_000, true}, // 160 and 170 million, of 10 + 160
		{25_000_000, 25_000_000, false},
	} {
		if got := tooFree(c.all, c.written); got != c.want {
			t.Errorf("%d cells, %d of them written: %t", c.all, c.written, got)
		}
	}
}

// A hostile sheet may ask for more cells than anyone can want: with one cell at
// the far right of each row the limit comes within 611 rows of 16,384.
func TestBatchTooManyCells(t *testing.T) {
	b := newTestBatch(func([]schemas.Row) error { return nil })
	var err error
	n := 1
	for ; err == nil && n < 1000; n++ {
		if err = b.startRow(n); err == nil {
			err = b.set(16_383, "x", schemas.CellText)
		}
	}
	if err == nil || !strings.Contains(err.Error(), "10000000 empty or repeated cells") {
		t.Fatal(err)
	}
	if n < 611 || n > 620 { // the batch in hand may be finished
		t.Errorf("refused after %d rows", n)
	}
}
