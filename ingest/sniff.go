package ingest

import (
	"bytes"
	"fmt"
	"strings"

	"commonspend/schemas"
)

// magic is how a kind of file begins.
type magic struct{ prefix, kind string }

// sniff tells what a content is from its first bytes: zip; gzip; what may be a
// workbook (ole2, the container of Office before 2007, in which protected files
// still come; biff, the same without container; fods, all in one XML file); a
// kind that is refused; or text.
func sniff(head []byte) string {
	for _, m := range []magic{
		{"PK\x03\x04", "zip"}, {"PK\x05\x06", "zip"}, {"\x1f\x8b", "gzip"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2"},
		{"\x09\x00\x04\x00", "biff"}, {"\x09\x02\x06\x00", "biff"}, {"\x09\x04\x06\x00", "biff"},
		{"\x09\x08\x08\x00", "biff"}, {"\x09\x08\x10\x00", "biff"},
		{"%PDF", "pdf"}, {"{\\rtf", "rtf"},
		{"\x89PNG\r\n", "image"}, {"\xff\xd8\xff", "image"}, {"GIF8", "image"},
		{"II*\x00", "image"}, {"MM\x00*", "image"},
		{"7z\xbc\xaf\x27\x1c", "archive"}, {"Rar!\x1a", "archive"}, {"\xfd7zXZ\x00", "archive"},
		{"BZh", "archive"}, {"\x28\xb5\x2f\xfd", "archive"},
		{"PAR1", "binary"}, {"SQLite format 3\x00", "binary"}, {"\x7fELF", "binary"}, {"MZ\x90\x00", "binary"},
		{"\xff\xfe\x00\x00", "utf-32"}, {"\x00\x00\xfe\xff", "utf-32"},
	} {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	switch {
	case len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return "image"
	case len(head) > 10 && string(head[:2]) == "BM" && string(head[6:10]) == "\x00\x00\x00\x00":
		return "image"
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return "archive"
	case bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte("opendocument.spreadsheet")):
		return "fods"
	}
	return "text"
}

// sniffText tells what a text is from its decoded beginning: "table" unless it
// is plainly something else.
func sniffText(head []byte) string {
	text := strings.TrimLeft(string(head[:min(len(head), 4096)]), "\ufeff \t\r\n\x00")
	lower := strings.ToLower(text)
	switch {
	case strings.Trim(string(head), "\ufeff \t\r\n\x00\x1a") == "":
		return "empty-file"
	case beginsAny(lower, "<!doctype html", "<html", "<head", "<body", "<table", "<script", "<meta", "<div", "<!--"),
		strings.HasPrefix(lower, "<?xml") && strings.Contains(lower, "<html"):
		return "html"
	case beginsAny(lower, "<?xml", "<workbook", "<office:", "<!doctype"):
		return "xml"
	case beginsAny(text, "%PDF"):
		return "pdf"
	case beginsAny(text, "{\\rtf"):
		return "rtf"
	case looksJSON(text):
		return "json"
	case looksBinary(head):
		return "binary"
	}
	return "table"
}

func beginsAny(text string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

// looksJSON goes by the first two marks: {" [{ [[ [" are JSON, [Redacted] is not.
func looksJSON(text string) bool {
	if text == "" || text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(text[1:], " \t\r\n")
	if text[0] == '{' {
		return beginsAny(rest, `"`, "}")
	}
	return beginsAny(rest, "{", "[", `"`)
}

// looksBinary reports whether more than one byte in twenty, and more than a
// slip or two, is a control character that no text has.
func looksBinary(head []byte) bool {
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\v' && c != '\f' && c != '\r' && c != 0x1a {
			controls++
		}
	}
	return controls >= 8 && controls*20 > len(head)
}

// refuseKind is the refusal of a kind of file that sniff or sniffText told.
func refuseKind(member, kind string) *schemas.Refusal {
	const original = "send the CSV or Excel file that it was made from"
	const inside = "save its table as CSV or XLSX and send that"
	const asCSV = "save it as CSV or XLSX and send that"
	for _, k := range []struct{ kind, refusal, is, instead string }{
		{"html", "html", "is a web page", "send the CSV or Excel file that it links to, or open it in Excel and save it as XLSX"},
		{"pdf", "pdf", "is a PDF document", original},
		{"image", "image", "is a picture", original},
		{"rtf", "document", "is a text document (RTF)", inside},
		{"word", "document", "is a Word document", inside},
		{"document", "document", "is an office document without a spreadsheet in it", inside},
		{"slides", "document", "is a presentation", original},
		{"encrypted", "encrypted", "is protected by a password", "save it without the password and send that"},
		{"empty-file", "empty-file", "is empty", "send the file again, or a file with a header row and no payments for a nil month"},
		{"json", "json", "is JSON, not a table", "send the table as CSV or XLSX"},
		{"xml", "xml", "is XML, not a table", asCSV},
		{"archive", "archive", "is an archive of a kind that is not read", "send the tables in a zip, or each by itself"},
		{"xlsb", "unreadable", "is a binary workbook (XLSB)", asCSV},
		{"utf-32", "unreadable", "is text in UTF-32", "save it as CSV UTF-8 and send that"},
	} {
		if k.kind == kind {
			return refuse(member, k.refusal, k.is, k.instead)
		}
	}
	return refuse(member, "unreadable", "is neither text nor a workbook that can be read", "send the table as CSV or XLSX")
}

// refuse says what a file, or a member of it, is and what to send instead.
func refuse(member, kind, is, instead string) *schemas.Refusal {
	what := "The file"
	if member != "" {
		what = fmt.Sprintf("The member %q", member)
	}
	return &schemas.Refusal{Kind: kind, Sentence: what + " " + is + "; " + instead + "."}
}
