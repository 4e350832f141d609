package dataset

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"commonspend/schemas"
	"commonspend/store/disk"

	"github.com/xuri/excelize/v2"
)

// Limits of a worksheet: rows, with the header, and characters of a cell as
// Excel counts them.
const (
	sheetRows = 1_048_576
	cellUnits = 32_767
)

// yearly is the payments of all publishers in a financial year: 2024-25.
type yearly struct {
	year    string
	paths   []string
	columns []column
}

// years lists the payments' Parquet files by financial year.
func (m *maker) years() (list []yearly) {
	at := map[string]int{}
	for _, r := range m.pack.Resources {
		if r.Format != "parquet" || !strings.HasPrefix(r.Path, "payments/") {
			continue
		}
		year := strings.TrimSuffix(path.Base(r.Path), ".parquet")
		if _, ok := at[year]; !ok {
			at[year] = len(list)
			list = append(list, yearly{year: year, columns: r.Schema.Fields})
		}
		list[at[year]].paths = append(list[at[year]].paths, r.Path)
	}
	return list
}

// yearStem is where a year's workbooks of all publishers stand.
func yearStem(year string) string { return "payments-" + year }

// sheets writes payments once more for Excel: each publisher's year as CSV and
// workbooks, and each year of all publishers as workbooks.
func (m *maker) sheets(ctx context.Context) error {
	for _, y := range m.years() {
		for _, name := range y.paths {
			stem := strings.TrimSuffix(name, ".parquet")
			if !m.has(stem + ".excel.csv") {
				if err := m.sheet(ctx, []string{name}, stem, y.columns, true); err != nil {
					return fmt.Errorf("%s for Excel: %w", name, err)
				}
			}
		}
		if !m.has(yearStem(y.year) + ".xlsx") {
			if err := m.sheet(ctx, y.paths, yearStem(y.year), y.columns, false); err != nil {
				return fmt.Errorf("payments of %s for Excel: %w", y.year, err)
			}
		}
	}
	return nil
}

// sheet writes the rows of Parquet files as workbooks, and as CSV where that is
// asked for.
func (m *maker) sheet(ctx context.Context, names []string, stem string, columns []column, asCSV bool) error {
	stem = filepath.Join(m.into, filepath.FromSlash(stem))
	var paths []string
	for _, name := range names {
		paths = append(paths, literal(filepath.Join(m.into, filepath.FromSlash(name))))
	}
	rows, err := m.conn.QueryContext(ctx, "SELECT * EXCLUDE (file_row_number, filename) FROM read_parquet(["+strings.Join(paths, ", ")+
		"], file_row_number = true, filename = true) ORDER BY filename, file_row_number")
	if err != nil {
		return err
	}
	defer rows.Close()
	books := &books{stem: stem, most: sheetRows, columns: columns}
	if !asCSV {
		return errors.Join(copyRows(rows, columns, csv.NewWriter(io.Discard), books), books.end())
	}
	return disk.Write(stem+".excel.csv", func(w io.Writer) error {
		buffered := bufio.NewWriterSize(w, 1<<16)
		if _, err := buffered.WriteString("\ufeff"); err != nil {
			return err
		}
		lines := csv.NewWriter(buffered)
		lines.UseCRLF = true
		if err := errors.Join(copyRows(rows, columns, lines, books), books.end()); err != nil {
			return err
		}
		lines.Flush()
		return errors.Join(lines.Error(), buffered.Flush())
	})
}

// copyRows writes each row to the CSV and to the workbooks.
func copyRows(rows *sql.Rows, columns []column, lines *csv.Writer, books *books) error {
	cells, places, line := make([]any, len(columns)), make([]any, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		places[i], line[i] = &cells[i], header(c)
	}
	if err := lines.Write(line); err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, c := range columns {
			line[i] = plain(c, cells[i])
		}
		if err := lines.Write(line); err != nil {
			return err
		}
		if err := books.add(line); err != nil {
			return err
		}
	}
	return rows.Err()
}

func money(c column) bool { return c.Type == "integer" && strings.HasSuffix(c.Name, "pence") }

// header writes amount_pounds for amount_pence.
func header(c column) string {
	if money(c) {
		return strings.TrimSuffix(c.Name, "pence") + "pounds"
	}
	return c.Name
}

// plain writes a value for a spreadsheet: money in pounds, text that would
// become a formula behind an apostrophe.
func plain(c column, value any) string {
	if value == nil {
		return ""
	}
	if pence, ok := value.(int64); ok && money(c) {
		return schemas.Amount(pence).String()
	}
	if dated, ok := value.(interface{ Format(string) string }); ok {
		if c.Type == "date" {
			return dated.Format("2006-01-02")
		}
		return dated.Format("2006-01-02T15:04:05Z")
	}
	text := fmt.Sprint(value)
	if c.Type == "string" && schemas.Formula(text) {
		return "'" + text
	}
	return text
}

// books writes workbooks of at most so many rows each.
type books struct {
	stem    string
	most    int
	columns []column
	file    *excelize.File
	stream  *excelize.StreamWriter
	row     int
	done    int
}

func (b *books) add(line []string) error {
	if b.file != nil && b.row == b.most {
		if err := b.end(); err != nil {
			return err
		}
	}
	if b.file == nil {
		if err := b.begin(); err != nil {
			return err
		}
	}
	cells := make([]any, len(line))
	for i, text := range line {
		cells[i] = b.cell(b.columns[i], text)
	}
	return b.put(cells)
}

// begin begins the next workbook with its header.
func (b *books) begin() (err error) {
	b.file, b.row = excelize.NewFile(), 0
	if b.stream, err = b.file.NewStreamWriter("Sheet1"); err != nil {
		return err
	}
	cells := make([]any, len(b.columns))
	for i, c := range b.columns {
		cells[i] = header(c)
	}
	return b.put(cells)
}

func (b *books) put(cells []any) error {
	b.row++
	return b.stream.SetRow("A"+strconv.Itoa(b.row), cells)
}

// cell makes numbers of numbers; all else stays text. A cell of more
// characters than Excel takes is cut, with a sign of it.
func (b *books) cell(c column, text string) any {
	if text == "" {
		return nil
	}
	if money(c) {
		return number(text)
	}
	if c.Type == "integer" {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	return cut(text)
}

// number is money as Excel keeps all numbers. A float is exact to the penny
// below ninety million million pounds; beyond that it stays text.
func number(text string) any {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f > 9e13 || f < -9e13 {
		return text
	}
	return f
}

// cut shortens a text to what a cell holds.
func cut(text string) string {
	if len(text) <= cellUnits {
		return text
	}
	units := 0
	for i, r := range text {
		units += max(1, utf16.RuneLen(r))
		if units >= cellUnits && i+utf8.RuneLen(r) < len(text) {
			return text[:i] + "…"
		}
	}
	return text
}

// end saves the workbook under the next name: NAME.xlsx, NAME-2.xlsx, …
func (b *books) end() error {
	if b.file == nil {
		return nil
	}
	b.done++
	name := b.stem + ".xlsx"
	if b.done > 1 {
		name = fmt.Sprintf("%s-%d.xlsx", b.stem, b.done)
	}
	if err := b.stream.Flush(); err != nil {
		return err
	}
	file := b.file
	b.file, b.stream = nil, nil
	defer file.Close()
	return disk.Write(name, func(w io.Writer) error { return file.Write(w) })
}
