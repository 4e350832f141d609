package category

import "math"

// feature is one thing seen in a line: a bucket of the hash, and how much of it.
type feature struct {
	bucket uint32
	value  float32
}

// named is what each feature of a block was made from, for the reason given.
type named struct {
	role role
	word string
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

// block gathers features that are weighed together: their values are made so
// that the block's squares add up to weight squared, however long the text.
type block struct {
	list  []feature
	names []named // beside list
	start int
	from  named // what is being read
}

func (b *block) add(bucket uint32) {
	b.list = append(b.list, feature{bucket, 1})
	b.names = append(b.names, b.from)
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

// blockWeights say how much each kind of evidence counts before learning;
// chosen by cross-validation on the training lines.
var blockWeights = struct {
	payeeWords, payeeLetters, typed, area, detail, label, shared, cross, kinds, rules float64
}{1.6, 1.2, 1.4, 0.8, 1.2, 1.2, 1.4, 0.8, 0.8, 3.0}

// features turns a line into what the model weighs.
func (r *reading) features(b *block) []feature {
	b.list, b.names, b.start = b.list[:0], b.names[:0], 0
	w := &blockWeights
	r.payeeFeatures(b)
	for _, part := range []struct {
		role   role
		weight float64
	}{{roleType, w.typed}, {roleArea, w.area}, {roleDetail, w.detail}, {roleLabel, w.label}, {roleKind, 0.4}, {roleOther, 0.4}} {
		for i := range r.fields {
			if r.fields[i].role == part.role {
				fieldFeatures(b, &r.fields[i])
			}
		}
		b.close(part.weight)
	}
	r.sharedFeatures(b)
	r.kindFeatures(b)
	r.ruleFeatures(b)
	return b.list
}

// ruleFeatures are what the rules say, where, and beside what other rules say:
// "software" bought of a firm known for hardware.
func (r *reading) ruleFeatures(b *block) {
	for i, one := range r.hits {
		b.from = named{}
		b.add(hash('R', one.in, one.scope, one.category, one.sure))
		b.add(hash('S', one.scope, one.category))
		b.add(hash('U', r.payeeKind, one.scope, one.category))
		if one.in != "payee" {
			continue
		}
		for _, other := range r.hits[i+1:] {
			if other.in == "type" || other.in == "detail" {
				b.add(hash('Z', one.scope, one.category, other.scope, other.category))
			}
		}
	}
	b.close(blockWeights.rules)
}

func (r *reading) payeeFeatures(b *block) {
	for i, word := range r.payee {
		b.from = named{rolePayee, word}
		b.add(hash('p', word))
		if i > 0 {
			b.add(hash('q', r.payee[i-1], word))
		}
	}
	if len(r.payee) > 0 {
		b.from = named{rolePayee, r.payee[0]}
		b.add(hash('f', r.payee[0]))
		b.from = named{rolePayee, r.payeeText}
		b.add(hash('n', r.payeeText))
	}
	b.close(blockWeights.payeeWords)
	for _, word := range r.payee {
		b.from = named{rolePayee, word}
		letters(b, 'c', word)
	}
	b.close(blockWeights.payeeLetters)
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

func fieldFeatures(b *block, f *field) {
	mark := byte(f.role)
	previous := ""
	for _, word := range f.words {
		if isNumber(word) {
			continue
		}
		b.from = named{f.role, word}
		b.add(hash(mark, word))
		if len(word) > 5 {
			b.add(hash(mark, "-", word[:5]))
		}
		if previous != "" {
			b.add(hash(mark, previous, word))
		}
		previous = word
	}
	b.from = named{f.role, f.text}
	b.add(hash(mark, "=", f.text))
}

// sharedFeatures are words wherever they stand, so that what is learnt of
// "cleaning" in an expense type counts for a payee called so, and the reverse.
func (r *reading) sharedFeatures(b *block) {
	shared := func(from role, words []string) {
		for i, word := range words {
			if isNumber(word) {
				continue
			}
			b.from = named{from, word}
			b.add(hash('w', word))
			if len(word) > 5 {
				b.add(hash('w', "-", word[:5]))
			}
			if i > 0 {
				b.add(hash('w', words[i-1], word))
			}
		}
	}
	shared(rolePayee, r.payee)
	for i := range r.fields {
		switch r.fields[i].role {
		case roleType, roleDetail, roleLabel:
			shared(r.fields[i].role, r.fields[i].words)
		}
	}
	b.close(blockWeights.shared)
}

// kindFeatures cross what kind of body pays with what kind is paid and with the
// words of the ledger: "recharge" between two trusts is not "recharge" by a firm.
func (r *reading) kindFeatures(b *block) {
	for i := range r.fields {
		if r.fields[i].role != roleType && r.fields[i].role != roleDetail {
			continue
		}
		for _, word := range r.fields[i].words {
			if isNumber(word) {
				continue
			}
			b.from = named{r.fields[i].role, word}
			b.add(hash('x', r.payeeKind, word))
			b.add(hash('y', r.publisherKind, word))
		}
	}
	b.close(blockWeights.cross)
	b.from = named{}
	b.add(hash('k', r.payeeKind))
	b.add(hash('l', r.publisherKind))
	b.add(hash('m', r.publisherKind, r.payeeKind))
	b.add(hash('j', r.legalForm))
	b.close(blockWeights.kinds)
	b.add(hash('b'))
	b.close(1)
}

// earlyFeatures mark a training line that was labelled before the doubts that the
// guide leaves open were settled (a surgery's rent was health care, then rent).
// They take up the difference, so that both lots teach all else; a line to be
// judged never has them.
func (r *reading) earlyFeatures(b *block) {
	b.add(hash('s'))
	b.add(hash('s', r.publisherKind, r.payeeKind))
	for i := range r.fields {
		if r.fields[i].role != roleType && r.fields[i].role != roleDetail {
			continue
		}
		for k, word := range r.fields[i].words {
			b.add(hash('s', "word", word))
			b.add(hash('t', r.payeeKind, word))
			if k > 0 {
				b.add(hash('s', r.fields[i].words[k-1], word))
			}
		}
	}
	b.close(2)
}
