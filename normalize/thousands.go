package normalize

import (
	"slices"
	"strings"

	"commonspend/schemas"
)

// saysThousands reports whether a header or a line above it says plainly that
// amounts are in thousands of pounds: "£000", "Amount (£'000s)", "Value £k",
// "all figures in thousands". A sum such as £25,000 does not.
func saysThousands(text string) bool {
	list := words(text)
	for i := 1; i < len(list); i++ {
		before, pattern := list[i-1], i+1 < len(list) && allDigits(list[i+1]) // "£000.00" shows how to write pounds
		if (before == "pounds" || before == "gbp") && slices.Contains([]string{"000", "000s", "k"}, list[i]) && !pattern ||
			before == "in" && list[i] == "thousands" {
			return true
		}
	}
	return false
}

// saysPounds reports whether a header says plainly that amounts are in pounds:
// "Amount (£)", "Value in GBP", "£0.00". A sum such as £25,000 does not, nor £m.
func saysPounds(text string) bool {
	list := append(words(text), "", "")
	for i := range len(list) - 2 {
		after, pattern := list[i+1], strings.Trim(list[i+1], "0") == "" && allDigits(list[i+2]) // "£0.00" shows how to write pounds
		if (list[i] == "pounds" || list[i] == "gbp") && (pattern || !startsWithDigit(after) && !slices.Contains([]string{"m", "mn", "bn", "million", "millions"}, after)) {
			return !saysThousands(text)
		}
	}
	return false
}

func startsWithDigit(s string) bool { return s != "" && isDigit(s[0]) }

// lookForThousands keeps the text that says that the part's amounts are in
// thousands: the header of the amounts, else a cell of the rows above it, which
// a header that says pounds denies.
func (p *part) lookForThousands(above []schemas.Row) {
	at := p.column[fieldAmount]
	if at < 0 {
		return
	}
	if p.thousands = ""; saysThousands(p.headers[at]) {
		p.thousands = p.headers[at]
		return
	}
	for _, row := range above {
		for _, cell := range row.Cells {
			if len(cell) < 200 && saysThousands(cell) {
				p.sayThousands(collapse(cell))
				return
			}
		}
	}
}

// sayThousands takes in what stands above the header.
func (p *part) sayThousands(text string) {
	if saysPounds(p.headers[p.column[fieldAmount]]) {
		p.denied = text
	} else {
		p.thousands = text
	}
}

// readThousands reads an amount in thousands of pounds, exactly: its decimal
// mark is moved before it is rounded to the penny.
func readThousands(cell string, kind schemas.CellKind, commaDecimal bool) money {
	m := readMoney(cell, kind, commaDecimal)
	if m.state != moneyRead {
		return m
	}
	point := "."
	if commaDecimal {
		point = ","
	}
	body, signs := stripMarks(trim(cell))
	whole, fraction, _ := strings.Cut(body, point)
	if !allDigits(fraction + "0") {
		return m // the tail of a sum that came to nought, "1.0E-9"
	}
	for len(fraction) < 3 {
		fraction += "0"
	}
	moved := digitsToPence(digitsOf(whole)+fraction[:3]+"."+fraction[3:], false)
	if signs.negatives == 1 {
		moved.pence = -moved.pence
	}
	moved.dollar, moved.comma, moved.subpenny = m.dollar, m.comma, moved.subpenny && kind != schemas.CellNumber
	return moved
}

// digitsOf leaves out of a number what groups its digits.
func digitsOf(text string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, text)
}
