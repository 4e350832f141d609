package supplier

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"
)

// blockMost is the size up to which every pair of a block is compared. A larger one
// is cut by the next letter of the names, again and again, until its parts are no
// larger: what a pair of names has to do with each other then hangs on few others.
const blockMost = 24

// entry says that a unit is in a block.
type entry struct {
	key  uint64
	unit int32
}

// candidates lists the pairs of units worth a comparison, each once: those that
// share a rare word, the start or end of their letters, initials or a number.
func (c *comparer) candidates() []uint64 {
	parts := c.entries()
	c.leaves = make([]atomic.Uint64, len(c.units))
	lists := make([][]uint64, len(parts))
	blocks, sizes := make([][]uint64, len(parts)), make([][]int32, len(parts))
	inPieces(len(parts), 1, func(p, _ int) {
		for of := parts[p]; len(of) > 0; {
			key, n := of[0].key, 1
			for n < len(of) && of[n].key == key {
				n++
			}
			if key < 1<<63 {
				blocks[p], sizes[p] = append(blocks[p], key), append(sizes[p], rounded(int32(n)))
			}
			lists[p] = c.block(lists[p], of[:n], key, 0)
			of = of[n:]
		}
	})
	c.blocks, c.sizes = slices.Concat(blocks...), slices.Concat(sizes...)
	each := uint64(len(c.units)/shelves + 1)
	pairs := sorted(lists, func(pair uint64) int { return int(pair >> 32 / each) }, cmp.Compare)
	inPieces(len(pairs), 1, func(p, _ int) { pairs[p] = slices.Compact(pairs[p]) })
	return slices.Concat(pairs...)
}

// entries are the units under each of their keys, in order, in parts.
func (c *comparer) entries() [][]entry {
	lists := make([][]entry, (len(c.units)+piece-1)/piece)
	inParallel(len(c.units), func(from, to int) {
		list := make([]entry, 0, 14*(to-from))
		for i := from; i < to; i++ {
			c.keys(c.units[i], func(key uint64) { list = append(list, entry{key, int32(i)}) })
		}
		lists[from/piece] = list
	})
	parts := sorted(lists, func(e entry) int { return int(e.key >> 56) }, byKey)
	inPieces(len(parts), 1, func(p, _ int) {
		parts[p] = slices.CompactFunc(parts[p], func(a, b entry) bool { return a == b })
	})
	return parts
}

func byKey(a, b entry) int {
	if a.key != b.key {
		if a.key < b.key {
			return -1
		}
		return 1
	}
	return int(a.unit - b.unit)
}

// block adds the pairs of a block whose names have so many first letters in common.
func (c *comparer) block(pairs []uint64, of []entry, key uint64, depth int) []uint64 {
	if len(of) <= blockMost {
		for i := range of {
			if depth > 0 {
				c.leaves[of[i].unit].Add(mix(key, uint64(depth)))
			}
			for j := i + 1; j < len(of); j++ {
				pairs = append(pairs, uint64(of[i].unit)<<32|uint64(of[j].unit))
			}
		}
		return pairs
	}
	for i := 0; i < len(of); { // units are in the order of their keys
		j := i + 1
		for j < len(of) && c.letter(of[i], depth) == c.letter(of[j], depth) {
			j++
		}
		pairs = c.block(pairs, of[i:j], key, depth+1)
		i = j
	}
	return pairs
}

// letter is a letter of a unit's key; 0 is past its end.
func (c *comparer) letter(e entry, at int) byte {
	if key := c.units[e.unit].key; at < len(key) {
		return key[at]
	}
	return 0
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

// keys calls put with the keys by which a unit is found: below 1<<63 for its pairs
// of rare words, above for the rest.
func (c *comparer) keys(u *unit, put func(key uint64)) {
	text := func(kind byte, text string) { put(hash(kind, text) | 1<<63) }
	c.wordKeys(u.words, 4, 2, text, put)
	if len(u.joined) >= 4 {
		text('p', u.joined[:min(7, len(u.joined))])
		text('e', u.joined[max(0, len(u.joined)-8):])
	}
	if len(u.joined) > 12 {
		text('P', u.joined[:12])
	}
	initialKeys(len(u.words), func(i int) string { return c.v.text[u.words[i].id] }, text)
	if len(u.also.words) > 0 {
		c.wordKeys(u.also.words, 3, 1, text, put)
	}
	if len(u.also.joined) >= 4 {
		text('p', u.also.joined[:min(7, len(u.also.joined))])
	}
	numberKeys(u, text)
}

// wordKeys puts the pairs of the rarest words, and so many of them by themselves.
func (c *comparer) wordKeys(of []word, pairs, single int, text func(kind byte, text string), put func(key uint64)) {
	var room [maxWords]uint32
	rare := c.rarestWords(room[:0], of, pairs)
	for i, a := range rare {
		for _, b := range rare[:i] {
			put(c.v.pairKey(a, b))
		}
		if i >= single {
			continue
		}
		text('w', c.v.text[a])
		if s := skeleton(c.v.text[a]); len(s) >= 3 && single > 1 {
			text('s', s)
		}
	}
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

// initialKeys finds "FRC" and "Financial Reporting Council" together, and "RNIB" and
// the Royal National Institute of Blind People.
func initialKeys(words int, text func(i int) string, put func(kind byte, text string)) {
	letters := make([]byte, 0, maxWords)
	for i := range words {
		w := text(i)
		letters = append(letters, w[0])
		if words <= 2 && len(w) >= 3 && len(w) <= 6 {
			put('i', w)
		}
	}
	if len(letters) >= 3 {
		put('i', string(letters))
	}
	if len(letters) > 4 {
		put('i', string(letters[:4]))
	}
}

func (c *comparer) rarestWords(ids []uint32, words []word, most int) []uint32 {
	for _, w := range words {
		ids = append(ids, w.id)
	}
	slices.SortFunc(ids, func(a, b uint32) int {
		switch {
		case c.v.rarity[a] > c.v.rarity[b]:
			return -1
		case c.v.rarity[a] < c.v.rarity[b]:
			return 1
		}
		return strings.Compare(c.v.text[a], c.v.text[b])
	})
	return ids[:min(most, len(ids))]
}

// pairKey is the key of names that have both words.
func (v *vocabulary) pairKey(a, b uint32) uint64 {
	return mix(mix(0, v.hash[a]+v.hash[b]), v.hash[a]^v.hash[b]) &^ (1 << 63)
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
