package ingest

import (
	"fmt"
	"strconv"
)

// maxStyles is about what Excel itself takes of cell styles and of formats.
const maxStyles = 65536

// readStyles learns which cell styles show dates.
func (book *xlsxBook) readStyles(a *archive, name string) error {
	codes := map[int]bool{} // custom number formats that show a date
	inCells := false
	return a.scan(name, func(s *xmlScanner) error {
		switch string(s.name) {
		case "numFmt":
			if id, err := strconv.Atoi(s.attr("numFmtId")); err == nil {
				codes[id] = isDateCode(s.attr("formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(s.attr("numFmtId"))
				date, custom := codes[id]
				book.dates = append(book.dates, date || !custom && isDateFormat(id))
			}
		}
		if len(codes) > maxStyles || len(book.dates) > maxStyles {
			return overLimit("the workbook", fmt.Sprintf("%d styles", maxStyles))
		}
		return nil
	})
}

// isDate says whether cells of a style show a date.
func (book *xlsxBook) isDate(style int) bool {
	return style < len(book.dates) && book.dates[style]
}
