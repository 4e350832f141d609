package comparison

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"slices"

	"commonspend/compare/peer"
	"commonspend/store"
)

//go:embed sql/other_years.sql
var otherYearsSQL string

//go:embed sql/bought.sql
var boughtSQL string

// otherYears says in which financial years the body and enough others of its
// kind hold most months, the most bodies first. Of the period that was asked for
// it says so only where others of its kind were left aside.
func (e *Engine) otherYears(ctx context.Context, r Request, group *peer.Group) ([]string, error) {
	values := map[string]any{"body": group.Body.ID, "kind": group.Body.Kind}
	query := peer.WithTiers(otherYearsSQL, group.Body)
	var instead []string
	err := store.Select(ctx, e.reader, query, values, func(rows *sql.Rows) error {
		var year string
		var bodies int
		if err := rows.Scan(&year, &bodies); err != nil {
			return err
		}
		switch {
		case len(instead) == 3 || year == r.Period.String() && group.Rule.Kind == "kind":
		case year == r.Period.String():
			instead = append(instead, fmt.Sprintf("--peers kind, of whom %s hold at least half the months of %s", others(bodies-1), year))
		default:
			instead = append(instead, fmt.Sprintf("--period %s, of which it and %s of its kind hold at least half the months", year, others(bodies-1)))
		}
		return nil
	})
	return instead, err
}

func others(n int) string {
	if n == 1 {
		return "1 other"
	}
	return grouped(int64(n)) + " others"
}

// nobodyAlike says why all candidates were left out.
func (e *Engine) nobodyAlike(ctx context.Context, s *set) error {
	instead, err := e.otherYears(ctx, s.request, s.group)
	if err != nil {
		return err
	}
	sentence := fmt.Sprintf("No body can be compared like for like with %s (%s) for %s.", s.group.Body.Name, s.group.Body.Describe(), periodName(s.request.Period))
	if len(s.leftOut) == 0 {
		return &Refusal{Sentence: sentence + " The rule " + s.group.Rule.String() + " finds no other body.", Instead: instead}
	}
	for _, line := range s.whyLeftOut() {
		sentence += " " + line
	}
	return &Refusal{Sentence: sentence, Instead: instead}
}

// whyLeftOut sums up in sentences who was left out, the commonest reason first.
func (s *set) whyLeftOut() []string {
	who := map[string][]string{}
	var reasons []string
	for _, out := range s.leftOut {
		if len(who[out.Reason]) == 0 {
			reasons = append(reasons, out.Reason)
		}
		who[out.Reason] = append(who[out.Reason], out.Name)
	}
	slices.SortStableFunc(reasons, func(a, b string) int { return len(who[b]) - len(who[a]) })
	var lines []string
	for i, reason := range reasons {
		if i == 8 {
			lines = append(lines, fmt.Sprintf("Left out for %d other reasons: the list of who was left out gives each.", len(reasons)-i))
			break
		}
		each := ""
		if len(who[reason]) > 1 {
			each = "of each, "
		}
		lines = append(lines, fmt.Sprintf("Left out: %s: %s%s.", some(who[reason]), each, reason))
	}
	return lines
}

// boughtElse says that nobody bought any of the category, and what the body
// bought most of.
func (e *Engine) boughtElse(ctx context.Context, s *set) error {
	titles, err := categories()
	if err != nil {
		return err
	}
	what := "anything of the scope " + s.request.Scope
	if s.request.Category != "" {
		what = fmt.Sprintf("anything of %s (%s)", s.request.Category, titles[s.request.Category])
	}
	refusal := &Refusal{Sentence: fmt.Sprintf("Neither %s nor any of its %d peers is known to have bought %s in %s; what could not be classified may hold some.",
		s.group.Body.Name, len(s.peers), what, periodName(s.request.Period))}
	values := map[string]any{"body": s.group.Body.ID, "duty": s.duty, "year_from": s.values["year_from"], "year_to": s.values["year_to"],
		"first_month": s.values["first_month"], "last_month": s.values["last_month"]}
	err = store.Select(ctx, e.reader, boughtSQL, values, func(rows *sql.Rows) error {
		var division string
		var pence int64
		if err := rows.Scan(&division, &pence); err != nil {
			return err
		}
		if len(refusal.Instead) < 3 {
			code := division + "000000"
			refusal.Instead = append(refusal.Instead, fmt.Sprintf("--category %s (%s), on which it spent %s", code, titles[code], pounds(pence)))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look for what it bought: %w", err)
	}
	return refusal
}
