package supplier

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"

	"commonspend/schemas"
)

// body is a public body of the code list.
type body struct {
	id, name, kind string
	successors     []int32
}

// register finds public bodies by the names that publishers give them.
type register struct {
	bodies []body
	bags   map[string]int32 // sorted words to a body
	starts []start          // names in order, to complete a name that was cut
	slips  map[uint64][]slipped
	words  map[string]bool // of all names
}

// slipped is a word of a body's name, under what is left of the name without it.
type slipped struct {
	word string
	body int32
}

// start is a body's name without spaces.
type start struct {
	text string
	body int32
}

// loadRegister reads the code lists of bodies and aliases and writes out the ways
// in which such bodies are named. A name that could be two bodies' is nobody's,
// unless it is the official name of one.
func loadRegister(r *Rules) (*register, error) {
	list, err := schemas.Codelist("bodies")
	if err != nil {
		return nil, err
	}
	aliases, err := schemas.Codelist("body_aliases")
	if err != nil {
		return nil, err
	}
	g := &register{bags: map[string]int32{}, slips: map[uint64][]slipped{}, words: map[string]bool{}}
	index := map[string]int32{}
	official, other := map[string][]int32{}, map[string][]int32{}
	for i, line := range list {
		n := int32(i)
		r.files = mix(r.files, hash('b', line["id"]+"\x00"+line["name"]+"\x00"+line["kind"]+"\x00"+line["tier"]+"\x00"+line["succeeded_by"]))
		index[line["id"]] = n
		g.bodies = append(g.bodies, body{id: line["id"], name: line["name"], kind: line["kind"]})
		g.note(r, official, line["name"], n)
		for _, way := range ways(line["name"], line["kind"], line["tier"]) {
			g.note(r, other, way, n)
		}
	}
	g.succession(list, index)
	for i, line := range aliases {
		r.files = mix(r.files, hash('a', line["id"]+"\x00"+line["alias"]))
		n, ok := index[line["id"]]
		if !ok {
			return nil, fmt.Errorf("codelists/body_aliases.csv line %d: no body %q", i+2, line["id"])
		}
		if b := g.bodies[n]; b.kind != "council" || saysCouncil(line["alias"]) {
			g.note(r, other, line["alias"], n)
		}
	}
	g.settle(other)
	g.settle(official)
	slices.SortFunc(g.starts, start.compare)
	return g, nil
}

// compare orders beginnings by their text, then by the body.
func (s start) compare(o start) int {
	return cmp.Or(strings.Compare(s.text, o.text), int(s.body-o.body))
}

// succession notes which bodies took over from which.
func (g *register) succession(list []map[string]string, index map[string]int32) {
	for i, line := range list {
		for _, id := range strings.FieldsFunc(line["succeeded_by"], func(c rune) bool { return c == ' ' || c == ';' || c == '|' }) {
			if to, ok := index[id]; ok {
				g.bodies[i].successors = append(g.bodies[i].successors, to)
			}
		}
	}
}

// saysCouncil reports whether a council's alias says that it is one, as "Devon" does not.
func saysCouncil(alias string) bool {
	for _, w := range words(fold(alias)) {
		switch w {
		case "COUNCIL", "BOROUGH", "BC", "DC", "CC", "MBC", "LB", "AUTHORITY", "CORPORATION", "CHAMBERLAIN":
			return true
		}
	}
	return false
}

func (g *register) note(r *Rules, to map[string][]int32, name string, n int32) {
	t := r.tokens(fold(name), map[string]bool{})
	if key := bag(t); key != "" && !slices.Contains(to[key], n) {
		to[key] = append(to[key], n)
		g.starts = append(g.starts, start{joined(t), n})
		for _, w := range t {
			g.words[w.text] = true
		}
		for left, word := range but(t) {
			g.slips[left] = append(g.slips[left], slipped{word, n})
		}
	}
}

func (g *register) settle(names map[string][]int32) {
	for key, bodies := range names {
		if len(bodies) == 1 {
			g.bags[key] = bodies[0]
		} else {
			delete(g.bags, key)
		}
	}
}

// endings are words that say what a body is, longest first.
var endings = []string{"metropolitan borough council", "metropolitan district council", "county borough council", "london borough council",
	"district council", "borough council", "county council", "city council", "council", "nhs foundation trust", "nhs trust",
	"fire and rescue service", "fire and rescue authority", "fire authority", "fire service", "fire and rescue",
	"constabulary", "police force", "police service", "police", "ccg"}

// place cuts the words off that say what a body is.
func place(name string) string {
	p := strings.ToLower(name)
	for _, front := range []string{"the ", "london borough of ", "royal borough of ", "city of ", "nhs ", "county of "} {
		p = strings.TrimPrefix(p, front)
	}
	for _, e := range endings {
		if cut, ok := strings.CutSuffix(p, " "+e); ok {
			p = cut
			break
		}
	}
	return strings.TrimSuffix(p, " city")
}

// ways are the ways in which a body of a kind is named, besides its official name.
func ways(name, kind, tier string) []string {
	var patterns []string
	switch kind {
	case "council":
		patterns = councilWays(name, tier)
	case "police":
		if tier == commissioner {
			return commissionerWays(name)
		}
		patterns = []string{"P police", "P police authority", "P constabulary", "P police constabulary", "chief constable P", "chief constable P police", "P police force", "P police service"}
	case "fire":
		patterns = []string{"P fire rescue service", "P fire rescue authority", "P fire authority", "P fire service", "P fire rescue", "P frs", "P fire brigade", "P fire civil defence authority", "P combined fire authority", "P combined fire rescue authority"}
	case "nhs trust":
		patterns = []string{"P nhs trust", "P nhs foundation trust", "P foundation trust", "P nhs", "P hospital trust",
			"P nhs foundation", "P hospital nhs trust", "P hospital nhs foundation trust", "P hospital nhs foundation", "P hospital nhs"}
	case "nhs commissioner":
		patterns = []string{"P ccg", "nhs P ccg"}
	case "health board":
		patterns = []string{"P health board"}
	}
	p := place(name)
	out := make([]string, len(patterns))
	for i, pattern := range patterns {
		out[i] = strings.Replace(pattern, "P", p, 1)
	}
	return out
}

// commissioner is the tier of those who hold a police force to account.
const commissioner = "Police and crime commissioner"

// commissionerWays are the ways in which a police and crime commissioner is named:
// their office is the commissioner, and some have the fire service too.
func commissionerWays(name string) []string {
	p, found := strings.CutPrefix(strings.ToLower(name), strings.ToLower(commissioner)+" for ")
	if !found {
		return nil // the mayor's office of London, by its aliases
	}
	var out []string
	for _, way := range []string{"police crime commissioner", "police crime commissioners", "police fire crime commissioner"} {
		out = append(out, p+" "+way, p+" office "+way)
	}
	return out
}

func councilWays(name, tier string) []string {
	all := []string{"P council"}
	if strings.HasSuffix(strings.ToLower(name), " county council") {
		all = append(all, "P cc", "P c c")
	}
	if strings.Contains(strings.ToLower(name), "city") {
		all = append(all, "city P", "P city", "city council P", "city P council", "P city council", "P cc")
	}
	switch tier {
	case "London borough":
		return append(all, "london borough P", "london borough P council", "royal borough P", "royal borough P council", "P borough council")
	case "County":
		all = append(all, "P county council", "county council P")
		if strings.HasSuffix(place(name), "shire") { // alone it is no surname, as Kent is
			all = append(all, "P")
		}
		return all
	case "Metropolitan district":
		return append(all, "city P", "P metropolitan borough council", "P metropolitan district council", "P metropolitan council", "P metropolitan borough", "P metropolitan district",
			"city P metropolitan district council", "P city metropolitan district council", "P borough council", "metropolitan borough P", "P mb council")
	case "Non-metropolitan district":
		return append(all, "P district council", "P borough council", "P district", "P borough", "borough P", "P d c", "P b c")
	case "Unitary authority", "Welsh unitary authority", "Scottish unitary authority", "NI district":
		return append(all, "P borough council", "P county council", "P county borough council", "P unitary authority", "P unitary council", "P district council", "royal borough P", "royal borough P council", "borough P", "P borough")
	}
	return all
}

// find returns the body that a name is, or -1: by all its words, then without those
// that may be about the account, then without those in brackets.
func (g *register) find(n name) int32 {
	if i, ok := g.bags[bag(n.words)]; ok {
		return i
	}
	t := make([]token, 0, len(n.words))
	for _, w := range n.words {
		if !allDigits(w.text) && w.class&note == 0 {
			t = append(t, w)
		}
	}
	if i, ok := g.bags[bag(t)]; ok {
		return i
	}
	plain := slices.DeleteFunc(slices.Clone(t), func(w token) bool { return w.aside })
	if len(plain) > 1 && len(plain) < len(t) {
		if i, ok := g.bags[bag(plain)]; ok {
			return i
		}
	}
	if n.cut {
		if i := g.complete(joined(t)); i >= 0 {
			return i
		}
	}
	if i := g.misspelt(t); i >= 0 || n.forms != "" {
		return i
	}
	return g.beside(t)
}

// slipLength is how long a word is at least that a slip of the keyboard does not
// make another word of, in a name of at least three.
const (
	slipLength      = 7
	slipLengthOfTwo = 9 // in a name of two
)

// but lists the long words of a name of three or more, each under the rest of the name.
func but(t []token) iter.Seq2[uint64, string] {
	return func(yield func(uint64, string) bool) {
		least := slipLength
		switch {
		case len(t) < 2:
			return
		case len(t) == 2:
			least = slipLengthOfTwo
		}
		all := uint64(0)
		for _, w := range t {
			all += hash('w', w.text)
		}
		for _, w := range t {
			if len(w.text) >= least && !yield(all-hash('w', w.text), w.text) {
				return
			}
		}
	}
}

// misspelt finds the one body whose name is the same but for a letter in one long
// word, and not its first. A word that other names have is no slip, but for a plural:
// Herefordshire is not Hertfordshire.
func (g *register) misspelt(t []token) int32 {
	found := int32(-1)
	for left, word := range but(t) {
		for _, s := range g.slips[left] {
			a, b := word, s.word
			if len(a) > len(b) {
				a, b = b, a
			}
			if a[0] != b[0] || !slips(a, b, 1) || g.words[word] && a+"S" != b {
				continue
			}
			if found >= 0 && found != s.body {
				return -1
			}
			found = s.body
		}
	}
	return found
}

// complete finds the one body whose name begins so.
func (g *register) complete(text string) int32 {
	if len(text) < 14 {
		return -1
	}
	at := sort.Search(len(g.starts), func(i int) bool { return g.starts[i].text >= text })
	found := int32(-1)
	for ; at < len(g.starts) && strings.HasPrefix(g.starts[at].text, text); at++ {
		if found >= 0 && found != g.starts[at].body {
			return -1
		}
		found = g.starts[at].body
	}
	return found
}

// bag is the words of a name, each once, in the order of the alphabet.
func bag(t []token) string {
	texts := make([]string, len(t))
	for i := range t {
		texts[i] = t[i].text
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), " ")
}

// joined is the words of a name without spaces.
func joined(t []token) string {
	var b strings.Builder
	for i := range t {
		b.WriteString(t[i].text)
	}
	return b.String()
}

func joinSorted(set map[string]bool) string {
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}
