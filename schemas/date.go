package schemas

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Date is a civil date, counted in days from 1 January 1970 (Arrow's date32),
// with no clock and no zone. NoDate stands for none.
type Date int32

// NoDate is the date of a payment whose date is missing or cannot be read.
const NoDate Date = math.MinInt32

// DateOf returns the date of a year, month and day, and whether there is such
// a day (31 February is not one).
func DateOf(year, month, day int) (Date, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return NoDate, false
	}
	if day > 28 && day > daysIn(year, month) {
		return NoDate, false
	}
	return civil(year, month, day), true
}

// civil counts days from 1970-01-01 by the proleptic Gregorian calendar, with
// years taken to begin in March so that the leap day comes last.
func civil(year, month, day int) Date {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Date(era*146097 + dayOfEra - 719468)
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// DateIn returns the civil date of a moment, in UTC.
func DateIn(t time.Time) Date {
	year, month, day := t.UTC().Date()
	return civil(year, int(month), day)
}

// Civil returns the year, month and day.
func (d Date) Civil() (year, month, day int) {
	y, m, dd := time.Unix(int64(d)*86400, 0).UTC().Date()
	return y, int(m), dd
}

// String writes the date as ISO 8601, or "" for NoDate.
func (d Date) String() string {
	if d == NoDate {
		return ""
	}
	year, month, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// ParseDate reads an ISO 8601 date, the only form our own files use.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return NoDate, fmt.Errorf("%q is not a date as YYYY-MM-DD", text)
	}
	return DateIn(t), nil
}

// FinancialYear returns the year, 1 April to 31 March, that the date falls in,
// by the calendar year in which it starts. It is 0 for NoDate.
func (d Date) FinancialYear() FinancialYear {
	if d == NoDate {
		return 0
	}
	year, month, _ := d.Civil()
	if month < 4 {
		year--
	}
	return FinancialYear(year)
}

// Month returns the first day of the date's month, or NoDate.
func (d Date) Month() Date {
	if d == NoDate {
		return NoDate
	}
	year, month, _ := d.Civil()
	return civil(year, month, 1)
}

// FinancialYear is a year from 1 April to 31 March, named by the calendar year
// in which it starts: 2024 is 2024/25.
type FinancialYear int

// String writes "2024/25"; "" for the zero year.
func (y FinancialYear) String() string {
	if y == 0 {
		return ""
	}
	return fmt.Sprintf("%04d/%02d", int(y), (int(y)+1)%100)
}

// Slug writes "2024-25", for paths and addresses.
func (y FinancialYear) Slug() string {
	return strings.ReplaceAll(y.String(), "/", "-")
}

// Period returns 1 April to 31 March of the year.
func (y FinancialYear) Period() Period {
	return Period{From: civil(int(y), 4, 1), To: civil(int(y)+1, 3, 31)}
}
