package category

import (
	"math"
	"slices"
	"unicode/utf8"
)

// kept is a value with what the model says of it. What every line asks of its
// values comes first, so that it lies together.
type kept struct {
	scores lanes
	mean   float32 // of the scores, in steps
	role   role
	decide *rule  // the first sure rule among its hits, or nil
	code   string // see part
	kind   string // see part
	hits   []hit
	told   []telling
	part   *part
	shrunk []lanes // scores for a value beside one, two, … others of its role; nil is not yet worked out
	rows   []seen
}

// seen is a feature of a value that the model knows.
type seen struct {
	row   int32
	value float32
	word  int32
}

// telling is how a reason names a value that speaks for a class.
type telling struct {
	class int32
	text  string
}

// lanes hold one score per class, four to a word: a score in steps of 1/128, held
// to a range of 16 either way, plus laneZero. Words add up lane by lane, and up to
// sixteen of them without a carry into the next lane. Whole numbers add up to the
// same in any order.
type lanes []uint64

const (
	laneSteps = 128
	laneZero  = 1 << 11
	laneSum   = 16 // how many lanes add up without a carry
)

func newLanes(classes int) lanes { return make(lanes, (classes+3)/4) }

func (l lanes) set(class, steps int) {
	steps = min(max(steps, 1-laneZero), laneZero-1) + laneZero
	l[class/4] |= uint64(steps) << (class % 4 * 16)
}

func (l lanes) at(class int) int { return int(l[class/4]>>(class%4*16)&0xffff) - laneZero }

// keep works out what the model says of a value; a part that says nothing is
// kept as such.
func (d *Desk) keep(p *part) *kept {
	k := &kept{part: p}
	if p == nil {
		return k
	}
	k.role, k.kind, k.code, k.hits = p.role, p.kind, p.code, p.hits
	for _, hit := range p.hits {
		if hit.sure == "yes" && k.decide == nil {
			k.decide = hit.rule
		}
	}
	m, b, sum := d.judge.model, &d.block, 0
	b.list, b.words, b.start = b.list[:0], b.words[:0], 0
	p.features(b)
	m.score(b.list, d.exact)
	k.scores = newLanes(len(d.exact))
	for class, score := range d.exact {
		k.scores.set(class, int(math.Round(float64(score)*laneSteps)))
		sum += k.scores.at(class)
	}
	k.mean = float32(sum) / float32(len(d.exact))
	for i, one := range b.list {
		if row := m.row[one.bucket]; row >= 0 && b.words[i] != nowhere {
			k.rows = append(k.rows, seen{row, one.value, b.words[i]})
		}
	}
	k.rows = slices.Clip(k.rows)
	return k
}

// beside gives a value's scores where n values of the line have its role.
func (k *kept) beside(n, classes int) lanes {
	if n == 1 {
		return k.scores
	}
	for len(k.shrunk) < n-1 {
		k.shrunk = append(k.shrunk, nil)
	}
	if k.shrunk[n-2] == nil {
		less := newLanes(classes)
		for class := range classes {
			less.set(class, int(math.Round(float64(k.scores.at(class))*float64(share(n)))))
		}
		k.shrunk[n-2] = less
	}
	return k.shrunk[n-2]
}

// tell names a value by its role and the word of it that speaks most for a class.
func (d *Desk) tell(k *kept, class int32) string {
	for i := range k.told {
		if k.told[i].class == class {
			return k.told[i].text
		}
	}
	text := k.part.text
	if word := d.word(k, class); word >= 0 {
		text = k.part.words[word]
	}
	for len(text) > reasonBytes || !utf8.ValidString(text) {
		text = text[:min(reasonBytes, len(text)-1)]
	}
	text = " " + roleWords[k.role] + " “" + text + "”"
	k.told = append(k.told, telling{class, text})
	return text
}

// word is the word of a value that speaks most for a class: its number, or whole.
func (d *Desk) word(k *kept, class int32) int {
	n := len(k.part.words) + 1
	d.words = slices.Grow(d.words[:0], n)[:n]
	clear(d.words)
	for _, s := range k.rows {
		d.words[s.word+1] += float32(d.judge.model.weight(s.row, uint8(class)) * s.value)
	}
	top := 0
	for i, weight := range d.words {
		if weight > d.words[top] {
			top = i
		}
	}
	return top - 1
}
