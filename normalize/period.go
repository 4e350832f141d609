package normalize

import "commonspend/schemas"

// firstClaim is the period that helps to tell day from month: the declared one,
// else the first that the file's name claims.
func firstClaim(declared schemas.Period, claims []claim) schemas.Period {
	if declared.Known() {
		return declared
	}
	for _, c := range claims {
		if c.period.Known() {
			return c.period
		}
	}
	return schemas.NoPeriod
}

// period is what the file claims to cover: as declared, else as its name says
// where its dates do not contradict it, else as its dates show.
func (f *file) period(claims []claim) (schemas.Period, string) {
	if f.about.Period.Known() {
		return f.about.Period, "declared"
	}
	h := f.months()
	for _, c := range claims {
		if p, ok := c.standing(h); ok {
			return p, "name"
		}
	}
	if p := h.span(); p.Known() {
		return p, "content"
	}
	return schemas.NoPeriod, "none"
}

// histogram counts dated rows by month.
type histogram struct {
	rows  []int32
	total int
}

// months adds up the months of all tables, each under its column's order.
func (f *file) months() histogram {
	h := histogram{rows: make([]int32, monthCount)}
	for _, c := range f.sheets {
		if c.table == nil {
			continue
		}
		for _, p := range c.table.parts {
			for i, n := range p.dates.byOrder[p.dates.order] {
				h.rows[i] += n
				h.total += int(n)
			}
		}
	}
	return h
}

// within counts the rows dated in whole months from one index to another.
func (h histogram) within(from, to int) int {
	n := 0
	for i := max(from, 0); i <= to && i < len(h.rows); i++ {
		n += int(h.rows[i])
	}
	return n
}

// supports reports whether the dates bear a claim out: half of them fall in it
// or in the month before or after, as payments legitimately do; or they trail
// over the year before it, as late entries of card files do, and no one month
// stands out in its stead.
func (h histogram) supports(p schemas.Period) bool {
	from, to := monthIndex(p.From), monthIndex(p.To)
	if h.within(from-1, to+1)*2 >= h.total {
		return true
	}
	span := h.span()
	return h.within(from-12, to+1)*5 >= h.total*4 && span != schemas.MonthOf(span.From)
}

// span is the one month with four fifths of the rows, else the shortest run of
// whole months that holds 98 in 100 of them.
func (h histogram) span() schemas.Period {
	if h.total == 0 {
		return schemas.NoPeriod
	}
	for i, n := range h.rows {
		if int(n)*5 >= h.total*4 {
			return monthAt(i)
		}
	}
	best, from, inside := [2]int{0, len(h.rows)}, 0, 0
	for to, n := range h.rows {
		inside += int(n)
		for (inside-int(h.rows[from]))*100 >= h.total*98 {
			inside -= int(h.rows[from])
			from++
		}
		if inside*100 >= h.total*98 && to-from < best[1]-best[0] {
			best = [2]int{from, to}
		}
	}
	return schemas.Period{From: monthAt(best[0]).From, To: monthAt(best[1]).To}
}
