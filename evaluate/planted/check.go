package planted

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"commonspend/compare/comparison"
	"commonspend/demo"
	"commonspend/schemas"
)

// checker holds the comparisons of one world against its ledger.
type checker struct {
	ctx    context.Context
	engine *comparison.Engine
	world  *demo.World
	clean  *demo.Clean
	exact  bool // every judgement is sure and right
	files  bool // the world came in as files, so that what became of them is told too
	score  Score
	now    demo.Planted // what is looked at
}

// Options say how a world was read.
type Options struct {
	Exact bool // every judgement is sure and right, so figures must be equal
	Files bool // it came in as files: what was sent again or repeated must be named
}

// Check compares the bodies that carry something, and those that do not say
// whether VAT is in their amounts, and counts what comes of it.
func Check(ctx context.Context, engine *comparison.Engine, w *demo.World, options Options) (Score, error) {
	c := &checker{ctx: ctx, engine: engine, world: w, clean: w.Clean(), exact: options.Exact, files: options.Files}
	for _, p := range w.Planted() {
		if p.Body == "" {
			continue
		}
		for _, year := range p.Years {
			c.now = p
			if err := c.planted(p, year); err != nil {
				return c.score, err
			}
		}
	}
	c.now = demo.Planted{}
	if err := c.undeclared(); err != nil {
		return c.score, err
	}
	if err := c.oneSupplier(); err != nil {
		return c.score, err
	}
	return c.score, c.reorganised()
}

// The categories that artefacts are looked for in, beside a planted one.
func categories() []string { return []string{"48000000", "79600000"} }

// looked are the categories looked at for an artefact: several bodies carry the
// gross one, so one category of each tells enough.
func looked(p demo.Planted) []string {
	if p.What == demo.GrossBesideNet {
		return categories()[:1]
	}
	return categories()
}

// planted compares one body that carries something in one year.
func (c *checker) planted(p demo.Planted, year schemas.FinancialYear) error {
	if p.Differs {
		compared, err := c.compare(p.Body, p.Category[:8], year.Period())
		if err == nil && compared != nil {
			c.find(p, compared)
		}
		return err
	}
	for _, category := range looked(p) {
		compared, err := c.compare(p.Body, category, year.Period())
		if err != nil {
			return err
		}
		if compared == nil {
			continue
		}
		c.score.Artefacts++
		if compared.said(perUnit(compared.Comparison)) == wrongly {
			c.score.FalseAlarms++
			c.score.slip("%s: %s a difference that the ledger does not have", p.What, p.Publisher)
		}
		if c.naive(p.Body, category, year.Period()) {
			c.score.Naive++
		}
		c.names(p, compared.Comparison)
	}
	return nil
}

// undeclared compares every council of which the VAT basis is unknown.
func (c *checker) undeclared() error {
	bases := map[string]schemas.VATBasis{}
	for _, l := range c.world.Ledger {
		bases[l.Body] = l.Basis
	}
	for _, p := range c.world.Publishers {
		if bases[p.BodyID] != schemas.VATUnknown || p.Sector != "local" {
			continue
		}
		compared, err := c.compare(p.BodyID, categories()[0], schemas.FinancialYear(2024).Period())
		if err != nil {
			return err
		}
		if compared == nil {
			continue
		}
		c.score.Undeclared++
		m := perUnit(compared.Comparison)
		switch {
		case m != nil && m.Verdict == comparison.Unclear:
			c.score.Unclear++
		case m != nil && compared.side(m) == rightly:
			c.score.Borne++ // so far apart that VAT cannot be the cause
		case m != nil:
			c.score.slip("%s, of no declared VAT basis, is called %s: %v in %v to %v, peers' median %v", p.ID, m.Verdict, text(m.Value), text(m.Low), text(m.High), text(m.Benchmark.Median))
		}
	}
	return nil
}

// reorganised asks for a period that a body did not live through.
func (c *checker) reorganised() error {
	for _, p := range c.world.Planted() {
		if p.What != demo.Reorganised {
			continue
		}
		from, _ := schemas.DateOf(2024, 10, 1)
		to, _ := schemas.DateOf(2025, 9, 30)
		_, err := c.engine.Compare(c.ctx, request(p.Body, categories()[0], schemas.Period{From: from, To: to}))
		var refusal *comparison.Refusal
		switch {
		case errors.As(err, &refusal) && strings.Contains(refusal.Error(), "2025"):
			c.score.Refused++
		case err == nil:
			c.score.slip("%s: compared over a time when it did not exist", p.Publisher)
		case refusal == nil:
			return err
		default:
			c.score.slip("%s: refused without its date: %v", p.Publisher, refusal)
		}
	}
	return nil
}

func request(body, category string, period schemas.Period) comparison.Request {
	r := comparison.Request{Body: body, Category: category, Scope: "procurement", Period: period,
		Indicators: []string{"spend", "share_of_procured", "per_head", "suppliers", "share_of_largest_three", "herfindahl", "refunds"}}
	r.Peers.Kind = "kind"
	return r
}

// compare makes one comparison and holds its figures against the ledger. It
// gives nil where the engine refuses, which is noted.
func (c *checker) compare(body, category string, period schemas.Period) (*compared, error) {
	made, err := c.engine.Compare(c.ctx, request(body, category, period))
	var refusal *comparison.Refusal
	if errors.As(err, &refusal) {
		c.refused(body, refusal)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("compare %s %s %s: %w", body, category, period, err)
	}
	c.score.Comparisons++
	set := &compared{made, c.basis(made, category), c.clean, c.world, divisorYear(made), map[string]demo.Figures{}}
	for i := range made.Indicators {
		c.figures(set, &made.Indicators[i])
	}
	return set, nil
}

// refused notes a refusal. One is right: of a body that nobody shares the VAT
// basis of, where the sentence says so.
func (c *checker) refused(body string, refusal *comparison.Refusal) {
	if c.now.What == demo.GrossBesideNet && strings.Contains(refusal.Error(), "publishes amounts without VAT") {
		c.score.Artefacts++
		c.score.ToName++
		c.score.Named++
		return
	}
	c.score.slip("%s: refused: %v", body, refusal)
}

// basis is what the engine says it made alike.
func (c *checker) basis(made *comparison.Comparison, category string) demo.Basis {
	b := demo.Basis{Floor: schemas.Amount(made.Basis.ThresholdPence), VAT: schemas.VATBasis(made.Basis.VATBasis), Scope: made.Scope, Category: category}
	for _, month := range made.Basis.Months {
		if first, err := schemas.ParseDate(month + "-01"); err == nil {
			b.Months = append(b.Months, first)
		}
	}
	return b
}

// figures holds one indicator of the body and of its peers against the ledger.
func (c *checker) figures(set *compared, m *comparison.Measured) {
	truth := set.truth(set.Body, m.Indicator)
	if truth == nil || m.Value == nil {
		return
	}
	if set.basis.VAT != schemas.VATUnknown && c.exact {
		c.equal(set, m.Indicator, set.Body, *m.Value, truth)
		for _, point := range m.Spread {
			if of := set.truth(point.Body, m.Indicator); of != nil {
				c.equal(set, m.Indicator, point.Body, point.Value, of)
			}
		}
	}
	if m.Low == nil || m.High == nil {
		return
	}
	c.score.Bounded++
	if near(m.Low.Rat(), truth, -1) && near(m.High.Rat(), truth, 1) {
		c.score.Within++
	} else {
		c.score.slip("%s, VAT %s: the interval misses the truth", m.Indicator, set.basis.VAT)
	}
}

func (c *checker) equal(set *compared, indicator, body string, got comparison.Decimal, want *big.Rat) {
	c.score.Figures++
	apart := new(big.Rat).Sub(got.Rat(), want)
	if apart.Abs(apart).Cmp(big.NewRat(1, 1_000_000)) <= 0 { // figures are published to six places
		c.score.Equal++
		return
	}
	c.score.slip("%s of %s, %s %s: %s, the ledger has %s", indicator, body, set.basis.Category, set.Period, got, want.FloatString(6))
}

// near reports whether a bound lies on its side of the truth, to six places.
func near(bound, truth *big.Rat, side int) bool {
	apart := new(big.Rat).Sub(bound, truth)
	apart.Mul(apart, big.NewRat(int64(side), 1))
	return apart.Cmp(big.NewRat(-1, 1_000_000)) >= 0
}

// names looks for an artefact in the words of the statement.
func (c *checker) names(p demo.Planted, made *comparison.Comparison) {
	words := c.wordsFor(p)
	if words == "" {
		return
	}
	said := strings.Join(made.Statement, "\n")
	for _, out := range made.Peers.LeftOut {
		said += "\n" + out.Reason
	}
	for _, out := range made.Excluded {
		said += "\n" + out.Reason
	}
	c.score.ToName++
	if strings.Contains(said, words) {
		c.score.Named++
	} else {
		c.score.slip("%s: the statement on %s does not say %q", p.What, p.Publisher, words)
	}
}

// wordsFor is what a statement must say of an artefact; "" where it does not
// bear on the comparison.
func (c *checker) wordsFor(p demo.Planted) string {
	name := ""
	for _, publisher := range c.world.Publishers {
		if publisher.ID == p.Publisher {
			name = publisher.Name
		}
	}
	switch p.What {
	case demo.MissingMonths:
		return "November 2024 is left out: " + name + " (missing)"
	case demo.GrossBesideNet:
		return "publishes amounts without VAT"
	case demo.LowThreshold:
		return "Others publish smaller ones, which are left out"
	case demo.Transfers:
		return "transfers between public bodies"
	}
	if c.files && slices.Contains([]string{demo.ResubmittedYear, demo.AnnualRollUp}, p.What) {
		return "each month counts once"
	}
	return ""
}
