package comparison

import (
	"fmt"
	"slices"
	"strings"

	"commonspend/compare/indicator"
	"commonspend/compare/peer"
	"commonspend/schemas"
)

// statement says in plain sentences what was made alike, by rule: what is said
// follows from the set and from nothing else.
func (s *set) statement(c *Comparison) []string {
	lines := []string{s.aboutPeers()}
	lines = append(lines, s.whyLeftOut()...)
	lines = append(lines, s.aboutMonths()...)
	lines = append(lines, s.aboutThreshold()...)
	lines = append(lines, s.aboutVAT()...)
	lines = append(lines, s.aboutScope(), s.aboutJudging())
	lines = append(lines, s.aboutEditions()...)
	lines = append(lines, s.aboutReported(c)...)
	lines = append(lines, s.aboutDivisors()...)
	lines = append(lines, aboutUnknown(c)...)
	lines = append(lines, s.aboutBounds())
	if c.Request.Bootstrap > 0 {
		lines = append(lines, fmt.Sprintf("The bounds of spending and of transactions also hold what chance does: the body's transactions were drawn again %d times, and 95 in 100 draws lie within.", c.Request.Bootstrap))
	}
	lines = append(lines, "Above and below mean outside the middle half of the peers, and clear of the median by the bounds of both.")
	return append(lines, "These are payments as published, which is not all that the bodies spend. More is not worse.")
}

func (s *set) aboutPeers() string {
	n, kind := len(s.peers), s.group.Body.Describe()
	text := fmt.Sprintf("%s is compared with %s of the same kind, %s, as they were in %s.",
		s.group.Body.Name, bodiesName(n), kind, periodName(s.request.Period))
	switch s.group.Rule.Kind {
	case "nearest":
		var features []string
		for _, feature := range s.group.Features {
			features = append(features, fmt.Sprintf("%s (%d)", feature.Name, feature.Year))
		}
		text = fmt.Sprintf("%s is compared with the %s of the same kind, %s, that are nearest to it by %s and can be compared. Being nearest is not mutual: it need not be among the nearest of its peers.",
			s.group.Body.Name, bodiesName(n), kind, listed(features))
	case "region":
		text = strings.TrimSuffix(text, ".") + ", in the same region, " + s.group.Body.Region + "."
	case "list":
		text = strings.TrimSuffix(text, ".") + ", chosen by whoever asked."
	}
	if tiers := s.tiers(); len(tiers) > 1 {
		text += " Bodies of these tiers do the same things and are compared with each other: " + listed(tiers) + "."
	}
	if n < leastForMedian {
		text += fmt.Sprintf(" That is too few: a median needs %d peers, a rank %d.", leastForMedian, leastForRank)
	}
	return text
}

// tiers lists those of the bodies compared, in the order of the bodies.
func (s *set) tiers() []string {
	var tiers []string
	for _, body := range s.compared() {
		tier := body.Tier
		if tier == "" {
			tier = "of a type that the register does not tell"
		}
		if !slices.Contains(tiers, tier) {
			tiers = append(tiers, tier)
		}
	}
	return tiers
}

func bodiesName(n int) string {
	if n == 1 {
		return "1 body"
	}
	return fmt.Sprintf("%d bodies", n)
}

func (s *set) aboutMonths() []string {
	period := s.request.Period.Months()
	if len(s.months) == len(period) {
		return []string{fmt.Sprintf("All hold every month: %s.", monthsName(period))}
	}
	lines := []string{fmt.Sprintf("Only months that all hold count, %d of %d: %s.", len(s.months), len(period), monthsName(s.months))}
	for _, month := range period {
		if !slices.Contains(s.months, month) {
			lines = append(lines, s.aboutMonth(month))
		}
	}
	return lines
}

// aboutMonth says who lacks a month, and how.
func (s *set) aboutMonth(month schemas.Date) string {
	words := map[string]string{"": "not published or not held", "missing": "missing", "partial": "held in part only", "stray": "without a file for it",
		"undecided": "in files that may repeat one another"}
	var who []string
	for _, body := range s.compared() {
		h := s.holdings[body.ID][s.duty][month]
		if !h.present {
			who = append(who, fmt.Sprintf("%s (%s)", body.Name, words[h.status]))
		}
	}
	return fmt.Sprintf("%s is left out: %s.", peer.MonthName(month), some(who))
}

// compared is the body and its peers.
func (s *set) compared() []peer.Body {
	bodies := []peer.Body{s.group.Body}
	for _, p := range s.peers {
		bodies = append(bodies, p.Body)
	}
	return bodies
}

// some names up to four, and counts the rest.
func some(who []string) string {
	if len(who) > 5 {
		return strings.Join(who[:4], ", ") + fmt.Sprintf(" and %d others", len(who)-4)
	}
	return listed(who)
}

func (s *set) aboutThreshold() []string {
	if s.threshold == 0 {
		return []string{"No threshold is declared for what they publish: transactions of every size count."}
	}
	var highest, raised []string
	lower := false
	for _, body := range s.compared() {
		h := s.holdings[body.ID]
		if h.threshold(s.duty, s.months) < s.threshold {
			lower = true
		} else {
			highest = append(highest, body.Name)
		}
		if h.has(s.duty, s.months, func(m held) bool { return m.raised }) {
			raised = append(raised, body.Name)
		}
	}
	text := fmt.Sprintf("Only transactions of at least %s count, either way: the threshold they all publish from.", pounds(s.threshold))
	if lower {
		text = fmt.Sprintf("Only transactions of at least %s count, either way: the highest threshold among them, that of %s. Others publish smaller ones, which are left out.",
			pounds(s.threshold), some(highest))
	}
	lines := []string{text}
	if len(raised) > 0 {
		lines = append(lines, fmt.Sprintf("%s: what is published holds hardly anything under a higher threshold than is declared, so the threshold is taken from the data.", some(raised)))
	}
	return lines
}

func (s *set) aboutVAT() []string {
	switch s.vat {
	case "net":
		return []string{"All amounts are without VAT, as the publishers say."}
	case "gross":
		return []string{"All amounts include VAT, as the publishers say."}
	}
	lines := []string{"The publishers do not say, or not throughout, whether amounts include VAT: each payment may be up to a sixth too high, which the bounds allow for, payment by payment. For change on the year before each body is taken to hold to one way."}
	var unlike []string
	for _, body := range s.compared() {
		if s.holdings[body.ID].unlike(s.duty, s.months) {
			unlike = append(unlike, body.Name)
		}
	}
	if len(unlike) > 0 {
		lines = append(lines, fmt.Sprintf("%s: amounts are on more than one VAT basis in these months, which cannot be added up as they stand. They are taken as not known: what is declared to be without VAT counts whole, all else between five sixths and whole.", some(unlike)))
	}
	return lines
}

func (s *set) aboutScope() string {
	if s.request.Scope == "procurement" {
		return "Only procurement counts. Grants, transfers between public bodies, payments to individuals, tax and finance are left out."
	}
	return fmt.Sprintf("Only the scope %q counts, as asked.", s.request.Scope)
}

func (s *set) aboutJudging() string {
	mine := s.judged(s.group.Body.ID)
	if len(s.peers) == 0 {
		return fmt.Sprintf("It could be told what %d %% of its pounds were for.", mine)
	}
	lowest, highest := int64(100), int64(0)
	for _, p := range s.peers {
		share := s.judged(p.ID)
		lowest, highest = min(lowest, share), max(highest, share)
	}
	theirs := fmt.Sprintf("%d to %d %%", lowest, highest)
	if lowest == highest {
		theirs = fmt.Sprintf("%d %%", lowest)
	}
	return fmt.Sprintf("It could be told what %d %% of its pounds were for, and %s of the peers'; a body under %d %% is left out.", mine, theirs, leastClassified)
}

// judged is the share of a body's pounds that could be judged, in the months
// that it holds: what it was let in by.
func (s *set) judged(id string) int64 {
	h := s.holdings[id]
	return h.classified(s.duty, h.months(s.duty, s.own))
}

// aboutEditions says where files were replaced or several have a part in a
// month, so that nothing counts twice.
func (s *set) aboutEditions() []string {
	var replaced, several []string
	for _, body := range s.compared() {
		h := s.holdings[body.ID]
		if h.has(s.duty, s.months, func(m held) bool { return m.superseded }) {
			replaced = append(replaced, body.Name)
		} else if h.has(s.duty, s.months, func(m held) bool { return m.several }) {
			several = append(several, body.Name)
		}
	}
	var lines []string
	if len(replaced) > 0 {
		lines = append(lines, fmt.Sprintf("Files of %s were sent again, or repeated by one that covers more months: each month counts once, by the file that stands.", some(replaced)))
	}
	if len(several) > 0 {
		lines = append(lines, fmt.Sprintf("Several files of %s have a part in a month; none repeats another.", some(several)))
	}
	return lines
}

// aboutReported says that what others report of the bodies is left out: it may
// stand among what they published themselves.
func (s *set) aboutReported(c *Comparison) []string {
	for _, x := range c.Excluded {
		if x.Reason == s.reason("reported") {
			return []string{fmt.Sprintf("Payments of these bodies that other publishers report, such as a list of sales to them, are left out (%s): the same may stand in what they published themselves.", pounds(x.Pence))}
		}
	}
	return nil
}

func (s *set) aboutDivisors() []string {
	var lines []string
	for _, of := range s.asked {
		switch {
		case of.Measure != "":
			lines = append(lines, fmt.Sprintf("%s divides by the %s of %d.", of.Title, indicator.Measure(of.Measure), s.years[of.Measure]))
		case of.Prices:
			year := s.request.Period.From.FinancialYear()
			lines = append(lines, fmt.Sprintf("Real terms are by the GDP deflator: a financial year is nine twelfths of the calendar year it begins in and three twelfths of the next; %s is %s and %s is %s.",
				year-1, index(s.prices[false]), year, index(s.prices[true])))
		}
	}
	return lines
}

// index writes an index kept in thousandths of a quarter: 340766 is 85.1915.
func index(quarters int64) string {
	return string(decimal(fmt.Sprintf("%d.%04d", quarters/4000, quarters%4000*10/4)))
}

// aboutUnknown says for how much of the pounds no register tells what an
// indicator rests on.
func aboutUnknown(c *Comparison) []string {
	var lines []string
	for _, m := range c.Indicators {
		if m.unknown == nil {
			continue
		}
		text := fmt.Sprintf("%s: of %s of its pounds no register tells", m.About.Title, percent(*m.unknown))
		if low, high := m.unknownOfPeers(); high != nil {
			text += fmt.Sprintf(", and of %s to %s of the pounds of peers with a value", percent(*low), percent(*high))
		}
		lines = append(lines, text+"; the bounds allow for none of these to count and for all.")
	}
	return lines
}

// unknownOfPeers is the least and the most that is unknown of a peer with a value.
func (m *Measured) unknownOfPeers() (low, high *Decimal) {
	for _, point := range m.Spread {
		if low == nil || point.unknown.less(*low) {
			low = point.unknown
		}
		if high == nil || high.less(*point.unknown) {
			high = point.unknown
		}
	}
	return low, high
}

func (s *set) aboutBounds() string {
	return "The bounds take off what was judged with a confidence of less than 0.8, and add what could not be judged as far as it may belong: twice the share that this has of the others, and the largest single amount besides."
}
