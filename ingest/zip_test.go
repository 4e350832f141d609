package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

// packed zips pairs of name and content.
func packed(t testing.TB, pairs ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(pairs); i += 2 {
		part, err := w.Create(pairs[i])
		if err == nil {
			_, err = part.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func gzipped(t testing.TB, name, content string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Name = name
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestZip(t *testing.T) {
	file := open(t, packed(t, "spend/april.csv", "a,b\n1,2\n", "__MACOSX/._april.csv", "junk",
		"notes.pdf", "%PDF-1.4", "spend/may.txt", "c;d\n3;4\n"))
	if file.Format != "zip" || len(file.Sheets) != 2 {
		t.Fatalf("format %s with %d sheets", file.Format, len(file.Sheets))
	}
	for i, want := range []struct{ member, text string }{
		{"spend/april.csv", "1: a|b\n2: 1|2\n"}, {"spend/may.txt", "1: c|d\n2: 3|4\n"},
	} {
		sheet := file.Sheets[i]
		if sheet.Member != want.member || sheet.Number != i+1 || sheet.Format != "csv" || sheet.File != "sha" {
			t.Errorf("sheet %d is %+v", i, sheet)
		}
		for range 2 {
			if got := spell(t, sheet); got != want.text {
				t.Errorf("%s read as\n%s", sheet.Member, got)
			}
		}
	}
	if len(file.Skipped) != 1 || file.Skipped[0].Member != "notes.pdf" || file.Skipped[0].Why.Kind != "pdf" {
		t.Errorf("skipped %+v", file.Skipped)
	}
}

func TestGzip(t *testing.T) {
	file := open(t, gzipped(t, "april.csv", "a,b\n1,2\n"))
	if file.Format != "gzip" || file.Sheets[0].Member != "april.csv" {
		t.Errorf("format %s, member %q", file.Format, file.Sheets[0].Member)
	}
	if got := spell(t, file.Sheets[0]); got != "1: a|b\n2: 1|2\n" {
		t.Errorf("read %s", got)
	}
}

func TestRefusedWrappings(t *testing.T) {
	inner := packed(t, "a.csv", "a,b\n")
	bomb := packed(t, "a.csv", strings.Repeat("0,", 2_000_000))
	whole := gzipped(t, "", "a,b\n1,2\n")
	for _, c := range []struct {
		name, in string
		limits   Limits
		kind     string
	}{
		{"nothing inside", packed(t), Limits{}, "empty-file"},
		{"only a picture inside", packed(t, "a.png", "\x89PNG\r\n"), Limits{}, "image"},
		{"zip in zip", packed(t, "inner.zip", inner), Limits{}, "archive"},
		{"zip in gzip", gzipped(t, "inner.zip", inner), Limits{}, "archive"},
		{"gzip in zip", packed(t, "inner.gz", whole), Limits{}, "archive"},
		{"gzip in gzip", gzipped(t, "", whole), Limits{}, "archive"},
		{"gzip cut short", whole[:len(whole)-6], Limits{}, "unreadable"},
		{"a bomb by entry", bomb, Limits{EntryBytes: 100_000}, "limit"},
		{"a bomb by file", bomb, Limits{FileBytes: 100_000}, "limit"},
		{"a bomb in gzip", gzipped(t, "", strings.Repeat("0,", 2_000_000)), Limits{FileBytes: 100_000}, "limit"},
		{"too many parts", packed(t, "a", "1", "b", "2", "c", "3"), Limits{Entries: 2}, "limit"},
		{"one limit passed ends the file", packed(t, "a.csv", "a,b\n", "b.csv", strings.Repeat("x", 200)), Limits{EntryBytes: 100}, "limit"},
		{"a Word document", packed(t, "[Content_Types].xml", "", "_rels/.rels", "", "word/document.xml", ""), Limits{}, "document"},
		{"a binary workbook", packed(t, "xl/workbook.bin", ""), Limits{}, "unreadable"},
		{"an OpenDocument text", packed(t, "mimetype", "application/vnd.oasis.opendocument.text"), Limits{}, "document"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if refusal := refused(t, c.in, c.limits); refusal.Kind != c.kind {
				t.Errorf("refused as %s: %s", refusal.Kind, refusal.Sentence)
			}
		})
	}
}

// A zip whose member says it needs a password is refused as protected.
func TestRefusedPassword(t *testing.T) {
	in := []byte(packed(t, "a.csv", "a,b\n"))
	in[6] |= 1                                       // the flags in the member's own header
	in[bytes.Index(in, []byte("PK\x01\x02"))+8] |= 1 // and in the directory
	if refusal := refused(t, string(in), Limits{}); refusal.Kind != "encrypted" {
		t.Errorf("refused as %s: %s", refusal.Kind, refusal.Sentence)
	}
}
