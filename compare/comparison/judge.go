package comparison

import "fmt"

// judge withholds what too few peers can bear, and says of each indicator
// whether it is above or below the peers.
func (c *Comparison) judge() {
	for i := range c.Indicators {
		c.Indicators[i].withholdFew()
		c.Indicators[i].decide()
	}
}

// withholdFew blanks summaries of too few peers.
func (m *Measured) withholdFew() {
	b := &m.Benchmark
	if b.N < leastForTails {
		b.P10, b.P90 = nil, nil
	}
	if b.N < leastForRank || m.Value == nil {
		m.Rank, m.Percentile = nil, nil
	}
	if b.N < leastForMedian {
		b.P25, b.Median, b.P75 = nil, nil, nil
	}
	if b.N < leastForMedian || m.Value == nil {
		m.RobustDistance, m.PoundsFromMedian = nil, nil
	}
}

// decide compares the interval of the body with that of the peers' median: the
// medians of their lower and of their upper bounds. Where they touch, where a
// bound cannot be told, or where the body lies in the middle half of its peers,
// there is no clear difference.
func (m *Measured) decide() {
	switch {
	case m.Value == nil:
		m.Verdict = Withheld
		if m.Reason == nil {
			m.say("nothing was bought, so it has no value")
		}
	case m.Benchmark.N < leastForMedian:
		m.Verdict = Withheld
		m.say(fmt.Sprintf("%s; a median needs %d", peersName(m.Benchmark.N), leastForMedian))
	case m.Low == nil || m.High == nil || m.lowMedian == nil || m.highMedian == nil:
		m.Verdict = Unclear
		m.say("the bounds cannot be told")
	case !m.Value.less(*m.Benchmark.P25) && !m.Benchmark.P75.less(*m.Value):
		m.Verdict = Unclear
		m.say("it lies in the middle half of the peers")
	case m.highMedian.less(*m.Low) && m.Benchmark.Median.less(*m.Value):
		m.Verdict = Above
	case m.High.less(*m.lowMedian) && m.Value.less(*m.Benchmark.Median):
		m.Verdict = Below
	default:
		m.Verdict = Unclear
		m.say("the bounds of the body and of the peers' median overlap")
	}
}

func (m *Measured) say(reason string) { m.Reason = &reason }

func peersName(n int) string {
	switch n {
	case 0:
		return "no peer has a value"
	case 1:
		return "only 1 peer has a value"
	}
	return fmt.Sprintf("only %d peers have a value", n)
}
