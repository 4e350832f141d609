package category

import (
	"math"
	"slices"
)

// outcome is one out-of-fold answer: its share, and whether it was right.
type outcome struct {
	share  float64
	right  bool
	weight float64
}

// knot is a point of a calibration: answers with this share were right so often.
type knot struct{ Share, Right float64 }

// calibration turns a share into how often such answers are right, by straight
// lines between knots.
type calibration []knot

// calibrate puts outcomes into forty equal parts by share and makes them rise
// (pool adjacent violators).
func calibrate(outcomes []outcome) calibration {
	slices.SortStableFunc(outcomes, func(a, b outcome) int {
		switch {
		case a.share < b.share:
			return -1
		case a.share > b.share:
			return 1
		}
		return 0
	})
	type pool struct{ share, right, weight float64 }
	var pools []pool
	const parts = 40
	for part := range parts {
		var p pool
		for _, o := range outcomes[part*len(outcomes)/parts : (part+1)*len(outcomes)/parts] {
			p.share += o.share * o.weight
			p.weight += o.weight
			if o.right {
				p.right += o.weight
			}
		}
		if p.weight == 0 {
			continue
		}
		pools = append(pools, p)
		for n := len(pools); n > 1 && pools[n-2].right*pools[n-1].weight >= pools[n-1].right*pools[n-2].weight; n-- {
			a, b := pools[n-2], pools[n-1]
			pools = append(pools[:n-2], pool{a.share + b.share, a.right + b.right, a.weight + b.weight})
		}
	}
	var c calibration
	for _, p := range pools {
		c = append(c, knot{round(p.share / p.weight), round(p.right / p.weight)})
	}
	return c
}

// round keeps six decimals: what the model file holds.
func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// right is how often answers of this share are right.
func (c calibration) right(share float64) float64 {
	before := knot{0, 0}
	for _, k := range c {
		if share <= k.Share {
			return before.Right + (k.Right-before.Right)*(share-before.Share)/max(k.Share-before.Share, 1e-9)
		}
		before = k
	}
	return before.Right + (max(0.999, before.Right)-before.Right)*(share-before.Share)/max(1-before.Share, 1e-9)
}
