package normalize

import (
	"commonspend/schemas"
	"path"
	"strings"
	"unicode"
)

// claim is a period that a file's name may mean. A weak one ("1205", "May_13",
// a month or a quarter without its year) stands only if dates bear it out.
type claim struct {
	period schemas.Period
	weak   bool
	month  int // a month or, with span, months whose year only the dates can tell
	span   int
}

// standing returns the claim's period where it stands.
func (c claim) standing(h histogram) (schemas.Period, bool) {
	if c.month > 0 {
		return c.mostDated(h)
	}
	if h.total == 0 {
		return c.period, c.period.Known()
	}
	return c.period, h.supports(c.period)
}

// mostDated finds the year in which most rows fall in the claim's months.
func (c claim) mostDated(h histogram) (schemas.Period, bool) {
	best, most := schemas.NoPeriod, 0
	for i := c.month - 1; i+c.span < len(h.rows); i += 12 {
		if n := h.within(i-1, i+c.span+1); n > most {
			best, most = schemas.Period{From: monthAt(i).From, To: monthAt(i + c.span).To}, n
		}
	}
	return best, most > 0 && h.supports(best)
}

// namePart is a run of digits or of letters in a file's name.
type namePart struct {
	text  string
	n     int // the number, -1 for a word or a run too long to mean anything
	month int // 1 to 12 where the word is a month's
}

// claimsOf lists what a file's name may claim, the surest first: a span of two
// dates, a month with its year, a quarter or period of a financial year, a
// financial year, then the weak ones.
func claimsOf(fileName string) []claim {
	base := path.Base(strings.ReplaceAll(fileName, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	parts := nameParts(base)
	var sure, weak []claim
	add := func(c claim) {
		if c.weak {
			weak = append(weak, c)
		} else {
			sure = append(sure, c)
		}
	}
	year := financialYearIn(parts)
	claimSpan(parts, add)
	claimMonths(parts, year, add)
	claimQuarters(parts, year, add)
	claimNumbers(parts, add)
	if year > 0 {
		add(claim{period: schemas.FinancialYear(year).Period()})
	}
	return append(sure, weak...)
}

// nameParts cuts a name into words, at case changes too, and numbers.
func nameParts(name string) []namePart {
	var parts []namePart
	var run []rune
	end := func() {
		if len(run) > 0 {
			text := strings.ToLower(string(run))
			p := namePart{text: text, n: -1, month: monthOf(text)}
			if n, ok := number(text); ok {
				p.n = n
			}
			parts = append(parts, p)
			run = run[:0]
		}
	}
	for _, c := range name {
		if len(run) > 0 {
			last := run[len(run)-1]
			if unicode.IsDigit(last) != unicode.IsDigit(c) || unicode.IsLower(last) && unicode.IsUpper(c) {
				end()
			}
		}
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			run = append(run, c)
		} else {
			end()
		}
	}
	end()
	return parts
}

func (p namePart) isYear() bool { return len(p.text) == 4 && p.n >= 1995 && p.n <= 2099 }

func partAt(parts []namePart, i int) namePart {
	if i < 0 || i >= len(parts) {
		return namePart{n: -1}
	}
	return parts[i]
}

// financialYearIn finds "2013-14", "2017-8", "201718" or "FY1516"; 0 for none.
func financialYearIn(parts []namePart) int {
	for i, p := range parts {
		next := partAt(parts, i+1)
		switch {
		case p.isYear() && len(next.text) == 2 && next.n == (p.n+1)%100,
			p.isYear() && len(next.text) == 1 && next.n == (p.n+1)%10,
			p.isYear() && next.isYear() && next.n == p.n+1:
			return p.n
		case len(p.text) == 6 && p.n/100 >= 1995 && p.n%100 == (p.n/100+1)%100 && p.n%100 > 12:
			return p.n / 100
		case p.text == "fy" && len(next.text) == 4 && next.n%100 == next.n/100+1:
			return 2000 + next.n/100
		}
	}
	return 0
}

// claimSpan reads two full dates: "20151024to20160121".
func claimSpan(parts []namePart, add func(claim)) {
	var dates []schemas.Date
	for _, p := range parts {
		if len(p.text) == 8 && p.n > 0 {
			if d, ok := schemas.DateOf(p.n/10000, p.n/100%100, p.n%100); ok && p.n/10000 >= 1995 && p.n/10000 < 2100 {
				dates = append(dates, d)
			}
		}
	}
	if len(dates) == 2 && dates[0] < dates[1] {
		add(claim{period: schemas.Period{From: dates[0], To: dates[1]}})
	}
}

// claimMonths reads months by name, with the year after or before them, in the
// financial year that the name gives, or alone; and a run "apr - sep 2010".
func claimMonths(parts []namePart, year int, add func(claim)) {
	for i, p := range parts {
		if p.month == 0 {
			continue
		}
		last, at := p.month, i+1
		if partAt(parts, at).text == "to" {
			at++
		}
		if m := partAt(parts, at).month; m > 0 && m != p.month {
			last = m
			at++
		} else {
			at = i + 1
		}
		span := (last - p.month + 12) % 12
		after, before := partAt(parts, at), partAt(parts, i-1)
		switch {
		case year > 0:
			add(monthsOf(calendarYear(year, p.month), p.month, span, false))
		case after.isYear():
			add(monthsOf(after.n-boolInt(p.month+span > 12), p.month, span, false))
		case before.isYear():
			add(monthsOf(before.n, p.month, span, false))
		case len(after.text) == 2 && after.n >= 5 && after.n < 70:
			add(monthsOf(2000+after.n, p.month, span, true))
		}
		if lone := loneYear(parts); lone > 0 {
			add(monthsOf(lone, p.month, span, true))
		}
		add(claim{weak: true, month: p.month, span: span})
	}
}

// loneYear is the only year in a name, 0 where there is none or more than one.
func loneYear(parts []namePart) int {
	year := 0
	for _, p := range parts {
		if p.isYear() {
			if year > 0 && year != p.n {
				return 0
			}
			year = p.n
		}
	}
	return year
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// calendarYear is the calendar year of a month in a financial year.
func calendarYear(financial, month int) int { return financial + boolInt(month < 4) }

func monthsOf(year, month, span int, weak bool) claim {
	first := monthAt((year-firstYear)*12 + month - 1)
	last := monthAt((year-firstYear)*12 + month - 1 + span)
	return claim{period: schemas.Period{From: first.From, To: last.To}, weak: weak}
}

// claimQuarters reads "Q1 2013-14" and "Quarter-2"; Q1 is April to June.
func claimQuarters(parts []namePart, year int, add func(claim)) {
	for i, p := range parts {
		next := partAt(parts, i+1)
		if p.text != "q" && p.text != "qtr" && p.text != "quarter" || len(next.text) != 1 || next.n < 1 || next.n > 4 {
			continue
		}
		month := (next.n*3)%12 + 1 // Q1 -> April, Q4 -> January
		switch after, before := partAt(parts, i+2), partAt(parts, i-1); {
		case year > 0:
			add(monthsOf(calendarYear(year, month), month, 2, false))
		case after.isYear():
			add(monthsOf(calendarYear(after.n, month), month, 2, true))
		case before.isYear():
			add(monthsOf(calendarYear(before.n, month), month, 2, true))
		}
		add(claim{weak: true, month: month, span: 2})
	}
}

// claimNumbers reads "2018-04", "201804", "02_2012", "2021-P02" (a financial
// period) and, weakly, "1205".
func claimNumbers(parts []namePart, add func(claim)) {
	for i, p := range parts {
		next, after := partAt(parts, i+1), partAt(parts, i+2)
		switch {
		case p.isYear() && next.text == "p" && after.n >= 1 && after.n <= 15:
			month := (min(after.n, 12)+2)%12 + 1 // P01 is April, P12 and later March
			add(monthsOf(calendarYear(p.n, month), month, 0, false))
		case p.isYear() && len(next.text) == 2 && next.n >= 1 && next.n <= 12:
			add(monthsOf(p.n, next.n, 0, false))
		case len(p.text) == 6 && p.n/100 >= 1995 && p.n/100 < 2100 && p.n%100 >= 1 && p.n%100 <= 12:
			add(monthsOf(p.n/100, p.n%100, 0, false))
		case len(p.text) == 6 && p.n%10000 >= 1995 && p.n%10000 < 2100 && p.n/10000 >= 1 && p.n/10000 <= 12:
			add(monthsOf(p.n%10000, p.n/10000, 0, false))
		case len(p.text) <= 2 && p.n >= 1 && p.n <= 12 && next.isYear():
			add(monthsOf(next.n, p.n, 0, false))
		case len(p.text) == 4 && p.n/100 >= 5 && p.n/100 < 70 && p.n%100 >= 1 && p.n%100 <= 12:
			add(monthsOf(2000+p.n/100, p.n%100, 0, true))
		}
	}
}
