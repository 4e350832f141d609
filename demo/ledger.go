package demo

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"commonspend/schemas"
)

// LedgerLine is one payment as its body truly made it and as a reader ought to
// read it from the published file.
type LedgerLine struct {
	Publisher string
	Month     schemas.Date   // the first day of the month in whose file it is published
	Number    int            // 1-based, in the order of that file
	Date      schemas.Date   // NoDate where the file leaves it blank
	Payee     string         // as published, redactions included
	Amount    schemas.Amount // net where the file has net and gross
	VAT       schemas.Amount // beside a net amount; 0 elsewhere
	Basis     schemas.VATBasis
	Reference string // shared by the lines of one transaction
	Expense   string
	Area      string
	Text      string // the published description
	Postcode  string
	Private   bool // payee or description names a private person
	Redacted  bool // the payee's place holds words that hold the name back
	Capital   bool // stands in the second sheet or file of a publisher that has two
}

// month is what one body publishes for a month: the lines that stand, and those
// of the first edition where it was sent again.
type month struct {
	lines, first []LedgerLine
}

// teller makes the lines of one month of one body.
type teller struct {
	*rand.Rand
	body      body
	slot      Slot
	suppliers []supplier
	reference int
	lines     []LedgerLine
}

func makeMonth(r *rand.Rand, b body, slot Slot, suppliers []supplier) month {
	t := &teller{Rand: r, body: b, slot: slot, suppliers: suppliers}
	want := b.lines*3/4 + r.IntN(b.lines/2+1)
	for len(t.lines) < want {
		t.tell()
	}
	final := t.ordered(t.lines)
	if !slices.Contains(b.resentMonths, monthIndex(slot.Month)) {
		return month{lines: final}
	}
	return month{lines: final, first: t.ordered(t.misstate(final))}
}

// monthIndex counts months from 1, as bodies' events do.
func monthIndex(first schemas.Date) int {
	year, m, _ := first.Civil()
	return (year-2024)*12 + m - 3
}

// tell adds one transaction of a kind drawn by lot: mostly payments to firms,
// some to people, some redacted, some credits, some repeats of the line before.
func (t *teller) tell() {
	switch lot := t.IntN(1000); {
	case lot < 25:
		t.payPerson()
	case lot < 40:
		t.pay(supplier{name: redaction(t.Rand), expense: t.body.trade.personal}, 1)
		t.last().Redacted = true
	case lot < 80:
		t.credit()
	case lot < 110:
		t.repeat()
	case lot < 114:
		t.nameInText()
	case lot < 117 && t.body.layout.money == moneyAccounting:
		t.pay(t.anySupplier(), 1)
		t.last().Amount, t.last().VAT = 0, 0
	default:
		t.pay(t.anySupplier(), 1+t.IntN(3)*t.IntN(3))
	}
}

func (t *teller) last() *LedgerLine { return &t.lines[len(t.lines)-1] }

// anySupplier favours the first few of a body's suppliers, as spending does.
func (t *teller) anySupplier() supplier {
	n := len(t.suppliers)
	return t.suppliers[min(t.IntN(n), t.IntN(n))]
}

// pay adds one transaction, shared out over n lines.
func (t *teller) pay(s supplier, n int) {
	t.reference++
	date := t.date()
	for _, amount := range split(t.Rand, t.body.trade.amounts.draw(t.Rand), n) {
		t.lines = append(t.lines, LedgerLine{
			Publisher: t.body.ID, Month: t.slot.Month, Date: date, Payee: s.name,
			Amount: amount, VAT: t.vat(amount), Basis: t.body.layout.basis(),
			Reference: fmt.Sprintf("%d%04d", 5000000+monthIndex(t.slot.Month)*1000, t.reference),
			Expense:   s.expense.kind, Area: s.expense.area, Text: t.words(s.expense),
			Postcode: s.postcode, Capital: t.IntN(4) == 0,
		})
	}
}

func (t *teller) payPerson() {
	all := people()
	who := all[t.IntN(len(all))]
	t.pay(supplier{name: who.form(t.IntN(8)), expense: t.body.trade.personal}, 1)
	t.last().Private = true
}

// nameInText pays a firm, with a person's name and title in the description.
func (t *teller) nameInText() {
	t.pay(t.anySupplier(), 1)
	all := people()
	t.last().Text = "Settlement re " + all[t.IntN(len(all))].form([]int{0, 5}[t.IntN(2)])
	t.last().Private = true
}

// credit takes back part of an earlier payment, or all of one.
func (t *teller) credit() {
	t.pay(t.anySupplier(), 1)
	line := t.last()
	line.Amount, line.VAT = -line.Amount, -line.VAT
	if !line.Private {
		line.Text = "Credit note"
	}
}

// repeat adds a line exactly like the last: two equal deliveries, say.
func (t *teller) repeat() {
	if len(t.lines) > 0 && t.last().Amount > 0 {
		t.lines = append(t.lines, *t.last())
	}
}

// date is a day of the month; some publishers' files hold a few days of the
// months beside it, and some leave a date blank now and then.
func (t *teller) date() schemas.Date {
	days := int(t.slot.Period().To - t.slot.Period().From + 1)
	date := t.slot.Month + schemas.Date(t.IntN(days))
	layout := t.body.layout
	switch {
	case layout.neighbours && t.IntN(20) == 0:
		return t.slot.Month - 1 - schemas.Date(t.IntN(12))
	case layout.neighbours && t.IntN(40) == 0:
		return t.slot.Period().To + 1 + schemas.Date(t.IntN(6))
	case layout.undated && t.IntN(60) == 0:
		return schemas.NoDate
	}
	return date
}

// vat is a fifth of the net amount, or none, where the file shows it.
func (t *teller) vat(net schemas.Amount) schemas.Amount {
	if !t.body.layout.showsVAT() || t.IntN(4) == 0 {
		return 0
	}
	return net / 5
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
			return text + " | lot 1 | lot 2 | lot 3 | lot 4"
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
		}
	}
	first = first[:len(first)-1]
	extra := first[0]
	extra.Reference, extra.Text = "5999999", "Entered in error"
	return append(first, extra)
}

// WriteLedger writes the truth as ledger.csv and superseded.csv into dir.
func (w *World) WriteLedger(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the ledger's folder: %w", err)
	}
	for name, lines := range map[string][]LedgerLine{"ledger.csv": w.Ledger, "superseded.csv": w.Superseded} {
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
	records := [][]string{{"publisher", "month", "number", "date", "payee", "amount", "vat", "basis",
		"reference", "expense", "area", "text", "postcode", "private", "redacted", "capital"}}
	for _, l := range lines {
		records = append(records, []string{l.Publisher, schemas.MonthOf(l.Month).String(), strconv.Itoa(l.Number),
			l.Date.String(), l.Payee, l.Amount.String(), l.VAT.String(), string(l.Basis), l.Reference,
			l.Expense, l.Area, l.Text, l.Postcode, strconv.FormatBool(l.Private), strconv.FormatBool(l.Redacted), strconv.FormatBool(l.Capital)})
	}
	return out.WriteAll(records)
}
