package ingest

import (
	"io"

	"commonspend/schemas"
)

// openXLSX reads an Office Open XML workbook (.xlsx, .xlsm), transitional or
// strict: its sheets in the order the workbook lists them, chart and macro
// sheets left out. Cells stand at their own columns; a merged range has its
// value at the top left, and what else the file still holds under it. Phonetic
// runs are dropped. Rows go on to the last one that holds something: rows below
// it that are only formatted are no physical rows, here and in .xls and .ods.
func openXLSX(r io.ReaderAt, size int64, sheet schemas.Sheet, limits Limits) ([]schemas.Sheet, error) {
	limits = limits.orDefault()
	a, err := openArchive(r, size, limits)
	if err != nil {
		return nil, err
	}
	book, err := readXLSXBook(a)
	if err != nil {
		return nil, err
	}
	if len(book.sheets) == 0 {
		return nil, refusal("no-table", "The workbook has no sheet with cells. Send the sheet that holds the payments.")
	}
	var sheets []schemas.Sheet
	for i, s := range book.sheets {
		one := schemas.Sheet{
			File: sheet.File, Member: sheet.Member, Name: s.name,
			Number: i + 1, Format: "xlsx", Hidden: s.hidden,
		}
		part := s.part
		one.Rows = func(yield func([]schemas.Row) error) (int, error) {
			return book.readSheet(a, part, newRowBatch(one, limits, yield))
		}
		sheets = append(sheets, one)
	}
	return sheets, nil
}
