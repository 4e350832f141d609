package receipt

import (
	"fmt"
	"strconv"

	"commonspend/schemas"
)

// count writes a number as people read it: 1,234,567.
func count(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// counted writes a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}

// span writes two days, and no part of them twice: "1 to 30 April 2025".
func span(from, to schemas.Date) string {
	if from == schemas.NoDate {
		return ""
	}
	y1, m1, d1 := from.Civil()
	y2, m2, d2 := to.Civil()
	last := fmt.Sprintf("%d %s %d", d2, monthNames[m2-1], y2)
	switch {
	case from == to:
		return last
	case y1 == y2 && m1 == m2:
		return fmt.Sprintf("%d to %s", d1, last)
	case y1 == y2:
		return fmt.Sprintf("%d %s to %s", d1, monthNames[m1-1], last)
	}
	return fmt.Sprintf("%d %s %d to %s", d1, monthNames[m1-1], y1, last)
}

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}
