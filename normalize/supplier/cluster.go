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
	for _, e := range b.entries {
		if other := a.entry(e.Register); other != nil && other.Number != e.Number {
			return false
		}
	}
	sum, n := 0.0, 0
	for _, x := range a.members[:min(representatives, len(a.members))] {
		for _, y := range b.members[:min(representatives, len(b.members))] {
			_, chance := c.see(c.units[x], c.units[y])
			if chance < t.keepAt {
				return false
			}
			sum += chance
			n++
		}
	}
	return sum/float64(n) >= t.meanAt
}
