package normalize

import "commonspend/schemas"

// Months are counted from January 1950 in the histograms below.
const (
	firstYear  = 1950
	monthCount = (2101 - firstYear) * 12
)

// dateEvidence is what the whole date column says about how its dates are written.
type dateEvidence struct {
	order    dateOrder
	assumed  bool // nothing told day from month; day first was taken
	forms    [datePeriod + 1]int
	dayOnly  int // slashed dates that only day first can read
	monthly  int // that only month first can read
	either   int // that both can read
	settled  int // slashed dates with day and month alike: 03/03/2014
	bad      int
	byOrder  [2][]int32 // rows by month, under each order
	from, to [2]schemas.Date
}

// look adds one date cell of a row that holds a readable amount.
func (e *dateEvidence) look(shape dateShape) {
	e.forms[shape.form]++
	if shape.bad {
		e.bad++
		return
	}
	if shape.form == dateSlashed {
		e.lookSlashed(shape)
		return
	}
	if shape.form > dateLost {
		e.add(dayFirst, shape.date)
		e.add(monthFirst, shape.date)
	}
}

func (e *dateEvidence) lookSlashed(shape dateShape) {
	first, isFirst := shape.resolve(dayFirst)
	second, isSecond := shape.resolve(monthFirst)
	switch {
	case isFirst && isSecond && first == second:
		e.settled++
	case isFirst && isSecond:
		e.either++
	case isFirst || shape.a > 12:
		e.dayOnly++
	case isSecond || shape.b > 12: // 9/31/2020 is no day, but month first it is
		e.monthly++
	}
	if isFirst {
		e.add(dayFirst, first)
	}
	if isSecond {
		e.add(monthFirst, second)
	}
}

func (e *dateEvidence) add(order dateOrder, d schemas.Date) {
	if e.byOrder[order] == nil {
		e.byOrder[order] = make([]int32, monthCount)
		e.from[order], e.to[order] = d, d
	}
	e.from[order], e.to[order] = min(e.from[order], d), max(e.to[order], d)
	e.byOrder[order][monthIndex(d)]++
}

// daysPerMonth in four hundred years: 146097 days over 4800 months. Dividing
// gives the month to within one, which is then put right without a calendar.
func monthIndex(d schemas.Date) int {
	year, month, _ := civil(d)
	return min(max((year-firstYear)*12+month-1, 0), monthCount-1)
}

// civil is Date.Civil without the detour through time.Time: the inverse of
// counting days in years that begin in March.
func civil(d schemas.Date) (year, month, day int) {
	z := int(d) + 719468
	era := z / 146097
	dayOfEra := z - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*shifted+2)/5 + 1
	month = shifted + 3
	year = yearOfEra + era*400
	if month > 12 {
		month, year = month-12, year+1
	}
	return year, month, day
}

func monthAt(index int) schemas.Period {
	d, _ := schemas.DateOf(firstYear+index/12, index%12+1, 1)
	return schemas.MonthOf(d)
}

// decide takes the order that the column's unequivocal dates show. Where all of
// them could be either, the order that puts more of them in the month that the
// file claims wins, then the one that gathers them in fewer months; else day first.
func (e *dateEvidence) decide(claimed schemas.Period) {
	switch {
	case e.dayOnly > 0 || e.monthly > 0:
		if e.monthly > e.dayOnly {
			e.order = monthFirst
		}
	case e.either == 0:
	case claimed.Known() && e.within(dayFirst, claimed) != e.within(monthFirst, claimed):
		if e.within(monthFirst, claimed) > e.within(dayFirst, claimed) {
			e.order = monthFirst
		}
	case e.either >= 3 && e.months(monthFirst) == 1 && e.months(dayFirst) > 2:
		e.order = monthFirst
	case e.either >= 3 && e.months(dayFirst) == 1 && e.months(monthFirst) > 2:
	default:
		e.assumed = true
	}
}

func (e *dateEvidence) within(order dateOrder, p schemas.Period) int {
	n := 0
	for i, rows := range e.byOrder[order] {
		if rows > 0 && p.Holds(monthAt(i).From) {
			n += int(rows)
		}
	}
	return n
}

func (e *dateEvidence) months(order dateOrder) int {
	n := 0
	for _, rows := range e.byOrder[order] {
		if rows > 0 {
			n++
		}
	}
	return n
}

// name is the order as reports write it: that of the slashed dates where there
// are any, else the commonest form's.
func (e *dateEvidence) name() string {
	if e.dayOnly+e.monthly+e.either+e.settled > 0 {
		if e.order == monthFirst {
			return "mdy"
		}
		return "dmy"
	}
	names := [...]struct {
		form dateForm
		name string
	}{{dateYMD, "ymd"}, {dateWorded, "dmy"}, {dateSerial, "serial"}, {dateMonth, "month"}, {datePeriod, "month"}}
	best, most := "none", 0
	for _, n := range names {
		if e.forms[n.form] > most {
			best, most = n.name, e.forms[n.form]
		}
	}
	return best
}
