package category

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Lesson settings, chosen by cross-validation on the training lines, by payee and
// by publisher. Leaving parts out (trainBlind, in thousands) and the mean of
// several orders help most, by about a point each; more epochs, another rate or
// decay change the division by under 0.3 points.
const (
	trainEpochs = 12
	trainRate   = 0.15
	trainDecay  = 4e-3
	trainBlind  = 250
	trainSeed   = 2008
	trainOrders = 4
	trainFolds  = 5
)

// readerWeight is how much a label counts by its reader's confidence, and
// readerTrust how often such a reader is right, less what chance would give.
var (
	readerWeight = map[string]float32{"h": 1, "m": 0.6, "l": 0.3}
	readerTrust  = map[string]float64{"h": 1, "m": 0.6, "l": 0.1}
)

// answerShare is how many of the procurement lines a model should answer: its
// threshold is the confidence that so many reach in cross-validation by publisher.
// Nine in ten of these are then right.
const answerShare = 0.82

// Train learns a model from labelled lines. Other models, each learnt without a
// fifth of the publishers and all the payees they paid, and asked about those, set
// its calibration and thresholds: a new publisher's lines are the harder case.
// The same lines in the same order give the same model to the last bit.
func Train(lines []Labelled) (*Model, error) {
	s, err := newSchool(lines)
	if err != nil {
		return nil, err
	}
	lines = s.lines
	m := &Model{classes: s.classes, lines: len(lines)}
	var whole sync.WaitGroup
	whole.Go(func() { m.compress(teach(withLabel(s.taught), s.classes)) })
	byPublisher := s.crossValidate(foldOfPublisher)
	whole.Wait()
	m.settle(lines, byPublisher)
	m.card(lines, byPublisher)
	return m, nil
}

// MeasureByPayee adds to a model's card how it does on payees it never met, in
// lines of publishers that it has.
func (m *Model) MeasureByPayee(lines []Labelled) error {
	s, err := newSchool(lines)
	if err == nil {
		m.cardByPayee(s.lines, s.crossValidate(foldOfPayee))
	}
	return err
}

// school holds labelled lines as they are judged and as they are learnt from.
type school struct {
	lines   []Labelled
	classes *classes
	plain   [][]feature
	taught  []example
}

func newSchool(lines []Labelled) (*school, error) {
	know, err := newKnowledge()
	if err != nil {
		return nil, err
	}
	lines = slices.Clone(lines)
	for i := range lines {
		know.guideFirst(&lines[i])
	}
	c := classesOf(lines)
	if len(c.names) == 0 || len(c.names) > maxClasses {
		return nil, fmt.Errorf("the training lines call for %d classes; a model holds 1 to %d", len(c.names), maxClasses)
	}
	s := &school{lines, c, make([][]feature, len(lines)), make([]example, len(lines))}
	for i := range lines {
		s.plain[i], s.taught[i] = know.example(&lines[i], c)
	}
	return s, nil
}

// teach learns the same examples in several orders and takes the mean, which is
// steadier than any one.
func teach(examples []example, c *classes) *weights {
	var mean *weights
	for order := range uint64(trainOrders) {
		w := learn(examples, lesson{len(c.names), trainEpochs, trainRate, trainDecay, trainBlind, trainSeed + order})
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

// example gives a line's features as they are judged, and as they are learnt: the
// rulings as last settled are what is judged by, and lines labelled from the guide
// alone, before them, bear marks that take up the difference.
func (k *knowledge) example(line *Labelled, c *classes) ([]feature, example) {
	r := k.read(&line.Line)
	plain, cuts := r.features()
	taught := example{plain, cuts, c.allowed(line), readerWeight[line.Confidence]}
	if line.Guide {
		taught.features = append(slices.Clip(plain), r.conventionFeatures()...)
	}
	return plain, taught
}

func withLabel(examples []example) []example {
	return slices.DeleteFunc(slices.Clone(examples), func(e example) bool { return len(e.allowed) == 0 })
}

// crossValidate weighs every line by a model that saw no line of its fold, nor of
// any payee in the fold.
func (s *school) crossValidate(foldOf func(*Labelled) int) []verdict {
	lines, c := s.lines, s.classes
	verdicts := make([]verdict, len(lines))
	var folds sync.WaitGroup
	for part := range trainFolds {
		folds.Go(func() {
			gone := map[string]bool{}
			for i := range lines {
				if foldOf(&lines[i]) == part {
					gone[fold(lines[i].Payee)] = true
				}
			}
			var seen []example
			for i := range lines {
				if foldOf(&lines[i]) != part && !gone[fold(lines[i].Payee)] {
					seen = append(seen, s.taught[i])
				}
			}
			w := teach(withLabel(seen), c)
			shares := make([]float32, len(c.names))
			for i := range lines {
				if foldOf(&lines[i]) == part {
					w.score(s.plain[i], shares)
					softmax(shares)
					verdicts[i] = c.weigh(shares, 1)
				}
			}
		})
	}
	folds.Wait()
	return verdicts
}

// foldOfPayee puts a payee, however spelt in capitals and stops, into one fold.
func foldOfPayee(line *Labelled) int { return int(hash('v', fold(line.Payee)) % trainFolds) }

func foldOfPublisher(line *Labelled) int { return int(hash('v', line.Publisher) % trainFolds) }

// settle sets the calibrations and thresholds from cross-validation, by the lines
// labelled by the rulings as last settled.
func (m *Model) settle(lines []Labelled, verdicts []verdict) {
	m.enough = enoughBought(lines, verdicts)
	var scopes, divisions, groups []outcome
	var shares []float64
	for i, v := range verdicts {
		line, weight := &lines[i], readerTrust[lines[i].Confidence]
		if line.Guide {
			continue
		}
		scope, share := v.scope(m.enough)
		scopes = append(scopes, outcome{share, scope == line.Scope, weight})
		if line.Scope != Procurement || line.Division == "" {
			continue
		}
		divisions = append(divisions, outcome{v.divisionShare, v.division == line.Division, weight})
		if scope != Procurement {
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
}

// enoughBought finds the share of all procurement classes together from which a
// line is procurement: where lines that are not are found as often as those called
// so are right, as near as may be.
func enoughBought(lines []Labelled, verdicts []verdict) float64 {
	best, apart := 0.5, len(lines)+1
	for percent := 40; percent <= 80; percent++ {
		missed, wrong := 0, 0
		for i := range verdicts {
			if lines[i].Confidence == "l" || lines[i].Guide {
				continue
			}
			scope, _ := verdicts[i].scope(float64(percent) / 100)
			switch is, said := lines[i].Scope == Procurement, scope == Procurement; {
			case said && !is:
				missed++
			case is && !said:
				wrong++
			}
		}
		if gap := max(missed-wrong, wrong-missed); gap < apart {
			best, apart = float64(percent)/100, gap
		}
	}
	return best
}
