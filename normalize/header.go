package normalize

import (
	"strings"
	"unicode"
)

// normalForm brings a published header to the form that the rule file is
// written in: lower case, words apart by one space, without marks, numbering
// ("3 Date") or the "(T)" that marks the text of a code. A pound sign in any of
// its forms is dropped, or becomes the word "pounds" where it is what the
// header is about ("£ (net)").
func normalForm(header string) string {
	words := words(header)
	if len(words) > 1 && allDigits(words[0]) {
		words = words[1:]
	}
	form := strings.Join(words, " ")
	switch {
	case !strings.Contains(form, "pounds"):
	case form == "pounds" || words[0] == "pounds" && len(words) < 3:
		return form
	default:
		words = without(words, "pounds")
		form = strings.Join(words, " ")
	}
	return form
}

// words cuts a header at anything that is neither letter nor digit, and where a
// small letter meets a capital ("SupplierName").
func words(header string) []string {
	var out []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			out = append(out, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	previous := rune(0)
	for _, c := range header {
		switch {
		case c == '£' || c == 'œ' || c == 0x9C:
			end()
			out = append(out, "pounds")
		case !unicode.IsLetter(c) && !unicode.IsDigit(c) || c > 0x24F:
			end()
		default:
			if unicode.IsUpper(c) && unicode.IsLower(previous) {
				end()
			}
			word.WriteRune(c)
		}
		previous = c
	}
	end()
	return out
}

func without(words []string, drop string) []string {
	kept := words[:0:0]
	for _, w := range words {
		if w != drop {
			kept = append(kept, w)
		}
	}
	return kept
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// meanings returns what a header may mean, best first: the rules that name it
// exactly, else those whose words it has, else those it misspells.
func (v *vocabulary) meanings(header string) []meaning {
	if len(header) == 0 || len(header) > 120 {
		return nil
	}
	form := normalForm(header)
	if found, ok := v.memo[form]; ok {
		return found
	}
	found := v.exact[form]
	if len(found) == 0 {
		found = v.having(form)
	}
	if len(found) == 0 {
		found = v.misspelt(form)
	}
	if len(v.memo) < 4096 {
		v.memo[form] = found
	}
	return found
}

// having finds the rules all of whose words stand in the header, and none of
// whose forbidden words do; those with more words win.
func (v *vocabulary) having(form string) []meaning {
	if len(form) > 80 {
		return nil
	}
	present := strings.Fields(form)
	var found []meaning
	most := 0
	for _, rule := range v.has {
		if len(rule.words) < most || !rule.fits(present) {
			continue
		}
		if len(rule.words) > most {
			most, found = len(rule.words), nil
		}
		found = append(found, rule.meaning)
	}
	return found
}

func (r hasRule) fits(present []string) bool {
	for _, want := range r.words {
		if !contains(present, want) {
			return false
		}
	}
	for _, no := range r.not {
		if contains(present, no) {
			return false
		}
	}
	return true
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

// misspelt finds the rule nearest in spelling: at most one slip in a header of
// five letters or more, two from eight on. A tie between fields is no answer.
func (v *vocabulary) misspelt(form string) []meaning {
	limit := 0
	switch {
	case len(form) >= 8 && len(form) <= 40:
		limit = 2
	case len(form) >= 5 && len(form) < 8:
		limit = 1
	}
	var found []meaning
	for _, known := range v.spellings {
		if limit == 0 {
			break
		}
		if len(known) < 5 || known[0] != form[0] {
			continue
		}
		d := slips(form, known, limit)
		switch {
		case d > limit:
		case d < limit || found == nil:
			limit, found = d, v.exact[known]
		case found[0].field != v.exact[known][0].field:
			found = nil
		}
	}
	return found
}

// slips counts the letters put in, left out, changed or swapped between two
// spellings, giving up above the limit.
func slips(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(a) > 60 || len(b) > 60 {
		return limit + 1
	}
	var rows [3][61]int
	before, last, this := rows[0][:], rows[1][:], rows[2][:]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}
