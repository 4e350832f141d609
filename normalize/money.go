package normalize

import (
	"commonspend/schemas"
	"math"
)

// moneyState says what an amount cell turned out to be.
type moneyState uint8

const (
	moneyBlank      moneyState = iota // nothing in the cell
	moneyNil                          // a bare dash: nought, as accountants write it
	moneyRead                         // an amount
	moneyUnreadable                   // something else
)

// money is one amount cell as read.
type money struct {
	pence    schemas.Amount
	state    moneyState
	subpenny bool // had real fractions of a penny, rounded away from zero
	dollar   bool // carries a dollar sign, read as pounds
	comma    bool // groups or decimals by comma: evidence for the column
	given    bool // a number that a ledger gave out, and no amount: unreadable
}

func (m money) readable() bool { return m.state == moneyRead || m.state == moneyNil }

// readMoney reads an amount cell. Plain numbers take the short way; the number
// of a workbook cell may carry float noise, so its fractions are not noted.
func readMoney(cell string, kind schemas.CellKind, commaDecimal bool) money {
	if pence, ok := plainMoney(cell); ok && !commaDecimal {
		return money{pence: pence, state: moneyRead}
	}
	text := trim(cell)
	if text == "" {
		return money{}
	}
	if kind == schemas.CellDate || kind == schemas.CellError || kind == schemas.CellBool {
		return money{state: moneyUnreadable}
	}
	m := markedMoney(text, commaDecimal)
	if kind == schemas.CellNumber {
		m.subpenny = false
	}
	return m
}

// plainMoney reads -?digits, optionally with a point and one or two digits.
func plainMoney(s string) (schemas.Amount, bool) {
	if len(s) == 0 || len(s) > 15 {
		return 0, false
	}
	i, negative := 0, s[0] == '-'
	if negative {
		i = 1
	}
	n, digits := int64(0), 0
	for ; i < len(s) && isDigit(s[i]); i++ {
		n = n*10 + int64(s[i]-'0')
		digits++
	}
	if digits == 0 {
		return 0, false
	}
	switch {
	case i == len(s):
		n *= 100
	case s[i] != '.':
		return 0, false
	case len(s) == i+2 && isDigit(s[i+1]):
		n = n*100 + int64(s[i+1]-'0')*10
	case len(s) == i+3 && isDigit(s[i+1]) && isDigit(s[i+2]):
		n = n*100 + int64(s[i+1]-'0')*10 + int64(s[i+2]-'0')
	default:
		return 0, false
	}
	if negative {
		n = -n
	}
	return schemas.Amount(n), true
}

// markedMoney reads an amount with signs, pound signs, brackets, CR and commas.
func markedMoney(text string, commaDecimal bool) money {
	body, signs := stripMarks(text)
	if signs.negatives > 1 {
		return money{state: moneyUnreadable}
	}
	if body == "" {
		if signs.negatives == 1 && !signs.currency && len(text) <= 3 {
			return money{state: moneyNil}
		}
		if signs.negatives == 1 && signs.currency {
			return money{state: moneyNil} // "£ -", as Excel's accounting format shows nought
		}
		return money{state: moneyUnreadable}
	}
	m := digitsToPence(body, commaDecimal)
	m.dollar = signs.dollar
	if signs.negatives == 1 {
		m.pence = -m.pence
	}
	return m
}

type signMarks struct {
	negatives        int
	currency, dollar bool
}

// stripMarks takes signs, brackets and currency marks off both ends, in any
// order they are really found in: "-£1", "£-1", "(£1)", "£(1)", "1-", "1 CR",
// "GBP 1", and the marks that stand where a pound sign was lost: "?", "œ", "ú", "#".
func stripMarks(s string) (string, signMarks) {
	var marks signMarks
	opened := false
	for s != "" {
		rest, size := s, 0
		switch c := s[0]; {
		case isDigit(c) || c == '.' || c == ',':
			return stripTail(s, opened, marks)
		case c == '-':
			marks.negatives++
			size = 1
		case c == '(' && !opened:
			opened = true
			size = 1
		case c == '$':
			marks.dollar, marks.currency = true, true
			size = 1
		case c == '+' || c <= ' ':
			size = 1
		default:
			size = leadingMark(s, &marks)
		}
		if size == 0 {
			return "x", marks
		}
		s = rest[size:]
	}
	if opened {
		return "x", marks
	}
	return "", marks
}

// leadingMark returns the bytes a pound sign, minus or space of another kind
// takes at the start of s, 0 where there is none.
func leadingMark(s string, marks *signMarks) int {
	for _, sign := range [...]string{"£", "\xc2\x9c", "œ", "Œ", "ú", "\uFFFD", "?", "GBP", "gbp", "Â£", "¬£", "\xa3", "\x9c"} {
		if len(s) >= len(sign) && s[:len(sign)] == sign {
			marks.currency = true
			return len(sign)
		}
	}
	for _, minus := range [...]string{"−", "–", "—"} {
		if len(s) >= len(minus) && s[:len(minus)] == minus {
			marks.negatives++
			return len(minus)
		}
	}
	if len(s) >= 2 && s[0] == 0xC2 && s[1] == 0xA0 {
		return 2
	}
	if s[0] == '#' && len(s) > 1 && isDigit(s[1]) {
		marks.currency = true
		return 1
	}
	return 0
}

// stripTail takes a closing bracket, a trailing minus, CR, DR or currency mark
// off the end.
func stripTail(s string, opened bool, marks signMarks) (string, signMarks) {
	for s != "" {
		last := s[len(s)-1]
		switch {
		case isDigit(last) || last == '.':
			if opened {
				return "x", marks
			}
			return s, marks
		case last == ')' && opened:
			marks.negatives++
			opened = false
			s = s[:len(s)-1]
		case last == '-':
			marks.negatives++
			s = s[:len(s)-1]
		case last <= ' ':
			s = s[:len(s)-1]
		default:
			cut := trailingMark(s, &marks)
			if cut == 0 {
				return "x", marks
			}
			s = s[:len(s)-cut]
		}
	}
	return "x", marks
}

func trailingMark(s string, marks *signMarks) int {
	for _, word := range [...]struct {
		text     string
		negative int
	}{{"CR", 1}, {"Cr", 1}, {"cr", 1}, {"DR", 0}, {"Dr", 0}, {"GBP", 0}, {"£", 0}, {"\u00a0", 0}, {"−", 1}, {"–", 1}} {
		if n := len(word.text); len(s) > n && s[len(s)-n:] == word.text {
			marks.negatives += word.negative
			return n
		}
	}
	return 0
}

// digitsToPence reads digits with thousands marks and a decimal mark. Commas
// must group by three: "1241,32" is unreadable, never 124132. Spaces may group.
func digitsToPence(s string, commaDecimal bool) money {
	point, group := byte('.'), byte(',')
	if commaDecimal {
		point, group = ',', '.'
	}
	var m money
	whole, end, ok := wholePart(s, group, &m)
	if !ok {
		return money{state: moneyUnreadable}
	}
	fraction := ""
	if end < len(s) {
		if s[end] != point {
			return exponent(s, whole, end)
		}
		fraction = s[end+1:]
	}
	pence, subpenny, ok := fractionPence(fraction)
	if !ok {
		return exponent(s, whole, end)
	}
	m.state, m.pence, m.subpenny = moneyRead, schemas.Amount(whole*100+pence), subpenny
	return m
}

// wholePart reads the digits before the decimal mark, checking the grouping.
func wholePart(s string, group byte, m *money) (whole int64, end int, ok bool) {
	digits, run, groups := 0, 0, 0
	for end < len(s) {
		c := s[end]
		if isDigit(c) {
			if digits++; digits > 15 {
				return 0, end, false
			}
			whole = whole*10 + int64(c-'0')
			run++
			end++
			continue
		}
		size := groupMark(s[end:], group)
		if size == 0 {
			break
		}
		if run == 0 || run > 3 || (groups > 0 && run != 3) {
			return 0, end, false
		}
		m.comma = m.comma || c == ','
		groups, run = groups+1, 0
		end += size
	}
	if groups > 0 && run != 3 {
		return 0, end, false
	}
	return whole, end, digits > 0 || end < len(s)
}

// groupMark returns the bytes that a thousands mark takes at the start of s: the
// column's own, optionally followed by a space, or a space followed by a digit.
func groupMark(s string, group byte) int {
	n := 0
	if s[0] == group {
		n = 1
	}
	for n < len(s) && s[n] == ' ' {
		n++
	}
	if n+1 < len(s) && s[n] == 0xC2 && s[n+1] == 0xA0 {
		n += 2
	}
	if n > 0 && n < len(s) && isDigit(s[n]) {
		return n
	}
	return 0
}

// fractionPence reads the digits after the decimal mark as pence, rounded half
// away from zero. Noise of the ninth decimal and beyond is not worth a note.
func fractionPence(s string) (pence int64, subpenny, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isDigit(c) {
			return 0, false, false
		}
		switch {
		case i == 0:
			pence += int64(c-'0') * 10
		case i == 1:
			pence += int64(c - '0')
		case i == 2 && c >= '5':
			pence++
			subpenny = subpenny || !nearRound(s[2:])
		case i < 8 && c != '0':
			subpenny = subpenny || !nearRound(s[2:])
		}
	}
	return pence, subpenny, true
}

// nearRound reports whether the decimals after the penny are float noise: all
// noughts or all nines up to the last digits of a long run.
func nearRound(s string) bool {
	if len(s) < 6 {
		return allOf(s, '0')
	}
	return allOf(s[:5], '0') || allOf(s[:5], '9')
}

func allOf(s string, c byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			return false
		}
	}
	return true
}

// exponent reads the tail "E-9" that Excel leaves on a sum that came to nought:
// with a negative exponent of 4 or more the amount is under a penny. A positive
// exponent has lost digits and is unreadable.
func exponent(s string, whole int64, end int) money {
	for i := end; i < len(s); i++ {
		if s[i] != 'E' && s[i] != 'e' {
			continue
		}
		tail := s[i+1:]
		if whole < 10 && len(tail) >= 2 && len(tail) <= 4 && tail[0] == '-' && small(tail[1:]) {
			return money{state: moneyRead}
		}
		break
	}
	return money{state: moneyUnreadable}
}

func small(digits string) bool {
	n := 0
	for i := 0; i < len(digits); i++ {
		if !isDigit(digits[i]) {
			return false
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n >= 4 && n < math.MaxInt16
}
