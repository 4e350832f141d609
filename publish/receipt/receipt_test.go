package receipt

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"commonspend/schemas"
)

func words(t *testing.T) *Words {
	t.Helper()
	w, err := LoadWords()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestEveryKindHasASentence holds the sentences of located issues to the catalogue.
func TestEveryKindHasASentence(t *testing.T) {
	w := words(t)
	for kind := range w.kinds {
		if w.messages[kind] == "" {
			t.Errorf("%s has no sentence in located.csv", kind)
		}
	}
	for kind, message := range w.messages {
		if _, known := w.kinds[kind]; !known {
			t.Errorf("located.csv has a sentence for %s, which issue_kinds.csv lacks", kind)
		}
		told := w.message(&Table{}, located{row: 2, column: 3, kind: kind, value: "x"})
		if strings.ContainsAny(told, "{}") || !strings.HasSuffix(told, ".") {
			t.Errorf("%s (%s) becomes %q", kind, message, told)
		}
	}
}

// made is a file of two sheets: one with payments, one left out.
func made(t *testing.T, hostile string) *Receipt {
	t.Helper()
	from, _ := schemas.DateOf(2025, 3, 28)
	to, _ := schemas.DateOf(2025, 4, 30)
	issues := &Issues{}
	err := issues.Issues(schemas.Sheet{Number: 1}, []schemas.Issue{
		{Origin: schemas.Origin{Row: 4}, Column: 28, Kind: "amount_unreadable", Value: hostile}})
	if err != nil {
		t.Fatal(err)
	}
	return words(t).Receipt(Checked{File: hostile + ".xlsx", SHA256: "ab", Bytes: 9, Format: "xlsx", Issues: issues,
		Report: schemas.FileReport{Outcome: schemas.OutcomeLoad, Sheets: []schemas.SheetReport{
			{Number: 1, Name: hostile, HeaderRow: 1, DateFrom: from, DateTo: to, DateOrder: "dmy", VAT: schemas.VATNet, VATEvidence: "header " + hostile,
				Account: schemas.Account{Physical: 4, Header: 1, Payments: 2, Refused: 1, ReadablePence: 1250, PaymentPence: 1250},
				Columns: []schemas.ColumnMap{{Column: 1, Header: "Paid", Field: "date"}, {Column: 2, Header: hostile}, {Column: 3, Header: hostile},
					{Column: 4}, {Column: 28, Header: "Net", Field: "amount"}},
				IssueCounts: map[schemas.IssueKind]int{"amount_unreadable": 1}},
			{Number: 2, Name: "Notes", DateFrom: schemas.NoDate, DateTo: schemas.NoDate, DateOrder: "none", VAT: schemas.VATUnknown,
				Account: schemas.Account{Physical: 5, Note: 4, Blank: 1}},
		}}})
}

func TestJSON(t *testing.T) {
	out, err := json.Marshal(made(t, "h"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"file":"h.xlsx","sha256":"ab","bytes":9,"format":"xlsx","outcome":"load","reason":"","tables":[{"member":"","sheet":"h"`,
		`"date_from":"2025-03-28","date_to":"2025-04-30"`,
		`"columns":{"amount":"Net","date":"Paid"},"unmapped":["h","h (2)","column 4"]`,
		`"issues":[{"row":4,"column":28,"kind":"amount_unreadable","value":"h","message":"Row 4, column AB: “h” cannot be read`,
		`"header_row":null,"rows":{"physical":5,"payments":0,"blank":1,"preamble":0,"header":0,"total":0,"note":4,"refused":0}`,
		`"date_from":null,"date_to":null,"date_order":"none","vat_basis":"unknown","vat_evidence":"","columns":{},"unmapped":[],"issue_counts":{},"issues":[]`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the JSON lacks %s:\n%s", want, out)
		}
	}
}

func TestText(t *testing.T) {
	var out bytes.Buffer
	if err := made(t, "h").Text(&out, 3); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"h.xlsx: 2 payments, £12.50, 28 March to 30 April 2025\n",
		"Amounts are without VAT (header h).", "No column was\n",
		"4  rows of sheets that were left out\n", "9  rows in all",
		"    Notes: 5 rows, left out: no table of payments\n", "      row 4, column AB “h”\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, out.String())
		}
	}
}

// TestHostileText puts markup and terminal commands wherever a file's own text goes.
func TestHostileText(t *testing.T) {
	r := made(t, "</style><script>alert(1)</script><img src=x onerror='y'>\x1b[2J\u202e\x9b")
	r.Reason, r.skipped = r.File, []Skipped{{Why: r.File}}
	pages, err := LoadPages()
	if err != nil {
		t.Fatal(err)
	}
	var sections, page, told bytes.Buffer
	if err := pages.Section(&sections, r, "file-1"); err != nil {
		t.Fatal(err)
	}
	if err := pages.Page(&page, r.File, "", []Line{r.Line("file-1"), r.Line("file-1")}, &sections); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"<script", "<img", "\x1b", "\u202e", "\u009b", "<!--"} {
		if strings.Contains(strings.ToLower(page.String()), never) {
			t.Errorf("the page holds %q", never)
		}
	}
	if n := strings.Count(page.String(), "</style>"); n != 1 {
		t.Errorf("the page holds %d style ends", n)
	}
	if err := r.Text(&told, -1); err != nil {
		t.Fatal(err)
	}
	if err := r.Brief(&told); err != nil {
		t.Fatal(err)
	}
	if text := told.String(); !utf8.ValidString(text) || strings.ContainsAny(text, "\x1b\u202e\u009b") {
		t.Errorf("the text holds what a terminal may obey: %q", text)
	}
}

func TestSpan(t *testing.T) {
	day := func(text string) schemas.Date {
		d, err := schemas.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ from, to, want string }{
		{"2025-04-01", "2025-04-01", "1 April 2025"},
		{"2025-04-01", "2025-04-30", "1 to 30 April 2025"},
		{"2025-03-28", "2025-04-30", "28 March to 30 April 2025"},
		{"2024-12-31", "2025-01-02", "31 December 2024 to 2 January 2025"},
	} {
		if got := span(day(c.from), day(c.to)); got != c.want {
			t.Errorf("%s to %s is told as %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestLetters(t *testing.T) {
	for column, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := letters(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
	if got := count(math.MinInt32); got != "-2,147,483,648" {
		t.Errorf("count writes %s", got)
	}
}
