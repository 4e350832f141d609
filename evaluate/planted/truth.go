package planted

import (
	"math/big"
	"slices"
	"strings"

	"commonspend/compare/comparison"
	"commonspend/demo"
	"commonspend/schemas"
)

// compared is a comparison beside what is true on its basis.
type compared struct {
	*comparison.Comparison
	basis demo.Basis
	clean *demo.Clean
	world *demo.World
	year  int // of what is divided by
	known map[string]demo.Figures
}

// divisorYear is the calendar year of the sizes: that in which the financial
// year begins, as the world has one for each.
func divisorYear(made *comparison.Comparison) int {
	return int(made.Request.Period.From.FinancialYear())
}

// truth is an indicator of a body by the ledger, nil for one that is not held
// against it or has no value.
func (c *compared) truth(body, indicator string) *big.Rat {
	f, ok := c.known[body]
	if !ok {
		f = c.clean.Figures(body, c.basis)
		c.known[body] = f
	}
	switch indicator {
	case "spend":
		return big.NewRat(int64(f.Spend), 1)
	case "share_of_procured":
		return f.ShareOfProcured()
	case "suppliers":
		return big.NewRat(int64(f.Suppliers), 1)
	case "share_of_largest_three":
		return f.ShareOfThree()
	case "herfindahl":
		return f.Concentration()
	case "refunds":
		return f.RefundShare()
	}
	measure, size := c.world.Size(body, c.year)
	if size > 0 && strings.HasPrefix(indicator, "per_") && measureOf(indicator) == measure {
		return f.PerUnit(size)
	}
	return nil
}

func measureOf(indicator string) string {
	return map[string]string{"per_head": "population", "per_bed": "beds", "per_employee": "employees"}[indicator]
}

// perUnit is the indicator by which bodies of unlike size are compared.
func perUnit(made *comparison.Comparison) *comparison.Measured {
	for i := range made.Indicators {
		if m := &made.Indicators[i]; measureOf(m.Indicator) != "" && m.Value != nil {
			return m
		}
	}
	return nil
}

func indicatorOf(made *comparison.Comparison, id string) *comparison.Measured {
	for i := range made.Indicators {
		if made.Indicators[i].Indicator == id {
			return &made.Indicators[i]
		}
	}
	return nil
}

// deviation is how far a body lies from the median of its peers by the ledger,
// as a share of that; ok is false where there is none.
func (c *compared) deviation(m *comparison.Measured) (share float64, ok bool) {
	own := c.truth(c.Body, m.Indicator)
	var peers []*big.Rat
	for _, body := range c.Peers.Bodies {
		if value := c.truth(body, m.Indicator); value != nil {
			peers = append(peers, value)
		}
	}
	if own == nil || len(peers) == 0 {
		return 0, false
	}
	return apart(own, median(peers)), true
}

func median(values []*big.Rat) *big.Rat {
	slices.SortFunc(values, func(a, b *big.Rat) int { return a.Cmp(b) })
	low, high := values[(len(values)-1)/2], values[len(values)/2]
	sum := new(big.Rat).Add(low, high)
	return sum.Quo(sum, big.NewRat(2, 1))
}

func apart(value, from *big.Rat) float64 {
	if from.Sign() == 0 {
		return 0
	}
	share := new(big.Rat).Quo(new(big.Rat).Sub(value, from), from)
	result, _ := share.Float64()
	return result
}

// verdict is whether what is said is so.
type verdict int

const (
	rightly verdict = iota
	wrongly
)

// said tells whether the ledger bears an indicator's verdict out: a difference
// must lie on the side that it is said to, and not be made a fifth or more where
// the ledger has less than 17 %.
func (c *compared) said(m *comparison.Measured) verdict {
	if m == nil || m.Value == nil || m.Benchmark.Median == nil || m.Verdict == comparison.Unclear || m.Verdict == comparison.Withheld {
		return rightly
	}
	true_, ok := c.deviation(m)
	told := apart(m.Value.Rat(), m.Benchmark.Median.Rat())
	switch {
	case !ok,
		m.Verdict == comparison.Above && true_ <= 0, m.Verdict == comparison.Below && true_ >= 0,
		told >= 0.20 && true_ < 0.17, told <= -0.20 && true_ > -0.17:
		return wrongly
	}
	return rightly
}

// side tells whether the ledger has the body on the side of the median that the
// verdict puts it on, however far: for amounts that may or may not hold VAT.
func (c *compared) side(m *comparison.Measured) verdict {
	apart, ok := c.deviation(m)
	if !ok || m.Verdict == comparison.Above && apart <= 0 || m.Verdict == comparison.Below && apart >= 0 {
		return wrongly
	}
	return rightly
}

// find looks for a planted difference: told, on the right side, within three
// points of the ledger.
func (c *checker) find(p demo.Planted, made *compared) {
	indicators := []string{"per_head"}
	if p.What == demo.Concentration {
		indicators = []string{"herfindahl", "share_of_largest_three"}
	}
	for _, id := range indicators {
		m := indicatorOf(made.Comparison, id)
		if m == nil || m.Value == nil || m.Benchmark.Median == nil {
			c.score.Planted++
			c.score.slip("%s: no %s is told", p.What, id)
			continue
		}
		wanted, _ := made.deviation(m)
		if wanted < 0.20 {
			continue // what falls below the floor took it away: the ledger has no such difference
		}
		c.score.Planted++
		off := apart(m.Value.Rat(), m.Benchmark.Median.Rat()) - wanted
		c.score.Worst = max(c.score.Worst, off, -off)
		if m.Verdict == comparison.Above && off <= 0.03 && off >= -0.03 {
			c.score.Found++
		} else {
			c.score.slip("%s, %s: called %s, %.1f points from the ledger", p.What, id, m.Verdict, 100*off)
		}
	}
}

// naive reports whether adding up all that is published in a period, as it
// stands, makes the body differ by a fifth from its peers' median though by the
// ledger it does not.
func (c *checker) naive(body, category string, period schemas.Period) bool {
	year := int(period.From.FinancialYear())
	sum := func(id string, published bool) *big.Rat {
		var pence schemas.Amount
		for _, p := range c.clean.Parts(id) {
			if !period.Holds(p.Month) || !strings.HasPrefix(p.Category, strings.TrimRight(category, "0")) {
				continue
			}
			if published && p.Published {
				pence += p.Amount
			} else if !published {
				pence += p.Net
			}
		}
		_, size := c.world.Size(id, year)
		return big.NewRat(int64(pence), max(1, size))
	}
	away := func(published bool) float64 {
		var peers []*big.Rat
		for _, p := range c.world.Publishers {
			if value := sum(p.BodyID, published); p.BodyID != body && p.Sector == sectorOf(c.world, body) && value.Sign() > 0 {
				peers = append(peers, value)
			}
		}
		if len(peers) == 0 {
			return 0
		}
		return apart(sum(body, published), median(peers))
	}
	told, real := away(true), away(false)
	return (told >= 0.20 || told <= -0.20) && real < 0.17 && real > -0.17
}

func sectorOf(w *demo.World, body string) string {
	for _, p := range w.Publishers {
		if p.BodyID == body {
			return p.Sector
		}
	}
	return ""
}

func text(d *comparison.Decimal) string {
	if d == nil {
		return "none"
	}
	return string(*d)
}
