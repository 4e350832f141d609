package category

import "math"

// example is a labelled line, ready for learning. Its label may be wider than
// one class (a division whose group nobody named): allowed lists the classes
// it may be.
type example struct {
	features []feature
	cuts     []int // where each part's features start, and where those of none do
	allowed  []int32
	weight   float32
}

// lesson says how to learn. The seed and the order of the examples fix the
// result to the last bit.
type lesson struct {
	classes int
	epochs  int
	rate    float32 // AdaGrad's step
	decay   float32 // pull of every weight towards zero at each visit
	blind   uint64  // of 1,000 parts, how many are left out at each visit
	seed    uint64
}

// weights hold a row of one number per class for each bucket that was seen;
// row gives a bucket's row, or -1.
type weights struct {
	classes int
	row     []int32
	rows    []float32
}

// learn fits a multinomial logistic regression by AdaGrad, one example at a time.
func learn(examples []example, l lesson) *weights {
	w := newWeights(examples, l.classes)
	squares := make([]float32, len(w.rows))
	scores := make([]float32, l.classes)
	order := make([]int32, len(examples))
	for i := range order {
		order[i] = int32(i)
	}
	random := l.seed
	var room example
	for epoch := range l.epochs {
		shuffle(order, &random)
		rate := l.rate * (1 - 0.9*float32(epoch)/float32(l.epochs))
		for _, i := range order {
			w.visit(blind(&examples[i], l.blind, &random, &room), scores, squares, rate, l.decay)
		}
	}
	return w
}

func newWeights(examples []example, classes int) *weights {
	w := &weights{classes: classes, row: make([]int32, 1<<bucketBits)}
	for i := range examples {
		for _, f := range examples[i].features {
			w.row[f.bucket] = 1
		}
	}
	rows := int32(0)
	for bucket, seen := range w.row {
		w.row[bucket] = -1
		if seen >= 1 {
			w.row[bucket] = rows
			rows++
		}
	}
	w.rows = make([]float32, int(rows)*classes)
	return w
}

// shuffle puts order into a new order with a generator of its own (splitmix64),
// so that no library's change can alter what is learnt.
func shuffle(order []int32, state *uint64) {
	for i := len(order) - 1; i > 0; i-- {
		*state += 0x9E3779B97F4A7C15
		j := int(mix(*state) % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
}

// visit moves the weights a step towards one example's label.
func (w *weights) visit(e *example, scores, squares []float32, rate, decay float32) {
	w.score(e.features, scores)
	softmax(scores)
	within := float32(0)
	for _, c := range e.allowed {
		within += scores[c]
	}
	for _, c := range e.allowed {
		if within > 1e-9 {
			scores[c] -= scores[c] / within
		} else {
			scores[c] -= 1 / float32(len(e.allowed))
		}
	}
	// What is left in scores is the gradient; most of it is next to nothing.
	for c, gradient := range scores {
		if gradient < 3e-3 && gradient > -3e-3 {
			continue
		}
		gradient *= e.weight
		for _, f := range e.features {
			row := w.row[f.bucket]
			if row < 0 {
				continue
			}
			at := int(row)*w.classes + c
			g := float32(gradient*f.value) + float32(decay*w.rows[at])
			squares[at] += float32(g * g)
			w.rows[at] -= rate * g / float32(math.Sqrt(float64(squares[at])+1e-8))
		}
	}
}

func (w *weights) score(features []feature, scores []float32) {
	clear(scores)
	for _, f := range features {
		row := w.row[f.bucket]
		if row < 0 {
			continue
		}
		for c, weight := range w.rows[int(row)*w.classes:][:len(scores)] {
			scores[c] += float32(weight * f.value)
		}
	}
}

// softmax turns scores into shares that add up to one.
func softmax(scores []float32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	sum := float32(0)
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - top)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// mix scatters a counter's bits.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// blind leaves out a part of an example now and then, so that none is leant on
// that another publisher's lines may lack. The kinds of body always stay, and so
// do marks of a convention.
func blind(e *example, odds uint64, random *uint64, room *example) *example {
	if odds == 0 {
		return e
	}
	*room = example{room.features[:0], nil, e.allowed, e.weight}
	for i, start := range e.cuts {
		end := len(e.features)
		if i+1 < len(e.cuts) {
			end = e.cuts[i+1]
		}
		*random += 0x9E3779B97F4A7C15
		if i == kindsAt || i == len(e.cuts)-1 || mix(*random)%1000 >= odds {
			room.features = append(room.features, e.features[start:end]...)
		}
	}
	return room
}
