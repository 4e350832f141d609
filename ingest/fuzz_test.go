package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"
)

// tableOf makes a table of bytes that are UTF-8 already, read `step` at a time.
func tableOf(in []byte, delimiter byte, step int) *table {
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(in)), nil }
	limits := Limits{CellBytes: 1000, RecordBytes: 100_000}.orDefault()
	return &table{content: content{open: open}, delimiter: delimiter, limits: limits, step: step}
}

// kept returns what must survive reading: all bytes but the separators.
func kept(in string, delimiter byte) string {
	var out strings.Builder
	for _, c := range []byte(in) {
		if c != '\r' && c != '\n' && c != '"' && c != delimiter {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// FuzzCSV: reading never panics, loses no byte but separators, numbers rows by
// rising lines of the file, and does not depend on where the chunks end.
func FuzzCSV(f *testing.F) {
	for _, in := range []string{
		"a,b\n1,2\n", "\"a\r\nb\",\"c\"\"d\"\r\n", "\"x\" y,\"\n\"z\",1", "a,b,c\n1,\"x,2\n3,y,4\n5,6\",7\n", "\r\r\n,,\"\"\"\n",
	} {
		f.Add([]byte(in), uint8(0), uint8(5))
	}
	f.Fuzz(func(t *testing.T, in []byte, which, step uint8) {
		delimiter := ",\t;|"[which%4]
		whole, cells := readTable(t, in, delimiter, chunkBytes)
		if kept(cells, delimiter) != kept(string(in), delimiter) {
			t.Errorf("%q read as %q", in, cells)
		}
		if parts, _ := readTable(t, in, delimiter, int(step)+1); parts != whole {
			t.Errorf("in steps of %d: %q, at once: %q", int(step)+1, parts, whole)
		}
	})
}

// readTable returns the rows as spelt text, and all their cells in one string.
func readTable(t *testing.T, in []byte, delimiter byte, step int) (spelt, cells string) {
	t.Helper()
	var rows, all strings.Builder
	count, last, most := 0, 0, lineBreaks(in)+1
	physical, err := tableOf(in, delimiter, step).rows(func(batch []schemas.Row) error {
		for _, row := range batch {
			if row.Row <= last || row.Row > most {
				t.Errorf("row %d after row %d of %d lines", row.Row, last, most)
			}
			last = row.Row
			count++
			fmt.Fprintf(&rows, "%d: %q\n", row.Row, row.Cells)
			all.WriteString(strings.Join(row.Cells, ""))
		}
		return nil
	})
	var refusal *schemas.Refusal
	if errors.As(err, &refusal) && refusal.Kind == "limit" {
		t.Skip("over a limit")
	}
	if err != nil || physical != count {
		t.Fatalf("Rows yielded %d and returned %d, %v", count, physical, err)
	}
	return rows.String(), all.String()
}

// FuzzOpen: whatever the bytes, opening and reading end in rows or in a
// refusal, never in trouble of ours.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Add([]byte(packed(f, "a.csv", "a,b\n1,2\n", "b.pdf", "%PDF")))
	f.Add([]byte(packed(f, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<workbook/>")))
	f.Add([]byte(gzipped(f, "a.csv", "a,b\n1,2\n")))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)))
	folder := f.TempDir()
	limits := Limits{FileBytes: 10 << 20, EntryBytes: 1 << 20}
	f.Fuzz(func(t *testing.T, in []byte) {
		path := filepath.Join(folder, "original")
		if err := os.WriteFile(path, in, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := readThrough(path, limits); err != nil {
			var refusal *schemas.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("%T: %v", err, err)
			}
		}
	})
}

// readThrough opens a file and reads every row of it.
func readThrough(path string, limits Limits) error {
	file, err := Open(path, "sha", limits)
	if err != nil {
		return err
	}
	defer file.Close()
	for _, sheet := range file.Sheets {
		if _, err := sheet.Rows(func([]schemas.Row) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}
