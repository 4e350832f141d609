package ingest

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"
)

// write puts bytes into a file whose name says nothing of what it holds.
func write(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "original")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens a file that must be readable, until the test ends.
func open(t testing.TB, content string) *File {
	t.Helper()
	file, err := Open(write(t, content), "sha", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// spell writes a sheet as one line a row, "3: a|b", for comparison.
func spell(t testing.TB, sheet schemas.Sheet) string {
	t.Helper()
	var out strings.Builder
	rows := 0
	physical, err := sheet.Rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			rows++
			fmt.Fprintf(&out, "%d: %s\n", row.Row, strings.Join(row.Cells, "|"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if physical != rows {
		t.Errorf("Rows returned %d and yielded %d", physical, rows)
	}
	return out.String()
}

func TestCSVRows(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "a,b\n1,2\n", "1: a|b\n2: 1|2\n"},
		{"no end of line at the end", "a,b\n1,2", "1: a|b\n2: 1|2\n"},
		{"CRLF", "a,b\r\n1,2\r\n", "1: a|b\n2: 1|2\n"},
		{"CR", "a,b\r1,2\r", "1: a|b\n2: 1|2\n"},
		{"mixed", "a,b\r1,2\n3,4\r\n\r5,6", "1: a|b\n2: 1|2\n3: 3|4\n4: \n5: 5|6\n"},
		{"CR CRLF is two line ends", "a,b\r\r\n1,2", "1: a|b\n2: \n3: 1|2\n"},
		{"blank rows are rows", "a,b\n\n,\n\n", "1: a|b\n2: \n3: |\n4: \n"},
		{"ragged", "a,b,c\n1\n1,2,3,4\n", "1: a|b|c\n2: 1\n3: 1|2|3|4\n"},
		{"cells of eight bytes and more", "12345678,,123456789abcdef,\n", "1: 12345678||123456789abcdef|\n"},
		{"quoted", "\"a,1\",\"b\"\n\"\",x\n", "1: a,1|b\n2: |x\n"},
		{"doubled quotes", "\"say \"\"hi\"\"\",b\n", "1: say \"hi\"|b\n"},
		{"line breaks in a cell count as lines", "\"a\r\nb\rc\nd\",1\n2,3\n", "1: a\r\nb\rc\nd|1\n5: 2|3\n"},
		{"a quote inside an unquoted cell is literal", "19\" rack,5\nx\"y\",6\n", "1: 19\" rack|5\n2: x\"y\"|6\n"},
		{"text behind a closing quote", "\"A\" Ltd,5\n", "1: A Ltd|5\n"},
		{"an opening quote that nothing closes", "a,b\n\"c,1\nd,2\n", "1: a|b\n2: \"c|1\n3: d|2\n"},
		{"a stray quote meets another row's", "a,b\n\"c,1\n\"d\",2\n", "1: a|b\n2: \"c|1\n3: d|2\n"},
		{
			"a stray quote that would swallow whole rows", "a,b,c\n1,\"x,2\n3,y,4\n5,6\",7\n",
			"1: a|b|c\n2: 1|\"x|2\n3: 3|y|4\n4: 5|6\"|7\n",
		},
		{"a quoted cell may hold many lines", "a,b,c\n1,2,\"x\ny\nz\"\n5,6,7\n", "1: a|b|c\n2: 1|2|x\ny\nz\n5: 5|6|7\n"},
		{"quote at the very end", "a,b\n1,\"", "1: a|b\n2: 1|\"\n"},
		{"empty last cell", "a,b\n1,", "1: a|b\n2: 1|\n"},
		{"NUL", "a,b\nx\x00y,2\n", "1: a|b\n2: x\x00y|2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := spell(t, open(t, c.in).Sheets[0]); got != c.want {
				t.Errorf("read\n%swant\n%s", got, c.want)
			}
		})
	}
}

// Every record is cut alike wherever the chunks happen to end.
func TestCSVAcrossChunks(t *testing.T) {
	var in, want strings.Builder
	line := 1
	for i := range 30_000 {
		fmt.Fprintf(&in, "%d,\"quoted, %d\",\"two\r\nlines\",£%d\r", i, i, i)
		fmt.Fprintf(&want, "%d: %d|quoted, %d|two\r\nlines|£%d\n", line, i, i, i)
		line += 2
	}
	sheet := open(t, in.String()).Sheets[0]
	for range 2 { // Rows may be called again
		if got := spell(t, sheet); got != want.String() {
			t.Fatal("rows differ from what was written")
		}
	}
}

// A record longer than several chunks is one record, and a quote that opens
// one far too long is stray.
func TestCSVLongRecords(t *testing.T) {
	long := strings.Repeat("long text, ", 60_000)
	in := "a,b\n\"" + long + "\",1\n2,3\n\"" + strings.Repeat("lost\n", 300_000) + "\",4\n"
	rows := strings.SplitAfter(spell(t, open(t, in).Sheets[0]), "\n")
	if rows[1] != "2: "+long+"|1\n" || rows[2] != "3: 2|3\n" {
		t.Error("the long cell was not read whole")
	}
	if rows[3] != "4: \"lost\n" || rows[4] != "5: lost\n" {
		t.Errorf("read %.20q, %.20q after a quote that closes only 1.5 MB on", rows[3], rows[4])
	}
}

func TestCSVStopsAtYieldsError(t *testing.T) {
	_, err := open(t, "a,b\n1,2\n").Sheets[0].Rows(func([]schemas.Row) error { return io.ErrClosedPipe })
	if err != io.ErrClosedPipe {
		t.Errorf("Rows returned %v", err)
	}
}

// spendCSV is n rows of 12 columns, about 110 bytes each, as spend files have.
func spendCSV(n int) string {
	var b strings.Builder
	b.WriteString("Body,Entity,Date,Expense Type,Expense Area,Supplier,Reference,Amount,Description,Postcode,Kind,Contract\n")
	for i := range n {
		fmt.Fprintf(&b, "Anytown Council,Housing,%02d/%02d/2024,Repairs,Area %d,Supplier %d Limited,%d,%d.%02d,Works order %d,AB%d 2CD,Capital,C-%d\n",
			i%28+1, i%12+1, i%40, i%5000, 5_000_000+i, i%90_000, i%100, i, i%20, i%700)
	}
	return b.String()
}

func BenchmarkCSV(b *testing.B) {
	text := spendCSV(1_000_000)
	quotedText := strings.NewReplacer("Repairs,", `"Repairs, urgent",`, "Housing", `"Housing"`).Replace(text)
	allQuoted := `"` + strings.NewReplacer(",", `","`, "\n", "\"\n\"").Replace(text)
	allQuoted = strings.TrimSuffix(allQuoted, `"`)
	for _, c := range []struct{ name, text string }{{"plain", text}, {"quoted", quotedText}, {"all-quoted", allQuoted}} {
		path := write(b, c.text)
		b.Run(c.name+"/ingest", func(b *testing.B) { benchmark(b, path, len(c.text), rowsOfIngest) })
		b.Run(c.name+"/encoding-csv", func(b *testing.B) { benchmark(b, path, len(c.text), rowsOfEncodingCSV) })
	}
}

func benchmark(b *testing.B, path string, size int, rows func(string) (int, error)) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if n, err := rows(path); err != nil || n != 1_000_001 {
			b.Fatal(n, err)
		}
	}
}

func rowsOfIngest(path string) (int, error) {
	file, err := Open(path, "sha", Limits{})
	if err != nil {
		return 0, err
	}
	defer file.Close()
	return file.Sheets[0].Rows(func([]schemas.Row) error { return nil })
}

func rowsOfEncodingCSV(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.ReuseRecord = true
	for n := 0; ; n++ {
		if _, err := r.Read(); err == io.EOF {
			return n, nil
		} else if err != nil {
			return n, err
		}
	}
}
