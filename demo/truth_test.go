package demo

import (
	"testing"

	"commonspend/schemas"
)

// Worked by hand: two suppliers, a credit, a transaction of two lines that only
// together reach the floor, one below it that was not published, one of another
// category, one of another month.
func TestFiguresByHand(t *testing.T) {
	april, may := monthAt(0), monthAt(1)
	line := func(reference, supplier, category string, net schemas.Amount, day schemas.Date) LedgerLine {
		return LedgerLine{Publisher: "p", Body: "b", Month: day.Month(), Date: day, Reference: reference, Supplier: supplier,
			Category: category, Scope: "procurement", Basis: schemas.VATNet, Net: net, VAT: net / 5, Amount: net}
	}
	w := &World{
		Ledger: []LedgerLine{
			line("1", "A", "79600000-0", 600_00, april), line("2", "B", "79610000-3", 300_00, april+1), line("2", "B", "79610000-3", 300_00, april+1),
			line("3", "A", "79600000-0", -1200_00, may), line("4", "C", "48000000-8", 900_00, april), line("5", "B", "79600000-0", 800_00, may+30),
		},
		Unpublished: []LedgerLine{line("6", "A", "79600000-0", 100_00, april)},
	}
	clean := w.Clean()
	got := clean.Figures("b", Basis{Months: []schemas.Date{april}, Floor: 500_00, VAT: schemas.VATNet, Scope: "procurement", Category: "79600000"})
	// A 600 and B 300 + 300: 1,200 of 2,100 with C's 900; each has a half, so the squares of the shares add up to a half.
	if got.Spend != 1200_00 || got.Procured != 2100_00 || got.Suppliers != 2 || got.LargestThree != 1200_00 || got.Concentration().FloatString(3) != "0.500" {
		t.Errorf("April: %+v", got)
	}
	got = clean.Figures("b", Basis{Months: []schemas.Date{april, may}, Floor: 0, VAT: schemas.VATGross, Scope: "procurement", Category: "79600000"})
	// With VAT: A 720 - 1,440 + 120 is below nought, B 720 + 960. Of 2,520 paid out 1,440 came back.
	if got.Spend != 1080_00 || got.Suppliers != 1 || got.PaidOut != 2520_00 || got.Refunded != 1440_00 {
		t.Errorf("both months with VAT: %+v", got)
	}
}
