package supplier

import (
	"math"
	"slices"
)

// Labelled is two names of which it is known whether they are one supplier.
type Labelled struct {
	A, B   string
	Same   bool
	Weight float64
}

// numberWeight is what a pair of alike names counts whose VAT numbers say whether
// they are one; a pair that people judged counts 1. Numbers are often a group's.
const numberWeight = 0.1

// Train returns rules whose weights are fitted to judged pairs of the payees and,
// at a tenth of the weight, to the payees' own pairs of alike names with VAT
// numbers. It refuses nothing: pairs whose names are not among the payees, or are
// equal or held back, teach nothing.
func (r *Rules) Train(payees []Payee, judged []Labelled) *Rules {
	v, units, index := r.gather(payees)
	c := &comparer{v: v, units: units, r: r}
	pairs := c.candidates()
	at := map[string]int32{}
	for i, p := range payees {
		at[p.Name] = index[i]
	}
	trained := *r
	trained.weights = make([]float64, featureCount)
	// The second round reads trading names by the weights of the first.
	for range 2 {
		c.r = &trained
		lessons := append(c.judged(judged, at), c.numbered(pairs, judged, at)...)
		trained.weights = fit(lessons)
		trained.weights[toldApart] = r.weights[toldApart] // a rule, not learnt
	}
	return &trained
}

// Weights returns the weight of each feature, by name, in order.
func (r *Rules) Weights() (names []string, weights []float64) {
	return featureNames[:], slices.Clone(r.weights)
}

// lesson is one comparison and its answer.
type lesson struct {
	x      vector
	same   bool
	weight float64
}

func (c *comparer) judged(judged []Labelled, at map[string]int32) []lesson {
	var out []lesson
	for _, l := range judged {
		a, okA := at[l.A]
		b, okB := at[l.B]
		if !okA || !okB || a < 0 || b < 0 || a == b || c.units[a].body >= 0 && c.units[b].body >= 0 {
			continue
		}
		x, _ := c.see(c.units[min(a, b)], c.units[max(a, b)])
		out = append(out, lesson{x, l.Same, l.Weight})
	}
	return out
}

// numbered are the alike names that each have one VAT number, without the pairs of
// which both names were judged.
func (c *comparer) numbered(pairs []uint64, judged []Labelled, at map[string]int32) []lesson {
	known := map[int32]bool{}
	for _, l := range judged {
		known[at[l.A]], known[at[l.B]] = true, true
	}
	var out []lesson
	for _, p := range pairs {
		i, j := int32(p>>32), int32(uint32(p))
		a, b := c.units[i], c.units[j]
		if len(a.vat) != 1 || len(b.vat) != 1 || a.body >= 0 || b.body >= 0 || known[i] && known[j] {
			continue
		}
		x, _ := c.see(a, b)
		if x[sharedLess] < 0.4 && x[letterLike] < 0.4 {
			continue
		}
		same := x[sameVAT] == 1
		x[sameVAT], x[otherVAT], x[sameVATNamed] = 0, 0, 0
		out = append(out, lesson{x, same, numberWeight})
	}
	return out
}

// penalty keeps weights small: the inverse of how far they may go, over features
// brought to one spread.
const penalty = 1 / 0.03

// fit is logistic regression by Newton's method. toldApart is left out.
func fit(lessons []lesson) []float64 {
	n := int(featureCount)
	mean, spread := spreads(lessons)
	w := make([]float64, n) // over features brought to one spread; bias by itself
	for range 12 {
		h := make([][]float64, n)
		g := make([]float64, n)
		for i := range h {
			h[i] = make([]float64, n+1)
			h[i][i] = penalty
			g[i] = penalty * w[i]
		}
		h[bias][bias], g[bias] = 1e-6, 0
		var z [featureCount]float64
		for k := range lessons {
			sum := 0.0
			for i := range n {
				z[i] = (lessons[k].x[i] - mean[i]) / spread[i]
				sum += w[i] * z[i]
			}
			p := 1 / (1 + math.Exp(-sum))
			e, s := p*lessons[k].weight, p*(1-p)*lessons[k].weight
			if lessons[k].same {
				e -= lessons[k].weight
			}
			for i := range n {
				g[i] += e * z[i]
				for j := range i + 1 {
					h[i][j] += s * z[i] * z[j]
				}
			}
		}
		step(h, g, w)
	}
	for i := 1; i < n; i++ {
		w[i] /= spread[i]
		w[bias] -= w[i] * mean[i]
	}
	return w
}

// spreads are the mean and standard deviation of each feature; of the bias and of
// features that never change, 0 and 1.
func spreads(lessons []lesson) (mean, spread [featureCount]float64) {
	for k := range lessons {
		for i, x := range lessons[k].x {
			mean[i] += x / float64(len(lessons))
		}
	}
	for k := range lessons {
		for i, x := range lessons[k].x {
			spread[i] += (x - mean[i]) * (x - mean[i]) / float64(len(lessons))
		}
	}
	for i := range spread {
		if spread[i] = math.Sqrt(spread[i]); spread[i] < 1e-9 || i == int(bias) || i == int(toldApart) {
			spread[i] = 1
		}
	}
	mean[bias] = 0
	return mean, spread
}

// step solves h d = g by Cholesky's method, of which h holds the lower half, and
// takes d from w.
func step(h [][]float64, g, w []float64) {
	n := len(g)
	for i := range n {
		for j := range i + 1 {
			sum := h[i][j]
			for k := range j {
				sum -= h[i][k] * h[j][k]
			}
			if i == j {
				h[i][i] = math.Sqrt(max(sum, 1e-12))
			} else {
				h[i][j] = sum / h[j][j]
			}
		}
	}
	d := slices.Clone(g)
	for i := range n {
		for k := range i {
			d[i] -= h[i][k] * d[k]
		}
		d[i] /= h[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			d[i] -= h[k][i] * d[k]
		}
		d[i] /= h[i][i]
		w[i] -= d[i]
	}
}
