package portal

import (
	"fmt"
	"strings"

	"commonspend/publish/portal/chart"
)

// tableBodies has every body's value of every measure, which the strip shows.
const tableBodies = "bodies"

// YearBeside is the headline measure in one period beside the peers of that
// period, in plain decimals; null where it is withheld, and Withheld says why.
type YearBeside struct {
	Period    string  `json:"period"`
	Indicator string  `json:"indicator"`
	Value     *string `json:"value"`
	P10       *string `json:"p10"`
	P25       *string `json:"p25"`
	Median    *string `json:"median"`
	P75       *string `json:"p75"`
	P90       *string `json:"p90"`
	Withheld  string  `json:"withheld"`
}

func besideOf(indicator string, unit chart.Unit, p chart.BandPoint) YearBeside {
	plain := func(n *int64) *string {
		if n == nil {
			return nil
		}
		text := unit.Plain(*n)
		return &text
	}
	return YearBeside{p.Label, indicator, plain(p.Here), plain(p.P10), plain(p.P25), plain(p.Median), plain(p.P75), plain(p.P90), p.Why}
}

// csv is the address of one of the tables.
func (a CompareAsked) csv(table string) string {
	_, query, _ := strings.Cut(a.with("", ""), "?")
	return tableURL(comparePath, query, table)
}

// yearTable has the numbers of the band.
func yearTable(years []YearBeside) *table {
	t := newTable("period", "indicator", "value", "p10", "p25", "median", "p75", "p90", "withheld")
	for _, y := range years {
		t.add(y.Period, y.Indicator, orEmpty(y.Value), orEmpty(y.P10), orEmpty(y.P25), orEmpty(y.Median), orEmpty(y.P75), orEmpty(y.P90), y.Withheld)
	}
	return t
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func (f Compared) plain(n *int64) string {
	if n == nil {
		return ""
	}
	return f.Unit.Plain(*n)
}

// measureTable has a line for each measure, with the ends of the peers' values.
func (c *Comparison) measureTable() *table {
	t := newTable("id", "indicator", "title", "value", "low", "high", "peers", "lowest", "p10", "p25", "median", "p75", "p90", "highest", "rank", "verdict", "reason")
	for _, f := range c.Figures {
		rank, lowest, highest := "", "", ""
		if f.Rank != nil {
			rank = fmt.Sprint(*f.Rank)
		}
		if last := len(f.Spread) - 1; last >= 0 {
			lowest, highest = f.plain(&f.Spread[0].Value), f.plain(&f.Spread[last].Value)
		}
		t.add(f.ID, f.Indicator, f.Title, f.plain(f.Value), f.plain(f.Low), f.plain(f.High), f.N, lowest, f.plain(f.P10), f.plain(f.P25), f.plain(f.Median),
			f.plain(f.P75), f.plain(f.P90), highest, rank, f.Verdict, f.Reason)
	}
	return t
}

// bodyTable has a line for each measure and body that has a value of it.
func (c *Comparison) bodyTable() *table {
	t := newTable("indicator", "title", "body", "name", "is", "value")
	names := map[string]string{}
	for _, p := range c.Peers {
		names[p.Body] = p.Name
	}
	for _, f := range c.Figures {
		if f.Value != nil {
			t.add(f.Indicator, f.Title, c.Body, c.Name, "the body", f.plain(f.Value))
		}
		for _, p := range f.Spread {
			t.add(f.Indicator, f.Title, p.Body, names[p.Body], "a peer", f.plain(&p.Value))
		}
	}
	return t
}

// mostBeside is how many bodies the page lists on each side of the body.
const mostBeside = 15

// narrow keeps the bodies next to the one that is compared.
func (s *CompareShown) narrow() {
	at := 0
	for i, b := range s.Bodies {
		if b.Here {
			at = i
		}
	}
	from, to := max(0, at-mostBeside), min(len(s.Bodies), at+mostBeside+1)
	s.Above, s.Below = int64(from), int64(len(s.Bodies)-to)
	s.Bodies = s.Bodies[from:to]
}
