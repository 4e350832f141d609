package body

import (
	"slices"
	"strings"
)

// Reports says of a body that somebody holds an entity to be, whatever Resolve
// makes of it, whether its lines are what the publisher reports of another: the
// entity is not the publisher itself, and the publisher does not answer for the
// body. "" is no body, and nothing is reported of it.
func (r *Register) Reports(p Publisher, entity, body string) bool {
	n, ok := r.index[body]
	self, list := r.self(p), words(entity)
	return ok && strings.TrimSpace(entity) != "" && !self.is(list) && !r.answers(self, n)
}

// answers reports whether a publisher's payments for a body are that body's
// own account: it is the body, was it or became it, or is of its family. Else
// they are what others report of the body, as a list of sales to it does, and
// the same may stand in what the body publishes itself. A department also
// answers for an agency of which the register does not know whose it is.
func (r *Register) answers(s self, n int32) bool {
	own := []int32{s.body}
	for _, c := range s.claims {
		own = append(own, c.body)
	}
	line := r.line(n)
	for _, of := range own {
		if of >= 0 && (slices.ContainsFunc(line, func(m int32) bool { return r.related(of, m) }) ||
			slices.ContainsFunc(r.line(of), func(m int32) bool { return r.related(m, n) })) {
			return true
		}
	}
	return s.kind == "department" && r.bodies[n].Kind == "agency" &&
		!slices.ContainsFunc(line, func(m int32) bool { return r.bodies[m].Parent != "" })
}

// line are a body, those that took over from it, one after the other, and
// those that it took over from.
func (r *Register) line(n int32) []int32 {
	heirs := r.follow(n, func(m int32) (next []int32) {
		for _, id := range r.bodies[m].SucceededBy {
			if i, ok := r.index[id]; ok {
				next = append(next, i)
			}
		}
		return next
	})
	return append(heirs, r.follow(n, func(m int32) []int32 { return r.before[r.bodies[m].ID] })[1:]...)
}

// follow lists a body and all that next leads to from it, each once.
func (r *Register) follow(n int32, next func(int32) []int32) []int32 {
	list := []int32{n}
	for i := 0; i < len(list); i++ {
		for _, m := range next(list[i]) {
			if !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	return list
}
