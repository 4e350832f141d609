package supplier

import "slices"

// blockMost is the size up to which every pair of a block is compared; in a larger
// one each unit is compared with the next few in the order of the alphabet.
const (
	blockMost = 24
	blockNext = 6
)

// entry says that a unit is in a block.
type entry struct {
	key  uint64
	unit int32
}

// candidates lists the pairs of units worth a comparison, each once: those that
// share a rare word, the start or end of their letters, initials or a number.
func (c *comparer) candidates() []uint64 {
	entries := make([]entry, 0, 16*len(c.units))
	for i, u := range c.units {
		c.keys(u, func(kind byte, text string) {
			entries = append(entries, entry{hash(kind, text) | 1<<63, int32(i)})
		}, func(pair uint64) { entries = append(entries, entry{pair &^ (1 << 63), int32(i)}) })
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.key != b.key {
			if a.key < b.key {
				return -1
			}
			return 1
		}
		return int(a.unit - b.unit)
	})
	var pairs []uint64
	for i := 0; i < len(entries); {
		j := i
		for j < len(entries) && entries[j].key == entries[i].key {
			j++
		}
		if key := entries[i].key; key < 1<<63 {
			c.blocks = append(c.blocks, key)
			c.sizes = append(c.sizes, int32(j-i))
		}
		pairs = block(pairs, entries[i:j])
		i = j
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

// hash is FNV-1a with a last stir: the same on every machine.
func hash(kind byte, text string) uint64 {
	h := (uint64(14695981039346656037) ^ uint64(kind)) * 1099511628211
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	h ^= h >> 29
	return h * 0xbf58476d1ce4e5b9
}

func block(pairs []uint64, of []entry) []uint64 {
	for i := range of {
		end := len(of)
		if len(of) > blockMost {
			end = min(len(of), i+1+blockNext)
		}
		for j := i + 1; j < end; j++ {
			if of[i].unit != of[j].unit {
				pairs = append(pairs, uint64(of[i].unit)<<32|uint64(of[j].unit))
			}
		}
	}
	return pairs
}

// keys calls put with the texts by which a unit is found, and pair with its pairs
// of rare words.
func (c *comparer) keys(u *unit, put func(kind byte, text string), pair func(uint64)) {
	rare := c.rarestWords(u.words, 4)
	for i, a := range rare {
		for _, b := range rare[:i] {
			pair(pairKey(a, b))
		}
		if i < 2 {
			put('w', c.v.text[a])
			if s := skeleton(c.v.text[a]); len(s) >= 3 {
				put('s', s)
			}
		}
	}
	if len(u.joined) >= 4 {
		put('p', u.joined[:min(7, len(u.joined))])
		put('e', u.joined[max(0, len(u.joined)-8):])
	}
	if len(u.joined) > 12 {
		put('P', u.joined[:12])
	}
	c.initialKeys(u, put)
	rare = c.rarestWords(u.also.words, 3)
	for i, a := range rare {
		if i == 0 {
			put('w', c.v.text[a])
		}
		for _, b := range rare[:i] {
			pair(pairKey(a, b))
		}
	}
	if len(u.also.joined) >= 4 {
		put('p', u.also.joined[:min(7, len(u.also.joined))])
	}
	numberKeys(u, put)
}

func numberKeys(u *unit, put func(kind byte, text string)) {
	for _, vat := range u.vat {
		put('v', vat)
	}
	if u.company != "" {
		put('c', u.company)
	}
	if u.charity != "" {
		put('h', u.charity)
	}
}

// initialKeys finds "FRC" and "Financial Reporting Council" together.
func (c *comparer) initialKeys(u *unit, put func(kind byte, text string)) {
	var letters []byte
	for _, w := range u.words {
		text := c.v.text[w.id]
		letters = append(letters, text[0])
		if len(u.words) <= 2 && len(text) >= 3 && len(text) <= 6 {
			put('i', text)
		}
	}
	if len(letters) >= 3 {
		put('i', string(letters))
	}
}

func (c *comparer) rarestWords(words []word, most int) []uint32 {
	ids := make([]uint32, len(words))
	for i, w := range words {
		ids[i] = w.id
	}
	slices.SortFunc(ids, func(a, b uint32) int {
		switch {
		case c.v.rarity[a] > c.v.rarity[b]:
			return -1
		case c.v.rarity[a] < c.v.rarity[b]:
			return 1
		}
		return int(a) - int(b)
	})
	return ids[:min(most, len(ids))]
}

// skeleton is a word's consonants, none twice in a row, after its first letter:
// most slips leave it as it is.
func skeleton(w string) string {
	out := make([]byte, 0, len(w))
	for i := range len(w) {
		switch ch := w[i]; {
		case i > 0 && (ch == 'A' || ch == 'E' || ch == 'I' || ch == 'O' || ch == 'U' || ch == 'Y' || ch == 'H'):
		case len(out) > 0 && out[len(out)-1] == ch:
		default:
			out = append(out, ch)
		}
	}
	if len(out) > 3 && out[len(out)-1] == 'S' {
		out = out[:len(out)-1]
	}
	return string(out)
}
