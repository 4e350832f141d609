package category

import (
	"cmp"
	"slices"
)

// Card is what a model says of itself: what it learnt from and how it did in
// cross-validation, where no payee judged is a payee learnt from.
type Card struct {
	Data       string    `json:"data"` // SHA-256 of the training lines as read
	Measured   string    `json:"measured"`
	Limits     []string  `json:"limits"`
	Lines      int       `json:"lines"`
	Classes    int       `json:"classes"`
	Threshold  float64   `json:"threshold"`
	Scope      float64   `json:"scope_right"`
	Curve      []Answers `json:"division_right_by_share_answered"`
	ByDivision []Tally   `json:"by_division"`
	ByScope    []Tally   `json:"by_scope"`
}

const measured = "five-fold cross-validation grouped by payee, on the training lines whose reader was sure or fairly sure; a procurement line taken for another scope counts as answered last"

var limits = []string{
	"One reader labelled each training line: a label is right 19 times in 20 (h) or 3 in 4 (m).",
	"English, UK bodies of 2010 to 2025; central, NHS and 16 local publishers. Parishes, police and devolved bodies are few.",
	"What a supplier of several trades sold in a line whose words do not say is a guess; it abstains.",
	"What an NHS commissioner pays an NHS provider is called a transfer, as the guide has it; surgeries' rent is rent and rates are tax, as later rulings have it.",
	"Divisions with fewer than 20 training lines (14, 16, 19, 43, 51, 76) are seldom found.",
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
func (m *Model) card(lines []Labelled, verdicts []verdict) {
	scopes, divisions := map[string]*Tally{}, map[string]*Tally{}
	var answered []outcome
	right, all := 0, 0
	for i, v := range verdicts {
		line := &lines[i]
		if line.Confidence == "l" {
			continue
		}
		all++
		if count(scopes, line.Scope, v.scope) {
			right++
		}
		if line.Scope == Procurement && line.Division != "" {
			share := v.divisionShare
			if v.scope != Procurement {
				share = 0
			}
			answered = append(answered, outcome{share, count(divisions, line.Division, v.division), 1})
		}
	}
	m.Card = Card{Measured: measured, Limits: limits, Lines: len(lines), Classes: len(m.classes.names), Threshold: m.threshold,
		Curve: curve(answered), ByDivision: tallies(divisions), ByScope: tallies(scopes)}
	if all > 0 {
		m.Card.Scope = round(float64(right) / float64(all))
	}
}

func count(all map[string]*Tally, labelled, answered string) bool {
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
	return labelled == answered
}

func tallies(all map[string]*Tally) []Tally {
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
	for percent := 50; percent <= 100; percent += 10 {
		n, right := len(answers)*percent/100, 0
		for _, a := range answers[:n] {
			if a.right {
				right++
			}
		}
		if n > 0 {
			points = append(points, Answers{float64(percent) / 100, round(float64(right) / float64(n))})
		}
	}
	return points
}
