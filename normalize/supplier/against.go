package supplier

import (
	"iter"
	"math"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"sync"
)

// against finds which entries of a stream may be which payees. The payees' units
// are all there before, and stay as they are; of an entry nothing stays that is
// like no unit.
type against struct {
	c     *comparer
	index [][]entry // units under their keys, in shelves

	lock  sync.Mutex
	found map[int32][]match // by unit
	near  map[int32]match   // of each unit the entry most like it that is not likely enough
}

// match is an entry that may be a unit's.
type match struct {
	entry  *Entry
	name   string // the one of its names that is like the unit's
	tier   tier
	live   bool
	chance float64
	like   float64 // by which entries are ranked: see likeness
}

// tier is how strong a match is, the strongest last.
type tier int

const (
	fuzzy tier = iota
	formerName
	exactName
	exactFormerPlace
	exactPlace
	sameNumber
)

// batch is how many entries one core takes at once.
const batch = 1024

// search streams the register once, on all cores. It returns for each unit the
// entries that it may be, and of the others the one most like it.
func (c *comparer) search(registry iter.Seq[Entry]) (found map[int32][]match, near map[int32]match) {
	a := &against{c: c, index: c.registerIndex(), found: map[int32][]match{}, near: map[int32]match{}}
	batches := make(chan []Entry, 4)
	var wait sync.WaitGroup
	for range cores() {
		wait.Go(func() {
			s := a.searcher()
			for b := range batches {
				s.take(b)
			}
			a.keep(s)
		})
	}
	now := make([]Entry, 0, batch)
	for e := range registry {
		if now = append(now, e); len(now) == batch {
			batches <- now
			now = make([]Entry, 0, batch)
		}
	}
	batches <- now
	close(batches)
	wait.Wait()
	return a.found, a.near
}

func (a *against) keep(s *searcher) {
	a.lock.Lock()
	defer a.lock.Unlock()
	for unit, matches := range s.found {
		a.found[unit] = append(a.found[unit], matches...)
	}
	for unit, m := range s.near {
		nearer(a.near, unit, m)
	}
}

// nearer keeps the one of two matches of a unit that is more like it.
func nearer(near map[int32]match, unit int32, m match) {
	if was, ok := near[unit]; !ok || m.like > was.like || m.like == was.like && compareEntries(m.entry, was.entry) < 0 {
		near[unit] = m
	}
}

// registerIndex is the units under their keys, and under their whole names; it sets
// their letters. Public bodies are there too: they are joined to no entry by a likeness,
// but the nearest is shown.
func (c *comparer) registerIndex() [][]entry {
	lists := make([][]entry, (len(c.units)+piece-1)/piece)
	inParallel(len(c.units), func(from, to int) {
		var list []entry
		for i := from; i < to; i++ {
			u := c.units[i]
			u.letters = letters(u.shown)
			put := func(key uint64) { list = append(list, entry{key, int32(i)}) }
			c.keys(u, put)
			for _, text := range []string{u.joined, u.also.joined} {
				if text != "" {
					put(wholeKey(text))
				}
			}
		}
		lists[from/piece] = list
	})
	return sorted(lists, func(e entry) int { return int(e.key >> 56) }, byKey)
}

func wholeKey(joined string) uint64 { return hash('=', joined) | 1<<63 }

// searcher is one core's part of a search. Its vocabulary is its own, so that it
// can hold the words of the entry at hand, which no payee has.
type searcher struct {
	a     *against
	c     *comparer
	base  int // words of the payees
	own   map[string]uint32
	units []int32
	found map[int32][]match
	near  map[int32]match
	best  []float64 // of each unit, the likeness of its entry in near
	kept  *Entry    // a copy of the entry at hand, made when a unit wants it
}

func (a *against) searcher() *searcher {
	v := *a.c.v
	const room = 256
	v.text, v.class, v.count = append(slices.Clone(v.text), make([]string, room)...), append(slices.Clone(v.class), make([]class, room)...), append(slices.Clone(v.count), make([]int32, room)...)
	v.rarity, v.hash = append(slices.Clone(v.rarity), make([]float64, room)...), append(slices.Clone(v.hash), make([]uint64, room)...)
	c := *a.c
	c.v = &v
	best := slices.Repeat([]float64{math.Inf(-1)}, len(c.units))
	return &searcher{a: a, c: &c, base: len(a.c.v.text), own: map[string]uint32{}, found: map[int32][]match{}, near: map[int32]match{}, best: best}
}

func (s *searcher) take(entries []Entry) {
	for i := range entries {
		e := &entries[i]
		s.kept = nil
		s.name(e, e.Name, false)
		for _, former := range e.FormerNames {
			s.name(e, former, true)
		}
	}
}

// name looks for units that one of an entry's names is like.
func (s *searcher) name(e *Entry, published string, former bool) {
	n := s.c.r.parse(published)
	if len(n.words) == 0 {
		return
	}
	n.cut = false // registers have room
	s.candidates(e, &n)
	if len(s.units) == 0 {
		return
	}
	s.admit(n.words)
	s.admit(n.also)
	u := e.unit(n, s.c.v)
	u.letters, u.known = letters(published), s.known(u)
	for _, i := range s.units {
		m, ok := s.match(i, u, former)
		m.name = published
		switch {
		case ok:
			m.entry = s.keep(e)
			s.found[i] = append(s.found[i], m)
		case m.entry != nil && m.like >= s.best[i]:
			m.entry = s.keep(e)
			nearer(s.near, i, m)
			s.best[i] = m.like
		}
	}
	clear(s.own)
}

// keep copies an entry, so that the rest of its batch need not stay.
func (s *searcher) keep(e *Entry) *Entry {
	if s.kept == nil {
		kept := *e
		s.kept = &kept
	}
	return s.kept
}

// candidates finds the units under the entry's keys. Of a crowded key only the
// units with the very same name count.
func (s *searcher) candidates(e *Entry, n *name) {
	s.units = s.units[:0]
	own := n.words[:min(len(n.words), maxWords)]
	known := make([]word, 0, maxWords)
	for _, w := range own {
		if id, ok := s.a.c.v.ids[w.text]; !ok {
			s.slips(w.text)
		} else if !slices.Contains(known, word{id: id}) {
			known = append(known, word{id: id})
		}
	}
	if len(known) < len(own) {
		initialKeys(len(own), func(i int) string { return own[i].text }, func(kind byte, text string) { s.under(hash(kind, text)|1<<63, blockMost) })
	}
	u := &unit{}
	u.words, u.joined = known, joined(n.words)
	switch e.Register {
	case CompanyRegister:
		u.company = e.Number
	case CharityRegister:
		u.charity = e.Number
	}
	s.c.keys(u, func(key uint64) { s.under(key, blockMost) })
	if u.joined != "" {
		s.under(wholeKey(u.joined), 4096)
	}
	slices.Sort(s.units)
	s.units = slices.Compact(s.units)
}

// slips finds the units that have a word which no payee has but for a slip.
func (s *searcher) slips(word string) {
	if bones := skeleton(word); len(bones) >= 3 {
		s.under(hash('s', bones)|1<<63, blockMost)
	}
}

func (s *searcher) under(key uint64, most int) {
	shelf := s.a.index[key>>56]
	at := firstOf(shelf, key)
	if at == len(shelf) || shelf[at].key != key {
		return
	}
	end := at
	for end < len(shelf) && shelf[end].key == key {
		if end++; end-at > most {
			return
		}
	}
	for _, e := range shelf[at:end] {
		s.units = append(s.units, e.unit)
	}
}

// firstOf is where a shelf's entries from a key on begin. Keys are hashes, which lie
// evenly: the search begins where the key would be, and widens.
func firstOf(shelf []entry, key uint64) int {
	before := func(i int) bool { return shelf[i].key < key }
	spread, _ := bits.Mul64(key<<8, uint64(len(shelf))) // the first byte is the shelf's own
	from, to, step := int(spread), int(spread), 8
	for from > 0 && !before(from-1) {
		from, step = max(0, from-step), step*2
	}
	for step = 8; to < len(shelf) && before(to); step *= 2 {
		to = min(len(shelf), to+step)
	}
	return from + sort.Search(to-from, func(i int) bool { return !before(from + i) })
}

// admit gives the entry's own words a place in the vocabulary.
func (s *searcher) admit(t []token) {
	v := s.c.v
	for _, w := range t[:min(len(t), maxWords)] {
		if _, ok := v.find(w.text, s.own); ok {
			continue
		}
		id := uint32(s.base + len(s.own))
		s.own[w.text] = id
		v.text[id], v.class[id], v.count[id], v.hash[id] = w.text, w.class, 0, hash('w', w.text)
		v.rarity[id] = v.rarityOf(int32(s.c.r.common[w.text]), v.all)
	}
	v.own = s.own
}

// match compares a unit with an entry, and reports whether they may be one. An
// entry that began after the unit was last paid is none.
func (s *searcher) match(i int32, of *unit, former bool) (match, bool) {
	u, e := s.c.units[i], of.entry
	if e.comesAfter(u.lastDate) {
		return match{}, false
	}
	seen, chance := s.c.see(u, of)
	m := match{entry: e, live: e.livesFor(u.lastDate), chance: chance}
	exact := u.joined == of.joined && (u.forms == of.forms || u.forms == "" || of.forms == "")
	place := seen[samePostcode] > 0
	switch {
	case !former && (e.Register == CompanyRegister && u.company == e.Number || e.Register == CharityRegister && u.charity == e.Number):
		m.tier = sameNumber
	case exact && place && !former:
		m.tier = exactPlace
	case exact && place:
		m.tier = exactFormerPlace
	case exact && !former:
		m.tier = exactName
	case exact:
		m.tier = formerName
	case chance < standard.joinAt || u.body >= 0:
		m.like = likeness(u, of, chance, s.best[i])
		return m, false
	}
	m.like = likeness(u, of, chance, math.Inf(-1))
	if m.tier > fuzzy {
		m.chance = max(chance, 0.9)
	}
	return m, true
}

// find is a word's place in the vocabulary.
func (v *vocabulary) find(text string, own map[string]uint32) (uint32, bool) {
	if id, ok := v.ids[text]; ok {
		return id, true
	}
	id, ok := own[text]
	return id, ok
}

// compareEntries orders entries.
func compareEntries(a, b *Entry) int {
	if c := strings.Compare(a.Register, b.Register); c != 0 {
		return c
	}
	return strings.Compare(a.Number, b.Number)
}
