package category

import "math"

// negligible is how far below the best a score may be and still have a share: at
// 18 it would be under two in a hundred million.
const negligible = 18

// shareTable gives a class's share beside the best's by how many steps it is below.
func shareTable() []float32 {
	table := make([]float32, negligible*laneSteps)
	for steps := range table {
		table[steps] = float32(math.Exp(-float64(steps) / laneSteps))
	}
	return table
}

// score adds up what the line's values say.
func (d *Desk) score() {
	clear(d.steps)
	for start := 0; start < len(d.line); start += laneSum {
		clear(d.sums)
		for _, one := range d.line[start:min(start+laneSum, len(d.line))] {
			scores := one.scores[:len(d.sums)]
			for i, four := range scores {
				d.sums[i] += four
			}
		}
		steps := d.steps
		for _, four := range d.sums {
			if len(steps) < 4 {
				break // there are four steps for each word of sums
			}
			steps[0] += int32(four & 0xffff)
			steps[1] += int32(four >> 16 & 0xffff)
			steps[2] += int32(four >> 32 & 0xffff)
			steps[3] += int32(four >> 48)
			steps = steps[4:]
		}
	}
}

// shares turns the scores into shares, not yet divided by their sum, which it gives.
func (d *Desk) shares() (sum float32) {
	steps, shares, table := d.steps[:len(d.exact)], d.exact, d.judge.table
	top := steps[0]
	for _, s := range steps {
		top = max(top, s)
	}
	for i, s := range steps {
		share := float32(0)
		if below := uint(top - s); below < uint(len(table)) {
			share = table[below]
			sum += share
		}
		shares[i] = share
	}
	return sum
}
