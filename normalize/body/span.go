package body

import (
	"fmt"
	"math"
	"slices"

	"commonspend/schemas"
)

// Span is the answer from one day to another, both included; NoDate is open.
// Body is "" where it is not known.
type Span struct {
	From, To        schemas.Date
	Body            string
	Reported        bool    // the publisher neither is that body nor answers for it: see answers
	Confidence      float64 // 0 to 1; 0 where the body is not known
	Method          string  // id, exact name, normalised name, alias, family, spelling, publisher, part of publisher, unknown
	Reason, Version string
}

// At is the answer of one day. For NoDate, a payment without a date, it is the
// answer of all days where they agree on the body, else unknown.
func At(spans []Span, day schemas.Date) Span {
	for _, s := range spans {
		if day != schemas.NoDate && (s.From == schemas.NoDate || s.From <= day) && (s.To == schemas.NoDate || day <= s.To) {
			return s
		}
	}
	least := spans[0]
	for _, s := range spans[1:] {
		if s.Body != least.Body {
			return Span{From: schemas.NoDate, To: schemas.NoDate, Method: "unknown", Version: s.Version,
				Reason: "the payment has no date, and the name is another body's at another time"}
		}
		if s.Confidence < least.Confidence {
			least = s
		}
	}
	return least
}

// beginning is a day before all others.
const beginning schemas.Date = math.MinInt32 + 1

// spans answers for every date: answer is asked on each day on which the
// answer may change.
func (r *Register) spans(bodies []int32, answer func(day schemas.Date) Span) []Span {
	days := r.turns(bodies)
	var out []Span
	for i, day := range days {
		s := answer(day)
		s.From, s.To, s.Version = day, schemas.NoDate, r.version
		if day == beginning {
			s.From = schemas.NoDate
		}
		if i+1 < len(days) {
			s.To = days[i+1] - 1
		}
		if last := len(out) - 1; last >= 0 && same(out[last], s) {
			out[last].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// turns are the first of all days, and those on which one of the bodies, or of
// those that took over from it, begins or is there no more.
func (r *Register) turns(bodies []int32) []schemas.Date {
	days := []schemas.Date{beginning}
	seen := map[int32]bool{}
	var visit func(n int32)
	visit = func(n int32) {
		if seen[n] {
			return
		}
		seen[n] = true
		b := r.bodies[n]
		if b.From != schemas.NoDate {
			days = append(days, b.From)
		}
		if b.To != schemas.NoDate {
			days = append(days, b.To+1)
		}
		for _, next := range b.SucceededBy {
			if i, ok := r.index[next]; ok {
				visit(i)
			}
		}
	}
	for _, n := range bodies {
		visit(n)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func same(a, b Span) bool {
	return a.Body == b.Body && a.Reported == b.Reported && a.Confidence == b.Confidence && a.Method == b.Method && a.Reason == b.Reason
}

// heir follows a body that had ended by the day to the one that took over, as
// long as there is but one. It returns -1 where there is none on that day.
func (r *Register) heir(n int32, day schemas.Date) int32 {
	for range 8 { // more than any body was ever followed by; a ring of successors ends here
		b := r.bodies[n]
		if b.At(day) {
			return n
		}
		if b.To == schemas.NoDate || day <= b.To || len(b.SucceededBy) != 1 {
			return -1
		}
		next, ok := r.index[b.SucceededBy[0]]
		if !ok {
			return -1
		}
		n = next
	}
	return -1
}

// outside says why a body is not the answer on a day.
func outside(b schemas.Body, day schemas.Date) string {
	if b.From != schemas.NoDate && day < b.From {
		return fmt.Sprintf("%s began on %s", b.Name, b.From)
	}
	if len(b.SucceededBy) > 1 {
		return fmt.Sprintf("%s ended on %s, and more than one body took over", b.Name, b.To)
	}
	return fmt.Sprintf("%s ended on %s, and the register names no body that took over", b.Name, b.To)
}
