package comparison

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/big"
	"strings"

	"commonspend/compare/indicator"
)

// Text writes a value of the indicator as people read it: "£1,234", "12.3 %".
func (m *Measured) Text(value *Decimal) string {
	if value == nil {
		return "–"
	}
	switch m.About.Unit {
	case indicator.Share, indicator.Change:
		text := percent(*value)
		if m.About.Unit == indicator.Change && text != "0.0 %" && value.Rat().Sign() > 0 {
			text = "+" + text
		}
		return text
	case indicator.Count:
		return grouped(value.pence().Rat().Num().Int64())
	case indicator.Fraction:
		return rounded(value.Rat(), 3)
	}
	return pounds(value.pence().Rat().Num().Int64())
}

// percent writes a share as a percentage: 0.1234 is "12.3 %".
func percent(share Decimal) string {
	return rounded(new(big.Rat).Mul(share.Rat(), big.NewRat(100, 1)), 1) + " %"
}

// rounded writes a number to so many places; what rounds to nought has no sign.
func rounded(value *big.Rat, places int) string {
	text := value.FloatString(places)
	if !strings.ContainsAny(text, "123456789") {
		return strings.TrimPrefix(text, "-")
	}
	return strings.Replace(text, "-", "−", 1)
}

// stripWidth is how many columns a strip takes.
const stripWidth = 24

// Strip draws the peers' distribution in one line: the middle half ━, the
// median ┿, the rest ─, and the body itself ●. It goes from the lowest to the
// highest of all; "" where there is nothing to draw.
func (m *Measured) Strip() string {
	if m.Value == nil || len(m.Spread) == 0 {
		return ""
	}
	low, high := m.Spread[0].Value, m.Spread[len(m.Spread)-1].Value
	if m.Value.less(low) {
		low = *m.Value
	}
	if high.less(*m.Value) {
		high = *m.Value
	}
	strip := []rune(strings.Repeat(" ", stripWidth))
	at := func(value Decimal) int {
		span := new(big.Rat).Sub(high.Rat(), low.Rat())
		if span.Sign() == 0 {
			return stripWidth / 2
		}
		part := new(big.Rat).Quo(new(big.Rat).Sub(value.Rat(), low.Rat()), span)
		place, _ := part.Mul(part, big.NewRat(stripWidth-1, 1)).Float64()
		return max(0, min(stripWidth-1, int(place+0.5)))
	}
	fill := func(from, to Decimal, with rune) {
		for i := at(from); i <= at(to); i++ {
			strip[i] = with
		}
	}
	fill(m.Spread[0].Value, m.Spread[len(m.Spread)-1].Value, '─')
	if b := m.Benchmark; b.Median != nil {
		fill(*b.P25, *b.P75, '━')
		strip[at(*b.Median)] = '┿'
	}
	strip[at(*m.Value)] = '●'
	return string(strip)
}

// columns of the CSV that WriteCSV writes: one row for each indicator.
var columns = []string{"id", "release", "body", "category", "scope", "period", "peers", "indicator", "unit", "value", "low", "high",
	"n", "p10", "p25", "median", "p75", "p90", "rank", "percentile", "robust_distance", "pounds_from_median", "verdict", "reason"}

// WriteCSV writes the indicators, one on a line; what does not apply is blank.
func (c *Comparison) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	lines := [][]string{columns}
	for _, m := range c.Indicators {
		b := m.Benchmark
		lines = append(lines, []string{m.ID, blank(c.Release), c.Body, blank(c.Category), c.Scope, c.Period, c.Peers.Rule, m.Indicator, m.Unit,
			blank(m.Value), blank(m.Low), blank(m.High), fmt.Sprint(b.N), blank(b.P10), blank(b.P25), blank(b.Median), blank(b.P75), blank(b.P90),
			blank(m.Rank), blank(m.Percentile), blank(m.RobustDistance), blank(m.PoundsFromMedian), m.Verdict, blank(m.Reason)})
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write the comparison as CSV: %w", err)
	}
	return nil
}

func blank[T any](value *T) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(*value)
}

// Text writes a comparison for a terminal: the statement, then a line for each
// indicator with its strip.
func (c *Comparison) Text() string {
	var b strings.Builder
	what := c.Scope
	if c.Category != nil {
		what = *c.Category + " " + c.CategoryTitle
		if c.Scope != "procurement" {
			what += " (" + c.Scope + ")"
		}
	}
	fmt.Fprintf(&b, "%s: %s, %s\n\n", c.Subject.Name, what, periodName(c.Request.Period))
	fmt.Fprintf(&b, "%-46s %12s  %-27s %-24s  %s\n", "", "value", "between", "peers ─ middle half ━ it ●", "median")
	for _, m := range c.Indicators {
		m.line(&b)
	}
	b.WriteString("\n")
	for _, line := range c.Statement {
		fmt.Fprintln(&b, line)
	}
	for i, x := range c.Excluded {
		if i == 0 {
			b.WriteString("\nOf what these bodies published in the period, left out:\n")
		}
		fmt.Fprintf(&b, "  %-50s %10s payments %16s\n", x.Reason, grouped(x.Rows), pounds(x.Pence))
	}
	fmt.Fprintf(&b, "\nid %s\n", c.ID)
	return b.String()
}

func (m *Measured) line(b *strings.Builder) {
	if m.Verdict == Withheld {
		value := ""
		if m.Value != nil {
			value = m.Text(m.Value)
		}
		fmt.Fprintf(b, "%-46s %12s  withheld: %s\n", m.About.Title, value, *m.Reason)
		return
	}
	verdict := m.Verdict
	if verdict != Unclear {
		verdict += " the median"
	}
	between := m.Text(m.Low) + " to " + m.Text(m.High)
	if m.Low != nil && m.High != nil && *m.Low == *m.High {
		between = ""
	}
	fmt.Fprintf(b, "%-46s %12s  %-27s %s  %s, %s\n", m.About.Title, m.Text(m.Value), between, m.Strip(), m.Text(m.Benchmark.Median), verdict)
}

// Text writes fragmented buying for a terminal.
func (x *Buying) Text() string {
	var b strings.Builder
	for _, line := range x.Statement {
		fmt.Fprintln(&b, line)
	}
	b.WriteString("\n")
	for i, buyer := range x.Bodies {
		if i == 30 {
			fmt.Fprintf(&b, "and %d more; --json lists all\n", len(x.Bodies)-i)
			break
		}
		fmt.Fprintf(&b, "%14s  %s  %s: %s transactions, %s suppliers, %s of them shared\n", pounds(buyer.Pence), bar(buyer.Pence, x.Bodies[0].Pence),
			buyer.Name, grouped(buyer.Transactions), grouped(buyer.Suppliers), grouped(buyer.SharedSuppliers))
	}
	for i, seller := range x.Shared {
		if i == 0 {
			b.WriteString("\nSuppliers that several of them pay:\n")
		}
		if i == 10 {
			break
		}
		fmt.Fprintf(&b, "%14s  %s, by %d bodies\n", pounds(seller.Pence), seller.Name, seller.Bodies)
	}
	b.WriteString("\nWhat cannot be known from payments:\n")
	for _, line := range x.CannotTell {
		fmt.Fprintln(&b, "  "+line)
	}
	return b.String()
}

// bar draws pounds beside the most of them.
func bar(pence, most int64) string {
	if most <= 0 || pence <= 0 {
		return strings.Repeat(" ", stripWidth/2)
	}
	full := int(pence * (stripWidth / 2) / most)
	return strings.Repeat("█", max(1, full)) + strings.Repeat(" ", stripWidth/2-max(1, full))
}
