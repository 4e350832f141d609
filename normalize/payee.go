package normalize

import (
	"commonspend/schemas"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// payeeWords is payee_classes.csv: the words by which a payee is told to be an
// organisation, a person who may be private, or redacted.
type payeeWords struct {
	letter      [256]uint8      // 1 to 26 for a letter, 27 for what else belongs to a word
	starts      [26][26]uint16  // lengths of the titles that begin with two letters, as bits
	form, trade map[string]bool // legal forms and public bodies; words of a trade
	title       map[string]bool // of a person, courtesy titles among them
	courtesy    map[string]bool // titles that mean nothing else: "mrs", not "major"
	role        [][]string      // what a person is called in place of a title: "foster carer"
	household   map[string]bool // last words of a household's name
	private     [][]string      // words of a payment that is made to private persons
	bought      map[string]bool // words beside those that say that something was bought after all
	several     map[string]bool // words of a firm of several people
	joining     map[string]bool // words that join others and are nobody's name
	forename    map[string]bool
	surname     map[string]bool
	named       map[string]bool // whole names that look like a person's and are firms
	initials    map[string]bool // words of a trade that are initials beside a person's name: "ag"
	redaction   []redaction
	filler      map[string]schemas.PayeeClass // whole names that stand in a name's place: "various individuals"
	personal    map[string]bool               // words beside a redaction that say why
	commercial  map[string]bool
	column      map[string]bool // headers of columns that name private people
}

// markTitles notes the first two letters and the length of each title, so that
// nearly every word of a text is passed over without a look at the title itself.
func (w *payeeWords) markTitles() error {
	for c := range w.letter {
		switch b := byte(c); {
		case isLetter(b):
			w.letter[c] = b | 0x20 - 'a' + 1
		case isDigit(b) || b >= 0x80:
			w.letter[c] = 27
		}
	}
	for t := range w.title {
		if len(t) < 2 || len(t) > 14 || !isLetter(t[0]) || !isLetter(t[1]) {
			return fmt.Errorf("payee_classes.csv: title %q: 2 to 14 letters", t)
		}
		w.starts[t[0]-'a'][t[1]-'a'] |= 1 << len(t)
	}
	return nil
}

type redaction struct {
	words []string
	class schemas.PayeeClass
}

func parsePayeeWords(lines []map[string]string) (*payeeWords, error) {
	w := &payeeWords{form: map[string]bool{}, trade: map[string]bool{}, title: map[string]bool{}, courtesy: map[string]bool{}, household: map[string]bool{},
		bought: map[string]bool{}, several: map[string]bool{}, joining: map[string]bool{}, forename: map[string]bool{}, surname: map[string]bool{}, named: map[string]bool{},
		initials: map[string]bool{}, filler: map[string]schemas.PayeeClass{}, personal: map[string]bool{}, commercial: map[string]bool{}, column: map[string]bool{}}
	sets := map[string]map[string]bool{"form": w.form, "trade": w.trade, "title": w.title, "courtesy": w.courtesy, "household": w.household,
		"bought": w.bought, "several": w.several, "joining": w.joining, "forename": w.forename, "surname": w.surname, "named": w.named,
		"initials": w.initials, "personal": w.personal, "commercial": w.commercial, "column": w.column}
	phrases := map[string]*[][]string{"role": &w.role, "private": &w.private}
	for i, line := range lines {
		word := line["word"]
		if word == "" || word != strings.ToLower(word) {
			return nil, fmt.Errorf("payee_classes.csv line %d: word %q: write it in small letters", i+2, word)
		}
		switch set, list := sets[line["kind"]], phrases[line["kind"]]; {
		case set != nil:
			set[word] = true
		case list != nil:
			*list = append(*list, strings.Fields(word))
		case line["kind"] == "filler":
			w.filler[word] = schemas.PayeeClass(line["class"])
		case line["kind"] == "redaction":
			w.redaction = append(w.redaction, redaction{strings.Fields(word), schemas.PayeeClass(line["class"])})
		default:
			return nil, fmt.Errorf("payee_classes.csv line %d: kind %q is not known", i+2, line["kind"])
		}
	}
	maps.Copy(w.title, w.courtesy)
	return w, w.markTitles()
}

// namesFirm reports whether a text has a word that only organisations carry: a
// legal form or a kind of public body. It is evidence for a payee column.
func (w *payeeWords) namesFirm(text string) bool {
	var space [16]string
	for _, t := range nameTokens(plain(text), space[:0]) {
		if w.form[t] {
			return true
		}
	}
	return false
}

// classify says how a payee may be shown. In doubt it holds back: see individual.
func (w *payeeWords) classify(payee string, paid bool) schemas.PayeeClass {
	if payee == "" {
		return schemas.PayeeMissing
	}
	payee = plain(payee)
	var space [16]string
	tokens := nameTokens(payee, space[:0])
	if class, ok := w.redacted(tokens); ok {
		return class
	}
	if w.individual(payee, w.spelt(tokens), paid) {
		return schemas.PayeeIndividual
	}
	return schemas.PayeeOrganisation
}

// personForm reports whether a name without any word of an organisation has the
// form of a person's: "SURNAME, Forename", initials beside a surname, a known
// forename beside another word, or two words of which one is a common surname.
func (w *payeeWords) personForm(tokens []string, payee string) bool {
	names, initials, forenames, surnames := 0, 0, 0, 0
	for _, t := range tokens {
		switch {
		case allDigits(t):
		case isInitials(t):
			initials++
		default:
			names++
			forenames += boolInt(w.forename[t])
			surnames += boolInt(w.surname[t])
		}
	}
	switch {
	case names == 0 || names > maxNames:
		return false
	case strings.Count(payee, ",") == 1 && names+initials >= 2 && names <= 3:
		return true
	case initials > 0 && initials <= 3 && names <= 2:
		return true
	case names == 2 && surnames > 0:
		return true
	}
	return forenames > 0 && names >= 2 && (w.forename[tokens[0]] || w.forename[tokens[len(tokens)-1]])
}

// redacted finds a redaction and tells its class: by its own words, else by a
// word beside it that says why.
func (w *payeeWords) redacted(tokens []string) (schemas.PayeeClass, bool) {
	tokens = unnumbered(tokens)
	if class, ok := w.fills(tokens); ok {
		return class, true
	}
	for _, r := range w.redaction {
		if phraseAt(tokens, r.words) < 0 {
			continue
		}
		switch {
		case r.class != schemas.PayeeRedacted:
			return r.class, true
		case w.any(tokens, w.personal):
			return schemas.PayeeRedactedPersonal, true
		case w.any(tokens, w.commercial):
			return schemas.PayeeRedactedCommercial, true
		}
		return schemas.PayeeRedacted, true
	}
	return "", false
}

// spelt writes a form that ends a name letter by letter ("Ash C.I.C.") as one
// word; so a trade ("Ash M B C") where nothing says that the letters are a
// person's initials. Two letters may always be those.
func (w *payeeWords) spelt(tokens []string) []string {
	from := len(tokens)
	for from > 0 && len(tokens[from-1]) == 1 {
		from--
	}
	if from == 0 || len(tokens)-from < 3 || w.any(tokens, w.title) {
		return tokens
	}
	if word := strings.Join(tokens[from:], ""); w.form[word] || w.trade[word] && !w.any(tokens, w.surname) {
		return append(tokens[:from:from], word)
	}
	return tokens
}

// unnumbered writes words without the numbers that run on from them
// ("REDACTED1"), and as one word what is spaced out letter by letter.
func unnumbered(tokens []string) []string {
	var space [16]string
	out, spaced := space[:0], len(tokens) > 2
	for _, t := range tokens {
		if word := strings.TrimRight(t, "0123456789"); len(word) > 2 {
			t = word
		}
		out, spaced = append(out, t), spaced && len(t) == 1
	}
	if spaced {
		return []string{strings.Join(out, "")}
	}
	return out
}

// fills reports whether a whole name, numbers aside, only stands in the place of
// one: "Client 12", "One-off supplier", "XXXX".
func (w *payeeWords) fills(tokens []string) (schemas.PayeeClass, bool) {
	name := strings.Join(slices.DeleteFunc(slices.Clone(tokens), allDigits), " ")
	if strings.Count(name, "x") > 2 && strings.Trim(name, "x ") == "" {
		return schemas.PayeeRedacted, true
	}
	class, ok := w.filler[name]
	return class, ok
}

func (w *payeeWords) any(tokens []string, set map[string]bool) bool {
	for _, t := range tokens {
		if set[t] {
			return true
		}
	}
	return false
}

// phraseAt finds where the words stand side by side among the tokens, or -1.
func phraseAt(tokens, words []string) int {
	for i := 0; i+len(words) <= len(tokens); i++ {
		if slices.Equal(tokens[i:i+len(words)], words) {
			return i
		}
	}
	return -1
}

// nameTokens cuts a name into words of small letters and digits; an apostrophe
// or a point inside a word is dropped ("O'Neil", "L.T.D.").
func nameTokens(name string, tokens []string) []string {
	var word []byte
	end := func() {
		if len(word) > 0 {
			tokens = append(tokens, string(word))
			word = word[:0]
		}
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case isLetter(c):
			word = append(word, c|0x20)
		case isDigit(c) || c >= 0x80:
			word = append(word, c)
		case c == '\'' || c == '`':
		case c == '.' && len(word) > 1 && i+1 < len(name) && i > 1 && name[i-2] == '.':
		default:
			end()
		}
	}
	end()
	return tokens
}

// mixed reports whether a word mixes letters and digits ("G4S", "3M"), as no
// person's name does.
func mixed(name string) bool {
	letters, digits := false, false
	for i := 0; i <= len(name); i++ {
		if i == len(name) || !isLetter(name[i]) && !isDigit(name[i]) {
			if letters && digits {
				return true
			}
			letters, digits = false, false
			continue
		}
		letters = letters || isLetter(name[i])
		digits = digits || isDigit(name[i])
	}
	return false
}
