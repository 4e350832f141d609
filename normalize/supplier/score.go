package supplier

import (
	"cmp"
	"slices"
)

// scored is a pair of units that may be one supplier, or are related.
type scored struct {
	a, b   int32
	chance float32
	kin    kinship
}

// score compares the candidate pairs on all cores and keeps those that say
// something, in their order. Pairs of which known has both units stand as they are.
func (c *comparer) score(pairs []uint64, known func(a, b int32) bool) []scored {
	parts := make([][]scored, (len(pairs)+piece-1)/piece)
	inParallel(len(pairs), func(from, to int) {
		var part []scored
		for i := from; i < to; i++ {
			a, b := int32(pairs[i]>>32), int32(uint32(pairs[i]))
			if known != nil && known(a, b) {
				continue
			}
			if s := c.scoreOne(a, b); s.worth() {
				part = append(part, s)
			}
		}
		parts[from/piece] = part
	})
	return slices.Concat(parts...)
}

func (c *comparer) scoreOne(a, b int32) scored {
	seen, chance := c.see(c.units[a], c.units[b])
	return scored{a, b, float32(chance), kin(&seen, chance)}
}

func (s scored) worth() bool { return float64(s.chance) >= standard.joinAt || s.kin != strangers }

// likeliest are the pairs that may be joined, likeliest first.
func likeliest(of []scored) []scored {
	var out []scored
	for _, s := range of {
		if float64(s.chance) >= standard.joinAt {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(x, y scored) int {
		return cmp.Or(cmp.Compare(y.chance, x.chance), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return out
}
