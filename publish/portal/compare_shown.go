package portal

import (
	"fmt"
	"slices"
	"strings"

	"commonspend/publish/portal/chart"
)

// CompareShown is a comparison as its page shows it.
type CompareShown struct {
	*Comparison
	Headline string
	What     string // the category, or the scope
	Spine    *chart.Spine
	Strip    *chart.Strip
	Band     *chart.Band
	Figures  []FigureShown
	Withheld []FigureShown // those without a value
	Bodies   []BodyShown   // by the headline indicator, the highest first
	Of       string        // the headline indicator, in words
	RowsURL  string
	YearsURL string
	Command  string

	Below, Above       int64  // bodies that the page does not list on either side
	BodiesCSV, OverCSV string // the numbers of the strip and of the band
}

// FigureShown is an indicator on the page.
type FigureShown struct {
	Compared
	MethodURL, Command, RankWords, VerdictWords string
}

// BodyShown is a body of the comparison with what it is compared by.
type BodyShown struct {
	Name, Words, URL, RowsURL string
	Here                      bool
}

func (r *request) showComparison(a CompareAsked, c *Comparison) (*CompareShown, error) {
	bodies, err := r.slugs()
	if err != nil {
		return nil, err
	}
	slugs := map[string]bodyPlace{}
	for _, b := range bodies {
		slugs[b.id] = b
	}
	s := &CompareShown{Comparison: c, What: c.CategoryTitle, Command: "commonspend reproduce '" + c.ID + "' --release DIR"}
	if s.What == "" {
		s.What = scopeWords(orElse(a.Scope, "procurement"))
	}
	for _, f := range c.Figures {
		shown := FigureShown{Compared: f, MethodURL: "/methods/" + f.Indicator, Command: "commonspend reproduce '" + f.ID + "' --release DIR", VerdictWords: f.verdict()}
		if f.Rank != nil {
			shown.RankWords = fmt.Sprintf("%d of %d", *f.Rank, f.N+1)
		}
		if f.Value == nil {
			s.Withheld = append(s.Withheld, shown)
		} else {
			s.Figures = append(s.Figures, shown)
		}
	}
	s.RowsURL = c.rows(a, a.Slug)
	if !a.everyYear {
		s.YearsURL = a.with("", "") + "&years=all"
	}
	s.BodiesCSV, s.OverCSV = a.csv(tableBodies), a.csv(tableYears)
	s.draw(a, slugs)
	s.narrow()
	return s, nil
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// rows is where the payments of a body behind its figures are listed.
func (c *Comparison) rows(a CompareAsked, slug string) string {
	if slug == "" || len(c.Months) == 0 {
		return ""
	}
	return address("/search", "body", slug, "category", a.Category, "scope", orElse(a.Scope, "procurement"), "from", c.Months[0], "to", c.Months[len(c.Months)-1])
}

func (f Compared) verdict() string {
	switch f.Verdict {
	case verdictAbove, verdictBelow:
		return upperFirst(f.Verdict) + " the median"
	case verdictWithheld:
		return "Not judged: " + f.Reason
	}
	return "No clear difference"
}

// first is the indicator that the headline is about: a rate, else pounds.
func (c *Comparison) first() *Compared {
	for _, judged := range []bool{true, false} {
		for _, id := range []string{"per_head", "per_bed", "per_employee", "share_of_procured", "spend"} {
			for i, f := range c.Figures {
				if f.Indicator == id && f.Value != nil && (f.Verdict != verdictWithheld) == judged {
					return &c.Figures[i]
				}
			}
		}
	}
	return nil
}

// headline says in a sentence where the body stands.
func (s *CompareShown) headline(f *Compared) string {
	what := s.Name + ", " + lowerFirst(s.What) + ", " + s.PeriodWords + ": " + lowerFirst(f.Title) + " is " + f.ValueWords
	switch f.Verdict {
	case verdictAbove, verdictBelow:
		return fmt.Sprintf("%s, %s the median of %s, %s.", what, f.Verdict, counted(int64(f.N), "peer", "peers"), f.MedianWords)
	case verdictWithheld:
		return fmt.Sprintf("%s. It is not set beside a median: %s.", what, strings.TrimSuffix(f.Reason, "."))
	}
	return fmt.Sprintf("%s, no clear difference from the median of %s, %s.", what, counted(int64(f.N), "peer", "peers"), f.MedianWords)
}

// lowerFirst begins a phrase within a sentence; IT and the like stay.
func lowerFirst(text string) string {
	if len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' {
		return text
	}
	return strings.ToLower(text[:min(1, len(text))]) + text[min(1, len(text)):]
}

func upperFirst(text string) string {
	return strings.ToUpper(text[:min(1, len(text))]) + text[min(1, len(text)):]
}

func (s *CompareShown) draw(a CompareAsked, slugs map[string]bodyPlace) {
	f := s.first()
	if f == nil {
		s.Headline = s.Name + ": none of what is compared can be said of it for " + s.PeriodWords + "."
		return
	}
	s.Headline, s.Of = s.headline(f), f.Title
	s.drawSpine()
	names := map[string]string{}
	for _, p := range s.Peers {
		names[p.Body] = p.Name
	}
	strip := chart.Strip{Unit: f.Unit, Median: f.Median, Head: chart.Head{ID: "strip", Title: f.Title + ": where it stands among its peers",
		Subtitle: unitWords(*f) + ", " + s.PeriodWords, Desc: s.Headline + " The table below has every number."}}
	placed := false
	here := func() {
		s.Bodies = append(s.Bodies, BodyShown{s.Name, f.ValueWords, "/bodies/" + a.Slug, s.RowsURL, true})
		strip.Bodies, placed = append(strip.Bodies, chart.StripBody{Name: s.Name, Value: *f.Value, Here: true}), true
	}
	for i := len(f.Spread) - 1; i >= 0; i-- {
		p := f.Spread[i]
		if !placed && *f.Value >= p.Value {
			here()
		}
		line := BodyShown{Name: orElse(names[p.Body], p.Body), Words: p.Words}
		if place, ok := slugs[p.Body]; ok {
			line.URL, line.RowsURL = "/bodies/"+place.slug, s.rows(a, place.slug)
		}
		s.Bodies = append(s.Bodies, line)
		strip.Bodies = append(strip.Bodies, chart.StripBody{Name: line.Name, Value: p.Value})
	}
	if !placed {
		here()
	}
	if len(strip.Bodies) > 1 {
		s.Strip = &strip
	}
}

func unitWords(f Compared) string {
	switch f.Unit {
	case chart.Pounds, chart.PerHead:
		return "Pounds"
	case chart.Share:
		return "Per cent"
	case chart.Ratio:
		return "Index"
	}
	return "Number"
}

// drawSpine draws the indicators that have a median.
func (s *CompareShown) drawSpine() {
	spine := chart.Spine{Name: s.Name}
	for _, f := range s.Figures {
		if f.Median == nil || f.P25 == nil || f.P75 == nil || len(f.Spread) == 0 {
			continue
		}
		spine.Rows = append(spine.Rows, chart.SpineRow{Label: f.Title, Unit: f.Unit, Here: f.Value, Low: f.Spread[0].Value, P25: *f.P25, P50: *f.Median,
			P75: *f.P75, Top: f.Spread[len(f.Spread)-1].Value})
	}
	if len(spine.Rows) < 2 {
		return
	}
	spine.Head = chart.Head{ID: "spine", Title: "Each measure beside the peers", Subtitle: "Each row on its own scale, from the lowest to the highest; " + s.PeriodWords,
		Desc: "Rows of bars, one for each measure. The table below has every number."}
	s.Spine = &spine
}

// overYears draws the headline indicator over the years, each compared on its own.
func (r *request) overYears(p *ComparePage, q CompareQuery) error {
	f := p.Shown.first()
	if f == nil {
		return nil
	}
	years, err := list(r, r.db, "compare_year", func(y *string) []any { return []any{y} }, values{"body": p.Asked.id})
	if err != nil {
		return err
	}
	p.Over = []YearBeside{}
	band := chart.Band{Unit: f.Unit, Name: p.Shown.Name, Head: chart.Head{ID: "band", Title: f.Title + ", year by year", Subtitle: unitWords(*f) + "; the middle half and the tenths of the peers that each year can be compared with",
		Desc: "A line for the body over bands for its peers. The table below has every number."}}
	if len(years) > mostYears {
		band.Head.Subtitle += fmt.Sprintf("; the latest %d of %d years held", mostYears, len(years))
	}
	for i := min(len(years), mostYears) - 1; i >= 0; i-- {
		q.Period, q.Indicators = years[i], []string{f.Indicator}
		point := chart.BandPoint{Label: years[i]}
		c, err := r.server.options.Comparer.Compare(r, r.db, r.Number, q)
		if refusal, ok := err.(*Refusal); ok {
			point.Why = refusal.Sentence
		} else if err != nil {
			return err
		} else {
			c.point(f.Indicator, &point)
		}
		band.Points = append(band.Points, point)
		p.Over = append(p.Over, besideOf(f.Indicator, f.Unit, point))
	}
	p.Shown.Band = &band
	return nil
}

// mostYears is how many years are set beside each other.
const mostYears = 8

func (c *Comparison) point(indicator string, p *chart.BandPoint) {
	for _, f := range c.Figures {
		if f.Indicator == indicator {
			p.Here, p.Why, p.P25, p.Median, p.P75 = f.Value, f.Reason, f.P25, f.Median, f.P75
			if p.P10, p.P90 = f.P10, f.P90; f.Value == nil {
				p.P25, p.Median, p.P75, p.P10, p.P90 = nil, nil, nil, nil, nil
			}
		}
	}
}

// compareAbsent says what the comparison leaves out.
func compareAbsent(c *Comparison) []string {
	absent := []string{}
	for _, x := range c.Excluded {
		absent = append(absent, fmt.Sprintf("%s: %s, %s, of the bodies compared.", upperFirst(x.Reason), counted(x.Rows, "payment", "payments"), headline(x.Pence)))
	}
	return append(absent, "What the bodies do not publish, and bodies that are not held.", "Prices, quantities and quality: pounds do not tell them. More is not worse.")
}

// LeftOutBy is who was left out for one reason.
type LeftOutBy struct{ Reason, Names string }

// LeftOutBy puts those left out together by reason, the commonest first, and
// names some of each.
func (c *Comparison) LeftOutBy() []LeftOutBy {
	names := map[string][]string{}
	var reasons []string
	for _, out := range c.LeftOut {
		if len(names[out.Note]) == 0 {
			reasons = append(reasons, out.Note)
		}
		names[out.Note] = append(names[out.Note], out.Name)
	}
	slices.SortStableFunc(reasons, func(a, b string) int { return len(names[b]) - len(names[a]) })
	var list []LeftOutBy
	for i, reason := range reasons[:min(len(reasons), 12)] {
		who := names[reason]
		list = append(list, LeftOutBy{upperFirst(reason), strings.Join(who[:min(len(who), 5)], ", ")})
		if len(who) > 5 {
			list[i].Names += " and " + counted(int64(len(who)-5), "other", "others")
		}
	}
	return list
}

// CountPeers and CountLeftOut are for sentences.
func (c *Comparison) CountPeers() int64   { return int64(len(c.Peers)) }
func (c *Comparison) CountLeftOut() int64 { return int64(len(c.LeftOut)) }
