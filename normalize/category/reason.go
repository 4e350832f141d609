package category

import "strings"

// weighed is a word of the line and how much it spoke for the answer.
type weighed struct {
	named
	weight float32
}

// roleWords name a column's role in a reason.
var roleWords = map[role]string{
	rolePayee: "payee", roleType: "expense type", roleArea: "area", roleDetail: "description",
	roleLabel: "publisher’s category", roleKind: "supplier type", roleOther: "other column",
}

// reasonWords is how many words a reason names.
const reasonWords = 3

// reason names the rule that agrees and the words that spoke most for the
// answer, against the mean of all others.
func (m *Model) reason(d *desk, features []feature, v verdict, rule *rule) string {
	d.words = d.words[:0]
	for i, f := range features {
		row := m.row[f.bucket]
		from := d.block.names[i]
		if row < 0 || from.word == "" {
			continue
		}
		d.add(from, m.weight(row, uint8(v.best))*f.value)
	}
	var b strings.Builder
	if rule != nil {
		b.WriteString(rule.says())
		b.WriteString("; ")
	}
	b.WriteString("weighed most:")
	for i := range d.top() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte(' ')
		b.WriteString(roleWords[d.words[i].role])
		b.WriteString(" “")
		b.WriteString(d.words[i].word)
		b.WriteString("”")
	}
	return b.String()
}

// add adds to a word's weight.
func (d *desk) add(from named, weight float32) {
	for i := range d.words {
		if d.words[i].role == from.role && d.words[i].word == from.word {
			d.words[i].weight += weight
			return
		}
	}
	d.words = append(d.words, weighed{from, weight})
}

// top puts the heaviest words first and says how many a reason names.
func (d *desk) top() int {
	n := min(reasonWords, len(d.words))
	for i := range n {
		for k := i + 1; k < len(d.words); k++ {
			if d.words[k].weight > d.words[i].weight {
				d.words[i], d.words[k] = d.words[k], d.words[i]
			}
		}
	}
	return n
}

// says is a rule in words: rule: payee has “weightmans” (791).
func (r *rule) says() string {
	what := r.category
	if r.scope != "" {
		what = strings.TrimSpace(r.scope + " " + r.category)
	}
	return "rule: " + r.field + " has “" + r.text + "” (" + what + ")"
}
