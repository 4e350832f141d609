package normalize

import (
	"commonspend/schemas"
	"strings"
)

// datePart is a run of digits or letters in a date cell.
type datePart struct {
	text string
	n    int // the number, or the month (1 to 12) of a word; 0 for another word
	word bool
}

// longShape reads every form but the two commonest.
func longShape(text string, kind schemas.CellKind) dateShape {
	if text[0] == '#' {
		if allOf(text, '#') {
			return dateShape{form: dateLost}
		}
		return dateShape{form: dateOther}
	}
	if len(text) > 40 {
		return dateShape{form: dateOther}
	}
	if shape, ok := serial(text); ok {
		return shape
	}
	var space [8]datePart
	parts, ok := splitDate(dropTime(text), space[:0])
	if !ok {
		return dateShape{form: dateOther}
	}
	return shapeOf(parts, text)
}

// serial reads spreadsheet day numbers of 1982 to 2064 ("41227", "41227.0"),
// and the six- and eight-digit forms 201802 and 20140131.
func serial(text string) (dateShape, bool) {
	digits, fraction, _ := strings.Cut(text, ".")
	n, ok := number(digits)
	if !ok {
		return dateShape{}, false
	}
	if _, ok := number(fraction); fraction != "" && !ok && len(fraction) <= 8 {
		return dateShape{}, false
	}
	switch {
	case len(digits) == 5 && n >= 30000 && n <= 60000:
		// Day 25569 of the 1900 epoch is 1 January 1970.
		return dateShape{form: dateSerial, date: schemas.Date(n - 25569)}, true
	case fraction != "":
		return dateShape{}, false
	case len(digits) == 6:
		return period(n/100, n%100), true
	case len(digits) == 8 && n/10000 >= 1990:
		return whole(dateYMD, n/10000, n/100%100, n%100), true
	case len(digits) == 8:
		return slashed(n/1000000, n/10000%100, n%10000), true
	}
	return dateShape{form: dateOther}, true
}

// period reads 201802 as financial period 2 of the year that starts in April
// 2018, which is May. Periods 13 and beyond are late entries to March.
func period(year, p int) dateShape {
	if year < 1990 || year > 2100 || p < 1 || p > 15 {
		return dateShape{form: dateOther}
	}
	month := min(p, 12) + 3
	if month > 12 {
		year, month = year+1, month-12
	}
	return whole(datePeriod, year, month, 1)
}

// dropTime cuts a time of day off: "2014-01-31T10:00:00", "31/01/2014 00:00".
func dropTime(text string) string {
	colon := strings.IndexByte(text, ':')
	if colon < 0 {
		return text
	}
	cut := colon
	for cut > 0 && isDigit(text[cut-1]) {
		cut--
	}
	return strings.TrimRight(strings.TrimRight(text[:cut], " "), "Tt,")
}

// splitDate cuts a cell into runs of digits and words. Anything but spaces and
// the marks that dates are written with makes it no date.
func splitDate(text string, parts []datePart) ([]datePart, bool) {
	for i := 0; i < len(text); {
		start := i
		switch {
		case isDigit(text[i]):
			for i < len(text) && isDigit(text[i]) {
				i++
			}
			n, ok := number(text[start:i])
			if !ok {
				return nil, false
			}
			parts = append(parts, datePart{text: text[start:i], n: n})
		case isLetter(text[i]):
			for i < len(text) && isLetter(text[i]) {
				i++
			}
			if word := text[start:i]; !ordinal(word) && !weekday(word) {
				month := monthOf(word)
				if month == 0 {
					return nil, false
				}
				parts = append(parts, datePart{text: word, n: month, word: true})
			}
		case strings.IndexByte("/-. ,'", text[i]) >= 0:
			i++
		default:
			return nil, false
		}
		if len(parts) > 3 {
			return nil, false
		}
	}
	return parts, true
}

// shapeOf reads the parts that splitDate found.
func shapeOf(parts []datePart, text string) dateShape {
	switch len(parts) {
	case 3:
		return threeParts(parts)
	case 2:
		return twoParts(parts)
	}
	return dateShape{form: dateOther}
}

func threeParts(p []datePart) dateShape {
	switch {
	case p[1].word && !p[0].word && !p[2].word && len(p[0].text) == 4:
		return whole(dateWorded, p[0].n, p[1].n, p[2].n)
	case p[1].word && !p[0].word && !p[2].word:
		return whole(dateWorded, fullYear(p[2].n, len(p[2].text)), p[1].n, p[0].n)
	case p[0].word && !p[1].word && !p[2].word:
		return whole(dateWorded, fullYear(p[2].n, len(p[2].text)), p[0].n, p[1].n)
	case p[0].word || p[1].word || p[2].word:
		return dateShape{form: dateOther}
	case len(p[0].text) == 4:
		return whole(dateYMD, p[0].n, p[1].n, p[2].n)
	case len(p[2].text) == 4 || len(p[2].text) == 2:
		return slashed(p[0].n, p[1].n, fullYear(p[2].n, len(p[2].text)))
	}
	return dateShape{form: dateSlashed, bad: true}
}

func twoParts(p []datePart) dateShape {
	switch {
	case p[0].word && !p[1].word:
		return monthShape(p[0].n, p[1])
	case p[1].word && !p[0].word && len(p[0].text) != 1:
		return monthShape(p[1].n, p[0])
	case p[0].word || p[1].word:
		return dateShape{form: dateOther}
	case len(p[0].text) == 4:
		return monthShape(p[1].n, p[0])
	case len(p[1].text) == 4:
		return monthShape(p[0].n, p[1])
	}
	return dateShape{form: dateOther}
}

// monthShape is the first day of a month given without a day.
func monthShape(month int, year datePart) dateShape {
	if len(year.text) != 2 && len(year.text) != 4 {
		return dateShape{form: dateOther}
	}
	return whole(dateMonth, fullYear(year.n, len(year.text)), month, 1)
}

const monthNames = "january february march april may june july august september october november december "

// monthOf returns 1 to 12 for an English month name or its first three or more
// letters ("Sept" included), 0 for any other word.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > 9 {
		return 0
	}
	month, start := 1, 0
	for i := 0; i < len(monthNames); i++ {
		if monthNames[i] != ' ' {
			continue
		}
		if name := monthNames[start:i]; len(word) <= len(name) && strings.EqualFold(name[:len(word)], word) {
			return month
		}
		month, start = month+1, i+1
	}
	return 0
}

func ordinal(word string) bool {
	return strings.EqualFold(word, "st") || strings.EqualFold(word, "nd") ||
		strings.EqualFold(word, "rd") || strings.EqualFold(word, "th")
}

func weekday(word string) bool {
	const names = "monday tuesday wednesday thursday friday saturday sunday"
	if len(word) < 3 || len(word) > 9 || monthOf(word) > 0 {
		return false
	}
	for _, name := range strings.Fields(names) {
		if len(word) <= len(name) && strings.EqualFold(name[:len(word)], word) {
			return true
		}
	}
	return false
}
