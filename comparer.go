package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode"

	"commonspend/compare/comparison"
	"commonspend/compare/indicator"
	"commonspend/publish/api"
	"commonspend/publish/portal"
	"commonspend/publish/portal/chart"
	"commonspend/schemas"
	"commonspend/store"
)

// comparer hands the comparison engine to the portal and the API, which do not
// know it.
type comparer struct{}

// Compare makes one comparison over the release that is served.
func (comparer) Compare(ctx context.Context, reader store.Reader, release string, q portal.CompareQuery) (*portal.Comparison, error) {
	request, err := comparison.NewRequest(q.Body, q.Category, q.Scope, q.Period, q.Peers)
	if err != nil {
		return nil, &portal.Refusal{Sentence: asSentence(err), Unclear: true}
	}
	request.Indicators = q.Indicators
	engine := comparison.New(reader)
	engine.Release = release
	made, err := engine.Compare(ctx, request)
	if err != nil {
		return nil, refusedPage(err)
	}
	c := &portal.Comparison{Object: made, ID: made.ID, Body: made.Body, Name: made.Subject.Name, CategoryTitle: made.CategoryTitle, PeriodWords: periodWords(made.Period),
		Months: made.Basis.Months, ThresholdPence: made.Basis.ThresholdPence, Statement: made.Statement}
	for _, p := range made.PeerBodies {
		note := ""
		if p.Distance != nil {
			note = fmt.Sprintf("distance %.2f", *p.Distance)
		}
		c.Peers = append(c.Peers, portal.ComparedBody{Body: p.ID, Name: p.Name, Note: note})
	}
	for _, l := range made.Peers.LeftOut {
		c.LeftOut = append(c.LeftOut, portal.ComparedBody{Body: l.Body, Name: l.Name, Note: l.Reason})
	}
	for _, x := range made.Excluded {
		c.Excluded = append(c.Excluded, portal.Excluded(x))
	}
	for i := range made.Indicators {
		c.Figures = append(c.Figures, compared(&made.Indicators[i]))
	}
	return c, nil
}

// compared is an indicator in the units of charts, and in words.
func compared(m *comparison.Measured) portal.Compared {
	unit := unitOf(m.About.Unit)
	number := func(d *comparison.Decimal) *int64 { return inUnits(unit, d) }
	b := m.Benchmark
	f := portal.Compared{ID: m.ID, Indicator: m.Indicator, Title: m.About.Title, Unit: unit, Value: number(m.Value), Low: number(m.Low), High: number(m.High),
		N: b.N, P10: number(b.P10), P25: number(b.P25), Median: number(b.Median), P75: number(b.P75), P90: number(b.P90), Rank: m.Rank, Verdict: m.Verdict,
		ValueWords: m.Text(m.Value), BetweenWords: between(m, m.Low, m.High), MedianWords: m.Text(b.Median), MiddleWords: between(m, b.P25, b.P75)}
	if m.Reason != nil {
		f.Reason = *m.Reason
	}
	for _, p := range m.Spread {
		f.Spread = append(f.Spread, portal.PeerValue{Body: p.Body, Value: *number(&p.Value), Words: m.Text(&p.Value)})
	}
	return f
}

func between(m *comparison.Measured, low, high *comparison.Decimal) string {
	if low == nil || high == nil {
		return "–"
	}
	if *low == *high {
		return m.Text(low)
	}
	return m.Text(low) + " to " + m.Text(high)
}

func unitOf(unit indicator.Unit) chart.Unit {
	switch unit {
	case indicator.Pence:
		return chart.Pounds
	case indicator.Share, indicator.Change:
		return chart.Share
	case indicator.Count:
		return chart.Count
	case indicator.Fraction:
		return chart.Ratio
	}
	return chart.PerHead // pence for each of something
}

// inUnits is a number as charts have it: pence, a count, or millionths.
func inUnits(unit chart.Unit, d *comparison.Decimal) *int64 {
	if d == nil {
		return nil
	}
	value := d.Rat()
	if unit == chart.Share || unit == chart.Ratio {
		value.Mul(value, big.NewRat(1_000_000, 1))
	}
	n, ok := new(big.Int).SetString(value.FloatString(0), 10)
	if !ok || !n.IsInt64() {
		return nil
	}
	number := n.Int64()
	return &number
}

// Fragmented says who buys separately over the release that is served.
func (comparer) Fragmented(ctx context.Context, reader store.Reader, release string, q portal.BuyingQuery) (*portal.Buying, error) {
	request, err := comparison.NewBuyingRequest(q.Category, q.Supplier, q.Period)
	if err != nil {
		return nil, &portal.Refusal{Sentence: asSentence(err), Unclear: true}
	}
	engine := comparison.New(reader)
	engine.Release = release
	made, err := engine.Fragmented(ctx, request)
	if err != nil {
		return nil, refusedPage(err)
	}
	b := &portal.Buying{Object: made, ID: made.ID, Title: made.Title, PeriodWords: periodWords(made.Period), Statement: made.Statement, CannotTell: made.CannotTell}
	if period, err := periodOf(made.Period); err == nil {
		b.From, b.To = period.From.String()[:7], period.To.String()[:7]
	}
	for _, x := range made.Bodies {
		b.Buyers = append(b.Buyers, portal.Buyer{Body: x.Body, Name: x.Name, Kind: x.Kind, Pence: x.Pence, UnnamedPence: x.UnnamedPence,
			Transactions: x.Transactions, Suppliers: x.Suppliers, Shared: x.SharedSuppliers})
	}
	for _, x := range made.Shared {
		b.Sellers = append(b.Sellers, portal.Seller{Supplier: x.Supplier, Name: x.Name, Bodies: x.Bodies, Pence: x.Pence})
	}
	return b, nil
}

// Comparison makes one comparison for programs.
func (comparer) Comparison(ctx context.Context, reader store.Reader, release string, q api.CompareQuery) (any, error) {
	request, err := comparison.NewRequest(q.Subject, q.Category, q.Scope, q.Period, q.Peers)
	if err != nil {
		return nil, &api.Refusal{Sentence: plainOptions.Replace(asSentence(err)), Unclear: true}
	}
	engine := comparison.New(reader)
	engine.Release = release
	made, err := engine.Compare(ctx, request)
	return made, refusedProgram(err)
}

// Buying says to programs who buys separately.
func (comparer) Buying(ctx context.Context, reader store.Reader, release string, q api.BuyingQuery) (any, error) {
	request, err := comparison.NewBuyingRequest(q.Category, q.Supplier, q.Period)
	if err != nil {
		return nil, &api.Refusal{Sentence: plainOptions.Replace(asSentence(err)), Unclear: true}
	}
	engine := comparison.New(reader)
	engine.Release = release
	made, err := engine.Fragmented(ctx, request)
	return made, refusedProgram(err)
}

// Methods lists how each indicator is made.
func (comparer) Methods() ([]portal.Method, error) {
	var methods []portal.Method
	for _, i := range indicator.List() {
		text, err := i.Page()
		if err != nil {
			return nil, err
		}
		methods = append(methods, portal.Method{ID: i.ID, Title: i.Title, Text: text})
	}
	return methods, nil
}

// periodOf reads what a comparison calls its period: 2018/19, 2018-04, 2018-04..2018-09.
func periodOf(text string) (schemas.Period, error) {
	request, err := comparison.NewRequest("any", "", "", text, "kind")
	return request.Period, err
}

// periodWords writes a period for people: months with "to" between them.
func periodWords(text string) string { return strings.ReplaceAll(text, "..", " to ") }

// option is what a refusal names as could be asked instead, as a command takes it.
var option = regexp.MustCompile(`--([a-z]+) ([0-9]{4}/[0-9]{2}|[0-9]{8}|[0-9-]{7}|kind|region|nearest(?::[0-9]+)?)`)

// plainOptions are a command's options in the words of a page.
var plainOptions = strings.NewReplacer("--period ", "the period ", "--category ", "category ", "--peers kind", "all bodies of its kind", "--peers region", "bodies of its kind in its region",
	"--peers ", "peers ", "--body ", "the body ", "--supplier ", "supplier ")

// refusedPage turns the engine's refusal into the portal's.
func refusedPage(err error) error {
	var refusal *comparison.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	out := &portal.Refusal{Sentence: refusal.Sentence}
	for _, text := range refusal.Instead {
		other := portal.Alternative{}
		if found := option.FindStringSubmatch(text); found != nil {
			other.Option, other.Value = found[1], found[2]
		}
		other.Words = plainOptions.Replace(text)
		out.Instead = append(out.Instead, other)
	}
	return out
}

// refusedProgram turns the engine's refusal into the API's.
func refusedProgram(err error) error {
	var refusal *portal.Refusal
	if !errors.As(refusedPage(err), &refusal) {
		return err
	}
	out := &api.Refusal{Sentence: refusal.Sentence}
	for _, other := range refusal.Instead {
		out.Instead = append(out.Instead, api.Alternative{Word: other.Option, Value: other.Value, Words: other.Words})
	}
	return out
}

// asSentence makes a sentence of an error.
func asSentence(err error) string {
	text := []rune(err.Error())
	if len(text) == 0 {
		return ""
	}
	text[0] = unicode.ToUpper(text[0])
	return strings.TrimSuffix(string(text), ".") + "."
}
