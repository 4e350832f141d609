package category

import "math"

// Line is what a payment says of itself: the publisher's folder or name, the
// payee as published, and the publisher's own columns: as Columns or, where that
// is nil, as the Text "Header=Value | Header=Value".
type Line struct {
	Publisher, Payee, Text string
	Columns                []Column
}

// Column is one of a publisher's columns in a line.
type Column struct{ Header, Value string }

// reading is a line taken apart for learning: the payee first, then what kinds of
// body pay and are paid, then the columns that say something. Judging takes the
// same parts from a desk's shelves.
type reading struct {
	parts           []*part
	payeeKind, from string // the kinds of the payee and the publisher
}

// kindsAt is where the kinds stand among the parts.
const kindsAt = 1

// read takes a line apart.
func (k *knowledge) read(line *Line) *reading {
	payee := k.payee(line.Payee)
	r := &reading{payeeKind: payee.kind, from: k.bodies.publisher(line.Publisher)}
	r.parts = append(r.parts, payee, k.kinds(r.from, r.payeeKind))
	line.columns(func(header, value string) {
		if p := k.column(header, headerRole(header), value); p != nil {
			r.parts = append(r.parts, p)
		}
	})
	return r
}

// part is what one value of a line says: its words and the rules that apply.
type part struct {
	field
	kind string // of a payee: the kind of public body, or "" when it is none we know
	form string // of a payee: its legal form; of kinds: the publisher's
	hits []hit
	code string // the CPV code that it states, or ""
}

// payee reads a payee's name.
func (k *knowledge) payee(name string) *part {
	p := &part{field: newField(rolePayee, "", name)}
	p.kind, p.form = k.bodies.kind(p.text), legalForm(p.words)
	p.hits = k.rules.within(nil, "payee", p.words)
	return p
}

// kinds says what kind of body pays what kind.
func (k *knowledge) kinds(from, to string) *part {
	p := &part{field: newField(roleKinds, "", from+" to "+other(to)), kind: to, form: from}
	p.hits = k.rules.within(nil, "kinds", p.words)
	return p
}

// other names a kind that nobody knows.
func other(kind string) string {
	if kind == "" {
		return "other"
	}
	return kind
}

// column reads one column's value; nil when it says nothing.
func (k *knowledge) column(header string, role role, value string) *part {
	p := &part{field: newField(role, header, value)}
	if p.text == "" {
		return nil
	}
	if name, ok := roleNames[role]; ok {
		p.hits = k.rules.within(nil, name, p.words)
	}
	p.code = k.codes.stated(&p.field)
	return p
}

// share is how much a column counts beside n-1 others of the same role.
func share(n int) float32 { return float32(1 / math.Sqrt(float64(n))) }

// features lists what the model weighs in a line, for learning.
func (r *reading) features() (all []feature, cuts []int) {
	var counts [256]int
	for _, p := range r.parts {
		counts[p.role]++
	}
	for _, p := range r.parts {
		var b block
		p.features(&b)
		scale := share(counts[p.role])
		cuts = append(cuts, len(all))
		for _, f := range b.list {
			all = append(all, feature{f.bucket, float32(f.value * scale)})
		}
	}
	return all, append(cuts, len(all))
}

// legalForm is the company form at the end of a name, or "".
func legalForm(payee []string) string {
	for i := len(payee) - 1; i >= 0 && i > len(payee)-3; i-- {
		switch payee[i] {
		case "ltd", "limited":
			return "ltd"
		case "plc", "llp", "cic", "cio", "inc", "gmbh", "bv", "sa", "lp":
			return payee[i]
		}
	}
	return ""
}
