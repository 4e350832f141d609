package category

import (
	"math"
	"strings"
)

// Desk judges lines, one after another, for one goroutine. It keeps what values
// say that it met before: a line's scores are then a sum of a few kept vectors,
// added in the line's own order, so that no earlier line can alter them.
type Desk struct {
	judge      *Judge
	payees     shelf
	columns    map[string]*shelf   // by header
	kinds      map[[2]string]*kept // by the kinds of publisher and payee
	publishers map[string]string   // their kinds
	fresh      int                 // how many values the fresh shelves hold

	line   []placed // the line at hand: the payee first
	scores []float32
	block  block
	text   []byte
	words  []float32
}

// A desk keeps the values met lately: when the fresh halves of its shelves hold
// deskValues together they become the stale halves, and what was stale goes. A
// value takes about 1.5 KB, a full desk 100 MB.
const (
	deskValues     = 1 << 15
	deskPublishers = 1 << 12
)

// shelf keeps the values met under one header.
type shelf struct {
	role         role
	fresh, stale map[string]*kept
}

// placed is one value of the line at hand.
type placed struct {
	*kept
	scale float32
}

// Desk gives a desk for one goroutine. A Judge's own Judge borrows one for each
// line; many lines go faster by a desk of their own.
func (j *Judge) Desk() *Desk {
	return &Desk{judge: j, payees: shelf{role: rolePayee}, columns: map[string]*shelf{}, kinds: map[[2]string]*kept{},
		publishers: map[string]string{}, scores: make([]float32, len(j.model.classes.names))}
}

// lay takes a line apart into what is kept of its values.
func (d *Desk) lay(line *Line) {
	payee := d.find(&d.payees, "", line.Payee)
	d.line = append(d.line[:0], placed{payee, 1}, placed{d.between(d.publisher(line.Publisher), payee.part.kind), 1})
	line.columns(func(header, value string) {
		if value == "" {
			return
		}
		if k := d.find(d.column(header), header, value); k.part != nil {
			d.line = append(d.line, placed{k, 1})
		}
	})
	for i := range d.line {
		n := 0
		for k := range d.line {
			if d.line[k].part.role == d.line[i].part.role {
				n++
			}
		}
		if n > 1 {
			d.line[i].scale = share(n)
		}
	}
}

// between keeps what the model says of one kind of body paying another.
func (d *Desk) between(from, to string) *kept {
	k := d.kinds[[2]string{from, to}]
	if k == nil {
		k = d.keep(d.judge.know.kinds(from, to))
		d.kinds[[2]string{from, to}] = k
	}
	return k
}

func (d *Desk) publisher(name string) string {
	kind, ok := d.publishers[name]
	if !ok {
		if len(d.publishers) >= deskPublishers {
			clear(d.publishers)
		}
		kind = d.judge.know.bodies.publisher(name)
		d.publishers[strings.Clone(name)] = kind
	}
	return kind
}

func (d *Desk) column(header string) *shelf {
	s := d.columns[header]
	if s == nil {
		header = strings.Clone(header)
		s = &shelf{role: headerRole(header)}
		d.columns[header] = s
	}
	return s
}

// find takes a value from its shelf, or reads it and puts it there.
func (d *Desk) find(s *shelf, header, value string) *kept {
	if k, ok := s.fresh[value]; ok {
		return k
	}
	k, ok := s.stale[value]
	if value = strings.Clone(value); !ok { // which lets go of the line's text
		if s.role == rolePayee {
			k = d.keep(d.judge.know.payee(value))
		} else {
			k = d.keep(d.judge.know.column(strings.Clone(header), s.role, value))
		}
	}
	if d.fresh++; d.fresh > deskValues {
		d.age()
	}
	if s.fresh == nil {
		s.fresh = map[string]*kept{}
	}
	s.fresh[value] = k
	return k
}

// age makes fresh shelves stale and lets go of what was stale. A shelf that held
// nothing is let go too, unless a value is being put on it.
func (d *Desk) age() {
	d.fresh = 1
	d.payees.fresh, d.payees.stale = nil, d.payees.fresh
	for header, s := range d.columns {
		if s.fresh, s.stale = nil, s.fresh; s.stale == nil {
			delete(d.columns, header)
		}
	}
}

// score adds up what the line's values say.
func (d *Desk) score() {
	sums := d.scores
	clear(sums)
	for i := range d.line {
		scale, scores := d.line[i].scale, d.line[i].scores[:len(sums)]
		if scale == 1 {
			for c, s := range scores {
				sums[c] += s
			}
			continue
		}
		for c, s := range scores {
			sums[c] += float32(s * scale)
		}
	}
}

// negligible is how far below the best a score may be and still have a share: at
// 18 it would be under two in a hundred million.
const negligible = 18

// shares turns the scores into shares that add up to one.
func (d *Desk) shares() {
	top, sum := d.scores[0], float32(0)
	for _, s := range d.scores {
		top = max(top, s)
	}
	least := top - negligible
	for i, s := range d.scores {
		if s < least {
			d.scores[i] = 0
			continue
		}
		share := float32(math.Exp(float64(s - top)))
		d.scores[i] = share
		sum += share
	}
	for i, s := range d.scores {
		if s != 0 {
			d.scores[i] = s / sum
		}
	}
}
