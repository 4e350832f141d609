package receipt

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"commonspend/schemas"
)

// finding is all issues of one kind in the file.
type finding struct {
	Kind     schemas.IssueKind
	Severity string // error warning note
	Sentence string
	Who, Fix string
	Count    int
	Located  int // of them; the others are counted only
	receipt  *Receipt
}

// Severe is the severity as the beginning of a sentence.
func (f finding) Severe() string { return strings.ToUpper(f.Severity[:1]) + f.Severity[1:] }

// Advice says who should act, and how.
func (f finding) Advice() string {
	switch {
	case f.Who != "publisher":
		return "Nothing for you to do."
	case f.Fix == "":
		return ""
	}
	return "You: " + strings.ToLower(f.Fix[:1]) + f.Fix[1:] + "."
}

// found reports whether there is more to tell than the reason of a refusal: a
// table, or payments.
func (r *Receipt) found() bool {
	return r.Outcome != schemas.OutcomeRefuse ||
		slices.ContainsFunc(r.Tables, func(t Table) bool { return len(t.columns) > 0 })
}

// findings lists the kinds of issues, the gravest first.
func (r *Receipt) findings() []finding {
	if !r.found() {
		return nil
	}
	counts, located := map[schemas.IssueKind]int{}, map[schemas.IssueKind]int{}
	for i := range r.Tables {
		for k, n := range r.Tables[i].IssueCounts {
			counts[k] += n
		}
		for _, at := range r.Tables[i].located {
			located[at.kind]++
		}
	}
	var out []finding
	for k, n := range counts {
		words := r.words.kindOf(k)
		out = append(out, finding{k, words.severity, words.sentence(n), words.who, words.fix, n, located[k], r})
	}
	grave := map[string]int{"error": 0, "warning": 1, "note": 2}
	slices.SortFunc(out, func(a, b finding) int {
		return cmp.Or(grave[a.Severity]-grave[b.Severity], r.words.kindOf(a.Kind).order-r.words.kindOf(b.Kind).order,
			strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return out
}

// spot is where one issue of a finding is.
type spot struct{ Sheet, Place, Value, Message string }

// spots yields where they are, in the file's order, from one on and up to another.
func (f finding) spots(from, to int) iter.Seq[spot] {
	return func(yield func(spot) bool) {
		n := 0
		for i := range f.receipt.Tables {
			t := &f.receipt.Tables[i]
			for _, at := range t.located {
				if at.kind != f.Kind {
					continue
				}
				if n++; n > to || n > from && !yield(f.receipt.spot(t, at)) {
					return
				}
			}
		}
	}
}

func (r *Receipt) spot(t *Table, at located) spot {
	s := spot{Value: at.value, Message: r.words.message(t, at)}
	if at.kind == "encoding_not_utf8" {
		s.Value = encodingWords(at.value)
	}
	if at.row > 0 || at.column > 0 {
		s.Place = place(at.row, at.column)
	}
	if len(r.Tables) > 1 {
		s.Sheet = schemas.Cut(60, t.Name())
	}
	return s
}

// words is a place and what stands there: "row 12, column D “1241,32” (sheet
// “April”)".
func (s spot) words() string {
	var parts []string
	if s.Place != "" {
		parts = append(parts, strings.ToLower(s.Place[:1])+s.Place[1:])
	}
	if strings.TrimSpace(s.Value) != "" {
		parts = append(parts, "“"+schemas.Cut(40, s.Value)+"”")
	}
	if s.Sheet != "" && s.Sheet != s.Value {
		parts = append(parts, "(sheet “"+schemas.Cut(40, s.Sheet)+"”)")
	}
	return strings.Join(parts, " ")
}
