package supplier

// left sees what is left over on each side.
func (m *matching) left() {
	leftA, leftB := m.leftOf(m.a, &m.ma), m.leftOf(m.b, &m.mb)
	m.x[leftBoth] = min(leftA.rarity, leftB.rarity) / 10
	m.x[leftMost] = max(leftA.rarity, leftB.rarity) / 10
	m.x[leftRarest] = max(leftA.top, leftB.top) / 10
	m.x[leftFront] = float64(leftA.front + leftB.front)
	m.x[leftSplit] = float64(max(leftA.split, leftB.split))
	m.x[leftSplitBoth] = float64(min(leftA.split, leftB.split))
	m.x[leftWeak] = float64(leftA.weak + leftB.weak)
	m.x[leftAside] = (leftA.aside + leftB.aside) / 10
	switch {
	case leftA.number > 0 && leftB.number > 0:
		m.x[numbersDiffer] = 1
	case leftA.number+leftB.number > 0:
		m.x[leftNumber] = 1
	}
	switch {
	case leftA.letters > 0 && leftB.letters > 0:
		m.x[lettersDiffer] = 1
	case leftA.letters+leftB.letters > 0:
		m.x[leftLetters] = 1
	}
	if m.x[oneWord] > 0 && leftA.said+leftB.said > 0 {
		m.x[oneWordMore] = 1
		if m.formed {
			m.x[oneWordFormed] = 1
		}
	}
	m.containment(leftA, leftB)
	m.tellApart(leftA, leftB)
}

// containment sees whether one name is the other with more words.
func (m *matching) containment(a, b rest) {
	switch {
	case a.words == 0 && b.words == 0:
		m.x[nothingLeft] = 1
	case a.words == 0 || b.words == 0:
		m.x[contained] = 1
		m.x[containedAll] = m.x[sharedAll]
		if a.said+b.said+a.split+b.split+a.letters+b.letters == 0 {
			m.x[onlyWeak] = 1
		}
	default:
		m.x[swapped] = 1
	}
	if a.place+b.place > 0 {
		m.x[placeLeft] = 1
	}
	for i := range m.a {
		if m.v.class[m.a[i].id]&local != 0 && m.ma[i] {
			m.x[placed] = 1
			m.x[placedAll] = m.x[sharedAll]
		}
	}
	if m.x[typed] > 0 {
		m.x[slipAll] = m.x[sharedAll]
	}
	if m.x[reordered] > 0 && m.x[typed]+m.x[plurals] > 0 {
		m.x[reorderedSlip] = 1
	}
}

// commonWord is the rarity under which a word says little by itself: one name in
// 250 has it.
const commonWord = 5.5

// outletLength is how many digits a chain's number for one of its shops has at least.
const outletLength = 3

// tellApart looks for what makes another organisation whatever else is alike.
func (m *matching) tellApart(a, b rest) {
	numbers := a.number+b.number > 0 && m.legal
	common := m.topIDF < commonWord && m.x[nothingLeft] == 0 && m.x[prefixedWidth] == 0
	saint := m.x[placed] > 0 && m.x[contained] > 0 && m.v.text[m.a[0].id] == "ST" && m.v.text[m.b[0].id] == "ST"
	initialsOnly := m.x[oneWord] > 0 && m.x[leftLetters] > 0 && a.front+b.front > 0
	if numbers || common || saint || initialsOnly || a.tells+b.tells > 0 || m.x[reorderedSlip] > 0 {
		m.x[toldApart] = 1
	}
}

// rest is what is left over on one side.
type rest struct {
	rarity, top, aside                        float64
	front, split, weak, number, letters, said int
	words, place, tells                       int // left over at all; of them words for a place, and words that tell apart
}

func (m *matching) leftOf(words []word, matched *[maxWords]bool) rest {
	var left rest
	for i := range words {
		if matched[i] {
			continue
		}
		w := words[i]
		left.words++
		if m.v.class[w.id]&local != 0 {
			left.place++
		}
		if m.v.class[w.id]&tells != 0 && i > 0 {
			left.tells++
		}
		text, r := m.v.text[w.id], m.v.rarity[w.id]
		if allDigits(text) {
			left.number++
			if !m.formed && i > 0 && i == len(words)-1 && len(text) >= outletLength {
				left.words-- // a chain's number for one of its shops
			}
			continue
		}
		if w.aside {
			left.aside += r
		} else {
			left.rarity += r
			left.top = max(left.top, r)
		}
		if i == 0 {
			left.front = 1
		}
		left.count(m.v.class[w.id])
		if len(text) <= 2 {
			left.letters++
		}
	}
	return left
}

func (left *rest) count(c class) {
	switch {
	case c&split != 0:
		left.split++
	case c&weak != 0:
		left.weak++
	default:
		left.said++
	}
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
