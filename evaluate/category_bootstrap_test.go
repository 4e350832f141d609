package main

import "testing"

func TestByPoundsGivesTheSameIntervalEachTime(t *testing.T) {
	var s share
	for i := range 40 {
		s.add(i%4 != 0, float64(1+i%3))
	}
	const want = "75.9 % (61.3–89.3)"
	if got := s.byPounds(); got != want || s.byPounds() != got {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := (share{}).byPounds(); got != "none" {
		t.Errorf("of no answers: %s", got)
	}
}
