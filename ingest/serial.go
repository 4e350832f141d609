package ingest

import "math"

// lastSerial is 9999-12-31, the last day Excel knows.
const lastSerial = 2958465

// appendSerial appends a date serial as ISO 8601: 43861 is 2020-01-31, 43861.5
// is 2020-01-31T12:00:00. Day 1 is 1900-01-01, and 60 is 1900-02-29, which
// Excel believes in; with the 1904 epoch day 1 is 1904-01-02. Seconds are
// rounded. It says false for what has no day: a time alone (below 1), a
// negative, or a number past the year 9999; that stays a number.
func appendSerial(dst []byte, serial float64, epoch1904 bool) ([]byte, bool) {
	if !(serial >= 1 && serial < lastSerial+1) {
		return dst, false
	}
	day := math.Floor(serial)
	seconds := int(math.Round((serial - day) * 86400))
	if seconds == 86400 {
		day, seconds = day+1, 0
	}
	n := int(day)
	switch {
	case epoch1904:
		n += 1462
	case n == 60:
		return appendClock(append(dst, "1900-02-29"...), seconds), true
	case n < 60:
		n++
	}
	return appendClock(appendDay(dst, n), seconds), true
}

// appendDay appends the day n days after 1899-12-30.
func appendDay(dst []byte, n int) []byte {
	// Counted in 400-year cycles of 146,097 days from 1600-03-01, years
	// beginning in March so that the leap day is a year's last.
	n += 109511
	cycle := n / 146097
	day := n % 146097
	year := (day - day/1460 + day/36524 - day/146096) / 365
	day -= 365*year + year/4 - year/100
	month := (5*day + 2) / 153 // 0 is March
	day -= (153*month + 2) / 5
	year += 1600 + 400*cycle
	if month += 3; month > 12 {
		month, year = month-12, year+1
	}
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	dst = appendTwo(append(dst, '-'), month)
	return appendTwo(append(dst, '-'), day+1)
}

func appendClock(dst []byte, seconds int) []byte {
	if seconds == 0 {
		return dst
	}
	dst = appendTwo(append(dst, 'T'), seconds/3600)
	dst = appendTwo(append(dst, ':'), seconds/60%60)
	return appendTwo(append(dst, ':'), seconds%60)
}

func appendTwo(dst []byte, n int) []byte {
	return append(dst, byte('0'+n/10%10), byte('0'+n%10))
}
