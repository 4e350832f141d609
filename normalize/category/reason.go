package category

import (
	"slices"
	"unicode/utf8"
)

// roleWords name a column's role in a reason.
var roleWords = map[role]string{
	rolePayee: "payee", roleKinds: "kinds of body", roleType: "expense type", roleArea: "area", roleDetail: "description",
	roleLabel: "publisher’s category", roleKind: "supplier type", roleFamily: "department", roleOther: "other column",
}

// A reason names so many values, and so many bytes of one.
const (
	reasonValues = 3
	reasonBytes  = 60
)

// reason names the rule that agrees, and the values that spoke most for the
// answer against the mean of all others, each by its most telling word.
func (d *Desk) reason(best int32, rule *rule) string {
	d.text = d.text[:0]
	if rule != nil {
		d.text = append(append(d.text, rule.said...), "; "...)
	}
	d.text = append(d.text, "weighed most:"...)
	var told [reasonValues]int
	for count := range told {
		at, top := -1, float32(0)
		for i := range d.line {
			spoke := (d.line[i].scores[best] - d.line[i].mean) * d.line[i].scale
			if (at < 0 || spoke > top) && !slices.Contains(told[:count], i) {
				at, top = i, spoke
			}
		}
		if at < 0 || count > 0 && top <= 0 {
			break
		}
		told[count] = at
		if count > 0 {
			d.text = append(d.text, ',')
		}
		d.tell(d.line[at].kept, best)
	}
	return string(d.text)
}

// tell writes one value of a reason.
func (d *Desk) tell(k *kept, class int32) {
	text := k.part.text
	if word := d.word(k, class); word >= 0 {
		text = k.part.words[word]
	}
	for len(text) > reasonBytes || !utf8.ValidString(text) {
		text = text[:min(reasonBytes, len(text)-1)]
	}
	d.text = append(append(append(d.text, ' '), roleWords[k.part.role]...), " “"...)
	d.text = append(append(d.text, text...), "”"...)
}
