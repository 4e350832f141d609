package normalize

import (
	"commonspend/schemas"
)

// moneyEvidence is what the whole amount column says about how it is written.
type moneyEvidence struct {
	comma     bool // decimals by comma, thousands by point
	pointOnly int  // amounts that only make sense with a decimal point
	commaOnly int  // that only make sense with a decimal comma
	numbering numbering
	given     given // numbers that stand where amounts should be
}

// survey is what the first full reading of a sheet found.
type survey struct {
	physical int
	payments int
	refused  int
	zero     int            // payments of nought
	early    bool           // payments stand above the header
	pence    schemas.Amount // of every readable cell of the amount column
	filled   []bool         // columns with content, to tell which unnamed ones matter
	repeats  map[int]bool   // ordinals of headers repeated inside the data
	rules    *labels
}

func (t *table) labels() *labels { return t.seen.rules }

// survey reads the whole sheet once: it sums every readable amount before any
// row is judged, counts what the columns show, and notices further headers.
func (t *table) survey(v *vocabulary, claimed schemas.Period) error {
	if err := t.surveyOnce(v); err != nil {
		return err
	}
	again := false
	for i := range t.parts {
		m := &t.parts[i].money
		if m.commaOnly > 0 && m.commaOnly > 9*m.pointOnly {
			m.comma, again = true, true
		}
	}
	first := &t.parts[0].money
	if first.given = first.numbering.given(); len(first.given) > 0 {
		again = true
	}
	if again {
		t.parts = t.parts[:1]
		t.parts[0].dates = dateEvidence{}
		if err := t.surveyOnce(v); err != nil {
			return err
		}
	}
	for i := range t.parts {
		t.parts[i].dates.decide(claimed)
	}
	return nil
}

func (t *table) surveyOnce(v *vocabulary) error {
	rules := t.seen.rules
	t.seen = survey{rules: rules, repeats: map[int]bool{}}
	ods, ordinal := t.sheet.Format == "ods", 0
	p, running := &t.parts[0], sums{}
	physical, err := t.sheet.Rows(func(rows []schemas.Row) error {
		for _, row := range rows {
			if ordinal != t.parts[0].header && ordinal != t.parts[0].upper {
				p = t.surveyRow(p, row, ordinal, ods, &running, v)
			}
			ordinal++
		}
		return nil
	})
	t.seen.physical = physical
	return err
}

// surveyRow takes in one row, and returns the part that governs the next.
func (t *table) surveyRow(p *part, row schemas.Row, ordinal int, ods bool, running *sums, v *vocabulary) *part {
	r, shape := p.read(row, ordinal, ods)
	if !r.amount.readable() {
		if next, ok := t.furtherHeader(p, row, r, ordinal, v); ok {
			return next
		}
	}
	t.seen.pence += r.amount.pence
	p.money.look(cellAt(row, p.column[fieldAmount]), r.amount)
	if class := t.class(p, row, r, running); class == rowPayment || class == rowRefused {
		if class == rowPayment {
			t.seen.payments++
			t.seen.early = t.seen.early || ordinal < t.parts[0].header
			if r.amount.pence == 0 {
				t.seen.zero++
			}
		} else {
			t.seen.refused++
		}
		p.dates.look(shape)
	}
	t.noteFilled(row)
	return p
}

// noteFilled remembers which columns hold anything, looking only where nothing
// was found yet.
func (t *table) noteFilled(row schemas.Row) {
	for len(t.seen.filled) < len(row.Cells) {
		t.seen.filled = append(t.seen.filled, false)
	}
	for i, done := range t.seen.filled[:len(row.Cells)] {
		if !done && !blank(row.Cells[i]) {
			t.seen.filled[i] = true
		}
	}
}

func (m *moneyEvidence) look(cell string, as money) {
	m.numbering.look(trim(cell))
	switch {
	case as.state == moneyUnreadable && readMoney(cell, schemas.CellText, !m.comma).state == moneyRead:
		if m.comma {
			m.pointOnly++
		} else {
			m.commaOnly++
		}
	case as.state == moneyRead:
		if m.comma {
			m.commaOnly++
		} else {
			m.pointOnly++
		}
	}
}

// furtherHeader recognises a header inside the data: the same one repeated, or
// that of a second table with columns of its own.
func (t *table) furtherHeader(p *part, row schemas.Row, r reading, ordinal int, v *vocabulary) (*part, bool) {
	if r.dated || ordinal < t.parts[0].header {
		return nil, false
	}
	seen, ok := v.sight(row)
	if !ok || !seen.strong() {
		return nil, false
	}
	t.seen.repeats[ordinal] = true
	if sameCells(row.Cells, p.headers) {
		return p, true
	}
	headers := make([]string, max(len(row.Cells), len(p.headers)))
	for i := range row.Cells {
		headers[i] = collapse(row.Cells[i])
	}
	next := part{from: ordinal, upper: -1, header: ordinal, row: row.Row}
	next.layout = arrange(headers, make([]content, len(headers)), v)
	next.money.comma = p.money.comma
	next.lookForThousands(nil)
	if at := p.column[fieldAmount]; p.thousands != "" && next.thousands == "" && next.column[fieldAmount] >= 0 && p.thousands != p.headers[at] {
		next.sayThousands(p.thousands) // above the first header, of the whole sheet
	}
	if next.column == p.column {
		return p, true
	}
	t.parts = append(t.parts, next)
	return &t.parts[len(t.parts)-1], true
}

// sameCells reports whether a row repeats a header: most of its words stand in
// the same columns.
func sameCells(cells, header []string) bool {
	same, filled := 0, 0
	for i, cell := range cells {
		if text := collapse(cell); text != "" {
			filled++
			if i < len(header) && text == collapse(header[i]) {
				same++
			}
		}
	}
	return same*10 >= filled*7
}
