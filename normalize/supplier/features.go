package supplier

import (
	"slices"
	"strings"
)

// feature is one thing that a comparison of two names sees.
type feature int

const (
	bias          feature = iota
	shared                // rarity shared, as a share of all of both
	sharedLess            // rarity shared, as a share of all of the name with less
	sharedAll             // rarity shared, by itself
	rarest                // rarity of the rarest shared word
	leftBoth              // rarity left over on the side with less left
	leftMost              // rarity left over on the side with more left
	leftRarest            // rarity of the rarest word left over
	leftFront             // a word left over stands at the front
	leftSplit             // words left over that make another organisation, on one side
	leftSplitBoth         // the same, on both sides
	leftWeak              // words left over that say little
	leftAside             // rarity left over that stood in brackets
	leftNumber            // a number left over on one side
	numbersDiffer         // different numbers on both
	lettersDiffer         // initials left over on both
	leftLetters           // initials left over on one side
	typed                 // words that match but for a slip of the keyboard
	worded                // words a slip apart that are both words of other names
	shortened             // words of which one shortens the other
	prefixed              // one name is the start of the other
	prefixedWidth         // and ends where a column would cut it
	letterLike            // likeness of the letters, whatever the words
	together              // the same letters in a row
	reordered             // the same words in another order
	oneWord               // only one word on the shorter side
	oneWordMore           // and the other has more words that say something
	oneWordFormed         // and one of them has a legal form
	formsDiffer           // different legal forms
	formOne               // a legal form on one side only
	acronym               // letters of one are the initials of the other
	otherName             // compared by a trading or former name
	wordsShared           // how many words are shared
	jointly               // how few names have the two rarest shared words
	samePostcode
	otherPostcode
	sameVAT
	otherVAT
	sameVATNamed     // rarity left over although the VAT number is the same
	nothingLeft      // every word is matched on both sides
	contained        // every word is matched on one side
	onlyWeak         // contained, and what is left over says little
	containedAll     // rarity shared, where one name is contained in the other
	containedJointly // how few names have the rarest shared words, where contained
	swapped          // words left over on both sides
	placed           // names of places of which many have one name
	placedAll        // rarity shared by such names
	placeLeft        // a word for such a place is left over
	slipAll          // rarity shared, where words match but for a slip
	slipRare         // a slip in a word that many names have
	reorderedSlip    // another order and a slip or a plural
	plurals          // a rare word and its plural
	toldApart        // what is left over makes another organisation, or what is shared says nothing
	featureCount
)

var featureNames = [featureCount]string{"bias", "shared", "sharedLess", "sharedAll", "rarest", "leftBoth", "leftMost",
	"leftRarest", "leftFront", "leftSplit", "leftSplitBoth", "leftWeak", "leftAside", "leftNumber", "numbersDiffer",
	"lettersDiffer", "leftLetters", "typed", "worded", "shortened", "prefixed", "prefixedWidth", "grams", "together",
	"reordered", "oneWord", "oneWordMore", "oneWordFormed", "formsDiffer", "formOne", "acronym", "otherName", "wordsShared", "jointly",
	"samePostcode", "otherPostcode", "sameVAT", "otherVAT", "sameVATNamed",
	"nothingLeft", "contained", "onlyWeak", "containedAll", "containedJointly", "swapped", "placed", "placedAll", "placeLeft",
	"slipAll", "slipRare", "reorderedSlip", "plurals", "toldApart"}

// vector is what one comparison saw.
type vector [featureCount]float64

// matching is a comparison of two lists of words under way.
type matching struct {
	v        *vocabulary
	a, b     []word
	ma, mb   [maxWords]bool // matched
	x        vector
	sumA     float64
	sumB     float64
	common   float64 // rarity matched
	top, two uint32  // the two rarest matched words, for jointly
	topIDF   float64
	twoIDF   float64
	count    int
	at       [maxWords]int // for each word of a, one more than the place of its match
	legal    bool          // both have a legal form, so that a number is part of the name
	same     bool          // the same letters in a row
	formed   bool          // one at least has a legal form
}

const maxWords = 14

// ownWord is the rarity under which a word stands for itself: one name in 1800 has it.
const ownWord = 7.5

// compare sees how two lists of words are alike.
func (m *matching) compare() {
	for i := range m.a {
		m.sumA += m.v.rarity[m.a[i].id]
	}
	for j := range m.b {
		m.sumB += m.v.rarity[m.b[j].id]
	}
	m.exact()
	if m.same {
		m.together()
	}
	m.joined(m.a, m.b, &m.ma, &m.mb)
	m.joined(m.b, m.a, &m.mb, &m.ma)
	m.near()
	m.initials(m.a, m.b, &m.ma, &m.mb)
	m.initials(m.b, m.a, &m.mb, &m.ma)
	m.ratios()
	m.left()
}

// take notes that two words match, at a share of their rarity.
func (m *matching) take(i, j int, share float64) {
	m.ma[i], m.mb[j] = true, true
	id := m.a[i].id
	r := min(m.v.rarity[id], m.v.rarity[m.b[j].id]) * share
	m.common += r
	m.count++
	m.rare(id, r)
	m.at[i] = j + 1
}

// several stands for the words of one side that match one word of the other.
const several = ^uint32(0)

// rare keeps the two rarest matches.
func (m *matching) rare(id uint32, r float64) {
	switch {
	case r > m.topIDF:
		m.two, m.twoIDF = m.top, m.topIDF
		m.top, m.topIDF = id, r
	case r > m.twoIDF:
		m.two, m.twoIDF = id, r
	}
}

func (m *matching) exact() {
	for i := range m.a {
		for j := range m.b {
			if !m.mb[j] && m.a[i].id == m.b[j].id {
				m.take(i, j, 1)
				break
			}
		}
	}
}

// together matches what exact left of names with the same letters in a row, however
// they are cut into words.
func (m *matching) together() {
	restA, restB := 0.0, 0.0
	for i := range m.a {
		if !m.ma[i] {
			restA += m.v.rarity[m.a[i].id]
		}
		m.ma[i] = true
	}
	for j := range m.b {
		if !m.mb[j] {
			restB += m.v.rarity[m.b[j].id]
		}
		m.mb[j] = true
	}
	if r := min(restA, restB); r > 0 {
		m.common += r
		m.rare(several, r)
		m.count++
	}
}

// joined matches "greentech" with "green tech".
func (m *matching) joined(a, b []word, ma, mb *[maxWords]bool) {
	for i := range a {
		for j := 0; !ma[i] && j+1 < len(b); j++ {
			if mb[j] || mb[j+1] {
				continue
			}
			one, x, y := m.v.text[a[i].id], m.v.text[b[j].id], m.v.text[b[j+1].id]
			if len(one) == len(x)+len(y) && strings.HasPrefix(one, x) && strings.HasSuffix(one, y) {
				ma[i], mb[j], mb[j+1] = true, true, true
				r := min(m.v.rarity[a[i].id], m.v.rarity[b[j].id]+m.v.rarity[b[j+1].id])
				m.common += r
				m.rare(several, r)
				m.count++
			}
		}
	}
}

// near matches words that are a slip, a plural or a shortening apart.
func (m *matching) near() {
	for i := range m.a {
		if m.ma[i] {
			continue
		}
		best, at, how := 0.0, -1, apart
		for j := range m.b {
			if m.mb[j] {
				continue
			}
			atEnd := i == len(m.a)-1 || j == len(m.b)-1
			h := wordsApart(m.v.text[m.a[i].id], m.v.text[m.b[j].id], atEnd && m.before(i, j))
			if h.share() > best && (h != shorter || m.ends(i, j) || !m.ownWord(i, j)) {
				best, at, how = h.share(), j, h
			}
		}
		if at < 0 {
			continue
		}
		if how == slip {
			m.x[typed]++
			if least := min(m.v.count[m.a[i].id], m.v.count[m.b[at].id]); least > 2 {
				m.x[worded]++
			} else if most := max(m.v.count[m.a[i].id], m.v.count[m.b[at].id]); most >= 8 {
				m.x[slipRare]++
			}
		} else if how != plural {
			m.x[shortened]++
		} else if m.v.class[m.a[i].id]&(weak|split) == 0 {
			m.x[plurals]++
		}
		m.take(i, at, best)
	}
}

// ends reports whether a word on each side ends its name, where it may have been cut.
func (m *matching) ends(i, j int) bool { return i == len(m.a)-1 && j == len(m.b)-1 }

// ownWord reports whether the shorter of two words is one of many names by itself, as
// "park" is, and so no shortening of "parkway" where no column cut the name.
func (m *matching) ownWord(i, j int) bool {
	short := m.a[i].id
	if other := m.b[j].id; len(m.v.text[other]) < len(m.v.text[short]) {
		short = other
	}
	return m.v.rarity[short] < ownWord
}

// before reports whether what stands before two words is matched: only then can
// one or two letters be the start of a word cut off.
func (m *matching) before(i, j int) bool {
	return (i == 0 || m.ma[i-1]) && (j == 0 || m.mb[j-1]) && i+j > 0
}

// initials matches "FRC" with "Financial Reporting Council" on either side.
func (m *matching) initials(a, b []word, ma, mb *[maxWords]bool) {
	for i := range a {
		text := m.v.text[a[i].id]
		if len(text) < 3 || len(text) > maxWords { // two letters are many names'
			continue
		}
		if ma[i] { // beside what it stands for: "Tolvaddon Research Institute (TRI)"
			if at, ok := m.spelt(text, b); ok {
				for j := at; j < at+len(text); j++ {
					mb[j] = true
				}
			}
			continue
		}
		if at, ok := m.spelt(text, b); ok && !slices.Contains(mb[at:at+len(text)], true) {
			ma[i] = true
			free := 0.0
			for j := at; j < at+len(text); j++ {
				free += m.v.rarity[b[j].id]
				mb[j] = true
			}
			r := min(m.v.rarity[a[i].id], max(free, 1))
			m.common += r
			m.x[acronym]++
			m.rare(several, r)
			m.count++
		} else if _, ok := m.spelt(text, a); ok {
			ma[i] = true
			m.common += m.v.rarity[a[i].id] / 2
		}
	}
}

// spelt finds words in a row that begin with the letters of an acronym.
func (m *matching) spelt(text string, in []word) (int, bool) {
	for at := 0; at+len(text) <= len(in); at++ {
		ok := true
		for k := 0; ok && k < len(text); k++ {
			ok = m.v.text[in[at+k].id][0] == text[k]
		}
		if ok {
			return at, true
		}
	}
	return 0, false
}

func (m *matching) ratios() {
	m.x[bias] = 1
	whole := m.sumA + m.sumB
	if whole > 0 {
		m.x[shared] = min(1, 2*m.common/whole)
		m.x[sharedLess] = min(1, m.common/max(0.1, min(m.sumA, m.sumB)))
	}
	m.x[sharedAll] = min(m.common, 40) / 10
	m.x[rarest] = m.topIDF / 10
	m.x[wordsShared] = min(float64(m.count), 6) / 3
	last := 0
	for _, at := range m.at[:len(m.a)] {
		if at > 0 && at < last {
			m.x[reordered] = 1
		}
		last = max(last, at)
	}
	if shorter := min(len(m.a), len(m.b)); shorter == 1 {
		m.x[oneWord] = 1
	}
}
