package normalize

import (
	"commonspend/schemas"
	"strings"
)

// trim removes spaces, tabs, line ends, no-break spaces and a stray byte order
// mark from both ends. Almost every cell needs nothing, and is told by two bytes.
func trim(s string) string {
	if s == "" {
		return s
	}
	first, last := s[0], s[len(s)-1]
	if first > ' ' && first < 0x80 && last > ' ' && last < 0x80 {
		return s
	}
	return strings.TrimFunc(s, isSpace)
}

// blank reports whether a cell holds nothing but space.
func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			return s[i] >= 0x80 && trim(s) == ""
		}
	}
	return true
}

func isSpace(r rune) bool {
	switch r {
	case 0xA0, 0xFEFF, 0x200B, 0x2007, 0x202F, 0x3000:
		return true
	}
	return r <= ' ' || r == 0x7F
}

// collapse removes outer spaces and makes each run of inner space one space.
func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s, isSpace), " ")
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// clip returns at most the first 200 bytes of a value, on a rune's edge.
func clip(s string) string {
	const limit = 200
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut]
}

// cellAt returns a row's cell, "" beyond its end or where there is no such column.
func cellAt(row schemas.Row, column int) string {
	if column < 0 {
		return ""
	}
	return row.Cell(column)
}
