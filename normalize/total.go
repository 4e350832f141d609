package normalize

import (
	"commonspend/schemas"
	"strings"
)

// rowClass is what a physical row is; each row is exactly one.
type rowClass uint8

const (
	rowPreamble rowClass = iota
	rowHeader
	rowPayment
	rowRefused
	rowBlank
	rowTotal
	rowNote
)

// sums are the running totals of payments, by which a total row is known.
type sums struct {
	all, since schemas.Amount // of the table; since the last total row
	rows       int
}

// reading is one row as far as its class depends on it.
type reading struct {
	amount  money
	dated   bool // the date cell reads as some date, or was lost (######)
	marked  bool // the date cell holds something
	payee   bool // the payee cell holds something
	ordinal int
}

// read takes the cells that a row's class depends on.
func (p *part) read(row schemas.Row, ordinal int, ods bool) (reading, dateShape) {
	r := reading{ordinal: ordinal}
	at := p.column[fieldAmount]
	if at < len(row.Cells) {
		reader := readMoney
		if p.thousands != "" {
			reader = readThousands
		}
		r.amount = reader(row.Cells[at], row.Kind(at), p.money.comma)
		if p.money.given.has(row.Cells[at]) {
			r.amount = money{state: moneyUnreadable, given: true}
		}
	}
	if at = p.column[fieldSupplier]; at >= 0 && at < len(row.Cells) {
		r.payee = !blank(row.Cells[at])
	}
	var shape dateShape
	if at = p.column[fieldDate]; at >= 0 && at < len(row.Cells) {
		shape = readShape(row.Cells[at], row.Kind(at), ods)
		r.marked = shape.form != dateBlank
		r.dated = shape.reads() || shape.form == dateLost || shape.bad
	}
	return r, shape
}

// class decides what a row is. Rows before the header are judged alike, since a
// sheet may have been sorted with its header inside it, but what is no payment
// there is preamble.
func (t *table) class(p *part, row schemas.Row, r reading, s *sums) rowClass {
	class := p.classAnywhere(row, r, s, t.labels())
	early := r.ordinal < t.parts[0].header
	if early && (class == rowBlank || class == rowNote || class == rowRefused && !r.dated) && !(r.amount.readable() && r.amount.pence != 0) {
		return rowPreamble
	}
	if class == rowPayment {
		s.all += r.amount.pence
		s.since += r.amount.pence
		s.rows++
	}
	if class == rowTotal {
		s.since = 0
	}
	return class
}

func (p *part) classAnywhere(row schemas.Row, r reading, s *sums, labels *labels) rowClass {
	if r.amount.state == moneyRead && r.dated && r.payee {
		return rowPayment
	}
	switch r.amount.state {
	case moneyRead:
		return p.classOfAmount(row, r, s, labels)
	case moneyNil:
		return p.classOfNil(row, r)
	case moneyBlank:
		return p.classWithoutAmount(row, r, labels)
	}
	others := filledCells(row.Cells) - 1
	if (r.dated || (r.payee || r.amount.given) && others >= 2) && !labels.anyNil(row.Cells) {
		return rowRefused
	}
	return rowNote
}

// classOfAmount judges a row with an amount but not both a date and a payee.
func (p *part) classOfAmount(row schemas.Row, r reading, s *sums, labels *labels) rowClass {
	if !r.dated && p.labelledTotal(row, r, s, labels) {
		return rowTotal
	}
	if r.dated || r.payee || r.marked {
		return rowPayment
	}
	others := filledCells(row.Cells) - 1
	switch {
	case others == 0 && r.amount.pence == 0:
		return rowBlank
	case s.isSum(r.amount.pence):
		return rowTotal
	case others <= 1:
		return rowNote
	}
	return rowPayment
}

// labelledTotal reports whether a row without a date says that it is a total.
// "Total" in the name of a payee, or beside one, is only believed where the
// amount is the sum, or the whole name is such a word.
func (p *part) labelledTotal(row schemas.Row, r reading, s *sums, labels *labels) bool {
	if !r.payee {
		return labels.anyTotal(row.Cells, p.column[fieldDate] >= 0)
	}
	payee := trim(cellAt(row, p.column[fieldSupplier]))
	return matches(labels.total, payee, false) || s.isSum(r.amount.pence) && labels.anyTotal(row.Cells, p.column[fieldDate] >= 0)
}

// isSum reports whether an amount is the sum of the payments above, or of those
// since the last total, to a hundredth: pennies are lost in published totals.
func (s *sums) isSum(pence schemas.Amount) bool {
	near := func(sum schemas.Amount) bool {
		off := max(pence-sum, sum-pence)
		return off*100 <= max(sum, -sum)
	}
	return s.rows > 1 && (near(s.all) || near(s.since))
}

func (p *part) classOfNil(row schemas.Row, r reading) rowClass {
	if r.dated || r.payee {
		return rowPayment
	}
	if filledCells(row.Cells) == 1 {
		return rowBlank
	}
	return rowNote
}

// classWithoutAmount judges a row whose amount cell is blank: nothing, a note,
// or a payment whose amount is missing.
func (p *part) classWithoutAmount(row schemas.Row, r reading, labels *labels) rowClass {
	filled := filledCells(row.Cells)
	switch {
	case filled == 0 || filled == 1 && onlyDash(row.Cells):
		return rowBlank
	case r.dated && r.payee, (r.dated || r.payee) && filled >= 4:
		if labels.anyNil(row.Cells) {
			return rowNote
		}
		return rowRefused
	}
	return rowNote
}

func onlyDash(cells []string) bool {
	for _, cell := range cells {
		if text := trim(cell); text != "" {
			return text == "-"
		}
	}
	return true
}

// labels are the words of labels.csv by which totals and nil returns are known.
type labels struct{ total, nothing []labelRule }

type labelRule struct{ how, text string }

func (l *labels) anyTotal(cells []string, dated bool) bool {
	for _, cell := range cells {
		if text := trim(cell); text != "" && len(text) < 80 && lettered(text) && matches(l.total, text, dated) {
			return true
		}
	}
	return false
}

func (l *labels) anyNil(cells []string) bool {
	for _, cell := range cells {
		if text := trim(cell); text != "" && len(text) < 120 && matches(l.nothing, text, true) {
			return true
		}
	}
	return false
}

// matches compares a cell with the labels; "begins" and "ends" only count where
// the table has dates, whose absence then speaks for a total too.
func matches(rules []labelRule, text string, dated bool) bool {
	form := strings.Join(words(text), " ")
	for _, rule := range rules {
		switch {
		case rule.how == "is" && form == rule.text:
			return true
		case rule.how == "begins" && dated && strings.HasPrefix(form, rule.text+" "):
			return true
		case rule.how == "ends" && dated && strings.HasSuffix(form, " "+rule.text):
			return true
		case rule.how == "has" && strings.Contains(form, rule.text):
			return true
		}
	}
	return false
}
