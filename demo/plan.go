package demo

import (
	"math/rand/v2"
	"slices"

	"commonspend/schemas"
)

// purchase is one thing that a body buys: what it comes to in a month, and how
// that is shared among its regular sellers in each financial year.
type purchase struct {
	month   int64 // pence before VAT
	sellers []supplier
	shares  [2][]int64 // of 10,000, by seller
}

// plan is what a body means to buy, and the bodies it pays money on to.
type plan struct {
	purchases []purchase
	sisters   []supplier
	onward    int64 // pence a month to each of them
}

// The shares of agency staff: eight sellers, and the one body whose index of
// concentration (the sum of the squared shares) doubles, from 0.152 to 0.306.
func evenShares() []int64   { return []int64{2400, 1800, 1500, 1200, 1000, 800, 700, 600} }
func unevenShares() []int64 { return []int64{4900, 2000, 1200, 700, 500, 300, 250, 150} }

// makePlan draws what a body buys and from whom.
func makePlan(r *rand.Rand, all []body, self int) plan {
	b := all[self]
	var made plan
	for n, e := range b.trade.expenses {
		if e.category == soleCategory && self < councils && !slices.Contains(soleBuyers(), self) {
			continue
		}
		made.purchases = append(made.purchases, b.purchase(r, n, e))
	}
	for range 3 {
		other := (self + 1 + r.IntN(len(all)-1)) % len(all)
		made.sisters = append(made.sisters, sister(r, b, all[other]))
	}
	made.onward = b.units * b.trade.transferred / 12 / 3
	if self == payingOnCouncil {
		made.onward *= 10
	}
	return made
}

func (b body) purchase(r *rand.Rand, n int, e expense) purchase {
	p := purchase{month: b.units * e.rate / 12 * b.factor(r, e) / 10_000}
	even := []int64{5000, 3000, 2000}
	switch {
	case b.Sector == "local" && e.category == concentratedCategory:
		even = evenShares()
	case e.category == soleCategory:
		even = []int64{10_000}
	}
	p.shares = [2][]int64{even, even}
	if b.index == concentratedCouncil && e.category == concentratedCategory {
		p.shares[1] = unevenShares()
	}
	first := r.IntN(11)
	if len(even) == 1 {
		first = 0 // the same firm for all
	}
	for i := range even {
		p.sellers = append(p.sellers, seller(r, b, n, (first+i)%11))
	}
	return p
}

// factor is what a body pays beside the common rate, of 10,000: within 10 % of
// it; within 3 % where it carries an artefact, and within 1 % where its files do
// not say whether they hold VAT.
func (b body) factor(r *rand.Rand, e expense) int64 {
	near := 1000
	switch {
	case b.layout.basis() == schemas.VATUnknown:
		near = 100
	case b.carriesArtefact():
		near = 300
	}
	drawn := int64(10_000 - near + r.IntN(2*near+1))
	if b.index == dearCouncil && e.category == dearCategory {
		return 13_000
	}
	return drawn
}

func (b body) carriesArtefact() bool {
	return slices.Contains([]int{gappyCouncil, lowCouncil, otherLowCouncil, lowTrust, resubmittingCouncil, rollUpCouncil,
		payingOnCouncil, endedCouncil, newCouncil}, b.index)
}
