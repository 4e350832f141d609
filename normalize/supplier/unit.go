package supplier

import (
	"math"
	"slices"
	"strings"

	"commonspend/schemas"
)

// word is a word of the vocabulary as it stands in a name.
type word struct {
	id    uint32
	aside bool
}

// vocabulary is every word of the names at hand, and how rare it is among them.
type vocabulary struct {
	ids    map[string]uint32
	text   []string
	class  []class
	count  []int32   // how many different names have it
	rarity []float64 // the logarithm of how many names there are to one that has it
}

func (v *vocabulary) id(t token) uint32 {
	id, ok := v.ids[t.text]
	if !ok {
		id = uint32(len(v.text))
		text := strings.Clone(t.text)
		v.ids[text] = id
		v.text, v.class, v.count = append(v.text, text), append(v.class, t.class), append(v.count, 0)
	}
	return id
}

// weigh counts in how many units each word stands and sets its rarity. So that a
// short list has rarities too, the counts of the rules' common words are added.
func (v *vocabulary) weigh(units []*unit, r *Rules) {
	for _, u := range units {
		for i, w := range u.words {
			if !slices.ContainsFunc(u.words[:i], func(o word) bool { return o.id == w.id }) {
				v.count[w.id]++
			}
		}
	}
	v.rarity = make([]float64, len(v.text))
	all := float64(len(units) + r.of)
	for i := range v.text {
		// A legal form within a name weighs like a common word.
		n := float64(v.count[i]) + float64(r.common[v.text[i]])
		v.rarity[i] = math.Log((all + 2) / (n + 1))
	}
}

// spelling is a name as comparisons need it.
type spelling struct {
	words  []word
	joined string
	grams  []uint32 // of the joined words, sorted
	cut    bool     // may have lost its end to a column's width
}

// unit is a set of published names that are equal once taken apart.
type unit struct {
	spelling
	also     spelling // the trading, former or other name
	key      string
	forms    string
	body     int32
	places   []string // postcodes
	vat      []string
	company  string
	charity  string
	rows     int
	shown    string // the published name that stands for it
	shownBy  int    // how many rows have that name
	public   bool
	notes    string // what was mended in its numbers
	numbered bool
}

// gather takes payees apart and puts equal ones together. It returns the units,
// in the order of their keys, and for each payee its unit, or -1.
func (r *Rules) gather(payees []Payee) (*vocabulary, []*unit, []int32) {
	v := &vocabulary{ids: map[string]uint32{}}
	parsed := r.parseAll(payees)
	cutReferences(parsed)
	of := r.group(v, payees, parsed)
	units := distinct(of)
	v.weigh(units, r)
	at := make(map[*unit]int32, len(units))
	for i, u := range units {
		u.finish()
		at[u] = int32(i)
	}
	index := make([]int32, len(payees))
	for i, u := range of {
		index[i] = -1
		if u != nil {
			index[i] = at[u]
		}
	}
	return v, units, index
}

// group finds each payee's unit; nil for one that is held back.
func (r *Rules) group(v *vocabulary, payees []Payee, parsed map[string]*keyed) []*unit {
	byKey := map[string]*unit{}
	several := companiesByKey(payees, parsed)
	of := make([]*unit, len(payees))
	rows := map[string]int{}
	for i := range payees {
		rows[payees[i].Name]++
	}
	for _, i := range inOrder(payees) {
		n := parsed[payees[i].Name]
		if r.holdsBack(payees[i].Class, n) || r.saysNothing(n.words) {
			continue
		}
		key := n.key
		if several[key] == "several" {
			number, _, _ := CompanyNumber(payees[i].Company)
			key += "#" + number
		}
		u := byKey[key]
		if u == nil {
			u = r.newUnit(v, n)
			u.key = key
			byKey[key] = u
		}
		u.add(payees[i], rows[payees[i].Name])
		of[i] = u
	}
	return of
}

// distinct lists the units once each, in the order of their keys.
func distinct(of []*unit) []*unit {
	seen := make(map[*unit]bool, len(of))
	var units []*unit
	for _, u := range of {
		if u != nil && !seen[u] {
			seen[u] = true
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(a, b *unit) int { return strings.Compare(a.key, b.key) })
	return units
}

// companiesByKey finds the company number that goes with equal names, or
// "several": then they are several companies of one name.
func companiesByKey(payees []Payee, parsed map[string]*keyed) map[string]string {
	numbers := map[string]string{}
	for i := range payees {
		if payees[i].Company == "" {
			continue
		}
		key := parsed[payees[i].Name].key
		if n, _, err := CompanyNumber(payees[i].Company); err == nil && n != "" {
			if was, ok := numbers[key]; ok && was != n {
				n = "several"
			}
			numbers[key] = n
		}
	}
	return numbers
}

// inOrder lists payees by name, so that nothing hangs on the order of the input.
func inOrder(payees []Payee) []int32 {
	order := make([]int32, len(payees))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return strings.Compare(payees[i].Name, payees[j].Name) })
	return order
}

// holdsBack reports whether a payee is redacted or may be a person. A legal form
// cut short or a body of the register makes an organisation of what looked like one.
func (r *Rules) holdsBack(c schemas.PayeeClass, n *keyed) bool {
	if c == schemas.PayeeIndividual {
		return n.forms == "" && r.bodies.find(n.name) < 0
	}
	return c != "" && c != schemas.PayeeOrganisation
}

// saysNothing reports whether every word is vague, as in "Sundry Creditors".
func (r *Rules) saysNothing(t []token) bool {
	for _, w := range t {
		if w.class&(vague|stop|note) == 0 && !allDigits(w.text) {
			return false
		}
	}
	return true
}

// keyed is a name with the text by which equal names are known.
type keyed struct {
	name
	key string
}

func (r *Rules) newUnit(v *vocabulary, n *keyed) *unit {
	u := &unit{key: n.key, forms: n.forms, body: r.bodies.find(n.name)}
	u.spelling, u.also = spell(v, n.words), spell(v, n.also)
	u.cut, u.also.cut = n.cut, n.cut
	for _, w := range u.words {
		u.public = u.public || v.class[w.id]&public != 0
	}
	return u
}

func spell(v *vocabulary, t []token) spelling {
	s := spelling{joined: joined(t)}
	for _, w := range t[:min(len(t), maxWords)] {
		id := v.id(w)
		if !slices.ContainsFunc(s.words, func(o word) bool { return o.id == id }) {
			s.words = append(s.words, word{id, w.aside})
		}
	}
	s.grams = grams(s.joined)
	return s
}

// add takes a payee's evidence into the unit.
func (u *unit) add(p Payee, rows int) {
	u.rows++
	if u.shown == "" || rows > u.shownBy || rows == u.shownBy && plainer(p.Name, u.shown) {
		u.shown, u.shownBy = p.Name, rows
	}
	u.places = append(u.places, postcodes(p.Postcode)...)
	u.vat = append(u.vat, vatNumbers(p.VAT)...)
	if n, note, err := CompanyNumber(p.Company); err == nil && n != "" {
		switch {
		case u.company == "" || n < u.company:
			u.company, u.notes = n, note
		case n == u.company && note == "":
			u.notes = "" // another row has it whole
		}
	}
	if n := charityNumber(p.Charity); n != "" && (u.charity == "" || n < u.charity) {
		u.charity = n
	}
}

// plainer reports whether a name is the better of two to show: one without notes,
// then mixed case before capitals, then the longer, then the first by the alphabet.
func plainer(a, b string) bool {
	if notedA, notedB := noted(a), noted(b); notedA != notedB {
		return notedB
	}
	mixedA, mixedB := strings.ToUpper(a) != a, strings.ToUpper(b) != b
	switch {
	case mixedA != mixedB:
		return mixedA
	case len(a) != len(b):
		return len(a) > len(b)
	}
	return a < b
}

// noted reports whether a name seems to carry a note or a reference.
func noted(name string) bool { return strings.ContainsAny(name, "(*#0123456789") }

func (u *unit) finish() {
	for _, list := range []*[]string{&u.places, &u.vat} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// grams are the runs of three letters of a text, as sorted numbers.
func grams(text string) []uint32 {
	text = "  " + text + " "
	out := make([]uint32, 0, len(text)-2)
	for i := 0; i+3 <= len(text); i++ {
		out = append(out, uint32(text[i])<<16|uint32(text[i+1])<<8|uint32(text[i+2]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// alike is Dice's measure over two sorted lists.
func alike(a, b []uint32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	i, j, both := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
