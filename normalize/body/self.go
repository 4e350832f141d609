package body

import (
	"regexp"
	"slices"

	"commonspend/schemas"
)

// self is the publisher, as it is looked at for every entity.
type self struct {
	id     string // what stands for it where the register does not know it
	body   int32  // -1 where the register does not know it
	kind   string
	known  bool       // by the body id it came with
	claims []claim    // the bodies that its name may be, where it came with no id
	names  [][]string // words of each name it goes by
	keys   []string   // what it is found by besides its name: its kind and place
	shorts []string   // its names of one word, and initials of three letters or more
}

// self is made once for a publisher, and kept.
func (r *Register) self(p Publisher) self {
	if held, ok := r.selves.Load(p); ok {
		return held.(self)
	}
	s := r.newSelf(p)
	r.selves.Store(p, s)
	return s
}

func (r *Register) newSelf(p Publisher) self {
	s := self{id: schemas.Publisher{ID: p.ID, BodyID: p.Body}.Body(), body: -1}
	if n, ok := r.index[p.Body]; ok && p.Body != "" {
		s.body, s.known = n, true
	} else if p.Body == "" && p.Name != "" {
		s.claims = r.find(s, p.Name, words(p.Name)).claims
		if len(s.claims) > 0 {
			s.body = s.claims[0].body
		}
	}
	s.call(p.Name)
	if s.body >= 0 {
		s.kind = r.bodies[s.body].Kind
		s.call(r.bodies[s.body].Name)
		s.keys = kindKeys(words(r.bodies[s.body].Name), r.bodies[s.body])
	}
	s.names = append(s.names, words(p.ID))
	if s.kind != "council" { // "anytown" is a place: not all that begins with it is the council
		s.shorts = append(s.shorts, r.short[r.id(s.body)]...)
		if id := words(p.ID); len(id) == 1 {
			s.shorts = append(s.shorts, id[0])
		}
	}
	return s
}

// call enters a name that the publisher goes by.
func (s *self) call(name string) {
	list := words(name)
	if len(list) == 0 {
		return
	}
	s.names = append(s.names, list)
	all, telling := initials(name)
	for _, short := range []string{all, telling} {
		if len(short) > 2 && !slices.Contains(s.shorts, short) {
			s.shorts = append(s.shorts, short)
		}
	}
}

func (r *Register) id(n int32) string {
	if n < 0 {
		return ""
	}
	return r.bodies[n].ID
}

// is reports whether the entity is the publisher by name.
func (s self) is(list []string) bool {
	key := bag(list)
	return slices.ContainsFunc(s.names, func(name []string) bool { return bag(name) == key })
}

// government reports whether a narrow name may be read as the body: the
// publisher is a government body too, or the one is of the other's family, or
// the publisher is not known at all.
func (s self) government(r *Register, n int32) bool {
	if s.body < 0 {
		return true
	}
	switch s.kind {
	case "department", "agency":
		return true
	}
	return r.related(s.body, n)
}

// general are words that a name may leave out and still be short for another.
var general = set("nhs trust foundation council city county borough metropolitan district london royal department agency office limited ccg icb")

// shortened says why an entity is the publisher by a shorter name, "" if it is not.
func (s self) shortened(list []string) string {
	if len(list) == 1 && slices.Contains(s.shorts, list[0]) {
		return "the entity is the publisher's short name or initials"
	}
	telling := without(list, general)
	for _, name := range s.names {
		rest := without(name, general)
		if len(telling) > 0 && (bag(telling) == bag(rest) || len(telling) > 1 && within(telling, rest)) && within(list, name) {
			return "the entity is the publisher's name, shortened"
		}
	}
	return ""
}

// code is a run of digits as cost centres and accounts have them.
var code = regexp.MustCompile(`\d{5,}`)

// part says, with its confidence, why an entity is part of the publisher.
func (r *Register) part(s self, entity string, list []string) (sure float64, why string) {
	if slices.ContainsFunc(list, func(w string) bool { return r.units[w] == "firm" }) {
		return 0, ""
	}
	if s.begins(list) {
		return 0.85, "the entity begins with the publisher's name"
	}
	rest := slices.DeleteFunc(slices.Clone(list), func(w string) bool { return slices.Contains(s.shorts, w) })
	units := r.all(rest, "part", "end") || r.all(rest, "same")
	switch {
	case len(list) == 0:
		return 0, ""
	case len(rest) < len(list) && units:
		return 0.85, "the entity is the publisher's short name with words that name a part of it"
	case slices.Contains(s.shorts, list[0]):
		return 0.7, "the entity begins with the publisher's short name or initials"
	case s.body < 0: // what is no public body has no parts that are
		return 0, ""
	case units:
		return 0.6, "the entity's words name a part of a body, and no other body"
	case r.units[list[len(list)-1]] == "end":
		return 0.6, "the entity's last word names a part of a body, and the name is no other body's"
	case s.kind == "council" && slices.ContainsFunc(list, func(w string) bool { return r.units[w] == "place" }):
		return 0.6, "the entity's words name a place such as councils run, and no other body"
	case s.kind == "council" && code.MatchString(entity):
		return 0.5, "the entity looks like an account of the publisher's, and is no other body"
	}
	return 0, ""
}

// all reports whether every word is one of the rules' words of these kinds.
func (r *Register) all(list []string, kinds ...string) bool {
	return !slices.ContainsFunc(list, func(w string) bool { return !slices.Contains(kinds, r.units[w]) })
}

// begins reports whether a longer name begins with the publisher's, as it is
// or by kind and place: "Anyshire CC - Hillside".
func (s self) begins(list []string) bool {
	if slices.ContainsFunc(s.names, func(name []string) bool {
		return len(name) > 1 && len(list) > len(name) && slices.Equal(list[:len(name)], name)
	}) {
		return true
	}
	for i := 2; i < len(list); i++ {
		if slices.ContainsFunc(saidKeys(list[:i]), func(key string) bool { return slices.Contains(s.keys, key) }) {
			return true
		}
	}
	return false
}

// own answers with the publisher, day by day: what it was, or what took over;
// itself with little confidence where the register says that it was not there.
func (r *Register) own(s self, sure float64, method, why string) []Span {
	if s.body < 0 {
		return []Span{{From: schemas.NoDate, To: schemas.NoDate, Body: s.id, Confidence: round(0.8 * sure), Method: method,
			Reason: why + "; the register does not know it", Version: r.version}}
	}
	if !s.known {
		return r.namedOwn(s, sure, method, why)
	}
	return r.spans([]int32{s.body}, func(day schemas.Date) Span { return r.ownAt(s.body, day, sure, method, why) })
}

func (r *Register) ownAt(n int32, day schemas.Date, sure float64, method, why string) Span {
	b := r.bodies[n]
	heir := r.heir(n, day)
	switch {
	case heir == n:
		return Span{Body: b.ID, Confidence: round(sure), Method: method, Reason: why}
	case heir >= 0:
		return Span{Body: r.bodies[heir].ID, Confidence: round(0.7 * sure), Method: method,
			Reason: why + "; " + b.Name + " ended on " + b.To.String() + " and " + r.bodies[heir].Name + " took over"}
	}
	return Span{Body: b.ID, Confidence: round(0.5 * sure), Method: method, Reason: why + "; but " + outside(b, day)}
}

// namedOwn answers for a publisher that is known by its name alone: its name
// may have been one body's and then another's.
func (r *Register) namedOwn(s self, sure float64, method, why string) []Span {
	bodies := make([]int32, len(s.claims))
	for i, c := range s.claims {
		bodies[i] = c.body
	}
	return r.spans(bodies, func(day schemas.Date) Span {
		live := r.living(self{body: -1}, s.claims, day)
		if len(live) == 0 {
			return r.ownAt(s.body, day, sure*s.claims[0].confidence, method, why)
		}
		if len(live) > 1 && live[0].confidence == live[1].confidence && live[0].heir != live[1].heir {
			return Span{Body: s.id, Confidence: round(0.5 * sure), Method: method,
				Reason: why + "; its name could be " + r.bodies[live[0].heir].Name + " or " + r.bodies[live[1].heir].Name}
		}
		best := live[0]
		return Span{Body: r.bodies[best.heir].ID, Confidence: round(sure * best.confidence), Method: method,
			Reason: why + "; its name is in the register (" + best.method + ")"}
	})
}
