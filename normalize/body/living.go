package body

import (
	"slices"

	"commonspend/schemas"
)

// lived is a claim on a day: heir is the body itself, or the one that had
// taken over by then.
type lived struct {
	claim
	heir   int32
	family bool
}

// living are the claims that hold on a day, best first. A body of its own day
// beats one that took over; the publisher's family beats others; a name that
// was the body's own on that day beats one from another time.
func (r *Register) living(self self, claims []claim, day schemas.Date) []lived {
	var own, taken []lived
	for _, c := range claims {
		heir := r.heir(c.body, day)
		if heir < 0 {
			continue
		}
		l := lived{c, heir, self.body >= 0 && r.related(self.body, c.body)}
		if !(schemas.Body{From: c.from, To: c.to}).At(day) {
			l.confidence -= 0.05
		}
		if heir == c.body {
			own = append(own, l)
			continue
		}
		l.confidence *= 0.8
		taken = append(taken, l)
	}
	if len(own) == 0 {
		own = taken
	}
	if slices.ContainsFunc(own, func(l lived) bool { return l.family }) {
		own = slices.DeleteFunc(own, func(l lived) bool { return !l.family && l.confidence < 0.99 })
	}
	slices.SortStableFunc(own, func(a, b lived) int { return before(a, b, self.body) })
	if len(own) > 1 && own[0].heir == self.body {
		return own[:1]
	}
	return own
}

// before orders claims: the surer first, and of those the publisher's own.
func before(a, b lived, publisher int32) int {
	switch {
	case a.confidence > b.confidence:
		return -1
	case a.confidence < b.confidence:
		return 1
	case a.heir == publisher:
		return -1
	case b.heir == publisher:
		return 1
	}
	return 0
}

// related reports whether two bodies are one, one answers to the other, or
// both answer to a third.
func (r *Register) related(a, b int32) bool {
	x, y := r.bodies[a], r.bodies[b]
	return a == b || x.Parent == y.ID || y.Parent == x.ID || x.Parent != "" && x.Parent == y.Parent
}

// relatives are a body and all it is related to.
func (r *Register) relatives(n int32) []int32 {
	b := r.bodies[n]
	list := append([]int32{n}, r.family[b.ID]...)
	if b.Parent != "" {
		if p, ok := r.index[b.Parent]; ok {
			list = append(list, p)
		}
		list = append(list, r.family[b.Parent]...)
	}
	return list
}

// namesOf are the words of a body's own name and of its longer aliases.
func (r *Register) namesOf(n int32) [][]string {
	return append([][]string{words(r.bodies[n].Name)}, r.called[n]...)
}
