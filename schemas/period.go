package schemas

import (
	"fmt"
	"strings"
)

// Period is a span of whole days, both ends included. The zero value of an end
// is a real date, so a period that is not known is NoPeriod.
type Period struct{ From, To Date }

// NoPeriod is the period of a file that names none and holds no dated payment.
var NoPeriod = Period{From: NoDate, To: NoDate}

// MonthOf returns the calendar month that holds the date.
func MonthOf(d Date) Period {
	year, month, _ := d.Civil()
	return Period{From: civil(year, month, 1), To: civil(year, month, daysIn(year, month))}
}

// Known reports whether both ends are dates.
func (p Period) Known() bool { return p.From != NoDate && p.To != NoDate }

// Holds reports whether the date falls in the period.
func (p Period) Holds(d Date) bool { return d != NoDate && p.From <= d && d <= p.To }

// Months lists the first days of the calendar months the period touches.
func (p Period) Months() []Date {
	if !p.Known() {
		return nil
	}
	var months []Date
	for m := p.From.Month(); m <= p.To; m = MonthOf(m).To + 1 {
		months = append(months, m)
	}
	return months
}

// String writes "2018-04" for a calendar month, "2018/19" for a financial
// year, "2018-04-01..2018-06-30" for any other span, "" for NoPeriod.
func (p Period) String() string {
	switch {
	case !p.Known():
		return ""
	case p == MonthOf(p.From):
		return p.From.String()[:7]
	case p == p.From.FinancialYear().Period():
		return p.From.FinancialYear().String()
	}
	return p.From.String() + ".." + p.To.String()
}

// ParsePeriod reads what String writes.
func ParsePeriod(text string) (Period, error) {
	if text == "" {
		return NoPeriod, nil
	}
	if from, to, ok := strings.Cut(text, ".."); ok {
		return parseSpan(from, to)
	}
	var year, next int
	if n, _ := fmt.Sscanf(text, "%4d/%2d", &year, &next); n == 2 && (year+1)%100 == next {
		return FinancialYear(year).Period(), nil
	}
	if first, err := ParseDate(text + "-01"); err == nil {
		return MonthOf(first), nil
	}
	return NoPeriod, fmt.Errorf("%q is not a period: write 2018-04, 2018/19 or 2018-04-01..2018-06-30", text)
}

func parseSpan(from, to string) (Period, error) {
	first, err := ParseDate(from)
	if err != nil {
		return NoPeriod, err
	}
	last, err := ParseDate(to)
	if err != nil {
		return NoPeriod, err
	}
	if last < first {
		return NoPeriod, fmt.Errorf("the period %s..%s ends before it begins", from, to)
	}
	return Period{From: first, To: last}, nil
}
