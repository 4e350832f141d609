package supplier

import (
	"slices"
)

// joinAt is the likelihood from which two names may be one supplier, keepAt what
// every pair of a cluster's representatives must reach, meanAt what they must
// reach on average. So "Ash Ltd" and "Ash Training" are not joined by "Ash".
type thresholds struct {
	joinAt, keepAt, meanAt float64
}

var standard = thresholds{joinAt: 0.55, keepAt: 0.2, meanAt: 0.5}

// representatives is how many members speak for a cluster.
const representatives = 6

// cluster is units that are one supplier.
type cluster struct {
	members []int32 // the representatives first
	body    int32
	company string
	entries []*Entry // of registers, one of each at most
	weakest float64  // the least likely edge that joined it
}

// cluster joins units along the edges, likeliest first, where the clusters on
// both sides agree.
func (c *comparer) cluster(edges []scored, t thresholds) []*cluster {
	of := make([]*cluster, len(c.units))
	byBody := map[int32]*cluster{}
	for i, u := range c.units {
		if same := byBody[u.body]; u.body >= 0 && same != nil {
			same.members = append(same.members, int32(i))
			of[i] = same
			continue
		}
		of[i] = &cluster{members: []int32{int32(i)}, body: u.body, company: u.company, weakest: 1}
		if u.entry != nil {
			of[i].entries = []*Entry{u.entry}
		}
		if u.body >= 0 {
			byBody[u.body] = of[i]
		}
	}
	for _, k := range of {
		c.order(k.members)
	}
	for _, e := range edges {
		a, b := of[e.a], of[e.b]
		if a == b || !c.agree(a, b, t) {
			continue
		}
		if len(a.members) < len(b.members) {
			a, b = b, a
		}
		a.take(b, float64(e.chance))
		c.order(a.members)
		for _, m := range b.members {
			of[m] = a
		}
	}
	return of
}

func (k *cluster) take(b *cluster, chance float64) {
	k.members = append(k.members, b.members...)
	if k.body < 0 {
		k.body = b.body
	}
	if k.company == "" {
		k.company = b.company
	}
	for _, e := range b.entries {
		if k.entry(e.Register) == nil {
			k.entries = append(k.entries, e)
		}
	}
	k.weakest = min(k.weakest, b.weakest, chance)
}

// entry is the cluster's entry in a register, or nil.
func (k *cluster) entry(register string) *Entry {
	for _, e := range k.entries {
		if e.Register == register {
			return e
		}
	}
	return nil
}

// order puts the members first that speak for a cluster: of public bodies'
// names those in the register, then the most used, then the first by key.
func (c *comparer) order(members []int32) {
	slices.SortFunc(members, func(x, y int32) int {
		a, b := c.units[x], c.units[y]
		if (a.body >= 0) != (b.body >= 0) {
			if a.body >= 0 {
				return -1
			}
			return 1
		}
		if a.rows != b.rows {
			return b.rows - a.rows
		}
		return int(x - y)
	})
}

// agree reports whether the representatives of two clusters are alike enough.
func (c *comparer) agree(a, b *cluster, t thresholds) bool {
	if a.body >= 0 && b.body >= 0 && a.body != b.body || a.company != "" && b.company != "" && a.company != b.company {
		return false
	}
	if a.body >= 0 && c.companyIn(b) || b.body >= 0 && c.companyIn(a) {
		return false
	}
	for _, e := range b.entries {
		if other := a.entry(e.Register); other != nil && other.Number != e.Number {
			return false
		}
	}
	return c.alike(a.members[:min(representatives, len(a.members))], b.members[:min(representatives, len(b.members))], t)
}

// companyIn reports whether a name in a cluster that is no public body's in the register
// has a legal form: a company may bear the name of the body that owns it.
func (c *comparer) companyIn(k *cluster) bool {
	return k.body < 0 && slices.ContainsFunc(k.members, func(m int32) bool { return c.units[m].forms != "" })
}

// alike reports whether each of some units is alike enough to each of some others. A
// unit is let off that has the very name which one of the others has beside its first:
// "Oak" before "Ash Ltd", where "Ash Ltd t/a Oak" stands beside that.
func (c *comparer) alike(a, b []int32, t thresholds) bool {
	sum, n := 0.0, 0
	for _, x := range a {
		for _, y := range b {
			_, chance := c.see(c.units[x], c.units[y])
			if chance < t.keepAt {
				if c.named(y, a) || c.named(x, b) {
					continue
				}
				return false
			}
			sum += chance
			n++
		}
	}
	return n > 0 && sum/float64(n) >= t.meanAt
}

// named reports whether one of some units has two names, of which one is the unit's:
// the same words, and not only common ones.
func (c *comparer) named(unit int32, others []int32) bool {
	u := c.units[unit]
	return slices.ContainsFunc(others, func(o int32) bool {
		two := c.units[o]
		return len(two.also.words) > 0 && (c.sameWords(two, u, &two.also) || c.sameWords(two, u, &two.spelling))
	})
}

// sameWords reports whether one of a unit's names has the words of another unit's.
func (c *comparer) sameWords(of, u *unit, name *spelling) bool {
	x := c.read(of, u, name, &u.spelling)
	return x[nothingLeft] > 0 && x[rarest]*10 >= commonWord && x[toldApart]+x[typed]+x[shortened]+x[acronym] == 0
}
