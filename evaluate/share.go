package main

import (
	"fmt"
	"math"
)

// share is how many of some answers are right, by count and by weight.
type share struct {
	right, all             int
	rightWeight, allWeight float64
	answers                []weighted
}

func (s *share) add(right bool, weight float64) {
	s.all++
	s.allWeight += weight
	s.answers = append(s.answers, weighted{right, weight})
	if right {
		s.right++
		s.rightWeight += weight
	}
}

// String gives the share with its interval: 91.2 % (87.5–93.9; 258 of 283).
func (s share) String() string {
	if s.all == 0 {
		return "none"
	}
	low, high := s.interval()
	return fmt.Sprintf("%.1f %% (%.1f–%.1f; %d of %d)", 100*float64(s.right)/float64(s.all), 100*low, 100*high, s.right, s.all)
}

// pounds gives the share by weight.
func (s share) pounds() string {
	if s.allWeight == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f %%", 100*s.rightWeight/s.allWeight)
}

// interval is Wilson's, at 95 %.
func (s share) interval() (low, high float64) {
	const z = 1.959964
	n := float64(s.all)
	p := float64(s.right) / n
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-reach), min(1, middle+reach)
}
