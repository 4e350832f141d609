package normalize

import (
	"commonspend/schemas"
)

// layout is what each column of a table means.
type layout struct {
	headers  []string // as published, spaces collapsed; one per column
	fields   []field  // per column; fieldNone where the common schema has no place
	column   [fieldCount]int
	dateKind string
	vat      schemas.VATBasis
	evidence string
	byCells  bool // the header and the cells are out of step: the cells were followed
	noHeader bool
	// thousands is the text that says that amounts are in thousands of pounds, "" where none does
	thousands string
	// denied is such a text above a header that says that they are in pounds, and is followed
	denied string
	// continued: the sheet carries on under the header of the one before
	continued bool
}

// candidate is one column that may be a field, and how good a one.
type candidate struct {
	column  int
	meaning meaning
	score   int // the smaller the better
}

// arrange decides what each column is: by the header row and by what the cells
// hold, each able to overrule the other.
func arrange(headers []string, columns []content, v *vocabulary) layout {
	found := make([][]meaning, len(headers))
	for i, h := range headers {
		found[i] = v.meanings(h)
	}
	l := assign(headers, found, columns)
	if l.column[fieldAmount] < 0 || outOfStep(l, found, columns) {
		if shifted, ok := realign(headers, found, columns); ok {
			l = shifted
		}
	}
	l.fillFromContent(columns)
	l.trustDateHeader(found, columns)
	l.decideVAT(found, columns)
	return l
}

// assign gives each field the column with the best claim to it, amounts first,
// and leaves a column that loses unmapped.
func assign(headers []string, found [][]meaning, columns []content) layout {
	l := layout{headers: headers, fields: make([]field, len(headers)), dateKind: "unknown"}
	for i := range l.fields {
		l.fields[i] = fieldNone
	}
	order := [...]field{fieldAmount, fieldDate, fieldSupplier, fieldVATAmount, fieldSupplierID}
	for f := range l.column {
		l.column[f] = -1
	}
	for _, f := range order {
		l.give(f, found, columns)
	}
	for f := range fieldCount {
		if l.column[f] < 0 {
			l.give(f, found, columns)
		}
	}
	return l
}

// give maps the best free column to the field, where there is one.
func (l *layout) give(f field, found [][]meaning, columns []content) {
	best := candidate{column: -1}
	for i := range found {
		for _, m := range found[i] {
			if m.field != f || l.fields[i] != fieldNone || !columns[i].couldBe(f) {
				continue
			}
			c := candidate{column: i, meaning: m, score: m.rank*10 + penalty(f, l.headers[i], columns[i])}
			if best.column < 0 || c.score < best.score {
				best = c
			}
		}
	}
	if best.column < 0 {
		return
	}
	l.column[f], l.fields[best.column] = best.column, f
	if f == fieldDate && best.meaning.dateKind != "" {
		l.dateKind = best.meaning.dateKind
	}
}

// penalty moves a column down among the candidates for a field: an empty one
// behind all others, foreign currency behind sterling, a ledger's numbers
// behind names.
func penalty(f field, header string, c content) int {
	p := 0
	if c.filled == 0 {
		p += 1000
	}
	switch {
	case f == fieldAmount && has(header, "original"):
		p += 15
	case f == fieldAmount && c.share(c.money) > 0.5 && c.share(c.lettered) > 0.5:
		p += 50
	case f == fieldSupplier && c.share(c.numbers) > 0.8:
		p += 60
	case f == fieldDate && c.share(c.months) > 0.8:
		p += 100
	}
	return p
}

func has(header, word string) bool { return contains(words(header), word) }

// fillFromContent finds a date, amount or payee column that no header names, or
// whose header the vocabulary does not know, from what the cells hold.
func (l *layout) fillFromContent(columns []content) {
	if l.column[fieldDate] < 0 {
		l.fill(fieldDate, columns, func(c content) int {
			if c.share(c.written) < 0.8 {
				return 0
			}
			return c.written - c.months
		})
	}
	if l.column[fieldAmount] < 0 {
		l.fill(fieldAmount, columns, func(c content) int {
			if c.share(c.money) < 0.9 || c.share(c.decimals) < 0.3 {
				return 0
			}
			return c.decimals
		})
	}
	if l.column[fieldSupplier] < 0 {
		l.fill(fieldSupplier, columns, func(c content) int {
			if c.share(c.firms) < 0.15 || c.share(c.long) > 0.3 || c.share(c.lettered) < 0.7 {
				return 0
			}
			return c.firms
		})
	}
}

// trustDateHeader keeps a column that is named for a date, though its cells do
// not read as dates, where there is no other: each is then an unreadable date.
func (l *layout) trustDateHeader(found [][]meaning, columns []content) {
	if l.column[fieldDate] >= 0 || l.byCells {
		return
	}
	unread := make([]content, len(columns))
	for i, c := range columns {
		if c.filled > 0 && c.share(c.firms) > 0.1 {
			unread[i] = c
		}
	}
	l.give(fieldDate, found, unread)
}

// fill maps the unmapped column that scores highest, if any scores.
func (l *layout) fill(f field, columns []content, score func(content) int) {
	best, most := -1, 0
	for i := range l.fields {
		if l.fields[i] != fieldNone {
			continue
		}
		if s := score(columns[i]); s > most {
			best, most = i, s
		}
	}
	if best >= 0 {
		l.column[f], l.fields[best] = best, f
	}
}

// outOfStep reports whether the mapped amount column, or the only column named
// for it, does not hold amounts.
func outOfStep(l layout, found [][]meaning, columns []content) bool {
	a := l.column[fieldAmount]
	return a >= 0 && columns[a].filled > 0 && columns[a].share(columns[a].money) < 0.5
}
