package normalize

import "commonspend/schemas"

// dateForm is the shape of a date cell, before any decision on day and month.
type dateForm uint8

const (
	dateBlank   dateForm = iota
	dateOther            // not a date at all
	dateLost             // ######: lost by the spreadsheet before publication
	dateYMD              // year first: 2014-01-31, 20140131
	dateSlashed          // two small numbers and a year: 31/01/2014, 1.2.14
	dateWorded           // the month is a word: 03-Jun-2013
	dateSerial           // a spreadsheet's day number, or a cell it holds as a date
	dateMonth            // a month alone: Apr-23, 2012-04
	datePeriod           // year and financial period: 201802 is May 2018
)

// dateShape is a date cell taken apart. For dateSlashed a and b are the two
// small numbers as written; otherwise the date is complete.
type dateShape struct {
	form dateForm
	date schemas.Date
	a, b uint8
	year int16
	bad  bool // of this form, but no such day: 31/02/2014
}

// readShape takes a date cell apart. The commonest forms take the short way.
func readShape(cell string, kind schemas.CellKind, ods bool) dateShape {
	if len(cell) == 10 {
		if shape, ok := tenBytes(cell); ok {
			if kind == schemas.CellDate && !ods {
				shape.form = dateSerial
			}
			return shape
		}
	}
	text := trim(cell)
	if text == "" {
		return dateShape{}
	}
	shape := longShape(text, kind)
	if kind == schemas.CellDate && !ods && shape.form == dateYMD {
		shape.form = dateSerial
	}
	return shape
}

// tenBytes reads 31/01/2014 (any separator) and 2014-01-31.
func tenBytes(s string) (dateShape, bool) {
	if isDigit(s[0]) && isDigit(s[1]) && isDigit(s[3]) && isDigit(s[4]) && s[2] == s[5] && isSeparator(s[2]) {
		year, ok := number(s[6:])
		if !ok {
			return dateShape{}, false
		}
		return slashed(two(s[0:]), two(s[3:]), year), true
	}
	if s[4] == s[7] && isSeparator(s[4]) && isDigit(s[5]) && isDigit(s[6]) && isDigit(s[8]) && isDigit(s[9]) {
		year, ok := number(s[:4])
		if !ok {
			return dateShape{}, false
		}
		return whole(dateYMD, year, two(s[5:]), two(s[8:])), true
	}
	return dateShape{}, false
}

func isSeparator(c byte) bool { return c == '/' || c == '-' || c == '.' || c == ' ' }

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

func number(s string) (int, bool) {
	if len(s) == 0 || len(s) > 8 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func slashed(a, b, year int) dateShape {
	if !plausibleYear(year) || a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12) {
		return dateShape{form: dateSlashed, bad: true}
	}
	return dateShape{form: dateSlashed, a: uint8(a), b: uint8(b), year: int16(year)}
}

// whole is a date whose parts are in no doubt.
func whole(form dateForm, year, month, day int) dateShape {
	if !plausibleYear(year) {
		return dateShape{form: form, bad: true}
	}
	date, ok := schemas.DateOf(year, month, day)
	return dateShape{form: form, date: date, bad: !ok}
}

func plausibleYear(year int) bool { return year >= 1950 && year <= 2100 }

// fullYear reads a year of two digits: below 70 is 20xx.
func fullYear(year, digits int) int {
	switch {
	case digits != 2:
		return year
	case year < 70:
		return 2000 + year
	}
	return 1900 + year
}

// dateOrder is how a column's slashed dates are read.
type dateOrder uint8

const (
	dayFirst dateOrder = iota
	monthFirst
)

// resolve turns a shape into a date under the column's order. It does not fall
// back to the other order for a cell that does not fit: that is an issue.
func (s dateShape) resolve(order dateOrder) (schemas.Date, bool) {
	if s.bad {
		return schemas.NoDate, false
	}
	switch s.form {
	case dateBlank, dateOther, dateLost:
		return schemas.NoDate, false
	case dateSlashed:
		day, month := int(s.a), int(s.b)
		if order == monthFirst {
			day, month = month, day
		}
		return schemas.DateOf(int(s.year), month, day)
	}
	return s.date, true
}

// fits reports whether a slashed date can be read under an order at all.
func (s dateShape) fits(order dateOrder) bool {
	_, ok := s.resolve(order)
	return ok
}

// reads reports whether the cell is some date, whatever its column's order.
func (s dateShape) reads() bool {
	if s.bad {
		return false
	}
	return s.form > dateLost
}
