package normalize

import "commonspend/schemas"

// chooseTables leaves out what would count a workbook's payments twice. Where
// one sheet lists payments with dates, a sheet of amounts without dates is a
// summary of them; and a sheet with as much money on as many lines as another,
// give or take lines of nought, is a copy of it.
func (f *file) chooseTables() {
	best := 0
	for _, c := range f.sheets {
		best = max(best, c.rank())
	}
	for i := range f.sheets {
		if rank := f.sheets[i].rank(); rank == 2 && best >= 3 {
			f.sheets[i].table = nil
		}
	}
	for i := range f.sheets {
		for j := range f.sheets {
			if i != j && f.sheets[i].copies(f.sheets[j]) && (f.sheets[i].lesser(f.sheets[j]) || i > j && !f.sheets[j].lesser(f.sheets[i])) {
				f.sheets[i].table, f.sheets[i].copy = nil, true
				break
			}
		}
	}
}

// copies reports whether two sheets seem to list the same payments.
func (c candidateSheet) copies(other candidateSheet) bool {
	if c.table == nil || other.table == nil || c.sheet.Member != other.sheet.Member {
		return false
	}
	a, b := c.table.seen, other.table.seen
	return a.pence == b.pence && a.pence != 0 && a.payments-a.zero == b.payments-b.zero && a.payments >= 5
}

// lesser reports whether a sheet has fewer lines than its copy.
func (c candidateSheet) lesser(other candidateSheet) bool {
	return c.table.seen.payments < other.table.seen.payments
}

// rank orders tables by how sure it is that they list payments: 1 a table, 2
// with payees, 3 with payees or dates beside it and payments, 4 with both.
func (c candidateSheet) rank() int {
	if c.table == nil {
		return 0
	}
	p := c.table.parts[0]
	dated, named := p.column[fieldDate] >= 0, p.column[fieldSupplier] >= 0
	switch {
	case c.table.seen.payments == 0:
		return 1
	case dated && named:
		return 4
	case dated:
		return 3
	}
	return 2
}

// continueTable lets a sheet without a header carry on under the header of an
// earlier sheet of its workbook, as the pages of a converted document do, where
// date, amount and payee fit the cells.
func (f *file) continueTable(s *scout, sheet schemas.Sheet) {
	if s.ok && !s.part.noHeader || len(s.before)+len(s.after) == 0 {
		return
	}
	rows := append(s.before, s.after...)
	columns := s.contents(rows)
	for i := len(f.sheets) - 1; i >= 0; i-- {
		c := f.sheets[i]
		if c.table == nil || c.sheet.Member != sheet.Member || c.table.parts[0].noHeader {
			continue
		}
		if l, ok := c.table.parts[0].layout.carriedOn(columns, len(rows)); ok {
			s.part, s.ok = part{upper: -1, header: -1, layout: l}, true
			return
		}
	}
}

// carriedOn fits a layout to the columns of another sheet.
func (l layout) carriedOn(columns []content, rows int) (layout, bool) {
	for f := range fieldExpenseType {
		at := l.column[f]
		if f > fieldSupplier || at < 0 {
			continue
		}
		if at >= len(columns) || columns[at].filled*10 < rows*6 {
			return l, false
		}
		c := columns[at]
		if f == fieldDate && c.share(c.dates) < 0.8 || f == fieldAmount && c.share(c.money) < 0.8 || f == fieldSupplier && c.share(c.lettered) < 0.8 {
			return l, false
		}
	}
	l.continued = true
	return l.resized(len(columns)), l.column[fieldDate] >= 0 && l.column[fieldSupplier] >= 0
}

// resized returns the layout for a sheet of another width.
func (l layout) resized(width int) layout {
	headers, fields := make([]string, width), make([]field, width)
	for i := range headers {
		fields[i] = fieldNone
		if i < len(l.headers) {
			headers[i], fields[i] = l.headers[i], l.fields[i]
		}
	}
	for f, at := range l.column {
		if at >= width {
			l.column[f] = -1
		}
	}
	l.headers, l.fields = headers, fields
	return l
}
