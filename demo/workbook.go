package demo

import (
	"archive/zip"
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"commonspend/schemas"
)

// namedTable is one sheet of a workbook or one member of a zip.
type namedTable struct {
	name string
	rows [][]cell
}

// tables gives a month as one table, or as two where the publisher keeps
// capital spending apart.
func (b body) tables(slot Slot, lines []LedgerLine) []namedTable {
	if !b.layout.twoTables() || lines == nil {
		return []namedTable{{"Payments", b.table(slot, lines)}}
	}
	cut := len(lines)
	for i := len(lines) - 1; i >= 0 && lines[i].Capital; i-- {
		cut = i
	}
	return []namedTable{
		{"Revenue", b.table(slot, lines[:cut])},
		{"Capital", b.table(slot, lines[cut:])},
	}
}

// zipped packs each table as a CSV member. No member carries a time of day, so
// that the bytes depend on the content alone.
func (l layout) zipped(tables []namedTable) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, table := range tables {
		member, err := archive.CreateHeader(&zip.FileHeader{Name: table.name + ".csv", Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("zip member %s: %w", table.name, err)
		}
		if _, err := member.Write(l.csv(table.rows)); err != nil {
			return nil, fmt.Errorf("zip member %s: %w", table.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return out.Bytes(), nil
}

// workbookOf packs the tables as sheets, with a hidden sheet of notes where the
// publisher keeps one.
func (l layout) workbookOf(tables []namedTable) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	if l.epoch1904 {
		since1904 := true
		if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904}); err != nil {
			return nil, fmt.Errorf("workbook: %w", err)
		}
	}
	if l.notesSheet {
		tables = append(tables, namedTable{"Notes", [][]cell{words("Guidance"), words("Payments are shown in the month in which they left the bank")}})
	}
	for i, table := range tables {
		if err := l.sheet(book, i, table); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", table.name, err)
		}
	}
	if l.notesSheet {
		if err := book.SetSheetVisible("Notes", false); err != nil {
			return nil, fmt.Errorf("sheet Notes: %w", err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return out.Bytes(), nil
}

func (l layout) sheet(book *excelize.File, i int, table namedTable) error {
	if i == 0 {
		if err := book.SetSheetName("Sheet1", table.name); err != nil {
			return err
		}
	} else if _, err := book.NewSheet(table.name); err != nil {
		return err
	}
	if l.merged {
		if err := book.MergeCell(table.name, "A1", "F1"); err != nil {
			return err
		}
	}
	day, err := book.NewStyle(&excelize.Style{NumFmt: 14}) // shown as a date
	if err != nil {
		return err
	}
	for r, row := range table.rows {
		for c, cell := range row {
			if err := put(book, table.name, c+1, r+1, cell, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// put writes one cell: amounts and dates as numbers, without passing through a
// floating-point number of ours.
func put(book *excelize.File, sheet string, column, row int, c cell, day int) error {
	if c.text == "" {
		return nil
	}
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	if c.kind == schemas.CellText {
		return book.SetCellStr(sheet, name, c.text)
	}
	if c.kind == schemas.CellDate {
		if err := book.SetCellStyle(sheet, name, name, day); err != nil {
			return err
		}
	}
	return book.SetCellDefault(sheet, name, c.text)
}
