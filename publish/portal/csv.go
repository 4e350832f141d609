package portal

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"

	"commonspend/schemas"
)

// table is a page's table for programs and spreadsheets: money in plain pounds,
// text as published, with an apostrophe before what would run as a formula.
type table struct {
	columns []string
	rows    [][]string
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
		return unformula(v)
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

var plainNumber = regexp.MustCompile(`^[-+]?[0-9][0-9,]*([.][0-9]+)?$`)

func unformula(text string) string {
	if text != "" && strings.ContainsRune("-=+@\t\r", rune(text[0])) && !plainNumber.MatchString(text) {
		return "'" + text
	}
	return text
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
