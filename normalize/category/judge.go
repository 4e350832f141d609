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
	codes     codes
	threshold float64
	version   string
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
	list, err := newCodes()
	if err != nil {
		return nil, err
	}
	j := &Judge{know: know, model: model, codes: list, threshold: model.threshold, version: version}
	j.desks = &sync.Pool{New: func() any { return &desk{memo: newMemo(), shares: make([]float32, len(model.classes.names))} }}
	return j, nil
}

// desk holds what one judgement needs, to be used again.
type desk struct {
	memo   *memo
	block  block
	shares []float32
	words  []weighed
}

// Version names the rules and the model that judge.
func (j *Judge) Version() string { return j.version }

// Threshold is the confidence below which no category is named.
func (j *Judge) Threshold() float64 { return j.threshold }

// SetThreshold names another, for measuring; 0 answers everything.
func (j *Judge) SetThreshold(confidence float64) { j.threshold = confidence }

// Title is what the code list calls a category.
func (j *Judge) Title(category string) string { return j.codes.title(category) }

// Judge judges one line.
func (j *Judge) Judge(line Line) Judgement {
	d := j.desks.Get().(*desk)
	defer j.desks.Put(d)
	r := j.know.read(line, d.memo)
	answer := Judgement{Version: j.version}
	if code, head := j.codes.stated(r.fields); code != "" {
		answer.Scope, answer.Category, answer.Likely = Procurement, code, code
		answer.Confidence, answer.Method, answer.Reason = 0.99, ByCode, "the column "+head+" gives the code"
		return answer
	}
	if len(r.payee) == 0 && len(r.fields) == 0 {
		answer.Scope, answer.Method, answer.Reason = Unknown, ByNone, "the line names no payee and says nothing else"
		return answer
	}
	j.byModel(r, d, &answer)
	if rule := deciding(r.hits); rule != nil {
		j.byRule(rule, &answer)
	}
	return answer
}

// byModel fills in the model's answer.
func (j *Judge) byModel(r *reading, d *desk, answer *Judgement) {
	features := r.features(&d.block)
	j.model.score(features, d.shares)
	softmax(d.shares)
	v := j.model.classes.weigh(d.shares)
	answer.Scope = v.scope
	answer.Confidence = round(j.model.scope.right(v.scopeShare))
	if v.scope == Procurement {
		answer.Confidence = round(j.model.division.right(v.divisionShare))
		answer.Likely = j.codes.full(v.division)
		if v.group != "" && j.model.group.right(v.groupShare) >= minGroupRight {
			answer.Likely = j.codes.full(v.group)
		}
		if answer.Confidence >= j.threshold {
			answer.Category = answer.Likely
		}
	}
	answer.Method = ByModel
	agreeing := agreeing(r.hits, answer)
	if agreeing != nil {
		answer.Method = ByRule
	}
	answer.Reason = j.model.reason(d, features, v, agreeing)
}

// byRule lets a sure rule decide; where it leaves the category open, the
// model's stands.
func (j *Judge) byRule(rule *rule, answer *Judgement) {
	if rule.scope != "" && rule.scope != Procurement {
		answer.Category, answer.Likely = "", ""
	}
	if rule.scope != "" {
		answer.Scope = rule.scope
	}
	if rule.category != "" {
		answer.Category = j.codes.full(rule.category)
		answer.Likely = answer.Category
	}
	answer.Method, answer.Confidence = ByRule, max(answer.Confidence, 0.95)
	answer.Reason = rule.says() + " decides"
}

// deciding is the first sure rule among those that apply.
func deciding(hits []hit) *rule {
	for _, hit := range hits {
		if hit.sure == "yes" {
			return hit.rule
		}
	}
	return nil
}

// agreeing is the first rule that says what was answered.
func agreeing(hits []hit, answer *Judgement) *rule {
	for _, hit := range hits {
		scope := hit.scope == "" || hit.scope == answer.Scope
		category := hit.category == "" || len(answer.Likely) > 2 && answer.Likely[:2] == hit.category[:2]
		if scope && category {
			return hit.rule
		}
	}
	return nil
}
