package normalize

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain writes a name with ordinary spaces, apostrophes and hyphens, without
// accents and without what cannot be seen, so that "Mr" and a name are told
// whatever stands between them. Almost every text is plain already.
func plain(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] < ' ' {
			return strings.Map(plainRune, norm.NFKD.String(s))
		}
	}
	return s
}

// plainRune returns what a decomposed rune is in a plain text, -1 for nothing.
func plainRune(r rune) rune {
	switch {
	case r < 0x80 && r >= ' ', r == unicode.ReplacementChar:
		return r
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return -1
	case strings.ContainsRune("‘’‛´′ʼ", r):
		return '\''
	case unicode.Is(unicode.Pd, r):
		return '-'
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return r
	}
	return ' '
}
