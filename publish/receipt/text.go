package receipt

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"commonspend/schemas"
)

// Text writes the receipt for a terminal. Of each kind of issue it locates at
// most so many examples; below 0 it locates every one it has.
func (r *Receipt) Text(to io.Writer, examples int) error {
	w := bufio.NewWriter(to)
	t := &text{w, r, examples}
	t.opening()
	if r.found() {
		t.account()
		t.tables()
		t.columns()
	}
	t.skipped()
	t.issues()
	fmt.Fprintln(w)
	return w.Flush()
}

// Brief writes the receipt in a line or two, for one of many files.
func (r *Receipt) Brief(to io.Writer) error {
	line := schemas.Cut(200, r.File) + ": " + r.Headline()
	if r.Reason != "" {
		line += ". " + schemas.Shown(r.Reason)
	}
	worth := 0
	for _, f := range r.findings() {
		if f.Severity != "note" {
			worth++
		}
	}
	if worth > 0 {
		line += "; " + counted(worth, "kind of thing", "kinds of things") + " to put right"
	}
	_, err := fmt.Fprintln(to, line)
	return err
}

// text is a receipt being written.
type text struct {
	*bufio.Writer
	r        *Receipt
	examples int
}

const margin = "  "

func (t *text) opening() {
	fmt.Fprintf(t, "%s: %s\n", schemas.Cut(200, t.r.File), t.r.Headline())
	if t.r.Reason != "" {
		t.wrap(margin, schemas.Shown(t.r.Reason))
	}
	if t.r.Outcome == schemas.OutcomeRefuse {
		t.wrap(margin, "Nothing of this file would be taken in.")
	}
	t.wrap(margin, strings.Join(t.r.understood(), " "))
	t.wrap(margin, t.r.facts())
	if t.r.SHA256 != "" {
		fmt.Fprintf(t, "%sSHA-256 %s\n", margin, t.r.SHA256)
	}
}

func (t *text) account() {
	parts, sum := t.r.lines()
	if sum.Count == 0 {
		return
	}
	words := 0
	for _, part := range append(parts, sum) {
		words = max(words, len([]rune(part.Words)))
	}
	row := func(l line) {
		full := fmt.Sprintf("%s%11s  %-*s  %18s", margin, count(l.Count), words, l.Words, l.Pence)
		fmt.Fprintln(t, strings.TrimRight(full, " "))
	}
	if !t.r.balances() {
		t.wrap(margin, "The rows below do not add up, which is a fault of ours: please report it.")
	}
	fmt.Fprintf(t, "\n%s%-*s  %18s\n", margin, 11+2+words, "Every row is accounted for", "Readable amounts")
	for _, part := range parts {
		row(part)
	}
	fmt.Fprintf(t, "%s%s\n", margin, strings.Repeat("-", 11+2+words+2+18))
	row(sum)
}

// mostTables is how many sheets are told one by one.
const mostTables = 15

func (t *text) tables() {
	if len(t.r.Tables) < 2 {
		return
	}
	fmt.Fprintf(t, "\n%sSheets\n", margin)
	for i := range t.r.Tables {
		if i == mostTables {
			fmt.Fprintf(t, "%s  and %s more; --json tells all\n", margin, count(len(t.r.Tables)-i))
			return
		}
		table := &t.r.Tables[i]
		fmt.Fprintf(t, "%s  %s: %s\n", margin, schemas.Cut(40, table.Name()), table.made())
	}
}

// made says in a few words what a table holds.
func (t *Table) made() string {
	a := t.account
	switch {
	case a.Payments > 0:
		said := counted(a.Payments, "payment", "payments") + ", " + a.PaymentPence.Pounds()
		if dates := span(schemas.Date(t.DateFrom), schemas.Date(t.DateTo)); dates != "" {
			said += ", " + dates
		}
		return said
	case t.IssueCounts["sheet_repeated"] > 0:
		return counted(a.Physical, "row", "rows") + ", left out: a repeat of another sheet"
	case len(t.columns) > 0:
		return "a table without payments"
	case a.Physical == 0:
		return "blank"
	}
	return counted(a.Physical, "row", "rows") + ", left out: no table of payments"
}

func (t *text) columns() {
	layouts := t.r.layouts()
	for i, table := range layouts {
		if i == 3 {
			fmt.Fprintf(t, "\n%s%s more with other columns; --json tells all\n", margin, count(len(layouts)-i))
			return
		}
		heading := "Columns"
		if len(layouts) > 1 {
			heading += " of " + schemas.Cut(60, table.Name())
		}
		fmt.Fprintf(t, "\n%s%s\n", margin, heading)
		t.layout(table)
	}
}

// mostColumns is how many columns without a field are named.
const mostColumns = 24

func (t *text) layout(table *Table) {
	width := 0
	for field := range table.Columns {
		width = max(width, len(t.r.words.titles[field]))
	}
	for _, c := range table.columns {
		if c.Field != "" {
			fmt.Fprintf(t, "%s  %-*s  %-3s %s\n", margin, width, t.r.words.titles[c.Field], letters(c.Column), headerWords(c.Header, 50))
		}
	}
	if len(table.Unmapped) == 0 {
		return
	}
	names := make([]string, 0, mostColumns+1)
	for i, name := range table.Unmapped {
		if i == mostColumns {
			names = append(names, "and "+count(len(table.Unmapped)-i)+" more")
			break
		}
		names = append(names, schemas.Cut(50, name))
	}
	t.wrap(margin+"  ", "Kept under their own headers: "+strings.Join(names, "; "))
}

func headerWords(header string, most int) string {
	if header == "" {
		return "(no header)"
	}
	return schemas.Cut(most, header)
}

func (t *text) skipped() {
	for i, s := range t.r.skipped {
		if i == 0 {
			fmt.Fprintf(t, "\n%sPassed over\n", margin)
		}
		t.wrap(margin+"  ", schemas.Shown(s.Why))
	}
}

func (t *text) issues() {
	findings := t.r.findings()
	if len(findings) == 0 {
		if t.r.Outcome == schemas.OutcomeLoad {
			fmt.Fprintf(t, "\n%sNothing odd was found.\n", margin)
		}
		return
	}
	fmt.Fprintf(t, "\n%sWhat is odd, and who should act\n", margin)
	for _, f := range findings {
		t.wrap(margin+"  ", f.Severe()+": "+f.Sentence+".")
		if advice := f.Advice(); advice != "" {
			t.wrap(margin+"    ", advice)
		}
		t.spots(f)
	}
}

// spots locates all of a kind, one a line, or a few examples on one line. Of
// what is ours to act on, examples would be idle.
func (t *text) spots(f finding) {
	indent := margin + "    "
	if t.examples < 0 {
		for s := range f.spots(0, f.Located) {
			t.wrap(indent, s.sheetFirst()+s.Message)
		}
		return
	}
	var said []string
	for s := range f.spots(0, t.examples) {
		if words := s.words(); words != "" && f.Who == "publisher" {
			said = append(said, words)
		}
	}
	if more := f.Count - len(said); more > 0 && len(said) > 0 {
		said = append(said, "and "+count(more)+" more")
	}
	t.wrap(indent, strings.Join(said, "; "))
}

func (s spot) sheetFirst() string {
	if s.Sheet == "" {
		return ""
	}
	return schemas.Cut(40, s.Sheet) + ": "
}

// wrap writes a paragraph in lines of at most 80 characters, each with the indent.
func (t *text) wrap(indent, paragraph string) {
	const most = 80
	used := 0
	for _, word := range strings.Fields(paragraph) {
		n := len([]rune(word))
		switch {
		case used == 0:
			t.WriteString(indent)
			used = len(indent)
		case used+1+n > most:
			t.WriteString("\n" + indent)
			used = len(indent)
		default:
			t.WriteByte(' ')
			used++
		}
		t.WriteString(word)
		used += n
	}
	if used > 0 {
		t.WriteByte('\n')
	}
}
