package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"

	"github.com/xuri/excelize/v2"
)

// explained lists the workbooks of which excelize and this reader say different
// things, and why ours is kept. The key is the file's name.
var explained = map[string]string{
	"empty_s_attribute.xlsx":       "excelize gives no cell of a row in which a style is empty",
	"wtf_path.xlsx":                "excelize does not find shared texts outside the folder xl",
	"duplicate-filename.xlsx":      "the sheet is in the package twice; excelize takes the last, empty one",
	"issue_174.xlsx":               "blanks around a text count only under xml:space",
	"minimal_package.xlsx":         "blanks around a text count only under xml:space",
	"whitespace_trim.xlsx":         "blanks around a text count only under xml:space",
	"56278.xlsx":                   "blanks around a text count only under xml:space",
	"no_drawing_patriarch.xlsx":    "blanks around a text count only under xml:space",
	"comments_stress_test.xlsx":    "excelize leaves _x000D_ in a formula's text",
	"crlf.xlsx":                    "excelize leaves _x000D_ in a formula's text",
	"formula_stress_test.xlsx":     "excelize leaves _x0007_ in a formula's text",
	"xlsx-stream-d-date-cell.xlsx": "a date written as ISO 8601 loses its fraction of a second",
	"54764.xlsx":                   "entities are not expanded; excelize fails on them",
	"poc-xmlbomb.xlsx":             "entities are not expanded; excelize fails on them",
	"poc-xmlbomb-empty.xlsx":       "entities are not expanded; excelize fails on them",
	"poc-shared-strings.xlsx":      "its rows begin at 0; excelize counts them from 1, which would misname each",
	"xlsx-corrupted.xlsx":          "its package relations are no XML; the workbook is where it always is",
	"clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx": "a part's checksum is wrong; excelize does not look",
}

// TestXLSXAgainstExcelize compares cell by cell with excelize on every workbook
// of the hostile collection.
func TestXLSXAgainstExcelize(t *testing.T) {
	root := shared(t, "hostile")
	files, cells := 0, 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(path))
		if err != nil || ext != ".xlsx" && ext != ".xlsm" {
			return err
		}
		n, differences := compareWithExcelize(path)
		files, cells = files+1, cells+n
		reason, known := explained[filepath.Base(path)]
		if len(differences) > 0 && !known {
			t.Errorf("%s: %d differences, the first: %s", path, len(differences), differences[0])
		}
		if len(differences) == 0 && known {
			t.Errorf("%s: no difference any more, though one is listed: %s", path, reason)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 || cells == 0 {
		t.Error("nothing was compared")
	}
	t.Logf("%d files, %d cells, %d files with explained differences", files, cells, len(explained))
}

// compareWithExcelize returns how many cells it compared and where they differ,
// without their contents.
func compareWithExcelize(path string) (cells int, differences []string) {
	file, err := os.Open(path)
	if err != nil {
		return 0, []string{err.Error()}
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, []string{err.Error()}
	}
	sheets, ours := openXLSX(file, info.Size(), schemas.Sheet{}, Limits{})
	book, theirs := openExcelize(path)
	if theirs == nil {
		defer book.Close()
	}
	if ours != nil || theirs != nil {
		if (ours == nil) != (theirs == nil) {
			differences = append(differences, fmt.Sprintf("ours: %v; excelize: %v", ours, theirs))
		}
		return 0, differences
	}
	for _, sheet := range sheets {
		n, found := compareSheet(sheet, book)
		cells += n
		differences = append(differences, found...)
	}
	return cells, differences
}

func openExcelize(path string) (book *excelize.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return excelize.OpenFile(path, excelize.Options{RawCellValue: true})
}

func compareSheet(sheet schemas.Sheet, book *excelize.File) (cells int, differences []string) {
	differ := func(format string, args ...any) {
		differences = append(differences, "sheet "+sheet.Name+": "+fmt.Sprintf(format, args...))
	}
	defer func() {
		if recover() != nil {
			differ("excelize panics")
		}
	}()
	rows, err := book.Rows(sheet.Name)
	if err != nil {
		return 0, []string{fmt.Sprintf("sheet %s: excelize: %v", sheet.Name, err)}
	}
	defer rows.Close()
	epoch := bookEpoch(book)
	physical, err := sheet.Rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			raw, err := nextRaw(rows)
			if err != nil {
				return err
			}
			for i := range max(len(raw), len(row.Cells)) {
				if cells++; !sameCell(row, i, raw, epoch) {
					differ("row %d, column %d (kind %d)", row.Row, i+1, row.Kind(i))
				}
			}
		}
		return nil
	})
	for n := 1; err == nil && n <= 1000; n++ {
		var raw []string
		if raw, err = nextRaw(rows); strings.Join(raw, "") != "" {
			differ("row %d comes after our last", physical+n)
		}
	}
	if err != nil {
		differ("%v", err)
	}
	return cells, differences
}

// nextRaw is excelize's next row, nothing after its last.
func nextRaw(rows *excelize.Rows) ([]string, error) {
	if !rows.Next() {
		return nil, rows.Error()
	}
	return rows.Columns(excelize.Options{RawCellValue: true})
}

func bookEpoch(book *excelize.File) bool {
	props, err := book.GetWorkbookProps()
	return err == nil && props.Date1904 != nil && *props.Date1904
}

// sameCell compares our cell i with excelize's raw value in the form our kind
// gives it.
func sameCell(row schemas.Row, i int, raw []string, epoch1904 bool) bool {
	ours, theirs := row.Cell(i), ""
	if i < len(raw) {
		theirs = raw[i]
	}
	if ours == theirs {
		return true
	}
	switch row.Kind(i) {
	case schemas.CellNumber:
		want, ok := appendNumber(nil, []byte(theirs))
		return ok && ours == string(want)
	case schemas.CellDate:
		f, ok := parseFloat([]byte(theirs))
		want, dated := appendSerial(nil, f, epoch1904)
		return ok && dated && ours == string(want)
	case schemas.CellBool:
		return ours == boolText([]byte(theirs))
	}
	return false
}
