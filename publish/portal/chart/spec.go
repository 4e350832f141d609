package chart

import (
	"bytes"
	"encoding/csv"
)

// Widths in which a page shows a chart: beside text, and on a telephone.
const (
	Wide   = 680
	Narrow = 320
)

// Head is what every chart says of itself. Title is the finding in a sentence,
// Subtitle what is measured and in which unit, Desc what a reader who cannot see
// it is told. ID is unique on the page: letters, digits and hyphens.
type Head struct {
	ID, Title, Subtitle, Desc string
}

// Unit says what a whole number stands for.
type Unit string

// The units. Shares and ratios are in millionths, as comparisons have them.
const (
	Pounds  Unit = "pounds"   // pence
	PerHead Unit = "per head" // pence
	Count   Unit = "count"
	Share   Unit = "share" // 125000 is 12.5 %
	Ratio   Unit = "ratio" // 1250000 is 1.25
)

// Table is a chart's numbers as a page shows them.
type Table struct {
	Caption string
	Columns []string
	Numbers []bool // which columns hold numbers
	Rows    [][]string

	plain [][]string // as CSV has them: no signs for units, no commas
}

func newTable(h Head, columns ...string) Table {
	numbers := make([]bool, len(columns))
	for i := range numbers {
		numbers[i] = i > 0
	}
	return Table{Caption: h.Title, Columns: columns, Numbers: numbers, Rows: [][]string{}}
}

// add takes a row's label and its numbers; nil is told by why.
func (t *Table) add(label string, unit Unit, why string, numbers ...*int64) {
	shown, plain := []string{label}, []string{label}
	for _, n := range numbers {
		if n == nil {
			shown, plain = append(shown, why), append(plain, "")
			continue
		}
		shown, plain = append(shown, unit.Exact(*n)), append(plain, unit.Plain(*n))
	}
	t.Rows, t.plain = append(t.Rows, shown), append(t.plain, plain)
}

// CSV writes the numbers for programs: pounds as 1234.50, shares as 0.125000,
// nothing where a number is withheld.
func (t Table) CSV() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	// Writing to memory cannot fail.
	_ = w.Write(t.Columns)
	_ = w.WriteAll(t.plain)
	return out.Bytes()
}
