package comparison

import (
	"context"
	"fmt"

	"commonspend/compare/indicator"
	"commonspend/compare/peer"
	"commonspend/schemas"
	"commonspend/store"
)

// Engine makes comparisons over a reader.
type Engine struct {
	Release string // the number of the release that the reader is of; "" for the warehouse
	reader  store.Reader
}

// New returns an engine over the warehouse or a release.
func New(reader store.Reader) *Engine { return &Engine{reader: reader} }

// Compare makes a comparison, or says in a *Refusal why there is none.
func (e *Engine) Compare(ctx context.Context, r Request) (*Comparison, error) {
	group, err := e.Peers(ctx, r.Body, r.Period, r.Peers)
	if err != nil {
		return nil, err
	}
	r.Body, r.Peers = group.Body.ID, group.Rule // as the register writes them
	set, err := e.alike(ctx, r, group)
	if err != nil {
		return nil, err
	}
	c := set.describe(r, e.Release)
	if c.Excluded, err = set.excluded(ctx, e.reader); err != nil {
		return nil, err
	}
	if err := set.measure(ctx, e.reader, c); err != nil {
		return nil, err
	}
	if nobodyBought(c) {
		return nil, e.boughtElse(ctx, set)
	}
	if r.Bootstrap > 0 {
		if err := set.bootstrap(ctx, e.reader, c); err != nil {
			return nil, err
		}
	}
	c.judge()
	c.Statement = set.statement(c)
	return c, nil
}

// Peers lists the bodies that a rule allows for a body as at a period, in
// order, before it is known what each publishes.
func (e *Engine) Peers(ctx context.Context, body string, period schemas.Period, rule peer.Rule) (*peer.Group, error) {
	return peer.Find(ctx, e.reader, body, period, rule)
}

// alike finds the like-for-like set.
func (e *Engine) alike(ctx context.Context, r Request, group *peer.Group) (*set, error) {
	holdings, err := e.holdings(ctx, r, group)
	if err != nil {
		return nil, err
	}
	s, err := newSet(r, group, holdings)
	if err == nil {
		err = s.choose()
	}
	if err == nil && len(s.peers) == 0 {
		err = e.nobodyAlike(ctx, s)
	}
	if err == nil {
		err = s.prepare(ctx, e.reader)
	}
	if refusal, ok := err.(*Refusal); ok && len(refusal.Instead) == 0 {
		refusal.Instead, err = e.otherYears(ctx, r, group)
		if err == nil {
			err = refusal
		}
	}
	return s, err
}

// nobodyBought reports whether no body compared bought anything.
func nobodyBought(c *Comparison) bool {
	for _, m := range c.Indicators {
		if m.Indicator != "spend" || m.Value == nil || *m.Value != "0" {
			continue
		}
		for _, point := range m.Spread {
			if point.Value != "0" {
				return false
			}
		}
		return true
	}
	return false
}

// asked returns the indicators that the request is for; spend is always among
// them, by which it is told whether anybody bought anything.
func (r Request) asked() ([]indicator.Indicator, error) {
	if r.Indicators == nil {
		return indicator.List(), nil
	}
	spend, err := indicator.Find("spend")
	if err != nil {
		return nil, err
	}
	list := []indicator.Indicator{spend}
	for _, id := range r.Indicators {
		found, err := indicator.Find(id)
		if err != nil {
			return nil, fmt.Errorf("compare: %w", err)
		}
		if found.ID != spend.ID {
			list = append(list, found)
		}
	}
	return list, nil
}
