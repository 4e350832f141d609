package demo

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// LedgerLine is one payment as its body truly made it and as a reader ought to
// read it from the published file.
type LedgerLine struct {
	Publisher string
	Body      string         // as in the register
	Month     schemas.Date   // the first day of the month in whose file it is published
	Number    int            // 1-based, in the order of that file
	Date      schemas.Date   // NoDate where the file leaves it blank
	Payee     string         // as published, redactions included
	Amount    schemas.Amount // as published: without VAT where the file has both
	Net, VAT  schemas.Amount // as truly paid, whether the file tells or not
	Basis     schemas.VATBasis
	Reference string // shared by the lines of one transaction, by no others of the body
	Expense   string
	Area      string
	Text      string // the published description
	Postcode  string
	Scope     string // what the payment truly is, as in judgements
	Category  string // what was truly bought, a CPV code; "" where nothing was
	Supplier  string // who truly was paid: a firm's bare name or a body's id; "" for people and redactions
	Private   bool   // payee or description names a private person
	Redacted  bool   // the payee's place holds words that hold the name back
	Capital   bool   // stands in the second sheet or file of a publisher that has two
}

// month is what one body publishes for a month: the lines that stand, those of
// the first edition where it was sent again, and those it leaves out because
// their transactions lie under its threshold.
type month struct {
	lines, first, hidden []LedgerLine
}

// teller makes the lines of one month of one body.
type teller struct {
	*rand.Rand
	body          body
	slot          Slot
	plan          plan
	reference     int
	lines, hidden []LedgerLine
}

func makeMonth(r *rand.Rand, b body, slot Slot, made plan) month {
	t := &teller{Rand: r, body: b, slot: slot, plan: made}
	for _, p := range made.purchases {
		t.buy(p)
	}
	for _, s := range made.sisters {
		t.pay(s, made.onward, 1)
	}
	for range len(t.lines) / 9 {
		t.extra()
	}
	final := t.ordered(t.lines)
	if !slices.Contains(b.resentMonths, monthIndex(slot.Month)) {
		return month{lines: final, hidden: t.hidden}
	}
	return month{lines: final, first: t.ordered(t.misstate(final)), hidden: t.hidden}
}

// monthIndex counts months from 1, as bodies' events do.
func monthIndex(first schemas.Date) int {
	year, m, _ := first.Civil()
	return (year-2024)*12 + m - 3
}

// buy makes a month's transactions with each seller of a purchase. What they
// come to before VAT is the same every month, so that any months tell the truth.
func (t *teller) buy(p purchase) {
	year := min(1, (monthIndex(t.slot.Month)-1)/12)
	for i, s := range p.sellers {
		total := p.month * p.shares[year][i] / 10_000
		for _, pence := range shareOut(t.Rand, total, 2+t.IntN(2), sigma) {
			t.pay(s, pence, t.lineCount())
		}
	}
}

// lineCount is mostly one; some transactions are spread over many cost centres.
func (t *teller) lineCount() int {
	switch t.IntN(20) {
	case 0:
		return 7
	case 1:
		return 2
	}
	return 1
}

// extra adds a small transaction of another kind, drawn by lot: some to people,
// some redacted, some credits, some repeats of the line before.
func (t *teller) extra() {
	pence := int64(t.body.trade.extras.draw(t.Rand))
	switch lot := t.IntN(100); {
	case lot < 25:
		t.payPerson(pence)
	case lot < 38:
		t.pay(supplier{spelt: []string{redaction(t.Rand)}, expense: t.body.trade.personal}, pence, 1)
		t.last().Redacted = true
	case lot < 65:
		t.credit(pence)
	case lot < 90:
		t.pay(t.anySeller(), pence, 1)
		t.lines = append(t.lines, *t.last()) // two equal deliveries, say
	case lot < 95:
		t.nameInText(pence)
	case t.body.layout.money == moneyAccounting:
		t.pay(t.anySeller(), pence, 1)
		t.last().Amount, t.last().Net, t.last().VAT = 0, 0, 0
	}
}

func (t *teller) last() *LedgerLine { return &t.lines[len(t.lines)-1] }

func (t *teller) anySeller() supplier {
	p := t.plan.purchases[t.IntN(len(t.plan.purchases))]
	return p.sellers[t.IntN(len(p.sellers))]
}

// pay adds one transaction, shared out over n lines. Where it lies under the
// body's threshold it is true, but not published.
func (t *teller) pay(s supplier, pence int64, n int) {
	if pence <= 0 {
		return
	}
	t.reference++
	var lines []LedgerLine
	var total schemas.Amount
	date, vatable := t.date(pence), !s.expense.exempt && s.expense.category != "" && t.IntN(5) > 0
	payee := s.spelt[0]
	if t.IntN(10) == 0 {
		payee = s.spelt[len(s.spelt)-1]
	}
	for _, net := range split(t.Rand, schemas.Amount(rounded(t.Rand, pence)), n) {
		line := t.line(s, payee, date, net, vatable)
		total += line.Amount
		lines = append(lines, line)
	}
	if total < t.body.Threshold {
		t.hidden = append(t.hidden, lines...)
		return
	}
	t.lines = append(t.lines, lines...)
}

func (t *teller) line(s supplier, payee string, date schemas.Date, net schemas.Amount, vatable bool) LedgerLine {
	line := LedgerLine{
		Publisher: t.body.ID, Body: t.body.BodyID, Month: t.slot.Month, Date: date, Payee: payee,
		Amount: net, Net: net, Basis: t.body.layout.basis(),
		Reference: fmt.Sprintf("%d%04d", 5000000+monthIndex(t.slot.Month)*1000, t.reference),
		Expense:   s.expense.kind, Area: s.expense.area, Text: t.words(s.expense),
		Postcode: s.postcode, Category: s.expense.category, Supplier: s.id, Scope: "procurement", Capital: t.IntN(4) == 0,
	}
	switch {
	case s.expense.kind == t.body.trade.transfer.kind:
		line.Scope = "transfer"
	case s.expense.kind == t.body.trade.personal.kind:
		line.Scope = "individuals"
	}
	if vatable {
		line.VAT = net / 5
	}
	if t.body.gross {
		line.Amount = line.Net + line.VAT
	}
	return line
}

func (t *teller) payPerson(pence int64) {
	all := people()
	who, forms := all[t.IntN(len(all))], 8
	if !t.body.layout.has(holdsText) {
		forms = 7 // a trading name with nothing beside it would be a firm's
	}
	t.pay(supplier{spelt: []string{who.form(t.IntN(forms))}, expense: t.body.trade.personal}, pence, 1)
	t.last().Private = true
}

// nameInText pays lawyers, with a person's name and title in the description.
func (t *teller) nameInText(pence int64) {
	at := slices.IndexFunc(t.plan.purchases, func(p purchase) bool { return p.sellers[0].expense.kind == "Legal Fees" })
	t.pay(t.plan.purchases[at].sellers[0], pence, 1)
	all := people()
	t.last().Text += " re " + all[t.IntN(len(all))].form([]int{0, 5}[t.IntN(2)])
	t.last().Private = true
}

// credit takes back part of an earlier payment, or all of one.
func (t *teller) credit(pence int64) {
	t.pay(t.anySeller(), pence, 1)
	line := t.last()
	line.Amount, line.Net, line.VAT = -line.Amount, -line.Net, -line.VAT
	line.Text += ", credit note"
}

// date is a day of the month; some publishers' files hold a few days of the
// months beside it, and some leave a date blank now and then. Large payments are
// dated within their month: one of them outside would be a true difference of
// the month's spending.
func (t *teller) date(pence int64) schemas.Date {
	days := int(t.slot.Period().To - t.slot.Period().From + 1)
	date := t.slot.Month + schemas.Date(t.IntN(days))
	layout := t.body.layout
	small := pence < 10*t.body.trade.extras.floor
	switch {
	case small && layout.neighbours && t.IntN(20) == 0:
		return t.slot.Month - 1 - schemas.Date(t.IntN(12))
	case small && layout.neighbours && t.IntN(40) == 0:
		return t.slot.Period().To + 1 + schemas.Date(t.IntN(6))
	case layout.undated && t.IntN(60) == 0:
		return schemas.NoDate
	}
	return date
}

func (t *teller) words(e expense) string {
	text := e.words[t.IntN(len(e.words))]
	switch t.IntN(40) {
	case 0:
		return text + ", phase " + strconv.Itoa(1+t.IntN(4))
	case 1:
		return `"` + text + `"`
	case 2:
		if t.body.layout.plainText() {
			return text
		}
		return text + " – final account"
	case 3:
		if t.body.layout.pipes {
			return text + strings.Repeat(" | "+text, 4)
		}
	}
	return text
}

// ordered sorts a copy by date, and numbers it.
func (t *teller) ordered(lines []LedgerLine) []LedgerLine {
	sorted := slices.Clone(lines)
	slices.SortStableFunc(sorted, func(a, b LedgerLine) int {
		if t.body.layout.twoTables() && a.Capital != b.Capital {
			if a.Capital {
				return 1
			}
			return -1
		}
		return int(a.Date) - int(b.Date)
	})
	for i := range sorted {
		sorted[i].Number = i + 1
	}
	return sorted
}

// misstate gives the first edition of what was later corrected: one amount
// wrong in ten, the last transaction not yet there, and one paid that was not.
func (t *teller) misstate(final []LedgerLine) []LedgerLine {
	first := slices.Clone(final)
	for i := range first {
		if i%10 == 3 {
			first[i].Amount += first[i].Amount / 10
			first[i].Net += first[i].Net / 10
		}
	}
	first = first[:len(first)-1]
	extra := first[0]
	extra.Reference, extra.Text = "5999999", "Entered in error"
	extra.Private = extra.Supplier == "" && !extra.Redacted
	return append(first, extra)
}

// WriteLedger writes the truth as ledger.csv, superseded.csv and unpublished.csv into dir.
func (w *World) WriteLedger(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the ledger's folder: %w", err)
	}
	for name, lines := range map[string][]LedgerLine{"ledger.csv": w.Ledger, "superseded.csv": w.Superseded, "unpublished.csv": w.Unpublished} {
		if err := writeLines(filepath.Join(dir, name), lines); err != nil {
			return fmt.Errorf("the ledger %s: %w", name, err)
		}
	}
	return nil
}

func writeLines(path string, lines []LedgerLine) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	out := csv.NewWriter(file)
	records := [][]string{{"publisher", "body", "month", "number", "date", "payee", "amount", "net", "vat", "basis", "reference",
		"expense", "area", "text", "postcode", "scope", "category", "supplier", "private", "redacted", "capital"}}
	for _, l := range lines {
		records = append(records, []string{l.Publisher, l.Body, schemas.MonthOf(l.Month).String(), strconv.Itoa(l.Number),
			l.Date.String(), l.Payee, l.Amount.String(), l.Net.String(), l.VAT.String(), string(l.Basis), l.Reference,
			l.Expense, l.Area, l.Text, l.Postcode, l.Scope, l.Category, l.Supplier,
			strconv.FormatBool(l.Private), strconv.FormatBool(l.Redacted), strconv.FormatBool(l.Capital)})
	}
	return out.WriteAll(records)
}
