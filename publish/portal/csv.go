package portal

import (
	"encoding/csv"
	"fmt"
	"io"

	"commonspend/schemas"
)

// table is a page's table for programs and spreadsheets: money in plain pounds,
// text as published, with an apostrophe before what would run as a formula.
type table struct {
	columns []string
	rows    [][]string
}

// tableYears is what was paid, or compared, in each year: what a chart shows.
const tableYears = "years"

// tableURL is the address of one of a page's further tables as CSV.
func tableURL(path, query, name string) string {
	if query != "" {
		query += "&"
	}
	return twin(path, query+"table="+name, ".csv")
}

// money is an amount in pence.
type money int64

func newTable(columns ...string) *table { return &table{columns: columns} }

func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = plainCell(cell)
	}
	t.rows = append(t.rows, row)
}

func plainCell(cell any) string {
	switch v := cell.(type) {
	case string:
		if schemas.Formula(v) {
			return "'" + v
		}
		return v
	case Day:
		return string(v)
	case money:
		return schemas.Amount(v).String()
	case *int64:
		if v == nil {
			return ""
		}
		return schemas.Amount(*v).String()
	}
	return fmt.Sprint(cell)
}

// write writes RFC 4180: comma, double quote, CRLF, UTF-8, one header line.
func (t *table) write(out io.Writer) error {
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(t.columns); err != nil {
		return err
	}
	return w.WriteAll(t.rows)
}
