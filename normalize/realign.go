package normalize

// realign tries the two slips that put a header row out of step with its cells:
// a header that no cell belongs to, and a cell that no header belongs to. It
// follows the cells where that makes date, amount, payee and postcode all fit
// better than any other reading.
func realign(headers []string, found [][]meaning, columns []content) (layout, bool) {
	var best layout
	most := fitness(assign(headers, found, columns), columns)
	ok := false
	// From the right: of two readings that fit as well, the one that moves less.
	for at := len(found) - 1; at >= 0; at-- {
		for _, shift := range [...]int{-1, 1} {
			moved := slip(found, at, shift)
			l := assign(headers, moved, columns)
			score := fitness(l, columns)
			if shift < 0 && unnamed(found[at]) {
				score++ // a header that means nothing to us is the likelier intruder
			}
			if score > most && l.column[fieldAmount] >= 0 {
				best, most, ok = l, score, true
			}
		}
	}
	best.byCells = ok
	return best, ok
}

// slipped returns the header of an amount or a payee that stands over numbers
// that a ledger gave out, "" where none does.
func (s *scout) slipped() string {
	if !s.best.strong() {
		return ""
	}
	headers, _ := s.headerCells()
	for i, c := range s.contents(s.after) {
		found := s.v.meanings(headers[i])
		if len(found) > 0 && (found[0].field == fieldAmount || found[0].field == fieldSupplier) && c.share(c.given) >= 0.5 {
			return headers[i]
		}
	}
	return ""
}

func unnamed(found []meaning) bool { return len(found) == 0 || found[0].field == fieldNone }

// slip moves the meanings from column at onwards by one: left (the meaning at
// that column has no cells) or right (the cells at that column have no meaning).
func slip(found [][]meaning, at, shift int) [][]meaning {
	moved := make([][]meaning, len(found))
	copy(moved, found[:at])
	if shift < 0 {
		copy(moved[at:], found[at+1:])
		return moved
	}
	copy(moved[at+1:], found[at:len(found)-1])
	return moved
}

// fitness counts in tens how many of the columns whose cells can be told apart
// hold what their field says.
func fitness(l layout, columns []content) int {
	score := 0
	for f, at := range l.column {
		if at < 0 || columns[at].filled == 0 {
			continue
		}
		c := columns[at]
		switch field(f) {
		case fieldDate:
			score += tens(c.share(c.dates) > 0.8)
		case fieldAmount:
			score += tens(c.share(c.money) > 0.8) * 2
		case fieldSupplier:
			score += tens(c.share(c.lettered) > 0.8) + tens(c.share(c.firms) > 0.3) + tens(c.share(c.long) < 0.1)
		case fieldTransaction:
			score += tens(c.share(c.firms) < 0.1 && c.share(c.decimals) < 0.5)
		case fieldPostcode:
			score += tens(c.share(c.postcode) > 0.3)
		case fieldDescription, fieldExpenseArea, fieldExpenseType:
			score += tens(c.share(c.lettered) > 0.5)
		}
	}
	return score
}

func tens(ok bool) int {
	if ok {
		return 10
	}
	return 0
}
