package demo

import (
	"math/big"
	"slices"
	"strings"

	"commonspend/schemas"
)

// Part is what one transaction comes to in one month, for one supplier, scope
// and category: as truly paid, and as published.
type Part struct {
	Publisher, Body, Reference string
	File                       schemas.Date // the month in whose file it is published
	Month                      schemas.Date // the month it counts in: of its date, else of its file
	Sheet                      int          // 1, or 2 where the publisher keeps capital spending apart
	Basis                      schemas.VATBasis
	Scope, Category, Supplier  string
	Redacted                   bool
	Published                  bool
	Payments                   int
	Net, VAT, Amount           schemas.Amount // of this part; Amount as published
	whole                      *Whole
}

// Whole is all that a transaction comes to, which thresholds are held against.
type Whole struct{ Net, VAT, Amount schemas.Amount }

// Whole is the transaction that the part belongs to.
func (p *Part) Whole() Whole { return *p.whole }

// Clean is the truth by transactions.
type Clean struct{ byBody map[string][]*Part }

// Clean adds the ledger up by transactions, published or not.
func (w *World) Clean() *Clean {
	type key struct {
		publisher, reference, scope, category, supplier string
		month                                           schemas.Date
		sheet                                           int
		redacted                                        bool
	}
	clean := &Clean{byBody: map[string][]*Part{}}
	parts, wholes := map[key]*Part{}, map[[2]string]*Whole{}
	for _, lines := range []struct {
		published bool
		lines     []LedgerLine
	}{{true, w.Ledger}, {false, w.Unpublished}} {
		for _, l := range lines.lines {
			k := key{l.Publisher, l.Reference, l.Scope, l.Category, l.Supplier, l.CountsIn(), w.sheet(l), l.Redacted}
			whole := wholes[[2]string{l.Publisher, l.Reference}]
			if whole == nil {
				whole = &Whole{}
				wholes[[2]string{l.Publisher, l.Reference}] = whole
			}
			part := parts[k]
			if part == nil {
				part = &Part{Publisher: l.Publisher, Body: l.Body, Reference: l.Reference, File: l.Month, Month: k.month, Sheet: k.sheet, Basis: l.Basis,
					Scope: l.Scope, Category: l.Category, Supplier: l.Supplier, Redacted: l.Redacted, Published: lines.published, whole: whole}
				parts[k] = part
				clean.byBody[l.Body] = append(clean.byBody[l.Body], part)
			}
			part.add(l)
		}
	}
	return clean
}

func (p *Part) add(l LedgerLine) {
	p.Payments++
	p.Net, p.VAT, p.Amount = p.Net+l.Net, p.VAT+l.VAT, p.Amount+l.Amount
	p.whole.Net, p.whole.VAT, p.whole.Amount = p.whole.Net+l.Net, p.whole.VAT+l.VAT, p.whole.Amount+l.Amount
}

// CountsIn is the month of the payment's own date, else of its file.
func (l LedgerLine) CountsIn() schemas.Date {
	if l.Date == schemas.NoDate {
		return l.Month
	}
	return l.Date.Month()
}

func (w *World) sheet(l LedgerLine) int {
	for i := range w.bodies {
		if w.bodies[i].ID == l.Publisher && w.bodies[i].layout.twoTables() && l.Capital {
			return 2
		}
	}
	return 1
}

// Parts lists what a body truly paid, in no order that matters.
func (c *Clean) Parts(body string) []*Part { return c.byBody[body] }

// Basis is what a comparison made alike.
type Basis struct {
	Months   []schemas.Date
	Floor    schemas.Amount   // transactions below it do not count
	VAT      schemas.VATBasis // where unknown, the floor is held against what is published and the truth is without VAT
	Scope    string
	Category string // a CPV code, all below it counts; "" for all
}

// Figures are the truth of a body on a basis.
type Figures struct {
	Spend        schemas.Amount
	Procured     schemas.Amount // the same of every category
	PaidOut      schemas.Amount
	Refunded     schemas.Amount // above 0
	Suppliers    int            // paid more than they gave back
	Named        schemas.Amount // to them
	LargestThree schemas.Amount
	Squares      *big.Int // of what each of them was paid
}

// Figures works out the truth of a body on a basis.
func (c *Clean) Figures(body string, b Basis) Figures {
	var f Figures
	suppliers := map[string]schemas.Amount{}
	for _, p := range c.byBody[body] {
		pence, whole := p.on(b.VAT)
		if p.Scope != b.Scope || max(whole, -whole) < b.Floor || !slices.Contains(b.Months, p.Month) {
			continue
		}
		f.Procured += pence
		if !under(p.Category, b.Category) {
			continue
		}
		f.Spend += pence
		f.PaidOut += max(pence, 0)
		f.Refunded += max(-pence, 0)
		if p.Supplier != "" {
			suppliers[p.Supplier] += pence
		}
	}
	f.concentrate(suppliers)
	return f
}

// on gives the part and its whole transaction on a VAT basis.
func (p *Part) on(basis schemas.VATBasis) (pence, whole schemas.Amount) {
	switch basis {
	case schemas.VATNet:
		return p.Net, p.whole.Net
	case schemas.VATGross:
		return p.Net + p.VAT, p.whole.Net + p.whole.VAT
	}
	return p.Net, p.whole.Amount
}

// under reports whether a code is the category or lies below it.
func under(code, category string) bool {
	if category == "" {
		return true
	}
	digits, _, _ := strings.Cut(category, "-")
	telling := strings.TrimRight(digits, "0")
	return strings.HasPrefix(code, digits[:max(2, len(telling))])
}

// concentrate works out what the largest suppliers had.
func (f *Figures) concentrate(suppliers map[string]schemas.Amount) {
	f.Squares = new(big.Int)
	var sums []schemas.Amount
	for _, pence := range suppliers {
		if pence <= 0 {
			continue
		}
		sums = append(sums, pence)
		f.Named += pence
		square := big.NewInt(int64(pence))
		f.Squares.Add(f.Squares, square.Mul(square, square))
	}
	slices.SortFunc(sums, func(a, b schemas.Amount) int { return int(min(1, max(-1, b-a))) })
	f.Suppliers = len(sums)
	for _, pence := range sums[:min(3, len(sums))] {
		f.LargestThree += pence
	}
}

// PerUnit is pence for each resident, bed or employee.
func (f Figures) PerUnit(units int64) *big.Rat { return big.NewRat(int64(f.Spend), units) }

// ShareOfProcured, ShareOfThree, Concentration and RefundShare are nil where
// there is nothing to divide by.
func (f Figures) ShareOfProcured() *big.Rat { return ratio(f.Spend, f.Procured) }
func (f Figures) ShareOfThree() *big.Rat    { return ratio(f.LargestThree, f.Named) }
func (f Figures) RefundShare() *big.Rat     { return ratio(f.Refunded, f.PaidOut) }

// Concentration is the sum of the squares of the suppliers' shares.
func (f Figures) Concentration() *big.Rat {
	if f.Named == 0 {
		return nil
	}
	all := big.NewInt(int64(f.Named))
	return new(big.Rat).SetFrac(f.Squares, all.Mul(all, all))
}

func ratio(top, bottom schemas.Amount) *big.Rat {
	if bottom <= 0 {
		return nil
	}
	return big.NewRat(int64(top), int64(bottom))
}
