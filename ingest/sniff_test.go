package ingest

import (
	"errors"
	"strings"
	"testing"

	"commonspend/schemas"
)

// refused opens bytes that must be refused, and returns the refusal.
func refused(t *testing.T, content string, limits Limits) *schemas.Refusal {
	t.Helper()
	file, err := Open(write(t, content), "sha", limits)
	if err == nil {
		defer file.Close()
		for _, sheet := range file.Sheets {
			if _, err = sheet.Rows(func([]schemas.Row) error { return nil }); err != nil {
				break
			}
		}
	}
	var refusal *schemas.Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("error is %v, want a refusal", err)
	}
	return refusal
}

func TestRefusedKinds(t *testing.T) {
	for _, c := range []struct{ name, in, kind, says string }{
		{"nothing", "", "empty-file", "is empty"},
		{"blanks", "\ufeff \r\n\n", "empty-file", "is empty"},
		{"html", "\n<!DOCTYPE html><html><body>404</body></html>", "html", "web page"},
		{"html in UTF-16", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", "html", "web page"},
		{"xhtml", "<?xml version=\"1.0\"?><html>", "html", "web page"},
		{"xml", "<?xml version=\"1.0\"?><Workbook>", "xml", "XML"},
		{"json", "[{\"amount\": 1}]", "json", "JSON"},
		{"rtf", "{\\rtf1 hello}", "document", "RTF"},
		{"pdf", "%PDF-1.7\n%\xe2\xe3", "pdf", "PDF"},
		{"png", "\x89PNG\r\n\x1a\n", "image", "picture"},
		{"jpeg", "\xff\xd8\xff\xe0", "image", "picture"},
		{"7z", "7z\xbc\xaf\x27\x1c\x00", "archive", "archive"},
		{"noise", strings.Repeat("\x00\x01\x02\x03\x04x", 50), "unreadable", "neither text"},
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", "unreadable", "UTF-32"},
		{"a damaged zip", "PK\x03\x04 and no more", "unreadable", "damaged"},
		{"a damaged gzip", "\x1f\x8b\x08 and no more", "unreadable", "damaged"},
		{"a damaged workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unreadable", "damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal := refused(t, c.in, Limits{})
			if refusal.Kind != c.kind || !strings.Contains(refusal.Sentence, c.says) {
				t.Errorf("refused as %s: %s", refusal.Kind, refusal.Sentence)
			}
		})
	}
}

func TestNotMistakenForOtherKinds(t *testing.T) {
	for _, in := range []string{
		"[Redacted],1\n", "{brace},2\n", "BMW (UK) Ltd,3\n", "MZ Media,4\n", "GIFT,5\n",
		"<5 payments,6\n", "PKF LLP,7\n", "key,val\n1,\"{\"\"a\"\": 1}\"\n",
	} {
		if got := open(t, in).Format; got != "csv" {
			t.Errorf("%q is read as %s", in, got)
		}
	}
}

func TestFlatWorkbook(t *testing.T) {
	file := open(t, `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="May"><table:table-row>
<table:table-cell><text:p>Payee</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>`)
	if file.Format != "ods" || file.Sheets[0].Name != "May" || spell(t, file.Sheets[0]) != "1: Payee\n" {
		t.Errorf("read as %s: %+v", file.Format, file.Sheets[0])
	}
}

func TestOpenOurTroubles(t *testing.T) {
	var refusal *schemas.Refusal
	if _, err := Open(t.TempDir(), "sha", Limits{}); err == nil || errors.As(err, &refusal) {
		t.Errorf("a folder gives %v", err)
	}
	if _, err := Open(t.TempDir()+"/none", "sha", Limits{}); err == nil || errors.As(err, &refusal) {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestDelimiters(t *testing.T) {
	pipes := "Name,Note,Amount\nA,\"x|y|z|x|y|z|x|y|z\",1\nB,plain,2\nC,plain,3\n"
	for _, c := range []struct{ name, in, want string }{
		{"comma", "a,b\n1,2\n", ","},
		{"tab", "a\tb\tc\n1\t2\t3\n", "\t"},
		{"semicolon with decimal commas", "a;b;c\nx;1,50;y\nz;2,75;w\n", ";"},
		{"pipe", "a|b|c\n1|2|3\n", "|"},
		{"a cell full of pipes", pipes, ","},
		{"commas inside quotes", "a;b\n\"1,2,3,4\";x\n\"5,6,7,8\";y\n", ";"},
		{"one column", "a\nb\n", ","},
		{"preamble", "Spend over £500; all departments\n\nDate,Payee,Amount\n1,2,3\n4,5,6\n", ","},
		{"declared", "sep=;\r\na;b,c,d\n1;2,3,4\n", ";"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := open(t, c.in).Sheets[0].Delimiter; got != c.want {
				t.Errorf("delimiter %q, want %q", got, c.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, in string
		limits   Limits
		says     string
	}{
		{"rows", "a\nb\nc\n", Limits{Rows: 2}, "2 rows"},
		{"columns", "a,b,c\n", Limits{Columns: 2}, "2 cells"},
		{"cell", "a\nlonger than ten,b\n", Limits{CellBytes: 10}, "row 2 holds more than 10 bytes"},
		{"quoted cell", "a\n\"longer, than ten\",b\n", Limits{CellBytes: 10}, "row 2 holds more than 10 bytes"},
		{"record", strings.Repeat("x", 1_000_000), Limits{RecordBytes: 500_000, CellBytes: 2_000_000}, "500000 bytes"},
		{"file", strings.Repeat("a,b\n", 1000), Limits{FileBytes: 1000}, "1000 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal := refused(t, c.in, c.limits)
			if refusal.Kind != "limit" || !strings.Contains(refusal.Sentence, c.says) {
				t.Errorf("refused as %s: %s", refusal.Kind, refusal.Sentence)
			}
		})
	}
}
