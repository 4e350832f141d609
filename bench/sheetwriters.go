package main

import (
	"archive/zip"
	"bufio"
	_ "embed" // the Python script that writes .xls
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2" // writes .xlsx
)

//go:embed xls.py
var xlsScript string

func sheetHeader() []string { return strings.Split(header, ",") }

// firstSerial is 1 April 2024 as workbooks count days.
const firstSerial = 45383

// writeSheet is the process that writes a workbook; python is for .xls.
func writeSheet(kind, path, rows, python string) error {
	n, err := strconv.Atoi(rows)
	if err != nil {
		return err
	}
	switch kind {
	case "shared":
		return writeShared(path, n)
	case "long-shared":
		return writeLongShared(path, n)
	case "inline":
		return writeInline(path, n)
	case "xls":
		return writeXLS(python, path, n)
	case "ods":
		return writeODS(path, n)
	}
	return fmt.Errorf("no workbook is called %s", kind)
}

// sheetCells yields the rows of a generated workbook, the header first: texts,
// a serial (days since 1899-12-30) and numbers, with the repetition of real files.
func sheetCells(rows int, yield func(i int, cells []any) error) error {
	cells := make([]any, len(sheetHeader()))
	for i, h := range sheetHeader() {
		cells[i] = h
	}
	if err := yield(0, cells); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(4, 12))
	for i := range rows {
		supplier := int(20_000 * math.Pow(r.Float64(), 3))
		pence := int64(math.Exp(r.NormFloat64()*1.5+8) * 100)
		cells[0], cells[1], cells[2] = "Department of Wexcombe", fmt.Sprintf("Wexcombe Agency %d", r.IntN(8)), serial(firstSerial+r.IntN(30))
		cells[3], cells[4] = fmt.Sprintf("Expense type %d", r.IntN(120)), fmt.Sprintf("Cost centre %d", r.IntN(400))
		cells[5], cells[6] = fmt.Sprintf("Wexcombe Supplies %d Limited", supplier), float64(5_000_000+i)
		cells[7], cells[8] = float64(pence)/100, fmt.Sprintf("Goods, works & services %d", r.IntN(9_000))
		cells[9], cells[10] = fmt.Sprintf("WX%d %dAB", supplier%90, supplier%9), fmt.Sprintf("GB%09d", 100_000_000+supplier)
		cells[11] = fmt.Sprintf("WX-%d", r.IntN(2_500))
		if err := yield(i+1, cells); err != nil {
			return err
		}
	}
	return nil
}

// serial is a date's day number.
type serial int

func (s serial) date() time.Time {
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(s))
}

// writeShared writes .xlsx with a table of shared texts, as Excel does.
func writeShared(path string, rows int) error {
	book := excelize.NewFile()
	defer book.Close()
	date, money, err := sheetStyles(book)
	if err != nil {
		return err
	}
	err = sheetCells(rows, func(i int, cells []any) error {
		out := append([]any(nil), cells...)
		if s, ok := out[2].(serial); ok {
			out[2] = int(s)
		}
		return book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &out)
	})
	if err != nil {
		return err
	}
	last := strconv.Itoa(rows + 1)
	if err := book.SetCellStyle("Sheet1", "C2", "C"+last, date); err != nil {
		return err
	}
	if err := book.SetCellStyle("Sheet1", "H2", "H"+last, money); err != nil {
		return err
	}
	return book.SaveAs(path)
}

// writeInline writes .xlsx with its texts in the cells, as export programs do.
func writeInline(path string, rows int) error {
	book := excelize.NewFile()
	defer book.Close()
	date, money, err := sheetStyles(book)
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	err = sheetCells(rows, func(i int, cells []any) error {
		if s, ok := cells[2].(serial); ok {
			cells[2], cells[7] = excelize.Cell{StyleID: date, Value: int(s)}, excelize.Cell{StyleID: money, Value: cells[7]}
		}
		return out.SetRow(fmt.Sprint("A", i+1), cells)
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.SaveAs(path)
}

func sheetStyles(book *excelize.File) (date, money int, err error) {
	if date, err = book.NewStyle(&excelize.Style{NumFmt: 14}); err != nil {
		return 0, 0, err
	}
	money, err = book.NewStyle(&excelize.Style{NumFmt: 4})
	return date, money, err
}

// writeXLS writes .xls through xlwt, from a CSV of the cells.
func writeXLS(python, path string, rows int) error {
	lines := path + ".csv"
	defer os.Remove(lines)
	file, err := os.Create(lines)
	if err != nil {
		return err
	}
	defer file.Close()
	out := csv.NewWriter(file)
	err = sheetCells(rows, func(_ int, cells []any) error {
		line := make([]string, len(cells))
		for i, c := range cells {
			switch c := c.(type) {
			case serial:
				line[i] = fmt.Sprint("d", int(c))
			case float64:
				line[i] = "n" + strconv.FormatFloat(c, 'f', -1, 64)
			default:
				line[i] = fmt.Sprint("t", c)
			}
		}
		return out.Write(line)
	})
	if err != nil {
		return err
	}
	if out.Flush(); out.Error() != nil {
		return out.Error()
	}
	_, err = command(python, nil, "-c", xlsScript, lines, path)
	return err
}

// packed writes a zip of parts, each through a buffer of its own.
func packed(path string, parts []part) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	z := zip.NewWriter(file)
	for _, p := range parts {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.method})
		if err != nil {
			return err
		}
		out := bufio.NewWriterSize(entry, 1<<16)
		if err := p.write(out); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return file.Close()
}

// part is a part of a workbook.
type part struct {
	name   string
	method uint16
	write  func(out *bufio.Writer) error
}

// fixed is a part that is the same in every workbook.
func fixed(name, text string) part {
	return part{name, zip.Deflate, func(out *bufio.Writer) error {
		_, err := out.WriteString(text)
		return err
	}}
}
