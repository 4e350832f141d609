package supplier

import (
	"math"
	"math/bits"
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
	hash   []uint64
	class  []class
	count  []int32           // how many different names have it, rounded: see rounded
	rarity []float64         // the logarithm of how many names there are to one that has it
	all    int32             // how many names there are, rounded
	own    map[string]uint32 // words that only a searcher has
}

func (v *vocabulary) id(t token) uint32 {
	id, ok := v.ids[t.text]
	if !ok {
		id = uint32(len(v.text))
		text := strings.Clone(t.text)
		v.ids[text] = id
		v.text, v.class, v.count, v.hash = append(v.text, text), append(v.class, t.class), append(v.count, 0), append(v.hash, hash('w', text))
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
	v.all = rounded(int32(len(units) + r.of))
	for i := range v.text {
		v.rarity[i] = v.rarityOf(v.count[i]+int32(r.common[v.text[i]]), v.all)
		v.count[i] = rounded(v.count[i])
	}
}

// rarityOf is the rarity of a word that so many names have.
func (v *vocabulary) rarityOf(names, all int32) float64 {
	return math.Log((float64(all) + 2) / (float64(rounded(names)) + 1))
}

// rounded is a count rounded down to one that a few names more seldom change: 1, 2,
// 3, 4, 6, 8, 12, 16 and on by powers of two. So what is known of a pair of names
// mostly stands when other names are added: see State.
func rounded(n int32) int32 {
	switch {
	case n < 4:
		return n
	case n < 16 && n&(n-1) != 0:
		power := int32(1) << (bits.Len32(uint32(n)) - 1)
		if n >= power+power/2 {
			return power + power/2
		}
		return power
	}
	return 1 << (bits.Len32(uint32(n)) - 1)
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
	from     *keyed   // the first of its names, until it is spelt
	entry    *Entry   // of a register, or nil
	lastDate string   // the last date on which it was paid, "" where none is known
	at       int32    // its place among the units
	letters  []uint32 // of the name as published: see likeness
	known    float64  // of an entry: how far payees' names speak for it
}

// gather takes payees apart and puts equal ones together. It returns the units,
// in the order of their keys, and for each payee its unit, or -1.
func (r *Rules) gather(payees []Payee) (*vocabulary, []*unit, []int32) {
	names, of := r.parseAll(payees)
	units, index := r.group(payees, names, of)
	v := &vocabulary{ids: make(map[string]uint32, len(units))}
	for _, u := range units {
		v.take(u.from.words)
		v.take(u.from.also)
	}
	inParallel(len(units), func(from, to int) {
		for _, u := range units[from:to] {
			u.spell(v)
		}
	})
	v.weigh(units, r)
	return v, units, index
}

// group puts payees with equal names together. Of a payee that is held back the
// unit is -1.
func (r *Rules) group(payees []Payee, names []*keyed, of []int32) ([]*unit, []int32) {
	several := companiesByKey(payees, names, of)
	byKey := make(map[string]*unit, len(names))
	unitOf := make([]*unit, len(payees))
	for _, i := range inOrder(payees) {
		n := names[of[i]]
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
			u = &unit{key: key, forms: n.forms, body: n.body, from: n}
			byKey[key] = u
		}
		u.add(payees[i], n.rows)
		unitOf[i] = u
	}
	return inOrderOfKeys(byKey, unitOf)
}

// inOrderOfKeys lists the units in the order of their keys, and for each payee
// which is its unit.
func inOrderOfKeys(byKey map[string]*unit, unitOf []*unit) ([]*unit, []int32) {
	units := make([]*unit, 0, len(byKey))
	for _, u := range byKey {
		units = append(units, u)
	}
	slices.SortFunc(units, func(a, b *unit) int { return strings.Compare(a.key, b.key) })
	for i, u := range units {
		u.at = int32(i)
	}
	index := make([]int32, len(unitOf))
	for i, u := range unitOf {
		index[i] = -1
		if u != nil {
			index[i] = u.at
		}
	}
	return units, index
}

// companiesByKey finds the company number that goes with equal names, or
// "several": then they are several companies of one name.
func companiesByKey(payees []Payee, names []*keyed, of []int32) map[string]string {
	numbers := map[string]string{}
	for i := range payees {
		if payees[i].Company == "" {
			continue
		}
		key := names[of[i]].key
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
	lists := make([][]int32, (len(payees)+piece-1)/piece)
	inParallel(len(payees), func(from, to int) {
		list := make([]int32, 0, to-from)
		for i := from; i < to; i++ {
			list = append(list, int32(i))
		}
		lists[from/piece] = list
	})
	first := func(i int32) int {
		if payees[i].Name == "" {
			return 0
		}
		return int(payees[i].Name[0])
	}
	return slices.Concat(sorted(lists, first, func(i, j int32) int {
		if c := strings.Compare(payees[i].Name, payees[j].Name); c != 0 {
			return c
		}
		return int(i - j)
	})...)
}

// holdsBack reports whether a payee is redacted or may be a person. A body of the
// register is none, whatever its letters look like.
func (r *Rules) holdsBack(c schemas.PayeeClass, n *keyed) bool {
	if c == schemas.PayeeIndividual {
		return r.bodies.find(n.name) < 0
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
	published string
	key       string
	body      int32
	rows      int // how many payees have it
}

// spell finds a unit's words in the vocabulary.
func (u *unit) spell(v *vocabulary) {
	u.spelling, u.also = v.spell(u.from.words), v.spell(u.from.also)
	u.cut, u.also.cut = u.from.cut, u.from.cut
	for _, w := range u.words {
		u.public = u.public || v.class[w.id]&public != 0
	}
	for _, list := range []*[]string{&u.places, &u.vat} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	u.from = nil
}

func (v *vocabulary) take(t []token) {
	for _, w := range t[:min(len(t), maxWords)] {
		v.id(w)
	}
}

func (v *vocabulary) spell(t []token) spelling {
	s := spelling{joined: joined(t)}
	for _, w := range t[:min(len(t), maxWords)] {
		id, _ := v.find(w.text, v.own)
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
	u.lastDate = max(u.lastDate, p.Date)
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
