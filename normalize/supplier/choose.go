package supplier

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// ResolveWith says who each payee is, as Resolve does, and finds them in registers,
// whose entries are streamed once: there may be millions. An entry that is found
// brings its number, its name and its kind. A name that several entries of one
// register have, with nothing to choose by, is left to itself, and its reason says so.
func (r *Rules) ResolveWith(payees []Payee, registry iter.Seq[Entry]) Result {
	v, units, index := r.gather(payees)
	c := &comparer{v: v, units: units, r: r}
	c.dropSharedNumbers()
	c.dropGroupNumbers()
	pairs := c.score(c.candidates(), nil)
	c.chosen, c.undecided = map[int32]match{}, map[int32]string{}
	found, near := c.search(registry)
	c.near = near
	edges := c.choose(found)
	of := c.cluster(append(edges, likeliest(pairs)...), standard)
	return c.identities(payees, index, of, pairs)
}

// choose decides which entry of each register a unit is, makes units of those
// entries, and joins them: the surest first.
func (c *comparer) choose(found map[int32][]match) []scored {
	chosen := make([]int32, 0, len(found))
	for i := range found {
		chosen = append(chosen, i)
	}
	slices.Sort(chosen)
	type tie struct {
		match
		unit int32
	}
	var ties []tie
	for _, i := range chosen {
		for _, register := range []string{BodyRegister, CharityRegister, CompanyRegister} {
			if m, ok := c.best(i, register, found[i]); ok {
				ties = append(ties, tie{m, i})
			}
		}
	}
	slices.SortStableFunc(ties, func(a, b tie) int {
		return cmp.Or(cmp.Compare(b.tier, a.tier), cmp.Compare(b.chance, a.chance), cmp.Compare(a.unit, b.unit))
	})
	type named struct{ register, number, name string }
	at := map[named]int32{}
	edges := make([]scored, 0, len(ties))
	for _, t := range ties {
		if _, ok := c.chosen[t.unit]; !ok {
			c.chosen[t.unit] = t.match
		}
		key := named{t.entry.Register, t.entry.Number, t.name}
		n, ok := at[key]
		if !ok {
			n = c.enter(t.entry, t.name)
			at[key] = n
		}
		edges = append(edges, scored{a: t.unit, b: n, chance: float32(t.chance)})
	}
	return edges
}

// best is the one entry of a register that a unit is, if one is plainly best.
func (c *comparer) best(unit int32, register string, of []match) (match, bool) {
	var list []match
	for _, m := range of {
		if m.entry.Register == register {
			list = append(list, m)
		}
	}
	if len(list) == 0 {
		return match{}, false
	}
	slices.SortFunc(list, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(b.like, a.like), compareEntries(a.entry, b.entry), cmp.Compare(a.name, b.name))
	})
	first, others := c.first(unit, list)
	if others > 0 {
		c.near[unit] = first
		c.undecided[unit] = fmt.Sprintf("%d %s could be meant, and nothing tells which", others+1, heldBy[register])
		return match{}, false
	}
	return first, true
}

// nearlyAs is how much less like a unit an entry must be not to stand in another's way.
const nearlyAs = 0.1

// first is the first of a unit's matches, in their order, and how many other entries
// could as well be meant. Of names that are the very same, the letters decide.
func (c *comparer) first(unit int32, list []match) (first match, others int) {
	level := slices.IndexFunc(list, func(m match) bool { return m.rank() < list[0].rank() })
	if level < 0 {
		level = len(list)
	}
	if list[0].tier > fuzzy {
		return c.nearest(c.units[unit].shown, list[:level])
	}
	numbers := []string{list[0].entry.Number}
	for _, m := range list[1:level] {
		if list[0].like-m.like < nearlyAs && !slices.Contains(numbers, m.entry.Number) {
			numbers = append(numbers, m.entry.Number)
		}
	}
	return list[0], len(numbers) - 1
}

// nearest is the match that is the published name letter by letter, or whose
// letters are most like it, articles and all but for legal forms; and how many
// others are as near.
func (c *comparer) nearest(published string, of []match) (match, int) {
	letters := grams(c.r.formless(published))
	first, best, others := of[0], -1.0, 0
	for _, m := range of {
		near := alike(letters, grams(c.r.formless(m.name)))
		if fold(m.name) == fold(published) {
			near = 2
		}
		switch {
		case m.entry.Number == first.entry.Number && best >= 0:
			best = max(best, near)
		case near > best:
			first, best, others = m, near, 0
		case near == best:
			others++
		}
	}
	return first, others
}

// formless is a name's words without its legal forms.
func (r *Rules) formless(published string) string {
	kept := slices.DeleteFunc(words(fold(published)), func(w string) bool { return r.class[w]&form != 0 || w == "THE" })
	return strings.Join(kept, " ")
}

// rank puts a name that is the very same before one that is like it, and of
// either those that are live before those that have ended.
func (m match) rank() int {
	rank := int(m.tier) * 2
	if m.live {
		rank++
		if m.tier > fuzzy {
			rank += 2 * int(sameNumber)
		}
	}
	return rank
}

// why says in words how an entry was found.
func (m match) why() string {
	e := m.entry
	reason := fmt.Sprintf("%s has it as %s (%s)", registerNames[e.Register], e.Name, e.Number)
	switch m.tier {
	case sameNumber:
		reason += ", by its number"
	case exactPlace, exactFormerPlace:
		reason += ", at the same postcode"
	case fuzzy:
		reason += ", a name like it"
	}
	if m.name != e.Name {
		reason += "; it has also been " + m.name
	}
	if !m.live {
		reason += "; it has ended"
	}
	return reason
}

// enter makes a unit of an entry.
func (c *comparer) enter(e *Entry, published string) int32 {
	n := c.r.parse(published)
	n.cut = false
	known := len(c.v.text)
	c.v.take(n.words)
	c.v.take(n.also)
	for id := known; id < len(c.v.text); id++ {
		c.v.rarity = append(c.v.rarity, c.v.rarityOf(int32(c.r.common[c.v.text[id]]), c.v.all))
	}
	u := e.unit(n, c.v)
	u.key = fmt.Sprintf("\xff%s %s %s", e.Register, e.Number, key(n))
	c.units = append(c.units, u)
	return int32(len(c.units) - 1)
}
