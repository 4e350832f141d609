package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"commonspend/schemas"

	"github.com/xuri/excelize/v2"
)

const benchRows = 100_000

// readRows reads the first sheet to its end and says how many rows it has.
func readRows(b *testing.B, open opener, in []byte) int {
	sheets, err := open(bytes.NewReader(in), int64(len(in)), schemas.Sheet{}, Limits{})
	if err != nil {
		b.Fatal(err)
	}
	n, err := sheets[0].Rows(func([]schemas.Row) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func report(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkXLSX reads 100,000 rows of 12 columns with this reader and with
// excelize's raw Rows, texts inline and texts shared.
func BenchmarkXLSX(b *testing.B) {
	inline := generated(b, benchRows)
	for _, c := range []struct {
		name string
		in   []byte
	}{{"inline", inline}, {"shared", withSharedTexts(b, inline)}} {
		b.Run(c.name+"/ours", func(b *testing.B) {
			rows := 0
			for b.Loop() {
				rows += readRows(b, openXLSX, c.in)
			}
			report(b, rows)
		})
		b.Run(c.name+"/excelize", func(b *testing.B) {
			rows := 0
			for b.Loop() {
				rows += readExcelize(b, c.in)
			}
			report(b, rows)
		})
	}
}

// withSharedTexts writes the same rows with excelize's other writer.
func withSharedTexts(b *testing.B, in []byte) []byte {
	b.Helper()
	from, err := excelize.OpenReader(bytes.NewReader(in), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer from.Close()
	to := excelize.NewFile()
	defer to.Close()
	date, err := to.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		b.Fatal(err)
	}
	if err := to.SetColStyle("Sheet1", "B", date); err != nil {
		b.Fatal(err)
	}
	rows, err := from.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for n := 1; rows.Next(); n++ {
		columns, _ := rows.Columns()
		cells := make([]any, len(columns))
		for i, c := range columns {
			cells[i] = c
			if f, ok := parseFloat([]byte(c)); ok {
				cells[i] = f
			}
		}
		at, _ := excelize.CoordinatesToCellName(1, n)
		if err := to.SetSheetRow("Sheet1", at, &cells); err != nil {
			b.Fatal(err)
		}
	}
	out, err := to.WriteToBuffer()
	if err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func readExcelize(b *testing.B, in []byte) int {
	f, err := excelize.OpenReader(bytes.NewReader(in), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}

// BenchmarkWorkbookFile reads the workbook that the variable WORKBOOK names, so
// that other programs can be timed on the same file.
func BenchmarkWorkbookFile(b *testing.B) {
	path := os.Getenv("WORKBOOK")
	if path == "" {
		b.Skip("WORKBOOK names no file")
	}
	in, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	open := map[string]opener{".xlsx": openXLSX, ".xls": openXLS, ".ods": openODS}[filepath.Ext(path)]
	rows := 0
	for b.Loop() {
		rows += readRows(b, open, in)
	}
	report(b, rows)
}
