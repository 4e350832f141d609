package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// weighted is one answer with its weight.
type weighted struct {
	right  bool
	weight float64
}

// bootstrapDraws and bootstrapSeed fix the intervals by pounds to the last digit.
const (
	bootstrapDraws = 2000
	bootstrapSeed  = 2008
)

// byPounds gives the share by weight with its interval at 95 %, by drawing as many
// answers again and again: 86.7 % (80.1–92.0).
func (s share) byPounds() string {
	if s.allWeight == 0 {
		return "none"
	}
	random := rand.New(rand.NewPCG(bootstrapSeed, uint64(len(s.answers))))
	drawn := make([]float64, 0, bootstrapDraws)
	for range bootstrapDraws {
		right, all := 0.0, 0.0
		for range s.answers {
			a := s.answers[random.IntN(len(s.answers))]
			all += a.weight
			if a.right {
				right += a.weight
			}
		}
		if all > 0 {
			drawn = append(drawn, right/all)
		}
	}
	slices.Sort(drawn)
	low, high := drawn[len(drawn)*25/1000], drawn[len(drawn)*975/1000]
	return fmt.Sprintf("%.1f %% (%.1f–%.1f)", 100*s.rightWeight/s.allWeight, 100*low, 100*high)
}
