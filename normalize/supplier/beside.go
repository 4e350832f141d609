package supplier

import (
	"slices"
	"strings"
)

// beside returns the body whose name stands before or after words of its own accounts
// and departments, its initials or a short code ("Anytown Council Housing Benefits",
// "MOJ Ministry of Justice"), and nothing else; or -1.
func (g *register) beside(t []token) int32 {
	for from := range t {
		for to := len(t); to-from >= 2; to-- {
			if to-from == len(t) || !slices.ContainsFunc(t[from:to], func(w token) bool { return w.class&bodily != 0 }) {
				continue
			}
			i, ok := g.bags[bag(t[from:to])]
			if !ok {
				i = g.misspelt(t[from:to])
			}
			if i >= 0 && g.onlyNotes(t[:from], t[from:to], i, false) && g.onlyNotes(t[to:], t[from:to], i, true) {
				return i
			}
		}
	}
	return -1
}

// onlyNotes reports whether words beside a body's name are of its accounts and departments
// ("social services", and not "services"), its initials or another name of it, or at the
// end a short code.
func (g *register) onlyNotes(t, name []token, body int32, end bool) bool {
	switch {
	case len(t) == 0:
		return true
	case len(t) == 1 && (end && len(t[0].text) <= codeLength && t[0].class == 0 || reference(t[0].text) || abbreviates(t[0].text, name)):
		return true
	}
	if i, ok := g.bags[bag(t)]; ok && i == body {
		return true
	}
	parts := false
	for _, w := range t {
		if w.class&(part|desk) == 0 {
			return false
		}
		parts = parts || w.class&part != 0
	}
	return parts
}

// codeLength is how long a word is at most that may be a department's or an account's code.
const codeLength = 3

// abbreviates reports whether a word is the initials of a name's words, or of some of
// them, one of which may stand whole: "HMCTS", of HM Courts and Tribunals Service.
func abbreviates(text string, name []token) bool {
	rest := text
	for _, w := range name {
		if whole, ok := strings.CutPrefix(rest, w.text); ok {
			rest = whole
		} else if rest != "" && w.text[0] == rest[0] {
			rest = rest[1:]
		}
	}
	return rest == "" && len(text) >= 3
}
