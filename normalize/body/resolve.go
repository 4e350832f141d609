package body

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"commonspend/schemas"
)

// Publisher is who published the payments. Body is its id in the register, ""
// where the publisher is known by its name alone.
type Publisher struct{ ID, Name, Body string }

// found is what a name was found to be, before dates are looked at.
type found struct {
	claims     []claim
	confidence float64 // what to multiply the claims' with
	how        string  // what was done to the name, for the reason: "", "by its part …"
}

// Resolve says which body paid, for every date, where the publisher names the
// entity so; "" where it names none. Each distinct entity needs asking once.
func (r *Register) Resolve(p Publisher, entity string) []Span {
	entity = strings.Join(strings.Fields(entity), " ")
	self := r.self(p)
	if entity == "" {
		return r.own(self, 1, "publisher", "no entity is named, so the publisher paid")
	}
	if n, ok := r.index[entity]; ok {
		return r.named(self, entity, found{claims: []claim{{body: n, from: schemas.NoDate, to: schemas.NoDate, method: "id", confidence: 1}}, confidence: 1})
	}
	list := words(entity)
	if self.is(list) {
		return r.own(self, 0.99, "publisher", "the entity is the publisher by name")
	}
	if f := r.find(self, entity, list); len(f.claims) > 0 {
		return r.named(self, entity, f)
	}
	if why := self.shortened(list); why != "" {
		return r.own(self, 0.9, "publisher", why)
	}
	if f := r.parts(self, entity, list); len(f.claims) > 0 && f.claims[0].body != self.body {
		return r.named(self, entity, f)
	} else if len(f.claims) > 0 {
		return r.twice(self, list)
	}
	if sure, why := r.part(self, entity, list); why != "" {
		return r.own(self, sure, "part of publisher", why)
	}
	if f := r.spelt(self, list); len(f.claims) > 0 {
		return r.named(self, entity, f)
	}
	return r.unknown("no body of the register goes by this name, and nothing in it says that it is part of the publisher")
}

func (r *Register) unknown(reason string) []Span {
	return []Span{{From: schemas.NoDate, To: schemas.NoDate, Method: "unknown", Reason: reason, Version: r.version}}
}

// find looks a whole name up: by all its words, then by its kind and place.
func (r *Register) find(self self, entity string, list []string) found {
	var claims []claim
	for _, key := range append([]string{bag(list)}, saidKeys(list)...) {
		for _, c := range r.names[key] {
			if c.narrow && !self.government(r, c.body) || c.tiers != "" && against(list, c.tiers) ||
				slices.ContainsFunc(claims, func(held claim) bool { return held.body == c.body }) {
				continue
			}
			if c.method == "normalised name" && strings.EqualFold(entity, r.bodies[c.body].Name) {
				c.method, c.confidence = "exact name", 0.99
			}
			claims = append(claims, c)
		}
	}
	return found{claims: claims, confidence: 1}
}

// between cuts a name where publishers join a short form, or a part, to it.
var between = regexp.MustCompile(`\s+[-–:]\s*|[-–:]\s+|\s*[()/|]\s*`)

// parts looks up what a name is made of: "RIA - Reservoir Inspection Agency",
// "RIA Reservoir Inspection Agency". All that is found must be one body.
func (r *Register) parts(self self, entity string, list []string) found {
	pieces := between.Split(entity, -1)
	if len(pieces) == 1 && len(list) > 2 {
		head, tail, _ := strings.Cut(entity, " ")
		all, telling := initials(tail)
		if h := strings.ToLower(head); h != all && h != telling {
			return found{}
		}
		pieces = []string{tail}
	}
	var best found
	for _, piece := range pieces {
		f := r.find(self, piece, words(piece))
		if len(f.claims) == 0 {
			continue
		}
		if len(best.claims) > 0 && best.claims[0].body != f.claims[0].body {
			if self.government(r, f.claims[0].body) == self.government(r, best.claims[0].body) {
				return found{}
			}
			continue
		}
		if len(best.claims) == 0 || f.claims[0].confidence > best.claims[0].confidence {
			best = found{f.claims, 0.95, fmt.Sprintf(" by its part %q", piece)}
		}
	}
	return best
}

// twice answers for an entity of which a part is the publisher's name: the
// rest is a short form of it, or names a part of the publisher.
func (r *Register) twice(self self, list []string) []Span {
	rest := list
	for _, name := range append(slices.Clone(self.names), self.shorts) {
		rest = slices.DeleteFunc(slices.Clone(rest), func(w string) bool { return slices.Contains(name, w) })
	}
	if len(rest) == 0 {
		return r.own(self, 0.97, "publisher", "the entity is the publisher's name and its short form")
	}
	return r.own(self, 0.85, "part of publisher", "the entity is the publisher's name with more beside it")
}

// spelt finds a body of the publisher's family whose name is the same but for
// a letter in a word or two: "Resevoir Inspection Agency".
func (r *Register) spelt(self self, list []string) found {
	if self.body < 0 || len(list) < 2 {
		return found{}
	}
	for _, n := range r.relatives(self.body) {
		for _, name := range r.namesOf(n) {
			if misspelt(list, name) {
				return found{[]claim{{body: n, from: schemas.NoDate, to: schemas.NoDate, method: "spelling", confidence: 0.85}}, 1, ""}
			}
		}
	}
	return found{}
}

func misspelt(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	wrong := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		if wrong++; wrong > 2 || len(a[i]) < 6 || !near(a[i], b[i]) {
			return false
		}
	}
	return wrong > 0 && len(a) > wrong
}

// named answers with the bodies that claim a name, day by day.
func (r *Register) named(self self, entity string, f found) []Span {
	bodies := make([]int32, len(f.claims))
	for i, c := range f.claims {
		bodies[i] = c.body
	}
	return r.spans(bodies, func(day schemas.Date) Span { return r.choose(self, entity, f, day) })
}

// choose is the answer of one day: of the bodies that lived then, the one with
// the best claim; a body that had ended is followed to the one that took over.
func (r *Register) choose(self self, entity string, f found, day schemas.Date) Span {
	live := r.living(self, f.claims, day)
	if len(live) == 0 {
		return Span{Method: "unknown", Reason: outside(r.bodies[f.claims[0].body], day)}
	}
	best := live[0]
	for _, c := range live[1:] {
		if c.confidence == best.confidence && c.heir != best.heir {
			return Span{Method: "unknown", Reason: fmt.Sprintf("the name could be %s or %s", r.bodies[best.heir].Name, r.bodies[c.heir].Name)}
		}
	}
	b := r.bodies[best.heir]
	if b.Kind == "department" && strings.HasPrefix(self.kind, "nhs ") {
		return r.ownAt(self.body, day, 0.6, "publisher", "the entity names a department, which is the family that the publisher is of")
	}
	s := Span{Body: b.ID, Reported: !r.answers(self, best.heir), Confidence: round(best.confidence * f.confidence), Method: best.method, Reason: r.because(best, f, b)}
	if best.family && len(live) > 1 {
		s.Method = "family"
	}
	if s.Reported {
		s.Reason += "; the publisher does not answer for it, so this is what another reports of it"
	}
	return s
}

func (r *Register) because(best lived, f found, b schemas.Body) string {
	old := r.bodies[best.body]
	reason := map[string]string{
		"id":              "the entity is given by the body's own code",
		"exact name":      "the entity is the body's name in the register",
		"normalised name": "the entity is the body's name in the register, but for order, short forms and words that say its kind",
		"alias":           "the entity is a name that " + old.Name + " goes by",
		"spelling":        "the entity is the name of " + old.Name + ", of the publisher's family, but for a letter",
	}[best.method] + f.how
	if best.family && best.method != "spelling" {
		reason += "; it is of the publisher's family"
	}
	if best.heir != best.body {
		reason += fmt.Sprintf("; %s ended on %s and %s took over", old.Name, old.To, b.Name)
	}
	return reason
}

// round keeps three decimals, as the warehouse does.
func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }
