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
}

func newClasses(names []string) *classes {
	c := &classes{names, map[string]int32{}}
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

// weigh adds shares up to scopes, divisions and groups.
func (c *classes) weigh(shares []float32) verdict {
	var v verdict
	bought, first := float32(0), 0
	for i := 0; i < len(c.names); { // sorted: a division, then its groups; words last
		if !isCode(c.names[i]) {
			if float64(shares[i]) > v.otherShare {
				v.other, v.otherShare, v.bestOther = c.names[i], float64(shares[i]), int32(i)
			}
			i++
			continue
		}
		start, division := i, float32(0)
		for ; i < len(c.names) && isCode(c.names[i]) && c.names[i][:2] == c.names[start][:2]; i++ {
			division += shares[i]
		}
		bought += division
		if float64(division) > v.divisionShare {
			v.division, v.divisionShare, first = c.names[start][:2], float64(division), start
		}
	}
	v.bought = float64(bought)
	v.bestBought = int32(first)
	for i := first; v.division != "" && i < len(c.names) && isCode(c.names[i]) && c.names[i][:2] == v.division; i++ {
		if shares[i] > shares[v.bestBought] {
			v.bestBought = int32(i)
		}
		if len(c.names[i]) == 3 && float64(shares[i]) > v.groupShare {
			v.group, v.groupShare = c.names[i], float64(shares[i])
		}
	}
	return v
}
