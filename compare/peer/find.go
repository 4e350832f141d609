package peer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"commonspend/schemas"
	"commonspend/store"
)

// Candidate is a body that could be a peer, in the rule's order. Distance is
// in standard deviations, rounded to six places; nil where the rule is not by
// nearness.
type Candidate struct {
	Body
	Distance *float64 `json:"distance"`
}

// LeftOut is a body that the rule would take, and why it is not taken.
type LeftOut struct {
	Body   string `json:"body"`
	Reason string `json:"reason"`
	Name   string `json:"-"`
}

// Group is what a rule finds for a body.
type Group struct {
	Body       Body
	Rule       Rule
	Features   []Feature   // of nearest: what nearness is by
	Candidates []Candidate // all of them: how many are taken is for the caller, who knows what they publish
	LeftOut    []LeftOut
}

// Find lists the bodies that the rule allows, as at the period, in order.
func Find(ctx context.Context, reader store.Reader, id string, period schemas.Period, rule Rule) (*Group, error) {
	body, err := Lookup(ctx, reader, id)
	if err != nil {
		return nil, err
	}
	if reason := body.throughout(period); reason != "" {
		return nil, reorganised(body, reason)
	}
	if body.Kind == "" {
		return nil, &Refusal{Sentence: fmt.Sprintf("The register does not say what kind of body %s is, so it has no peers.", body.Name)}
	}
	group := &Group{Body: body, Rule: rule}
	switch rule.Kind {
	case "list":
		err = group.list(ctx, reader, period)
	default:
		err = group.kind(ctx, reader, period)
	}
	if err == nil && rule.Kind == "nearest" {
		err = group.order(ctx, reader, period)
	}
	return group, err
}

func reorganised(body Body, reason string) error {
	refusal := &Refusal{Sentence: fmt.Sprintf("%s cannot be compared over the whole of it: %s.", body.Name, reason)}
	if body.SucceededBy != "" {
		refusal.Instead = append(refusal.Instead, "the body that followed it: "+body.SucceededBy)
	}
	refusal.Instead = append(refusal.Instead, "a period in which it existed throughout")
	return refusal
}

// kind takes the bodies of the same kind and tier, and of the same region
// where the rule asks for it.
func (g *Group) kind(ctx context.Context, reader store.Reader, period schemas.Period) error {
	all, err := alike(ctx, reader, g.Body)
	if err != nil {
		return err
	}
	if g.Rule.Kind == "region" && g.Body.Region == "" {
		return &Refusal{Sentence: fmt.Sprintf("The register does not say which region %s is in.", g.Body.Name), Instead: []string{"--peers nearest:15", "--peers kind"}}
	}
	for _, body := range all {
		if body.ID == g.Body.ID || g.Rule.Kind == "region" && body.Region != g.Body.Region {
			continue
		}
		g.take(body, period)
	}
	return nil
}

func (g *Group) take(body Body, period schemas.Period) {
	if reason := body.throughout(period); reason != "" {
		if body.From == schemas.NoDate || body.From <= period.To {
			if body.To == schemas.NoDate || body.To >= period.From {
				g.LeftOut = append(g.LeftOut, LeftOut{body.ID, reason, body.Name})
			}
		}
		return // a body of another time is no candidate at all
	}
	g.Candidates = append(g.Candidates, Candidate{Body: body})
}

// list takes the bodies named, which must all be of the same kind.
func (g *Group) list(ctx context.Context, reader store.Reader, period schemas.Period) error {
	asWritten := g.Rule.Bodies
	g.Rule.Bodies = nil // filled with the ids as the register writes them
	for _, id := range asWritten {
		body, found, err := lookup(ctx, reader, id)
		if err == nil && !found {
			err = g.unknownPeer(ctx, reader, id)
		}
		if err != nil {
			return err
		}
		if slices.Contains(g.Rule.Bodies, body.ID) {
			continue
		}
		g.Rule.Bodies = append(g.Rule.Bodies, body.ID)
		if !g.Body.Like(body) {
			return &Refusal{
				Sentence: fmt.Sprintf("%s is a %s and %s a %s: bodies of different kinds do different things, so their spending is not compared.",
					body.Name, body.Describe(), g.Body.Name, g.Body.Describe()),
				Instead: []string{"the list without " + id, "--peers nearest:15"}}
		}
		if reason := body.throughout(period); body.ID != g.Body.ID && reason != "" {
			g.LeftOut = append(g.LeftOut, LeftOut{body.ID, reason, body.Name})
		} else if body.ID != g.Body.ID {
			g.Candidates = append(g.Candidates, Candidate{Body: body})
		}
	}
	return nil
}

// order puts the nearest first and leaves out bodies without the features.
func (g *Group) order(ctx context.Context, reader store.Reader, period schemas.Period) error {
	features, values, err := model(ctx, reader, g.Body, period)
	if err != nil {
		return err
	}
	if len(features) == 0 {
		return &Refusal{
			Sentence: fmt.Sprintf("Nothing that bodies are likened by (%s) is held of %s, so none can be called nearest.", strings.Join(names, ", "), g.Body.Name),
			Instead:  []string{"--peers kind", "--peers region", "--peers with a list of bodies"}}
	}
	g.Features = features
	var near []Candidate
	for _, candidate := range g.Candidates {
		row, ok := values[candidate.ID]
		if !ok {
			g.LeftOut = append(g.LeftOut, LeftOut{candidate.ID, "not all that bodies are likened by is held of it", candidate.Name})
			continue
		}
		far := distance(features, row, values[g.Body.ID])
		candidate.Distance = &far
		near = append(near, candidate)
	}
	slices.SortStableFunc(near, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(*a.Distance, *b.Distance), cmp.Compare(a.ID, b.ID))
	})
	g.Candidates = near
	return nil
}

// distance is Euclid's, rounded so that every machine ranks alike.
func distance(features []Feature, a, b []float64) float64 {
	sum := 0.0
	for i, feature := range features {
		sum += feature.Weight * (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Round(math.Sqrt(sum)*1e6) / 1e6
}

func sortedValues(column map[string]float64) []float64 {
	return slices.Sorted(maps.Values(column))
}
