package category

import "strings"

// Desk judges lines, one after another, for one goroutine. It keeps what values
// say that it met before: a line's scores are then a sum of a few kept vectors of
// whole numbers, so that no earlier line can alter them.
type Desk struct {
	judge   *Judge
	payees  shelf
	columns map[string]*shelf   // by header
	kinds   map[[2]string]*kept // by the kinds of publisher and payee
	fresh   int                 // how many values the fresh shelves hold

	// What the last line had where, for the next is often like it.
	publisher, publisherKind string
	places                   []place
	pair                     [2]string // the kinds of publisher and payee,
	paired                   *kept     // and what is kept of them

	line  []placed // the line at hand: the payee first
	sums  lanes
	steps []int32 // by class, and up to three more
	exact []float32
	spoke []float32 // by value of the line: how much it says for the answer
	block block
	words []float32
}

// A desk keeps the values met lately: when the fresh halves of its shelves hold
// deskValues together they become the stale halves, and what was stale goes. A
// value takes about 1.5 KB, a full desk 100 MB.
const deskValues = 1 << 15

// shelf keeps the values met under one header.
type shelf struct {
	role         role
	fresh, stale map[string]*kept
	value        string // the value met last, and what is kept of it
	last         *kept
}

// place is a column of a line by its number: its header and shelf.
type place struct {
	header string
	shelf  *shelf
}

// placed is one value of the line at hand.
type placed struct {
	*kept
	scores lanes // with regard to others of its role
	scale  float32
}

// Desk gives a desk for one goroutine. A Judge's own Judge borrows one for each
// line; many lines go faster by a desk of their own.
func (j *Judge) Desk() *Desk {
	classes := len(j.model.classes.names)
	sums := newLanes(classes)
	return &Desk{judge: j, payees: shelf{role: rolePayee}, columns: map[string]*shelf{}, kinds: map[[2]string]*kept{},
		publisherKind: j.know.bodies.publisher(""), sums: sums, steps: make([]int32, 4*len(sums)), exact: make([]float32, classes)}
}

// lay takes a line apart into what is kept of its values.
func (d *Desk) lay(line *Line) {
	payee := d.find(&d.payees, "", line.Payee)
	d.line = append(d.line[:0], placed{payee, payee.scores, 1})
	d.put(d.between(d.kindOf(line.Publisher), payee.kind))
	if number := 0; line.Columns != nil {
		for i := range line.Columns {
			d.layColumn(i, line.Columns[i].Header, line.Columns[i].Value)
		}
	} else {
		line.columns(func(header, value string) {
			d.layColumn(number, header, value)
			number++
		})
	}
	d.weighRoles()
}

func (d *Desk) layColumn(number int, header, value string) {
	if value == "" {
		return
	}
	if k := d.find(d.column(number, header), header, value); k.part != nil {
		d.put(k)
	}
}

func (d *Desk) put(k *kept) { d.line = append(d.line, placed{k, k.scores, 1}) }

// weighRoles lets values of one role share its weight.
func (d *Desk) weighRoles() {
	var counts [256]uint16
	for i := range d.line {
		counts[d.line[i].role]++
	}
	for i := range d.line {
		if n := int(counts[d.line[i].role]); n > 1 {
			d.line[i].scale, d.line[i].scores = share(n), d.line[i].beside(n, len(d.exact))
		}
	}
}

// between keeps what the model says of one kind of body paying another.
func (d *Desk) between(from, to string) *kept {
	if d.paired != nil && d.pair == [2]string{from, to} {
		return d.paired
	}
	k := d.kinds[[2]string{from, to}]
	if k == nil {
		k = d.keep(d.judge.know.kinds(from, to))
		d.kinds[[2]string{from, to}] = k
	}
	d.pair, d.paired = [2]string{from, to}, k
	return k
}

// kindOf is a publisher's kind; one publisher's lines mostly come together.
func (d *Desk) kindOf(publisher string) string {
	if publisher != d.publisher {
		d.publisher, d.publisherKind = strings.Clone(publisher), d.judge.know.bodies.publisher(publisher)
	}
	return d.publisherKind
}

// column is the shelf of a header, most often the one that stood there in the
// line before.
func (d *Desk) column(number int, header string) *shelf {
	for len(d.places) <= number {
		d.places = append(d.places, place{})
	}
	at := &d.places[number]
	if at.header == header && at.shelf != nil {
		return at.shelf
	}
	s := d.columns[header]
	header = strings.Clone(header)
	if s == nil {
		s = &shelf{role: headerRole(header)}
		d.columns[header] = s
	}
	*at = place{header, s}
	return s
}

// find takes a value from its shelf, or reads it and puts it there.
func (d *Desk) find(s *shelf, header, value string) *kept {
	if value == s.value && s.last != nil {
		return s.last
	}
	k, ok := s.fresh[value]
	if ok {
		return k
	}
	k, ok = s.stale[value]
	if value = strings.Clone(value); !ok { // which lets go of the line's text
		k = d.read(s.role, strings.Clone(header), value)
	}
	if d.fresh++; d.fresh > deskValues {
		d.age()
	}
	if s.fresh == nil {
		s.fresh = map[string]*kept{}
	}
	s.fresh[value] = k
	s.value, s.last = value, k
	return k
}

// read reads a value, unless another desk has.
func (d *Desk) read(role role, header, value string) *kept {
	key := readingKey{role, header, value}
	if k := d.judge.readings.find(key); k != nil {
		return k
	}
	var k *kept
	if role == rolePayee {
		k = d.keep(d.judge.know.payee(value))
	} else {
		k = d.keep(d.judge.know.column(header, role, value))
	}
	d.judge.readings.keep(key, *k)
	return k
}

// age makes fresh shelves stale and lets go of what was stale. A shelf that held
// nothing is let go too, unless a value is being put on it.
func (d *Desk) age() {
	d.fresh, d.places = 1, d.places[:0]
	d.payees = shelf{role: rolePayee, stale: d.payees.fresh}
	for header, s := range d.columns {
		s.value, s.last = "", nil
		if s.fresh, s.stale = nil, s.fresh; s.stale == nil {
			delete(d.columns, header)
		}
	}
}
