package portal

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings text to lower case without accents and apostrophes, as the tables
// of words have it.
func fold(text string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) && r != '\'' && r != '’' {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// folded lists the words of a text.
func folded(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// holdsAll reports whether each of the folded words is one that a text has, or
// begins one.
func holdsAll(have, words []string) bool {
	for _, word := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return h == word || len(word) >= 3 && strings.HasPrefix(h, word) }) {
			return false
		}
	}
	return true
}

// matching lists the categories whose titles hold every word, the broadest first.
func (c *cpv) matching(words []string, most int) []Category {
	var codes []int64
	for _, code := range c.codes {
		if holdsAll(c.words[code], words) {
			codes = append(codes, code)
		}
	}
	slices.SortStableFunc(codes, func(a, b int64) int { return digits(a) - digits(b) })
	found := []Category{}
	for _, code := range codes[:min(len(codes), most)] {
		found = append(found, c.node(code))
	}
	return found
}
