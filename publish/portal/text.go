package portal

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shown makes published text safe to look at: control characters, characters
// that turn the writing direction round and others that cannot be seen are
// written out, as in "[U+202E]"; line ends and tabs become spaces. HTML is
// escaped by the templates, not here.
func shown(text string) string {
	if strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			out.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&out, "[U+%04X]", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// hidden reports whether a character is not seen as itself on a page.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r) ||
		r == utf8.RuneError
}

// cut shortens text that is shown in a table to at most n characters.
func cut(n int, text string) string {
	text = shown(text)
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:n-1])) + "…"
}

// short is the beginning of a hash, enough to tell it by.
func short(hash string) string { return hash[:min(12, len(hash))] }
