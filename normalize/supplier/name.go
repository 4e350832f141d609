package supplier

import (
	"slices"
	"strings"
	"unicode"
)

// token is a word of a name.
type token struct {
	text  string
	class class
	aside bool // stood in brackets
}

// name is a payee's name taken apart.
type name struct {
	words []token // in order, abbreviations written out, without forms, notes and articles
	forms string  // legal forms, in order of the alphabet
	also  []token // the trading, former or other name, where two are given
	cut   bool    // may have lost its end to a column's width
}

// fold writes a name in capitals without accents and odd signs.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := true
	put := func(c rune) {
		if c == ' ' && space {
			return
		}
		space = c == ' '
		b.WriteRune(c)
	}
	for _, c := range s {
		switch {
		case c == '\'' || c == '`' || c == '’' || c == '‘' || c == '´':
		case c >= 'a' && c <= 'z':
			put(c - 32)
		case c < 0x80 && c > ' ':
			put(c)
		case c == '&':
			put(c)
		case unicode.In(c, unicode.Cf, unicode.Mn): // what cannot be seen
		case unicode.IsSpace(c) || c < ' ':
			put(' ')
		case c > 0x7f:
			for _, p := range plain(c) {
				put(p)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// plain writes a letter of western Europe without its accent; what it does not
// know it keeps, when it is a letter or digit at all.
func plain(c rune) string {
	const accents, letters = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŴŶŠŽ", "AAAAAACEEEEIIIINOOOOOOUUUUYWYSZ"
	c = unicode.ToUpper(c)
	i := 0
	for _, a := range accents {
		if a == c {
			return letters[i : i+1]
		}
		i++
	}
	switch {
	case c == 'Æ':
		return "AE"
	case c == 'ß':
		return "SS"
	case unicode.IsLetter(c) || unicode.IsDigit(c):
		return string(c)
	}
	return " "
}

// widths are the widths at which publishers' systems and card schemes cut names.
var widths = map[int]bool{18: true, 20: true, 21: true, 22: true, 25: true, 30: true, 32: true, 35: true, 36: true, 40: true}

// parse takes a name apart.
func (r *Rules) parse(published string) name {
	text := fold(unwrapped(published))
	n := name{cut: widths[len(strings.TrimSpace(published))]}
	for _, p := range r.notes {
		if strings.Contains(text, p.needs) {
			if bare := strings.TrimSpace(p.pattern.ReplaceAllString(text, p.becomes)); len(bare) > 1 {
				text = bare
			}
		}
	}
	main, also := twoNames(text)
	if owner, ok := r.factored(main); ok {
		main = owner
	}
	forms := map[string]bool{}
	n.words = written(r.tokens(main, forms))
	if also != "" {
		n.also = r.tokens(also, map[string]bool{})
	}
	if len(n.words) == 0 {
		n.words, n.also = n.also, nil
	}
	n.forms = joinSorted(forms)
	return n
}

// written takes the brackets off what they write out: "TRI (Tolvaddon Research Institute)".
func written(t []token) []token {
	if len(t) < 2 || t[0].aside || !t[1].aside || !abbreviates(t[0].text, t[1:]) {
		return t
	}
	for i := range t {
		t[i].aside = false
	}
	return t
}

// bare is a published name without the notes that publishers put beside it, and
// without the factor who collects for it.
func (r *Rules) bare(published string) string {
	name := published
	for _, p := range r.notes {
		text := strings.ToUpper(name)
		if p.kept || len(text) != len(name) || !strings.Contains(text, p.needs) {
			continue
		}
		var left strings.Builder
		from := 0
		for _, at := range p.pattern.FindAllStringIndex(text, -1) {
			left.WriteString(name[from:at[0]] + " ")
			from = at[1]
		}
		if cut := strings.Trim(left.String()+name[from:], " -,:(*"); len(cut) > 1 {
			name = cut
		}
	}
	if text := strings.ToUpper(name); len(text) == len(name) {
		if owner, ok := r.factored(text); ok {
			name = name[len(name)-len(owner):]
		}
	}
	return strings.Join(strings.Fields(name), " ")
}

// unwrapped puts a name right whose end was wrapped onto a line above it:
// "TRUST" over "ANYTOWN NHS".
func unwrapped(published string) string {
	above, below, ok := strings.Cut(published, "\n")
	if !ok {
		return published
	}
	above, below = strings.TrimSpace(above), strings.TrimSpace(below)
	if strings.HasSuffix(below, above) {
		return below
	}
	return below + " " + above
}

// markers stand between a name and another of the same organisation.
var markers = []string{" T/A ", " T/AS ", " TA ", " TRADING AS ", " D/B/A ", " DBA ", " FORMERLY ", " F/K/A ",
	" (FORMERLY ", " (T/A ", " (TRADING AS ", " (PREVIOUSLY ", " PREVIOUSLY ", " NOW ", " (NOW ", " AKA "}

// twoNames cuts "Ash Ltd t/a Oak" in two.
func twoNames(text string) (main, also string) {
	for _, m := range markers {
		if i := strings.Index(text+" ", m); i > 2 {
			rest := ""
			if i+len(m) < len(text) {
				rest = text[i+len(m):]
			}
			for _, again := range []string{"T/A ", "FORMERLY ", "TRADING AS "} {
				rest = strings.TrimPrefix(rest, again)
			}
			return text[:i], strings.TrimSuffix(rest, ")")
		}
	}
	return text, ""
}

// factored finds whose invoices a factor collects: "Ash Factors Ltd re Oak Ltd".
func (r *Rules) factored(text string) (string, bool) {
	for _, m := range []string{" RE: ", " RE ", " A/C ", " ON BEHALF OF ", " OBO "} {
		i := strings.Index(text, m)
		if i < 0 || i+len(m)+2 > len(text) {
			continue
		}
		for _, w := range words(text[:i]) {
			if r.class[w]&factor != 0 {
				return text[i+len(m):], true
			}
		}
	}
	return "", false
}

// words cuts folded text into runs of letters and digits.
func words(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// tokens cuts text into words, joins single letters, writes abbreviations out
// and puts legal forms aside.
func (r *Rules) tokens(text string, forms map[string]bool) []token {
	var out []token
	aside, start := false, -1
	var letters strings.Builder
	end := func() {
		if w := letters.String(); r.class[w]&stop != 0 {
			out = append(out, token{w, 0, aside}) // initials: "A T Ash"
		} else if w != "" {
			out = r.add(out, w, aside, forms)
		}
		letters.Reset()
	}
	for i := 0; i <= len(text); i++ {
		if i < len(text) && wordly(text[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			if i-start == 1 && !isDigit(text[start]) {
				letters.WriteByte(text[start])
			} else {
				end()
				out = r.add(out, text[start:i], aside, forms)
			}
			start = -1
		}
		if i < len(text) && (text[i] == '(' || text[i] == ')') {
			end()
			aside = text[i] == '('
		}
	}
	end()
	return r.trim(out)
}

func wordly(c byte) bool {
	return c >= 'A' && c <= 'Z' || isDigit(c) || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// add appends a word in its written-out form. The country is left out, but after words that
// many names have and nothing else: "Partnerships UK" is not "Partnerships".
func (r *Rules) add(out []token, word string, aside bool, forms map[string]bool) []token {
	c := r.class[word]
	if c&form != 0 && len(out) > 0 {
		forms[r.form[word]] = true
		return out
	}
	if c&stop != 0 || c&land != 0 && slices.ContainsFunc(out, func(t token) bool { return t.class&weak == 0 }) {
		return out
	}
	to, ok := r.abbr[word]
	if !ok {
		to = []string{word}
	}
	for _, w := range to {
		out = append(out, token{w, r.class[w], aside})
	}
	return out
}

// trim takes a card's prefix off the front, and notes and references off the end.
func (r *Rules) trim(t []token) []token {
	for len(t) > 1 && t[0].class&card != 0 {
		t = t[1:]
	}
	for i := range t {
		t[i].text = cutCode(t[i].text)
	}
	for len(t) > 1 {
		last := t[len(t)-1]
		if last.class&note != 0 || len(t) > 2 && len(last.text) >= 5 && reference(last.text) {
			t = t[:len(t)-1]
			continue
		}
		break
	}
	return t
}

// cutCode cuts a long number off a word that runs into it: "INN44016155".
func cutCode(w string) string {
	n := len(w)
	for n > 0 && isDigit(w[n-1]) {
		n--
	}
	if len(w)-n >= 4 && n >= 3 {
		return w[:n]
	}
	return w
}

// reference reports whether a word looks like a card's or an account's reference:
// letters and digits mixed, or a long number.
func reference(w string) bool {
	digits, turns := 0, 0
	for i := range len(w) {
		if isDigit(w[i]) {
			digits++
		}
		if i > 0 && isDigit(w[i]) != isDigit(w[i-1]) {
			turns++
		}
	}
	return digits == len(w) || digits >= 1 && turns >= 2 || digits >= 3 && turns == 1
}
