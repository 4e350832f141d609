package supplier

import (
	"math"
	"slices"
	"sync/atomic"
)

// comparer says how likely two units are one supplier.
type comparer struct {
	v      *vocabulary
	units  []*unit
	r      *Rules
	blocks []uint64 // how many names have each pair of rare words, rounded: see jointly
	sizes  []int32
	leaves []atomic.Uint64 // of each unit, how its large blocks were cut: see State

	chosen    map[int32]match  // the surest entry that a unit is
	near      map[int32]match  // the entry most like a unit that is in no register
	undecided map[int32]string // why a unit is in no register: of several entries none was plainly it
}

// see compares two units and returns what it saw, by their names and, where they
// have them, their trading names; the likelier reading stands.
func (c *comparer) see(a, b *unit) (vector, float64) {
	best := c.read(a, b, &a.spelling, &b.spelling)
	chance := c.chance(&best)
	try := func(x, y *spelling) {
		if len(x.words) == 0 || len(y.words) == 0 {
			return
		}
		seen := c.read(a, b, x, y)
		seen[otherName] = 1
		if other := c.chance(&seen); other > chance {
			best, chance = seen, other
		}
	}
	try(&a.also, &b.spelling)
	try(&a.spelling, &b.also)
	if a.company != "" && a.company == b.company || a.charity != "" && a.charity == b.charity {
		chance = max(chance, 0.97) // numbers of unlike names were dropped before
	}
	return best, chance
}

func (c *comparer) read(a, b *unit, x, y *spelling) vector {
	m := matching{v: c.v, a: x.words, b: y.words, legal: a.forms != "" && b.forms != "", formed: a.forms+b.forms != "", same: x.joined == y.joined}
	m.compare()
	c.letters(&m, x, y)
	c.legal(&m, a, b)
	m.x[jointly] = math.Log(float64(c.joint(&m))) / 5
	m.x[containedJointly] = m.x[jointly] * m.x[contained]
	c.evidence(&m.x, a, b)
	if m.x[sameVAT] > 0 && m.x[sameVATNamed] == 0 {
		m.x[toldApart] = 1 // a VAT group has many companies
	}
	if m.x[placed] > 0 && m.x[plurals] > 0 && m.x[samePostcode] == 0 {
		m.x[toldApart] = 1 // "St Anne School" and "St Annes School" are seldom one
	}
	if m.x[containedJointly] > generic && m.x[prefixedWidth] == 0 {
		m.x[toldApart] = 1 // the shorter name is no name: "Office of the Commissioner"
	}
	return m.x
}

// generic is how jointly two words occur that name a kind of payee: in 25 names,
// of which this is the logarithm, over 5.
const generic = 0.64

// letters compares two names by their letters.
func (c *comparer) letters(m *matching, a, b *spelling) {
	m.x[letterLike] = alike(a.grams, b.grams)
	switch {
	case a.joined == b.joined:
		m.x[together] = 1
	case cutFrom(a, b) || cutFrom(b, a):
		m.x[prefixedWidth] = 1
	}
	if short, long := a.joined, b.joined; len(short) != len(long) {
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) >= 8 && long[:len(short)] == short {
			m.x[prefixed] = 1
		}
	}
}

// legal compares legal forms.
func (c *comparer) legal(m *matching, a, b *unit) {
	switch {
	case a.forms == b.forms:
	case a.forms == "" || b.forms == "":
		m.x[formOne] = 1
	default:
		m.x[formsDiffer] = 1
	}
}

// cutFrom reports whether a is what a column left of b.
func cutFrom(a, b *spelling) bool {
	return a.cut && len(a.joined) >= 10 && len(a.joined) < len(b.joined) && b.joined[:len(a.joined)] == a.joined
}

// evidence compares places and numbers.
func (c *comparer) evidence(x *vector, a, b *unit) {
	if len(a.places) > 0 && len(b.places) > 0 {
		if meet(a.places, b.places) {
			x[samePostcode] = 1
		} else {
			x[otherPostcode] = 1
		}
	}
	if len(a.vat) > 0 && len(b.vat) > 0 {
		if meet(a.vat, b.vat) {
			x[sameVAT] = 1
			if x[rarest] > 0.5 || x[letterLike] > 0.5 {
				x[sameVATNamed] = 1
			}
		} else {
			x[otherVAT] = 1
		}
	}
}

func meet(a, b []string) bool {
	for _, s := range a {
		if slices.Contains(b, s) {
			return true
		}
	}
	return false
}

// chance is the likelihood that the weights give to what was seen.
func (c *comparer) chance(x *vector) float64 {
	sum := 0.0
	for i, w := range c.r.weights {
		sum += w * x[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// manyNames is taken for how many names have words of which only the initials or
// the letters together are shared: it is not counted.
const manyNames = 8

// joint is how many names have both of the two rarest shared words, or the one.
func (c *comparer) joint(m *matching) int32 {
	switch {
	case m.topIDF == 0:
		return 1000
	case m.top == several || m.two == several && m.twoIDF > 0:
		return manyNames
	case m.twoIDF == 0:
		return max(1, c.v.count[m.top])
	}
	return max(1, c.both(m.top, m.two))
}

// both is how many names have both words among their rarest, rounded.
func (c *comparer) both(a, b uint32) int32 {
	if i, ok := slices.BinarySearch(c.blocks, c.v.pairKey(a, b)); ok {
		return c.sizes[i]
	}
	return 0
}
