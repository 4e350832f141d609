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
	scope, division, group                string
	scopeShare, divisionShare, groupShare float64
	best                                  int32 // the likeliest class of the answer
}

// enoughBought is the share of all procurement classes together from which a line
// is procurement: where, in cross-validation, lines that are not are found as
// often as those called so are right.
const enoughBought = 0.57

// weigh adds shares up to scopes, divisions and groups.
func (c *classes) weigh(shares []float32) verdict {
	var v verdict
	bought, division, name := float32(0), float32(0), ""
	close := func() {
		if float64(division) > v.divisionShare {
			v.division, v.divisionShare = name, float64(division)
		}
	}
	for i, class := range c.names { // sorted: a division, then its groups; words last
		if !isCode(class) {
			if float64(shares[i]) > v.scopeShare {
				v.scope, v.scopeShare, v.best = class, float64(shares[i]), int32(i)
			}
			continue
		}
		if class[:2] != name {
			close()
			name, division = class[:2], 0
		}
		division += shares[i]
		bought += shares[i]
	}
	close()
	if v.scope == "" || float64(bought) >= enoughBought {
		v.scope, v.scopeShare, v.best = Procurement, float64(bought), -1
	}
	for i, class := range c.names {
		if isCode(class) && class[:2] == v.division {
			if v.scope == Procurement && (v.best < 0 || shares[i] > shares[v.best]) {
				v.best = int32(i)
			}
			if len(class) == 3 && float64(shares[i]) > v.groupShare {
				v.group, v.groupShare = class, float64(shares[i])
			}
		}
	}
	return v
}
