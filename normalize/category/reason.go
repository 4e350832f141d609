package category

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

// toldAlready is less than any value says.
const toldAlready = -1 << 20

// weighedMost begins a reason by the model alone.
const weighedMost = "weighed most:"

// reason names the rule that agrees, and the values that spoke most for the
// answer against the mean of all others, each by its most telling word.
func (d *Desk) reason(best int32, rule *rule) string {
	head := weighedMost
	if rule != nil {
		head = rule.weighed
	}
	d.spoke = d.spoke[:0]
	for i := range d.line {
		d.spoke = append(d.spoke, (float32(d.line[i].kept.scores.at(int(best)))-d.line[i].mean)*d.line[i].scale)
	}
	var told, commas [reasonValues]string
	for count := range min(reasonValues, len(d.line)) {
		at := 0
		for i, spoke := range d.spoke {
			if spoke > d.spoke[at] {
				at = i
			}
		}
		if count > 0 {
			if d.spoke[at] <= 0 {
				break
			}
			commas[count] = ","
		}
		d.spoke[at] = toldAlready
		told[count] = d.tell(d.line[at].kept, best)
	}
	return head + told[0] + commas[1] + told[1] + commas[2] + told[2]
}
