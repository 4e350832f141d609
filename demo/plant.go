package demo

import "commonspend/schemas"

// Planted is a difference that a reader of the files ought to find, or an
// artefact that looks like one and is none.
type Planted struct {
	What      string // one of the names below
	Publisher string // "" where it concerns many
	Body      string
	Category  string // a CPV code, "" for all
	Years     []schemas.FinancialYear
	Differs   bool // false for an artefact
}

// The differences and artefacts by name.
const (
	MoreAHead     = "30 % more a head"
	Concentration = "concentration doubles"
	OneSupplier   = "fourteen bodies, one supplier"

	MissingMonths   = "missing months"
	GrossBesideNet  = "gross beside net"
	LowThreshold    = "another threshold"
	ResubmittedYear = "resubmitted year"
	AnnualRollUp    = "annual roll-up"
	Transfers       = "transfers"
	Reorganised     = "reorganised body"
)

// Which of the councils carries what. All but those that publish with VAT say
// that they publish without.
const (
	dearCouncil         = 8  // pays 30 % more a head for software
	concentratedCouncil = 17 // buys most agency staff of one firm in the second year
	gappyCouncil        = 13 // July, August and November 2024 are missing
	lowCouncil          = 3  // publishes from £250, as does the next
	otherLowCouncil     = 20
	resubmittingCouncil = 6            // sends the first year again
	rollUpCouncil       = 15           // publishes the first year once more, in one file
	payingOnCouncil     = 22           // pays on ten times what others do to other bodies
	endedCouncil        = 27           // ends on 31 March 2025
	newCouncil          = 29           // begins the day after
	lowTrust            = councils + 8 // publishes from £500, as few trusts do
)

const (
	dearCategory         = "48000000-8"
	concentratedCategory = "79600000-0"
	soleCategory         = "79500000-9"
)

// soleBuyers are the fourteen councils that buy interpreting, all from one firm.
func soleBuyers() []int { return []int{0, 1, 3, 4, 6, 8, 9, 10, 13, 15, 17, 20, 22, 24} }

// plantEvents decides which months are nil, missing or sent twice, and which
// body does what no other does.
func plantEvents(all []body) {
	all[4].nilMonth = 9 // December 2024
	all[councils+3].nilMonth = 17
	all[7].missingMonths = []int{14} // May 2025
	all[gappyCouncil].missingMonths = []int{4, 5, 8}
	all[councils+trusts+5].missingMonths = []int{6}
	for _, at := range []struct{ body, month int }{
		{0, 3}, {11, 12}, {19, 1}, {25, 24},
		{councils + 1, 7}, {councils + 9, 15}, {councils + trusts, 11}, {councils + trusts + 8, 22},
	} {
		all[at.body].resentMonths = append(all[at.body].resentMonths, at.month)
	}
	for month := 1; month <= 12; month++ {
		all[resubmittingCouncil].resentMonths = append(all[resubmittingCouncil].resentMonths, month)
	}
	all[lowCouncil].Threshold, all[otherLowCouncil].Threshold = 250_00, 250_00
	all[lowTrust].Threshold = 500_00
	all[rollUpCouncil].rollUp = true
	all[endedCouncil].last, all[newCouncil].first = 12, 13
	all[newCouncil].units = all[endedCouncil].units
}

// Planted lists what is planted in this world's bodies.
func (w *World) Planted() []Planted {
	year1, year2 := monthAt(0).FinancialYear(), monthAt(12).FinancialYear()
	both, first, second := []schemas.FinancialYear{year1, year2}, []schemas.FinancialYear{year1}, []schemas.FinancialYear{year2}
	list := []Planted{
		{What: MoreAHead, Category: dearCategory, Years: both, Differs: true},
		{What: Concentration, Category: concentratedCategory, Years: second, Differs: true},
		{What: MissingMonths, Years: first}, {What: LowThreshold, Years: both}, {What: LowThreshold, Years: both},
		{What: LowThreshold, Years: both}, {What: ResubmittedYear, Years: first}, {What: AnnualRollUp, Years: first},
		{What: Transfers, Years: both}, {What: Reorganised, Years: first}, {What: Reorganised, Years: second},
	}
	at := []int{dearCouncil, concentratedCouncil, gappyCouncil, lowCouncil, otherLowCouncil, lowTrust, resubmittingCouncil,
		rollUpCouncil, payingOnCouncil, endedCouncil, newCouncil}
	for i := range councils {
		if councilLayout(i).basis() == schemas.VATGross {
			list, at = append(list, Planted{What: GrossBesideNet, Years: both}), append(at, i)
		}
	}
	present := map[int]body{}
	for _, b := range w.bodies {
		present[b.index] = b
	}
	kept := []Planted{{What: OneSupplier, Category: soleCategory, Years: both, Differs: true}}
	for i, p := range list {
		if b, ok := present[at[i]]; ok {
			p.Publisher, p.Body = b.ID, b.BodyID
			kept = append(kept, p)
		}
	}
	return kept
}
