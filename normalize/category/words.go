package category

import "strings"

// fold writes text in small letters and digits with single blanks between
// words, so that "S.E.N. Taxi's  (LA)" reads "s e n taxis la". Letters with
// accents lose them where that is a single Latin letter; "&" reads "and".
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	blank := true
	write := func(c byte) {
		b.WriteByte(c)
		blank = false
	}
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			write(byte(r))
		case r >= 'A' && r <= 'Z':
			write(byte(r) + 'a' - 'A')
		case r == '\'' || r == '’' || r == '`':
		case r == '&':
			if !blank {
				b.WriteByte(' ')
			}
			b.WriteString("and ")
			blank = true
		case r >= 0xC0 && r < 0x180 && accents[r-0xC0] != ' ':
			write(accents[r-0xC0])
		default:
			if !blank {
				b.WriteByte(' ')
				blank = true
			}
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// accents holds the plain letter of each of U+00C0 to U+017F, or a blank.
const accents = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnooooooo" +
	"orrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// split cuts folded text into its words, written after those already in words.
func split(words []string, folded string) []string {
	for start := 0; start < len(folded); {
		end := strings.IndexByte(folded[start:], ' ')
		if end < 0 {
			return append(words, folded[start:])
		}
		if end > 0 {
			words = append(words, folded[start:start+end])
		}
		start += end + 1
	}
	return words
}

// isNumber tells words of digits only: account codes, years, invoice numbers.
func isNumber(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return word != ""
}
