package category

import (
	"cmp"
	"slices"
	"strings"
)

// Card is what a model says of itself: what it learnt from and how it did in
// cross-validation.
type Card struct {
	Data       string     `json:"data"` // SHA-256 of the training lines as read
	Made       string     `json:"made"` // the date of the training lines' labels
	Measured   string     `json:"measured"`
	Limits     []string   `json:"limits"`
	Lines      int        `json:"lines"`
	Classes    int        `json:"classes"`
	Threshold  float64    `json:"threshold"`
	Enough     float64    `json:"procurement_from"`
	Crossed    []Crossing `json:"cross_validation"`
	ByDivision []Tally    `json:"by_division"`
	ByScope    []Tally    `json:"by_scope"`
}

// Crossing is how a model did in one cross-validation, on one lot of lines.
type Crossing struct {
	Grouped   string    `json:"grouped_by"`
	Labelled  string    `json:"labelled_by"`
	Lines     int       `json:"lines"`
	Scope     float64   `json:"scope_right"`
	Found     float64   `json:"not_procurement_found"`
	Precise   float64   `json:"not_procurement_right"`
	Divisions []Answers `json:"division_right_by_share_answered"`
}

const (
	made     = "2026-11"
	measured = "five folds, on the training lines whose reader was sure or fairly sure; grouped by payee, and by publisher with the fold's payees taken out of all others; lines labelled by the rulings as last settled, which are judged by and set the thresholds, and lines labelled from the guide alone, apart; a procurement line taken for another scope counts as answered last; the tallies are by payee, on lines of the rulings as last settled"
)

var limits = []string{
	"One reader labelled each training line: a label is right 19 times in 20 (h) or 3 in 4 (m).",
	"English, UK bodies of 2010 to 2025; central, NHS and 16 local publishers. Parishes, police and devolved bodies are few.",
	"What a supplier of several trades sold in a line whose words do not say is a guess; it abstains.",
	"It judges by the rulings as last settled (shared staff and recharges between NHS bodies are transfers, named services procurement), but for what the guide says plainly: what an NHS commissioner pays an NHS provider is a transfer; the training lines labelled from the guide alone bear marks that take up the difference.",
	"The rules were written by people who knew names and ledger words of the training lines: by payee, and for publishers outside the corpus, cross-validation is kinder than what is new.",
}

// Answers is one point of the curve of answers right by answers given.
type Answers struct {
	Share float64 `json:"share"`
	Right float64 `json:"right"`
}

// Tally counts one class: lines labelled so, answered so, and both.
type Tally struct {
	Class    string `json:"class"`
	Labelled int    `json:"labelled"`
	Answered int    `json:"answered"`
	Right    int    `json:"right"`
}

// card scores the lines labelled h or m.
func (m *Model) card(lines []Labelled, byPublisher []verdict) {
	m.Card = Card{Made: made, Measured: measured, Limits: append(slices.Clone(limits), fewLines(lines)), Lines: len(lines),
		Classes: len(m.classes.names), Threshold: m.threshold, Enough: m.enough}
	m.cross("publisher", lines, byPublisher)
}

// fewLines names the divisions that have too few training lines to be learnt.
func fewLines(lines []Labelled) string {
	count := map[string]int{}
	for i := range lines {
		if lines[i].Scope == Procurement && lines[i].Division != "" {
			count[lines[i].Division]++
		}
	}
	var few []string
	for division, n := range count {
		if n < 20 {
			few = append(few, division)
		}
	}
	slices.Sort(few)
	return "Divisions with fewer than 20 training lines (" + strings.Join(few, ", ") + ") are seldom found."
}

// cardByPayee adds how it did with payees it had not met.
func (m *Model) cardByPayee(lines []Labelled, byPayee []verdict) {
	m.cross("payee", lines, byPayee)
	m.Card.ByScope, m.Card.ByDivision = m.tallies(lines, byPayee)
}

func (m *Model) cross(grouped string, lines []Labelled, verdicts []verdict) {
	for _, guide := range []bool{false, true} {
		s := m.crossing(lines, verdicts, guide)
		s.Grouped, s.Labelled = grouped, "the rulings as last settled"
		if guide {
			s.Labelled = "the guide alone"
		}
		m.Card.Crossed = append(m.Card.Crossed, s)
	}
}

func (m *Model) crossing(lines []Labelled, verdicts []verdict, guide bool) Crossing {
	var answered []outcome
	var all, right, other, said, both int
	for i, v := range verdicts {
		line := &lines[i]
		if line.Confidence == "l" || line.Guide != guide {
			continue
		}
		scope, _ := v.scope(m.enough)
		all += 1
		right += one(scope == line.Scope)
		other += one(line.Scope != Procurement)
		said += one(scope != Procurement)
		both += one(scope != Procurement && line.Scope != Procurement)
		if line.Scope == Procurement && line.Division != "" {
			share := v.divisionShare
			if scope != Procurement {
				share = 0
			}
			answered = append(answered, outcome{share, v.division == line.Division, 1})
		}
	}
	return Crossing{Lines: all, Scope: portion(right, all), Found: portion(both, other), Precise: portion(both, said), Divisions: curve(answered)}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// portion is a share; of nothing, nought.
func portion(some, all int) float64 { return round(float64(some) / float64(max(all, 1))) }

func (m *Model) tallies(lines []Labelled, verdicts []verdict) (byScope, byDivision []Tally) {
	scopes, divisions := map[string]*Tally{}, map[string]*Tally{}
	for i, v := range verdicts {
		line := &lines[i]
		if line.Confidence == "l" || line.Guide {
			continue
		}
		scope, _ := v.scope(m.enough)
		count(scopes, line.Scope, scope)
		if line.Scope == Procurement && line.Division != "" {
			count(divisions, line.Division, v.division)
		}
	}
	return sorted(scopes), sorted(divisions)
}

func count(all map[string]*Tally, labelled, answered string) {
	for _, class := range []string{labelled, answered} {
		if all[class] == nil {
			all[class] = &Tally{Class: class}
		}
	}
	all[labelled].Labelled++
	all[answered].Answered++
	if labelled == answered {
		all[labelled].Right++
	}
}

func sorted(all map[string]*Tally) []Tally {
	var list []Tally
	for _, tally := range all {
		list = append(list, *tally)
	}
	slices.SortFunc(list, func(a, b Tally) int { return cmp.Compare(a.Class, b.Class) })
	return list
}

// curve gives how many of the surest 50 to 100 % of answers are right.
func curve(answers []outcome) []Answers {
	slices.SortStableFunc(answers, func(a, b outcome) int { return cmp.Compare(b.share, a.share) })
	var points []Answers
	for percent := 50; percent <= 100; percent += 5 {
		n, right := len(answers)*percent/100, 0
		for _, a := range answers[:n] {
			right += one(a.right)
		}
		if n > 0 {
			points = append(points, Answers{float64(percent) / 100, portion(right, n)})
		}
	}
	return points
}
