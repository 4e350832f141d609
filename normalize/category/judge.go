package category

import "sync"

// Methods: how a judgement was come to.
const (
	ByCode  = "code"  // the line gives a CPV code
	ByRule  = "rule"  // a rule decided, or the model agrees with one
	ByModel = "model" // the model alone
	ByNone  = "none"  // there is nothing to go by
)

// Judgement is what a line is held to be. Category is a CPV code of eight
// digits with its check digit, or "" where nothing was bought or the evidence
// falls short; Likely is the category before the threshold, for measuring.
type Judgement struct {
	Scope      string
	Category   string
	Likely     string
	Confidence float64
	Method     string
	Reason     string
	Version    string
}

// minGroupRight is how sure a group must be to be given instead of its division.
const minGroupRight = 0.8

// Judge judges lines; it may be used from several goroutines at once.
type Judge struct {
	know      *knowledge
	model     *Model
	threshold float64
	version   string
	full      map[string]string // the codes of the model's divisions and groups
	table     []float32         // see shareTable
	readings  readings
	desks     *sync.Pool
}

// New makes a judge of the embedded rules and model.
func New() (*Judge, error) {
	model, err := ReadModel(modelFile)
	if err != nil {
		return nil, err
	}
	return With(model, version(modelFile))
}

// With makes a judge of another model, for measuring.
func With(model *Model, version string) (*Judge, error) {
	know, err := newKnowledge()
	if err != nil {
		return nil, err
	}
	j := &Judge{know: know, model: model, threshold: model.threshold, version: version, full: map[string]string{}, table: shareTable()}
	for _, name := range model.classes.names {
		if isCode(name) {
			j.full[name], j.full[name[:2]] = know.codes.full(name), know.codes.full(name[:2])
		}
	}
	j.desks = &sync.Pool{New: func() any { return j.Desk() }}
	return j, nil
}

// Version names the rules and the model that judge.
func (j *Judge) Version() string { return j.version }

// Threshold is the confidence below which no category is named.
func (j *Judge) Threshold() float64 { return j.threshold }

// SetThreshold names another, for measuring; 0 answers everything.
func (j *Judge) SetThreshold(confidence float64) { j.threshold = confidence }

// Title is what the code list calls a category.
func (j *Judge) Title(category string) string { return j.know.codes.title(category) }

// Judge judges one line.
func (j *Judge) Judge(line Line) Judgement {
	d := j.desks.Get().(*Desk)
	defer j.desks.Put(d)
	return d.Judge(line)
}

// merchantConfidence is less than that of a code of the CPV: it says what the
// merchant is, and by a crosswalk that is a draft.
const merchantConfidence = 0.85

// Judge judges one line.
func (d *Desk) Judge(line Line) Judgement {
	d.lay(&line)
	answer := Judgement{Version: d.judge.version}
	for i := range d.line {
		if p := d.line[i].part; d.line[i].code != "" {
			answer.Scope, answer.Category, answer.Likely = Procurement, p.code, p.code
			answer.Confidence, answer.Method, answer.Reason = 0.99, ByCode, "the column "+p.head+" gives the code"
			if m := merchant(&p.field); d.judge.know.codes.merchants[m] != "" {
				answer.Confidence, answer.Reason = merchantConfidence, "the column "+p.head+" gives the merchant category code "+m
			}
			return answer
		}
	}
	if len(d.line) == 2 && d.line[0].part.text == "" {
		answer.Scope, answer.Method, answer.Reason = Unknown, ByNone, "the line names no payee and says nothing else"
		return answer
	}
	d.byModel(&answer)
	if rule := d.deciding(); rule != nil {
		d.judge.byRule(rule, &answer)
	}
	return answer
}

// byModel fills in the model's answer.
func (d *Desk) byModel(answer *Judgement) {
	m, codes := d.judge.model, d.judge.full
	d.score()
	v := m.classes.weigh(d.exact, d.shares())
	scope, share := v.scope(m.enough)
	answer.Scope = scope
	best := v.bestOther
	if scope == Procurement {
		best = v.bestBought
		answer.Confidence = round(m.division.right(v.divisionShare))
		answer.Likely = codes[v.division]
		if v.group != "" && m.group.right(v.groupShare) >= minGroupRight {
			answer.Likely = codes[v.group]
		}
		if answer.Confidence >= d.judge.threshold {
			answer.Category = answer.Likely
		}
	} else {
		answer.Confidence = round(m.scope.right(share))
	}
	answer.Method = ByModel
	rule := d.agreeing(answer)
	if rule != nil {
		answer.Method = ByRule
	}
	answer.Reason = d.reason(best, rule)
}

// ruleConfidence is how sure a deciding rule is, where the model is not surer of the same.
const ruleConfidence = 0.95

// byRule lets a sure rule decide; where it leaves the category open, the
// model's stands.
func (j *Judge) byRule(rule *rule, answer *Judgement) {
	if !rule.says(answer) || answer.Confidence < ruleConfidence {
		answer.Confidence = ruleConfidence
	}
	if rule.scope != "" && rule.scope != Procurement {
		answer.Category, answer.Likely = "", ""
	}
	if rule.scope != "" {
		answer.Scope = rule.scope
	}
	if rule.category != "" {
		answer.Category = j.know.codes.full(rule.category)
		answer.Likely = answer.Category
	}
	answer.Method = ByRule
	answer.Reason = rule.said + " decides"
}

// deciding is the first sure rule among those that apply.
func (d *Desk) deciding() *rule {
	for i := range d.line {
		if rule := d.line[i].decide; rule != nil {
			return rule
		}
	}
	return nil
}

// agreeing is the first rule that says what was answered.
func (d *Desk) agreeing(answer *Judgement) *rule {
	for i := range d.line {
		for _, hit := range d.line[i].hits {
			if hit.says(answer) {
				return hit.rule
			}
		}
	}
	return nil
}

// says reports whether a rule says what was answered, as far as it speaks.
func (r *rule) says(answer *Judgement) bool {
	scope := r.scope == "" || r.scope == answer.Scope
	return scope && (r.category == "" || len(answer.Likely) > 2 && answer.Likely[:2] == r.category[:2])
}
