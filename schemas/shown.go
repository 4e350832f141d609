package schemas

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shown makes published text safe to look at, on a page and on a terminal:
// control characters, and those that cannot be seen or turn the writing
// direction round, are written out, as in "[U+202E]"; line ends and tabs become
// spaces, and bytes that are no character "�". It does not escape HTML.
func Shown(text string) string {
	if strings.IndexFunc(text, hidden) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			out.WriteByte(' ')
		case r == utf8.RuneError:
			out.WriteRune(r)
		case hidden(r):
			fmt.Fprintf(&out, "[U+%04X]", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// hidden reports whether a character is not seen as itself; bytes that are none
// come as utf8.RuneError.
func hidden(r rune) bool {
	return r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// Cut is Shown, shortened to at most n characters.
func Cut(n int, text string) string {
	text = Shown(text)
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:n-1])) + "…"
}
