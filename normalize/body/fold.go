package body

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// glued is a day that a spreadsheet joined to a name: "NHS Anyshire CCG31/01/2021".
var glued = regexp.MustCompile(`\d{1,2}/\d{1,2}/\d{2,4}`)

// plain writes accented letters, as names of bodies have them, without accents.
var plain = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "î", "i", "ï", "i", "ó", "o", "ô", "o", "ö", "o", "ú", "u", "ü", "u", "ŵ", "w", "ŷ", "y", "ñ", "n",
	"'", "", "’", "", "‘", "", "`", "", "&", " and ")

// long are short forms that publishers use, written out.
var long = map[string][]string{
	"dept": {"department"}, "dep": {"department"}, "govt": {"government"}, "gov": {"government"},
	"ft": {"foundation", "trust"}, "boro": {"borough"}, "met": {"metropolitan"}, "cncl": {"council"},
	"mbc": {"metropolitan", "borough", "council"}, "mdc": {"metropolitan", "district", "council"},
	"bc": {"borough", "council"}, "dc": {"district", "council"}, "lb": {"london", "borough"},
	"univ": {"university"}, "hosp": {"hospital"}, "ltd": {"limited"}, "uk": {"united", "kingdom"},
	"mgmt": {"management"}, "auth": {"authority"}, "svc": {"service"}, "nat": {"national"},
	"pcc": {"police", "crime", "commissioner"}, "opcc": {"police", "crime", "commissioner"},
	"majesty": {"hm"}, "majestys": {"hm"},
}

// small are words that publishers put in and leave out at will. "Her" and
// "his" go because "Her Majesty's" is read as "HM".
var small = map[string]bool{"the": true, "of": true, "for": true, "and": true, "in": true, "on": true, "her": true, "his": true}

// words are the telling words of a name: small letters, short forms written
// out, plurals as singulars, letters that stand alone joined ("A C C" is "acc").
func words(name string) []string {
	parts := strings.FieldsFunc(plain.Replace(strings.ToLower(glued.ReplaceAllString(name, " "))), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	var out []string
	letters := 0
	for _, part := range parts {
		if small[part] {
			letters = 0
			continue
		}
		if len(part) == 1 && part[0] >= 'a' {
			if letters++; letters > 1 {
				out[len(out)-1] += part
				continue
			}
		} else {
			letters = 0
		}
		if part == "cc" && len(parts) > 1 { // county or city council: the place tells which
			part = "council"
		}
		if more, ok := long[part]; ok {
			out = append(out, more...)
			continue
		}
		out = append(out, singular(part))
	}
	return out
}

func singular(word string) string {
	if len(word) > 4 && word[len(word)-1] == 's' && word[len(word)-2] != 's' {
		return word[:len(word)-1]
	}
	return word
}

// bag is the words, each once, in the order of the alphabet: the order of words
// differs between publishers.
func bag(list []string) string {
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return strings.Join(slices.Compact(sorted), " ")
}

// without is the words that are not in the set.
func without(list []string, set map[string]bool) []string {
	var out []string
	for _, w := range list {
		if !set[w] {
			out = append(out, w)
		}
	}
	return out
}

// within reports whether every word of a is one of b.
func within(a, b []string) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// initials are the first letters of a name's words, as "acc" for Anyshire County
// Council: with, and without, the small words.
func initials(name string) (all, telling string) {
	for _, w := range strings.FieldsFunc(plain.Replace(strings.ToLower(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		all += w[:1]
		if !small[w] {
			telling += w[:1]
		}
	}
	return all, telling
}

// near reports whether two words differ by one letter put in, left out or changed.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
