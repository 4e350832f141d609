package normalize

import (
	"slices"
	"strings"
)

// individual reports whether a payee that is not redacted may be a private
// person. paid is whether the payment's own words say that it was made to one:
// then whatever has no word of an organisation may be.
func (w *payeeWords) individual(payee string, tokens []string, paid bool) bool {
	switch {
	case w.tradesAs(payee):
		return true
	case w.any(tokens, w.form), w.named[strings.Join(tokens, " ")]:
		return false
	case w.any(tokens, w.title), w.inRole(tokens), w.isHousehold(tokens) && !strings.Contains(payee, "&"),
		w.soleTrader(tokens) && !strings.ContainsAny(payee, "&-"):
		return true
	case w.trades(tokens, paid), strings.ContainsAny(payee, "@/"), mixed(payee):
		return false
	case paid && w.nameLike(tokens):
		return true
	}
	return !strings.Contains(payee, "&") && w.personForm(tokens, payee)
}

// nameLike reports whether words may be a name, however rare: two to four of them
// beside initials, or a common surname alone.
func (w *payeeWords) nameLike(tokens []string) bool {
	n := names(tokens)
	return !slices.ContainsFunc(tokens, allDigits) && n > 0 && n <= maxNames && (len(tokens) > 1 || w.surname[tokens[0]])
}

// maxNames is how many words a person's name has at most, initials aside.
const maxNames = 4

// names counts the words that are neither numbers nor initials.
func names(tokens []string) (n int) {
	for _, t := range tokens {
		n += boolInt(!allDigits(t) && !isInitials(t))
	}
	return n
}

// isInitials reports whether a word is an initial or several run together: a
// short word that could not be spoken, as "gf" and "bbn".
func isInitials(t string) bool {
	return len(t) == 1 || len(t) < 4 && !strings.ContainsAny(t, "aeiouy")
}

// tradesAs reports whether a person's name stands before the name that is traded
// under: "A Ash t/a Ash Roofing". What follows may be any name.
func (w *payeeWords) tradesAs(payee string) bool {
	lower := strings.ToLower(payee)
	for _, mark := range []string{" t/a ", " t/as ", "(t/a ", " trading as ", "(trading as "} {
		if before, _, ok := strings.Cut(lower, mark); ok {
			var space [16]string
			tokens := nameTokens(before, space[:0])
			two := strings.Contains(before, "&") && names(tokens) == len(tokens) && !w.forename[tokens[0]] // "Ash & Oak"
			return !w.firm(tokens) && !two && (w.any(tokens, w.title) || w.personForm(tokens, before))
		}
	}
	return false
}

// firm reports whether a word is one of an organisation.
func (w *payeeWords) firm(tokens []string) bool {
	return w.any(tokens, w.form) || w.trades(tokens, false)
}

// trades reports whether a word is one of a trade. Where the payee is a person by
// other evidence, a title or a common surname, what may be initials is none.
func (w *payeeWords) trades(tokens []string, person bool) bool {
	person = person || w.any(tokens, w.surname) || w.any(tokens, w.title)
	return slices.ContainsFunc(tokens, func(t string) bool { return w.trade[t] && !(person && w.initials[t]) })
}

// inRole reports whether a payee is a name beside what such a person is called:
// "Foster carer A Ash". The role alone ("Foster carers") is nobody's name.
func (w *payeeWords) inRole(tokens []string) bool {
	for _, role := range w.role {
		at := phraseAt(tokens, role)
		if at < 0 {
			continue
		}
		rest := w.bare(append(append(make([]string, 0, 16), tokens[:at]...), tokens[at+len(role):]...))
		n := names(rest)
		if w.isHousehold(rest) || !w.trades(rest, true) && (n > 0 || len(rest) > 1) && n <= maxNames {
			return true
		}
	}
	return false
}

// bare leaves the words out that join others: "of the late".
func (w *payeeWords) bare(tokens []string) []string {
	return slices.DeleteFunc(tokens, func(t string) bool { return w.joining[t] })
}

// isHousehold reports whether a payee is a name and "family".
func (w *payeeWords) isHousehold(tokens []string) bool {
	tokens = w.bare(slices.Clone(tokens))
	last := len(tokens) - 1
	return last > 0 && last <= 2 && w.household[tokens[last]] && names(tokens[:last]) > 0 && !w.firm(tokens[:last])
}

// soleTrader reports whether a payee is initials, a name and a trade: "A B Ash
// Roofing".
func (w *payeeWords) soleTrader(tokens []string) bool {
	i := 0
	for i < len(tokens) && i < 3 && isLetter(tokens[i][0]) && len(tokens[i]) == 1 {
		i++
	}
	if i == 0 || len(tokens) < i+2 || isInitials(tokens[i]) || w.trade[tokens[i]] {
		return false
	}
	for _, t := range tokens[i+1:] {
		if !w.trade[t] || w.several[t] {
			return false
		}
	}
	return true
}

// paysPerson reports whether one of a payment's words says that it is made to a
// private person ("Fostering allowances") and not that something was bought
// ("Independent fostering agencies").
func (w *payeeWords) paysPerson(texts ...string) bool {
	for _, text := range texts {
		var space [16]string
		tokens := nameTokens(plain(text), space[:0])
		said := func(words []string) bool { return phraseAt(tokens, words) >= 0 }
		if slices.ContainsFunc(w.private, said) && !w.any(tokens, w.bought) {
			return true
		}
	}
	return false
}
