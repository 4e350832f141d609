package category

import "slices"

// kept is a value with what the model says of it.
type kept struct {
	part    *part
	scores  []float32 // one per class
	mean    float32   // of scores
	rows    []seen
	telling []int16 // by class: the word that speaks most for it; nought is not yet known
}

// seen is a feature of a value that the model knows.
type seen struct {
	row   int32
	value float32
	word  int16
}

// tellingFrom is added to a word's number in telling, so that nought is free.
const tellingFrom = 3

// keep works out what the model says of a value; a part that says nothing is
// kept as such.
func (d *Desk) keep(p *part) *kept {
	k := &kept{part: p}
	if p == nil {
		return k
	}
	m, b := d.judge.model, &d.block
	k.scores = make([]float32, len(m.classes.names))
	b.list, b.words, b.start = b.list[:0], b.words[:0], 0
	p.features(b)
	m.score(b.list, k.scores)
	for _, s := range k.scores {
		k.mean += s
	}
	k.mean /= float32(len(k.scores))
	for i, one := range b.list {
		if row := m.row[one.bucket]; row >= 0 && b.words[i] != nowhere {
			k.rows = append(k.rows, seen{row, one.value, b.words[i]})
		}
	}
	k.rows = slices.Clip(k.rows)
	return k
}

// word is the word of a value that speaks most for a class: its number, or whole.
func (d *Desk) word(k *kept, class int32) int16 {
	if k.telling == nil {
		k.telling = make([]int16, len(k.scores))
	}
	if k.telling[class] == 0 {
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
		k.telling[class] = int16(top) - 1 + tellingFrom
	}
	return k.telling[class] - tellingFrom
}
