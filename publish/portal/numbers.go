package portal

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"commonspend/schemas"
)

// Day is a civil date in ISO 8601, "" for none, which is null in JSON.
type Day string

// MarshalJSON writes null for no date.
func (d Day) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(d))
}

// Long writes "4 April 2024", or "no date".
func (d Day) Long() string { return d.as("2 January 2006", "no date") }

// Short writes "4 Apr 2024", for tables.
func (d Day) Short() string { return d.as("2 Jan 2006", "no date") }

// Month writes "April 2024".
func (d Day) Month() string { return d.as("January 2006", "no date") }

// MonthSlug writes "2024-04", for addresses.
func (d Day) MonthSlug() string { return d.as("2006-01", "") }

func (d Day) as(layout, none string) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return none
	}
	return t.Format(layout)
}

// count writes 1234567 as "1,234,567".
func count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// counted writes a count with its noun: "1 payment", "2,310 payments".
func counted(n int64, singular, plural string) string {
	if n == 1 {
		return "1 " + singular
	}
	return count(n) + " " + plural
}

// pounds writes exact money: "£1,234.50".
func pounds(pence int64) string { return schemas.Amount(pence).Pounds() }

// headline writes money for a heading: "£1.2 million", "£3.4 billion"; below
// a million, whole pounds. Halves are rounded away from zero.
func headline(pence int64) string {
	sign := ""
	size := uint64(pence)
	if pence < 0 {
		sign, size = "-", -uint64(pence)
	}
	const million, billion = 100_000_000, 100_000_000_000 // in pence
	switch {
	case tenths(size, million) >= 10_000:
		return sign + scaled(tenths(size, billion)) + " billion"
	case size >= million-50:
		return sign + scaled(tenths(size, million)) + " million"
	}
	whole, _, _ := strings.Cut(pounds(int64((size+50)/100*100)), ".")
	return sign + whole
}

func tenths(size, unit uint64) uint64 { return (size + unit/20) / (unit / 10) }

func scaled(tenths uint64) string {
	return fmt.Sprintf("£%s.%d", count(int64(tenths/10)), tenths%10)
}

// columnLetters writes a 1-based column number as a spreadsheet does: 28 is "AB".
func columnLetters(column int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}

// size writes bytes for people, in powers of ten: "812 bytes", "14.2 MB".
func size(bytes int64) string {
	for _, unit := range []struct {
		name  string
		bytes int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if bytes >= unit.bytes {
			t := (bytes + unit.bytes/20) / (unit.bytes / 10)
			return fmt.Sprintf("%s.%d %s", count(t/10), t%10, unit.name)
		}
	}
	return counted(bytes, "byte", "bytes")
}
