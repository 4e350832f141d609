package comparison

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"commonspend/compare/indicator"
	"commonspend/compare/peer"
	"commonspend/schemas"
)

// set is the bodies, months, threshold and VAT basis that are like for like.
type set struct {
	request  Request
	group    *peer.Group
	holdings map[string]holding
	duty     string
	own      []schemas.Date // the months that the body itself holds
	months   []schemas.Date // those of them that all hold
	vat      string
	peers    []peer.Candidate
	leftOut  []peer.LeftOut

	threshold int64
	values    map[string]any        // what the queries are bound to
	absent    map[string]string     // why an indicator is withheld from all, by its id
	years     map[string]int        // of the denominators, by measure
	asked     []indicator.Indicator // that can be computed
	sql       indicator.Set         // bodies and months, as the queries take them
	prices    map[bool]int64        // the price index: true for the period's year, false for the one before
}

// newSet begins with the body itself: its duty, months and VAT basis.
func newSet(r Request, group *peer.Group, holdings map[string]holding) (*set, error) {
	s := &set{request: r, group: group, holdings: holdings}
	mine, period := holdings[group.Body.ID], r.Period.Months()
	s.duty = mainDuty(mine, period)
	s.own = mine.months(s.duty, period)
	if len(s.own) == 0 {
		return nil, &Refusal{Sentence: fmt.Sprintf("Nothing that %s published for %s is held, so there is nothing to compare.",
			group.Body.Name, periodName(r.Period))}
	}
	if 2*len(s.own) < len(period) {
		return nil, &Refusal{Sentence: fmt.Sprintf("Only %d of the %d months of %s are held of %s: %s. At least half are needed.",
			len(s.own), len(period), periodName(r.Period), group.Body.Name, monthsName(s.own)),
			Instead: []string{"--period " + slugSpan(s.own)}}
	}
	s.vat = mine.vat(s.duty, s.own)
	if share := mine.classified(s.duty, s.own); share < leastClassified && r.Category != "" {
		return nil, &Refusal{Sentence: fmt.Sprintf("It could be told what %d %% of the pounds of %s were for in %s; under %d %% a category says little.",
			share, group.Body.Name, periodName(r.Period), leastClassified),
			Instead: []string{"--scope procurement, without a category"}}
	}
	return s, nil
}

// mainDuty is the duty under which most of the months are held; of several,
// the one with the lowest threshold, which shows most.
func mainDuty(h holding, months []schemas.Date) string {
	duties := make([]string, 0, len(h))
	for duty := range h {
		duties = append(duties, duty)
	}
	slices.SortFunc(duties, func(a, b string) int {
		return cmp.Or(
			cmp.Compare(cardLast(a), cardLast(b)),
			cmp.Compare(len(h.months(b, months)), len(h.months(a, months))),
			cmp.Compare(h.threshold(a, months), h.threshold(b, months)),
			cmp.Compare(a, b))
	})
	if len(duties) == 0 {
		return ""
	}
	return duties[0]
}

// cardLast puts card transactions last: they are a part of spending only.
func cardLast(duty string) int {
	if duty == "CARD" {
		return 1
	}
	return 0
}

// slugSpan writes the first and last of months as a period to ask for.
func slugSpan(months []schemas.Date) string {
	return slug(schemas.Period{From: months[0], To: schemas.MonthOf(months[len(months)-1]).To})
}

// choose takes peers in the group's order as long as at least two thirds of
// the body's own months remain common to all: so one gap costs a month, and a
// body with many is left out instead.
func (s *set) choose() error {
	s.months = s.own
	s.leftOut = slices.Clone(s.group.LeftOut)
	for _, candidate := range s.inOrder() {
		if s.group.Rule.Kind == "nearest" && len(s.peers) == s.group.Rule.Count {
			break
		}
		common, reason := s.accept(candidate.ID)
		if reason != "" {
			s.leftOut = append(s.leftOut, peer.LeftOut{Body: candidate.ID, Reason: reason, Name: candidate.Name})
			continue
		}
		s.months, s.peers = common, append(s.peers, candidate)
	}
	s.threshold = s.holdings[s.group.Body.ID].threshold(s.duty, s.months)
	for _, p := range s.peers {
		s.threshold = max(s.threshold, s.holdings[p.ID].threshold(s.duty, s.months))
	}
	return nil
}

// inOrder is the nearest first; under the other rules, those that hold most
// of the months first.
func (s *set) inOrder() []peer.Candidate {
	order := slices.Clone(s.group.Candidates)
	if s.group.Rule.Kind == "nearest" {
		return order
	}
	slices.SortStableFunc(order, func(a, b peer.Candidate) int {
		return cmp.Or(
			cmp.Compare(len(s.holdings[b.ID].months(s.duty, s.own)), len(s.holdings[a.ID].months(s.duty, s.own))),
			cmp.Compare(a.ID, b.ID))
	})
	return order
}

// accept returns the months that remain with the body, or why it is left out.
func (s *set) accept(id string) (common []schemas.Date, reason string) {
	h := s.holdings[id]
	present := h.months(s.duty, s.own)
	switch {
	case len(h) == 0:
		return nil, "nothing that it published for the period is held"
	case len(h[s.duty]) == 0:
		return nil, "it publishes nothing under the same duty (" + s.duty + ")"
	case len(present) == 0:
		return nil, fmt.Sprintf("it holds none of the %d months whole", len(s.own))
	case 3*len(present) < 2*len(s.own):
		return nil, fmt.Sprintf("it holds only %d of the %d months", len(present), len(s.own))
	}
	if basis := h.vat(s.duty, present); basis != s.vat {
		if h.unlike(s.duty, present) {
			basis = "unlike"
		}
		return nil, vatReason(basis, s.vat)
	}
	if share := h.classified(s.duty, present); share < leastClassified && s.request.Category != "" {
		return nil, fmt.Sprintf("only %d %% of its pounds could be judged; at least %d %% are needed", share, leastClassified)
	}
	for _, month := range s.months {
		if slices.Contains(present, month) {
			common = append(common, month)
		}
	}
	if 3*len(common) < 2*len(s.own) {
		return nil, fmt.Sprintf("with it only %d of the %d months would be common to all", len(common), len(s.own))
	}
	return common, ""
}

func vatReason(its, wanted string) string {
	words := map[string]string{"net": "publishes amounts without VAT", "gross": "publishes amounts with VAT", "unknown": "does not say whether amounts include VAT",
		"unlike": "publishes amounts on more than one VAT basis in these months"}
	return fmt.Sprintf("it %s, and the body compared %s", words[its], words[wanted])
}

// monthsName writes months for people: "April 2018 to March 2019 without June
// 2018", or each where they are few.
func monthsName(months []schemas.Date) string {
	if len(months) == 0 {
		return "none"
	}
	first, last := months[0], months[len(months)-1]
	if len(months) == 1 {
		return peer.MonthName(first)
	}
	span := schemas.Period{From: first, To: schemas.MonthOf(last).To}.Months()
	if len(months) < 3 || 2*len(months) < len(span) {
		return listed(names(months))
	}
	text := peer.MonthName(first) + " to " + peer.MonthName(last)
	var gaps []schemas.Date
	for _, month := range span {
		if !slices.Contains(months, month) {
			gaps = append(gaps, month)
		}
	}
	if len(gaps) > 0 {
		text += " without " + listed(names(gaps))
	}
	return text
}

func names(months []schemas.Date) []string {
	var list []string
	for _, month := range months {
		list = append(list, peer.MonthName(month))
	}
	return list
}

// listed writes "a", "a and b", "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
