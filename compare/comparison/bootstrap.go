package comparison

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"commonspend/store"
)

// bootstrap widens the bounds by what chance does: the transactions of the body
// are drawn again, as many as there are, with the same seed every time.
func (s *set) bootstrap(ctx context.Context, reader store.Reader, c *Comparison) error {
	text, own, err := s.sql.Sizes()
	if err != nil {
		return err
	}
	var sizes []int64
	err = store.Select(ctx, reader, text, s.bound(text, own), func(rows *sql.Rows) error {
		var pence int64
		err := rows.Scan(&pence)
		sizes = append(sizes, pence)
		return err
	})
	if err != nil {
		return fmt.Errorf("draw transactions again: %w", err)
	}
	if len(sizes) == 0 {
		return nil
	}
	drawn := draw(sizes, c.Request.Bootstrap)
	for i := range c.Indicators {
		c.Indicators[i].widen(drawn)
	}
	return nil
}

// draws are, of each draw, the sum as a share of the true one, and the median
// and 90th percentile of what was paid out; each sorted.
type draws struct {
	sums              []*big.Rat
	medians, nineties []int64
}

// seed is fixed, so that the same request gives the same bounds.
const seed = 20260401

func draw(sizes []int64, times int) draws {
	random := rand.New(rand.NewPCG(seed, uint64(len(sizes))))
	var all int64
	for _, pence := range sizes {
		all += pence
	}
	var d draws
	again := make([]int64, 0, len(sizes))
	for range times {
		again = again[:0]
		var sum int64
		for range sizes {
			pence := sizes[random.IntN(len(sizes))]
			sum += pence
			if pence > 0 {
				again = append(again, pence)
			}
		}
		if all != 0 {
			d.sums = append(d.sums, big.NewRat(sum, all))
		}
		slices.Sort(again)
		if n := len(again); n > 0 {
			d.medians, d.nineties = append(d.medians, again[(n-1)/2]), append(d.nineties, again[(n-1)*9/10])
		}
	}
	slices.SortFunc(d.sums, (*big.Rat).Cmp)
	slices.Sort(d.medians)
	slices.Sort(d.nineties)
	return d
}

// middle returns the ends of the middle 95 in 100 of sorted values.
func middle[V any](sorted []V) (low, high V, ok bool) {
	if len(sorted) == 0 {
		return low, high, false
	}
	last := len(sorted) - 1
	return sorted[last*25/1000], sorted[last*975/1000], true
}

// widen moves the bounds of what is a sum over transactions, or a size of one.
func (m *Measured) widen(d draws) {
	if m.Value == nil || m.Low == nil || m.High == nil {
		return
	}
	switch m.Indicator {
	case "spend", "per_head", "per_bed", "per_employee", "per_pound_of_turnover":
		if low, high, ok := middle(d.sums); ok {
			*m.Low, *m.High = m.Low.times(low), m.High.times(high)
		}
	case "median_transaction":
		m.cover(middle(d.medians))
	case "ninetieth_transaction":
		m.cover(middle(d.nineties))
	}
	if m.Indicator == "spend" {
		*m.Low, *m.High = m.Low.pence(), m.High.pence()
	}
}

// cover moves bounds outwards where the draws go beyond them.
func (m *Measured) cover(low, high int64, ok bool) {
	if !ok {
		return
	}
	if l := Decimal(fmt.Sprint(low)); l.less(*m.Low) {
		*m.Low = l
	}
	if h := Decimal(fmt.Sprint(high)); m.High.less(h) {
		*m.High = h
	}
}
