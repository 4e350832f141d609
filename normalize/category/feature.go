package category

import "math"

// feature is one thing seen in a line: a bucket of the hash, and how much of it.
type feature struct {
	bucket uint32
	value  float32
}

// bucketBits sets how many buckets the hash has: 2^18.
const bucketBits = 18

// hash is FNV-1a over the parts, each preceded by a mark, folded to the buckets.
func hash(mark byte, parts ...string) uint32 {
	h := uint32(2166136261)
	h = (h ^ uint32(mark)) * 16777619
	for _, part := range parts {
		for i := range len(part) {
			h = (h ^ uint32(part[i])) * 16777619
		}
		h = (h ^ '\x1f') * 16777619
	}
	h ^= h >> 15
	h *= 0x85ebca6b
	h ^= h >> 13
	return h & (1<<bucketBits - 1)
}

// Of a feature made from no one word: from the whole value, or from none of it.
const (
	whole   = -1
	nowhere = -2
)

// block gathers features that are weighed together: their values are made so
// that the block's squares add up to weight squared, however long the text.
type block struct {
	list  []feature
	words []int32 // beside list: which word each was made from; see whole, nowhere
	start int
	from  int32 // the word being read
}

func (b *block) add(bucket uint32) {
	b.list = append(b.list, feature{bucket, 1})
	b.words = append(b.words, b.from)
}

// close ends a block begun at start.
func (b *block) close(weight float64) {
	n := len(b.list) - b.start
	if n > 0 {
		value := float32(weight / math.Sqrt(float64(n)))
		for i := b.start; i < len(b.list); i++ {
			b.list[i].value = value
		}
	}
	b.start = len(b.list)
}

// How much each kind of evidence counts before learning. Cross-validation on the
// training lines is flat about these: a half more or less of any moves no score by
// more than 0.3 points.
const (
	weightPayee      = 1.6
	weightLetters    = 1.0
	weightShared     = 1.4
	weightKinds      = 0.8
	weightRules      = 3.0
	weightConvention = 2.0
)

// weightOf is how much a column's own words count, by its role.
func weightOf(r role) float64 {
	switch r {
	case roleType:
		return 1.4
	case roleDetail, roleLabel:
		return 1.2
	case roleArea:
		return 0.8
	}
	return 0.4
}

// features lists what the model weighs in one part of a line. It hangs on
// nothing but the part, so that what the model says of it can be kept.
func (p *part) features(b *block) {
	switch p.role {
	case roleKinds:
		p.kindFeatures(b)
	case rolePayee:
		p.payeeFeatures(b)
		p.sharedFeatures(b)
	case roleType, roleDetail, roleLabel:
		p.columnFeatures(b)
		p.sharedFeatures(b)
	default:
		p.columnFeatures(b)
	}
	b.from = nowhere
	for _, one := range p.hits {
		b.add(hash('R', one.in, one.scope, one.category, one.sure))
		b.add(hash('S', one.scope, one.category))
	}
	b.close(weightRules)
}

func (p *part) payeeFeatures(b *block) {
	for i, word := range p.words {
		b.from = int32(i)
		b.add(hash('p', word))
		if i > 0 {
			b.add(hash('q', p.words[i-1], word))
		}
	}
	if len(p.words) > 0 {
		b.from = 0
		b.add(hash('f', p.words[0]))
		b.from = whole
		b.add(hash('n', p.text))
	}
	b.close(weightPayee)
	for i, word := range p.words {
		b.from = int32(i)
		letters(b, 'c', word)
	}
	b.close(weightLetters)
}

// letters adds a word's runs of three to five letters, its ends marked.
func letters(b *block, mark byte, word string) {
	if len(word) > 60 {
		word = word[:60]
	}
	var room [62]byte
	room[0] = '<'
	n := copy(room[1:], word) + 1
	room[n] = '>'
	marked := room[:n+1]
	for size := 3; size <= 5; size++ {
		for i := 0; i+size <= len(marked); i++ {
			b.add(hash(mark, string(marked[i:i+size])))
		}
	}
}

// columnFeatures are the words of a column, each in its role.
func (p *part) columnFeatures(b *block) {
	mark := byte(p.role)
	previous := ""
	for i, word := range p.words {
		if isNumber(word) {
			continue
		}
		b.from = int32(i)
		b.add(hash(mark, word))
		if len(word) > 5 {
			b.add(hash(mark, "-", word[:5]))
		}
		if previous != "" {
			b.add(hash(mark, previous, word))
		}
		previous = word
	}
	b.from = whole
	b.add(hash(mark, "=", p.text))
	b.close(weightOf(p.role))
	if p.role == roleType || p.role == roleDetail {
		for i, word := range p.words {
			if !isNumber(word) {
				b.from = int32(i)
				letters(b, 'c', word)
			}
		}
		b.close(weightLetters)
	}
}

// sharedFeatures are words wherever they stand, so that what is learnt of
// "cleaning" in an expense type counts for a payee called so, and the reverse.
func (p *part) sharedFeatures(b *block) {
	for i, word := range p.words {
		if isNumber(word) {
			continue
		}
		b.from = int32(i)
		b.add(hash('w', word))
		if len(word) > 5 {
			b.add(hash('w', "-", word[:5]))
		}
		if i > 0 {
			b.add(hash('w', p.words[i-1], word))
		}
	}
	if p.role == rolePayee {
		b.from = nowhere
		b.add(hash('j', p.form))
	}
	b.close(weightShared)
}

// kindFeatures tell what kind of body pays what kind, and that there is a line.
func (p *part) kindFeatures(b *block) {
	b.from = whole
	b.add(hash('k', p.kind))
	b.add(hash('l', p.form))
	b.add(hash('m', p.form, p.kind))
	b.close(weightKinds)
	b.from = nowhere
	b.add(hash('b'))
	b.close(1)
}

// conventionFeatures mark a training line labelled by another convention than the
// one judged by. They take up the difference between the two, so that both lots
// teach all else; a line to be judged never has them.
func (r *reading) conventionFeatures() []feature {
	var b block
	b.add(hash('s'))
	b.add(hash('s', r.from, r.payeeKind))
	for _, p := range r.parts {
		if p.role != roleType && p.role != roleDetail {
			continue
		}
		for k, word := range p.words {
			b.add(hash('s', "word", word))
			b.add(hash('t', r.payeeKind, word))
			if k > 0 {
				b.add(hash('s', p.words[k-1], word))
			}
		}
	}
	b.close(weightConvention)
	return b.list
}
