package category

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Lesson settings, chosen by cross-validation grouped by payee on the training
// lines: more epochs or another rate changed the division by under 0.3 points.
const (
	trainEpochs = 12
	trainRate   = 0.15
	trainDecay  = 4e-3
	trainSeed   = 2008
	trainOrders = 3
	trainFolds  = 5
)

// readerWeight is how much a label counts by its reader's confidence, and
// readerTrust how often such a reader is right, less what chance would give.
var (
	readerWeight = map[string]float32{"h": 1, "m": 0.6, "l": 0.3}
	readerTrust  = map[string]float64{"h": 1, "m": 0.6, "l": 0.1}
)

// answerShare is how many of the procurement lines a model should answer: its
// threshold is the confidence that so many reach in cross-validation, where no
// payee judged is a payee learnt from.
const answerShare = 0.82

// Train learns a model from labelled lines. Five models, each learnt without a
// fifth of the payees and asked about them, set its calibration and threshold.
// The same lines in the same order give the same model to the last bit.
func Train(lines []Labelled) (*Model, error) {
	know, err := newKnowledge()
	if err != nil {
		return nil, err
	}
	lines = slices.Clone(lines)
	c := classesOf(lines)
	if len(c.names) == 0 || len(c.names) > maxClasses {
		return nil, fmt.Errorf("the training lines call for %d classes; a model holds 1 to %d", len(c.names), maxClasses)
	}
	plain, taught := make([][]feature, len(lines)), make([]example, len(lines))
	for i := range lines {
		know.guideFirst(&lines[i])
		plain[i], taught[i] = know.example(&lines[i], c)
	}
	m := &Model{classes: c, lines: len(lines)}
	verdicts := crossValidate(lines, plain, taught, c)
	m.settle(lines, verdicts)
	m.compress(teach(withLabel(taught), c))
	return m, nil
}

// teach learns the same examples in several orders and takes the mean, which is
// steadier than any one.
func teach(examples []example, c *classes) *weights {
	var mean *weights
	for order := range uint64(trainOrders) {
		w := learn(examples, lesson{len(c.names), trainEpochs, trainRate, trainDecay, trainSeed + order})
		if mean == nil {
			mean = w
			continue
		}
		for i, v := range w.rows {
			mean.rows[i] += v
		}
	}
	for i := range mean.rows {
		mean.rows[i] /= trainOrders
	}
	return mean
}

// guideFirst holds labels to the guide where its text is plain and a later ruling
// went against it: what an NHS commissioner pays an NHS provider is a transfer.
func (k *knowledge) guideFirst(line *Labelled) {
	if line.Scope != Procurement || line.Division != "85" || k.bodies.publisher(line.Publisher) != "commissioner" {
		return
	}
	text := " " + fold(line.Text) + " "
	contract := strings.Contains(text, " hcare srv rec nhs ") || strings.Contains(text, " hcare srv rec fdtn ")
	if contract || k.bodies.kind(fold(line.Payee)) == "trust" {
		line.Scope, line.Division, line.Group = Transfer, "", ""
	}
}

// example gives a line's features as they are judged, and as they are learnt.
func (k *knowledge) example(line *Labelled, c *classes) ([]feature, example) {
	var b block
	r := k.read(line.Line, newMemo())
	plain := slices.Clone(r.features(&b))
	taught := example{plain, c.allowed(line), readerWeight[line.Confidence]}
	if line.Early {
		r.earlyFeatures(&b)
		taught.features = slices.Clone(b.list)
	}
	return plain, taught
}

func withLabel(examples []example) []example {
	return slices.DeleteFunc(slices.Clone(examples), func(e example) bool { return len(e.allowed) == 0 })
}

// crossValidate judges every line by a model that saw none of its payee's lines.
func crossValidate(lines []Labelled, plain [][]feature, taught []example, c *classes) []verdict {
	verdicts := make([]verdict, len(lines))
	var folds sync.WaitGroup
	for fold := range trainFolds {
		folds.Go(func() {
			var seen []example
			for i := range lines {
				if foldOf(lines[i].Payee) != fold {
					seen = append(seen, taught[i])
				}
			}
			w := teach(withLabel(seen), c)
			shares := make([]float32, len(c.names))
			for i := range lines {
				if foldOf(lines[i].Payee) == fold {
					w.score(plain[i], shares)
					softmax(shares)
					verdicts[i] = c.weigh(shares)
				}
			}
		})
	}
	folds.Wait()
	return verdicts
}

// foldOf puts a payee, however spelt in capitals and stops, into one fold.
func foldOf(payee string) int { return int(hash('v', fold(payee)) % trainFolds) }

// settle sets calibrations and the threshold from cross-validation.
func (m *Model) settle(lines []Labelled, verdicts []verdict) {
	var scopes, divisions, groups []outcome
	var shares []float64
	for i, v := range verdicts {
		line, weight := &lines[i], readerTrust[lines[i].Confidence]
		scopes = append(scopes, outcome{v.scopeShare, v.scope == line.Scope, weight})
		if line.Scope != Procurement || line.Division == "" {
			continue
		}
		divisions = append(divisions, outcome{v.divisionShare, v.division == line.Division, weight})
		if v.scope != Procurement {
			shares = append(shares, 0)
			continue
		}
		shares = append(shares, v.divisionShare)
		if line.Group != "" && v.group != "" {
			groups = append(groups, outcome{v.groupShare, v.group == line.Group, weight})
		}
	}
	m.scope, m.division, m.group = calibrate(scopes), calibrate(divisions), calibrate(groups)
	if len(shares) > 0 {
		slices.Sort(shares)
		m.threshold = round(m.division.right(shares[int(float64(len(shares))*(1-answerShare))]))
	}
	m.card(lines, verdicts)
}
