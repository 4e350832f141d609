package planted

import (
	"strings"

	"commonspend/compare/comparison"
	"commonspend/demo"
	"commonspend/schemas"
)

// oneSupplier looks for what fourteen bodies buy of one supplier, each on its
// own: who they are, and the pounds of each as published.
func (c *checker) oneSupplier() error {
	for _, p := range c.world.Planted() {
		if p.What != demo.OneSupplier || !c.exact {
			continue
		}
		for _, year := range p.Years {
			if err := c.buying(p.Category[:8], year); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) buying(category string, year schemas.FinancialYear) error {
	c.score.ToShare++
	found, err := c.engine.Fragmented(c.ctx, comparison.BuyingRequest{Category: category, Period: year.Period()})
	if err != nil {
		return err
	}
	want := map[string]int64{}
	for _, p := range c.world.Publishers {
		for _, part := range c.clean.Parts(p.BodyID) {
			if part.Published && strings.HasPrefix(part.Category, category[:3]) && year.Period().Holds(part.Month) {
				want[p.BodyID] += int64(part.Amount)
			}
		}
	}
	whole := len(found.Bodies) == len(want) && len(found.Shared) == 1 && found.Shared[0].Bodies == int64(len(want))
	for _, buyer := range found.Bodies {
		whole = whole && buyer.Pence == want[buyer.Body] && buyer.Suppliers == 1
	}
	if whole && len(want) == 14 {
		c.score.Shared++
		return nil
	}
	c.score.slip("%s %s: %d bodies and %d shared suppliers, or other pounds; the ledger has %d bodies", category, year, len(found.Bodies), len(found.Shared), len(want))
	return nil
}
