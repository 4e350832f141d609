package category

// Line is what a payment says of itself: the publisher's folder or name, the
// payee as published, and the publisher's own columns as
// "Header=Value | Header=Value".
type Line struct{ Publisher, Payee, Text string }

// reading is a line as the rules and the model see it.
type reading struct {
	payeeText     string
	payee         []string
	fields        []field
	payeeKind     string // a kind of public body, or "" when it is none we know
	publisherKind string
	legalForm     string
	hits          []hit
}

// read takes a line apart.
func (k *knowledge) read(line Line, m *memo) *reading {
	r := &reading{payeeText: fold(line.Payee), fields: m.fields(line.Text)}
	r.payee = split(nil, r.payeeText)
	r.payeeKind = k.bodies.kind(r.payeeText)
	r.publisherKind = m.publisher(line.Publisher, k.bodies)
	r.legalForm = legalForm(r.payee)
	r.hits = k.rules.hits(r)
	return r
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
