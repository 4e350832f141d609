package category

import (
	"slices"
	"strings"
)

// minGroup is how many lines a CPV group needs to be a class of its own.
const minGroup = 12

// classes are what the model tells apart: scopes other than procurement, CPV
// divisions, and the commoner groups within them. A division's share is its
// own and its groups' together.
type classes struct {
	names []string
	index map[string]int32
	spans []span
}

func newClasses(names []string) *classes {
	c := &classes{names, map[string]int32{}, spansOf(names)}
	for i, name := range names {
		c.index[name] = int32(i)
	}
	return c
}

// classesOf lists the classes that labelled lines call for, sorted.
func classesOf(lines []Labelled) *classes {
	seen := map[string]int{}
	for _, line := range lines {
		switch {
		case line.Scope != Procurement:
			seen[line.Scope] += minGroup
		case line.Division != "":
			seen[line.Division] += minGroup
			if len(line.Group) == 3 {
				seen[line.Group]++
			}
		}
	}
	delete(seen, Unknown)
	var names []string
	for name, count := range seen {
		if count >= minGroup {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return newClasses(names)
}

func isCode(name string) bool { return name[0] <= '9' }

// allowed lists the classes that a label leaves open; none teaches nothing.
func (c *classes) allowed(line *Labelled) []int32 {
	if line.Scope != Procurement {
		if at, ok := c.index[line.Scope]; ok {
			return []int32{at}
		}
		return nil
	}
	if at, ok := c.index[line.Group]; ok && len(line.Group) == 3 {
		return []int32{at}
	}
	var open []int32
	for i, name := range c.names {
		rare := len(line.Group) == 3 && len(name) == 3 // it is none of the common groups
		if isCode(name) && strings.HasPrefix(name, line.Division) && !rare {
			open = append(open, int32(i))
		}
	}
	return open
}

// verdict is the likeliest of each kind, with its share.
type verdict struct {
	bought, otherShare        float64 // the shares of all procurement, and of the likeliest other scope
	other                     string
	division, group           string
	divisionShare, groupShare float64
	bestBought, bestOther     int32 // the likeliest class in the division, and of other scopes
}

// scope is procurement where all its classes together have enough.
func (v *verdict) scope(enough float64) (string, float64) {
	if v.other == "" || v.bought >= enough {
		return Procurement, v.bought
	}
	return v.other, v.otherShare
}

// span is where a division's classes stand: its own, if it has one, and its groups'.
type span struct{ start, end int }

// spansOf finds the divisions among sorted names: codes come first, scopes last.
func spansOf(names []string) (list []span) {
	for i := 0; i < len(names) && isCode(names[i]); {
		start := i
		for i < len(names) && isCode(names[i]) && names[i][:2] == names[start][:2] {
			i++
		}
		list = append(list, span{start, i})
	}
	return list
}

// weigh adds shares up to scopes, divisions and groups; sum is what all shares
// make together.
func (c *classes) weigh(shares []float32, sum float32) verdict {
	var v verdict
	bought, top, codes := float32(0), float32(0), 0
	best := span{}
	for _, s := range c.spans {
		division := float32(0)
		for _, share := range shares[s.start:s.end] {
			division += share
		}
		if bought += division; division > top {
			top, best = division, s
		}
		codes = s.end
	}
	v.bought, v.divisionShare = float64(bought/sum), float64(top/sum)
	for i, share := range shares[codes:] {
		if share := float64(share / sum); share > v.otherShare {
			v.other, v.otherShare, v.bestOther = c.names[codes+i], share, int32(codes+i)
		}
	}
	if best.end == 0 {
		return v
	}
	v.division, v.bestBought = c.names[best.start][:2], int32(best.start)
	for i := best.start; i < best.end; i++ {
		if shares[i] > shares[v.bestBought] {
			v.bestBought = int32(i)
		}
		if share := float64(shares[i] / sum); len(c.names[i]) == 3 && share > v.groupShare {
			v.group, v.groupShare = c.names[i], share
		}
	}
	return v
}
