package comparison

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"commonspend/compare/indicator"
	"commonspend/schemas"
	"commonspend/store"
)

// describe begins a comparison: what is compared, and on which basis.
func (s *set) describe(r Request, release string) *Comparison {
	c := &Comparison{ID: r.ID(""), Body: r.Body, Scope: r.Scope, Period: periodText(r.Period), Request: r,
		Peers:   Peers{Rule: r.Peers.String(), Bodies: []string{}, LeftOut: s.leftOut},
		Basis:   Basis{ThresholdPence: s.threshold, VATBasis: s.vat},
		Subject: s.group.Body, PeerBodies: s.peers, Features: s.group.Features, Duty: s.duty}
	if len(r.Indicators) == 1 {
		c.ID = r.ID(r.Indicators[0])
	}
	if c.Peers.LeftOut == nil {
		c.Peers.LeftOut = c.Peers.LeftOut[:0:0]
	}
	if release != "" {
		c.Release = &release
	}
	if r.Category != "" {
		c.Category = &r.Category
		if titles, err := categories(); err == nil {
			c.CategoryTitle = titles[r.Category]
		}
	}
	for _, p := range s.peers {
		c.Peers.Bodies = append(c.Peers.Bodies, p.ID)
	}
	for _, body := range s.sql.Bodies {
		if body.HeldBefore {
			c.HeldBefore = append(c.HeldBefore, body.ID)
		}
	}
	for _, month := range s.months {
		c.Basis.Months = append(c.Basis.Months, month.String()[:7])
	}
	return c
}

// periodText writes a period as a request reads it.
func periodText(p schemas.Period) string {
	if text := p.String(); !strings.Contains(text, "..") {
		return text
	}
	return p.From.String()[:7] + ".." + p.To.String()[:7]
}

// answer is one row of shared/answer.sql.
type answer struct {
	indicator, body                   string
	value, low, high                  sql.NullString
	subject                           int
	n                                 sql.NullInt64
	p10, p25, median, p75, p90        sql.NullString
	lowMedian, highMedian             sql.NullString
	place                             sql.NullInt64
	percentile, distance, poundsApart sql.NullString
	unknown                           sql.NullString
}

func (a *answer) scan(rows *sql.Rows) error {
	return rows.Scan(&a.indicator, &a.body, &a.value, &a.low, &a.high, &a.subject, &a.n, &a.p10, &a.p25, &a.median, &a.p75, &a.p90,
		&a.lowMedian, &a.highMedian, &a.place, &a.percentile, &a.distance, &a.poundsApart, &a.unknown)
}

// measure asks for all indicators in one statement.
func (s *set) measure(ctx context.Context, reader store.Reader, c *Comparison) error {
	text, own, err := s.sql.Statement(s.asked)
	if err != nil {
		return err
	}
	values := s.bound(text, own)
	c.SQL = store.Written(text, values)
	if behind, own, err := s.sql.Behind(); err == nil {
		c.BehindSQL = store.Written(behind, s.bound(behind, own))
	}
	answers := map[string]answer{}
	spread := map[string][]Point{}
	err = store.Select(ctx, reader, text, values, func(rows *sql.Rows) error {
		var a answer
		if err := a.scan(rows); err != nil {
			return err
		}
		switch {
		case a.subject == 1:
			answers[a.indicator] = a
		case a.value.Valid:
			spread[a.indicator] = append(spread[a.indicator], Point{a.body, decimal(a.value.String), optional(a.unknown)})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("measure %s: %w", c.ID, err)
	}
	return s.fill(c, answers, spread)
}

// fill puts the answers into the comparison, in the indicators' order.
func (s *set) fill(c *Comparison, answers map[string]answer, spread map[string][]Point) error {
	asked, err := s.request.asked()
	if err != nil {
		return err
	}
	for _, of := range asked {
		m := Measured{ID: s.request.ID(of.ID), Indicator: of.ID, Unit: string(of.Unit), About: of, Spread: spread[of.ID]}
		slices.SortFunc(m.Spread, func(a, b Point) int { return a.Value.Rat().Cmp(b.Value.Rat()) })
		if reason, ok := s.absent[of.ID]; ok {
			m.Reason = &reason
		} else {
			m.take(of, answers[of.ID])
			m.Benchmark.N = len(m.Spread)
		}
		c.Indicators = append(c.Indicators, m)
	}
	return nil
}

func (m *Measured) take(of indicator.Indicator, a answer) {
	m.Value, m.Low, m.High = optional(a.value), optional(a.low), optional(a.high)
	m.Benchmark = Benchmark{int(a.n.Int64), optional(a.p10), optional(a.p25), optional(a.median), optional(a.p75), optional(a.p90)}
	m.lowMedian, m.highMedian = optional(a.lowMedian), optional(a.highMedian)
	m.unknown = optional(a.unknown)
	if a.place.Valid {
		place := int(a.place.Int64)
		m.Rank = &place
	}
	m.Percentile, m.RobustDistance = optional(a.percentile), optional(a.distance)
	if of.Rate {
		m.PoundsFromMedian = optional(a.poundsApart)
	}
	if m.Value == nil && of.Absent != "" {
		reason := of.Absent
		m.Reason = &reason
	}
	if of.Unit == indicator.Pence {
		m.whole()
	}
}

// whole rounds what is in pence to whole pence.
func (m *Measured) whole() {
	for _, value := range []*Decimal{m.Value, m.Low, m.High, m.Benchmark.P10, m.Benchmark.P25, m.Benchmark.Median, m.Benchmark.P75, m.Benchmark.P90} {
		if value != nil {
			*value = value.pence()
		}
	}
	for i := range m.Spread {
		m.Spread[i].Value = m.Spread[i].Value.pence()
	}
}

func optional(text sql.NullString) *Decimal {
	if !text.Valid {
		return nil
	}
	value := decimal(text.String)
	return &value
}

// excluded counts what does not count.
func (s *set) excluded(ctx context.Context, reader store.Reader) ([]Excluded, error) {
	text, own, err := s.sql.Excluded()
	if err != nil {
		return nil, err
	}
	list := []Excluded{}
	err = store.Select(ctx, reader, text, s.bound(text, own), func(rows *sql.Rows) error {
		var x Excluded
		err := rows.Scan(&x.Reason, &x.Rows, &x.Pence)
		x.Reason = s.reason(x.Reason)
		list = append(list, x)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count what is left out: %w", err)
	}
	return list, nil
}

// reason puts a reason of shared/excluded.sql in words.
func (s *set) reason(code string) string {
	if scope, ok := strings.CutPrefix(code, "scope "); ok {
		return map[string]string{"procurement": "procurement, which was not asked for", "grant": "grants", "transfer": "transfers between public bodies",
			"individuals": "payments to individuals", "tax": "tax", "finance": "finance: loans, investments, pensions",
			"mixed": "of several scopes at once", "unknown": "it could not be told what they were for"}[scope]
	}
	return map[string]string{"no month": "without a date or a period to place them by", "month not held by all": "in a month that not all hold",
		"other duty": "published under another duty", "reported": "reported by another publisher, and not by the body itself", "other VAT basis": "on another VAT basis",
		"under the threshold": "in transactions under " + pounds(s.threshold), "no category": "of the scope, without a category"}[code]
}
