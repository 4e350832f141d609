package receipt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// Headline says in one line what the file is: "312 payments, £1,234.50, 1 to
// 30 April 2025"; "no payments in it"; "refused".
func (r *Receipt) Headline() string {
	switch r.Outcome {
	case schemas.OutcomeEmpty:
		return "no payments in it"
	case schemas.OutcomeRefuse:
		return "refused"
	}
	sum := r.total()
	from, to := r.dates()
	line := counted(sum.Payments, "payment", "payments") + ", " + sum.PaymentPence.Pounds()
	if dates := span(from, to); dates != "" {
		return line + ", " + dates
	}
	return line + ", without dates"
}

// total adds up the accounts of all tables.
func (r *Receipt) total() schemas.Account {
	var sum schemas.Account
	for _, t := range r.Tables {
		a := t.account
		sum.Physical += a.Physical
		sum.Preamble += a.Preamble
		sum.Header += a.Header
		sum.Payments += a.Payments
		sum.Refused += a.Refused
		sum.Blank += a.Blank
		sum.Total += a.Total
		sum.Note += a.Note
		sum.Negative += a.Negative
		sum.ReadablePence += a.ReadablePence
		sum.PaymentPence += a.PaymentPence
		sum.TotalPence += a.TotalPence
		sum.NotePence += a.NotePence
	}
	return sum
}

func (r *Receipt) dates() (from, to schemas.Date) {
	from, to = schemas.NoDate, schemas.NoDate
	for _, t := range r.Tables {
		first, last := schemas.Date(t.DateFrom), schemas.Date(t.DateTo)
		if first != schemas.NoDate && (from == schemas.NoDate || first < from) {
			from = first
		}
		to = max(to, last) // NoDate is the least
	}
	return from, to
}

// understood says how dates and amounts were read, in sentences.
func (r *Receipt) understood() []string {
	if r.Outcome != schemas.OutcomeLoad {
		return nil
	}
	var said []string
	add := func(sentence string) {
		if sentence != "" && !slices.Contains(said, sentence) {
			said = append(said, sentence)
		}
	}
	for _, t := range r.paying() {
		add(orderSentence(t.DateOrder))
	}
	for _, t := range r.paying() {
		add(vatSentence(t.VATBasis, t.VATEvidence))
	}
	if n := r.total().Negative; n > 0 {
		add(plural(n, "1 payment is negative: a credit or refund.", "{n} payments are negative: credits or refunds."))
	}
	for _, t := range r.paying() {
		add(t.lacks())
	}
	return said
}

// paying lists the tables that hold payments.
func (r *Receipt) paying() []*Table {
	var out []*Table
	for i := range r.Tables {
		if r.Tables[i].account.Payments > 0 {
			out = append(out, &r.Tables[i])
		}
	}
	return out
}

func orderSentence(order string) string {
	return map[string]string{"dmy": "Dates are read day first.", "mdy": "Dates are read month first, as in the United States.",
		"ymd": "Dates are read year first.", "serial": "Dates are true spreadsheet dates.",
		"month": "Dates name a month only; each is read as its first day.", "none": "There are no dates to read."}[order]
}

func vatSentence(basis schemas.VATBasis, evidence string) string {
	because := ""
	if evidence != "" {
		because = " (" + schemas.Cut(160, evidence) + ")"
	}
	switch basis {
	case schemas.VATNet:
		return "Amounts are without VAT" + because + "."
	case schemas.VATGross:
		return "Amounts include VAT" + because + "."
	}
	return "Nothing in it says whether amounts include VAT."
}

// lacks says which of the columns that matter most was not found.
func (t *Table) lacks() string {
	var missing []string
	for _, f := range []struct{ field, words string }{{"date", "the date"}, {"supplier", "the payee"}} {
		if _, ok := t.Columns[f.field]; !ok {
			missing = append(missing, f.words)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return "No column was found for " + strings.Join(missing, " or ") + "."
}

// line is a line of the account.
type line struct {
	Count int
	Words string
	Pence string // "" where the rows hold no readable amount
}

// lines is the account of all tables: each line that is not nothing, then the sum.
func (r *Receipt) lines() (parts []line, sum line) {
	a, aside := r.total(), r.aside()
	for _, l := range []struct {
		n         int
		one, many string
		pence     schemas.Amount
		money     bool
	}{
		{a.Payments, "payment", "payments", a.PaymentPence, true},
		{a.Total, "total, not counted as a payment", "totals, not counted as payments", a.TotalPence, true},
		{a.Refused, "row refused: its amount cannot be read", "rows refused: their amounts cannot be read", 0, false},
		{a.Note - aside, "note", "notes", a.NotePence, a.NotePence != 0},
		{aside, "row of a sheet that was left out", "rows of sheets that were left out", 0, false},
		{a.Header, "header row", "header rows", 0, false},
		{a.Preamble, "row above the header", "rows above the header", 0, false},
		{a.Blank, "blank row", "blank rows", 0, false},
	} {
		if l.n == 0 {
			continue
		}
		part := line{Count: l.n, Words: plural(l.n, l.one, l.many)}
		if l.money {
			part.Pence = l.pence.Pounds()
		}
		parts = append(parts, part)
	}
	return parts, line{a.Physical, plural(a.Physical, "row in all", "rows in all"), a.ReadablePence.Pounds()}
}

// aside counts the rows of sheets that were left out, blank ones apart.
func (r *Receipt) aside() int {
	n := 0
	for _, t := range r.Tables {
		if len(t.columns) == 0 {
			n += t.account.Note
		}
	}
	return n
}

// Label is the words of a line as they begin a line.
func (l line) Label() string { return strings.ToUpper(l.Words[:1]) + l.Words[1:] }

// balances reports whether the parts are the sum, of every table.
func (r *Receipt) balances() bool {
	for _, t := range r.Tables {
		if !t.account.Balances() {
			return false
		}
	}
	return true
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return strings.ReplaceAll(many, "{n}", count(n))
}

// Name is what a table is called: its sheet, its member, or both.
func (t *Table) Name() string {
	switch {
	case t.Sheet != "" && t.Member != "":
		return t.Member + ": " + t.Sheet
	case t.Member != "":
		return t.Member
	}
	return t.Sheet
}

// facts says what the bytes are: "CSV, UTF-8, separated by commas, 5,120 bytes".
func (r *Receipt) facts() string {
	var parts []string
	if r.Format != "" {
		parts = append(parts, strings.ToUpper(r.Format))
	}
	if len(r.Tables) == 1 {
		t := r.Tables[0]
		if t.Encoding != "" {
			parts = append(parts, encodingWords(t.Encoding), delimiterWords(t.Delimiter))
		} else if t.Sheet != "" {
			parts = append(parts, "sheet “"+schemas.Cut(60, t.Sheet)+"”")
		}
		if t.HeaderRow > 0 {
			parts = append(parts, "header in row "+strconv.Itoa(int(t.HeaderRow)))
		}
	} else if len(r.Tables) > 1 {
		parts = append(parts, fmt.Sprintf("%d tables", len(r.Tables)))
	}
	return strings.Join(append(parts, counted(int(r.Bytes), "byte", "bytes")), ", ")
}

// layouts lists the tables with a column map, leaving out those whose map is
// that of the one before.
func (r *Receipt) layouts() []*Table {
	var out []*Table
	for i := range r.Tables {
		t := &r.Tables[i]
		if len(t.columns) == 0 || len(out) > 0 && slices.Equal(out[len(out)-1].columns, t.columns) {
			continue
		}
		out = append(out, t)
	}
	return out
}
