package main

import "testing"

// TestAddOthers counts the lines whose others all have one label, and those of them that have it too.
func TestAddOthers(t *testing.T) {
	for _, c := range []struct {
		labels     map[string]int
		right, all int
	}{
		{map[string]int{"tax": 1}, 0, 0},
		{map[string]int{"tax": 3}, 3, 3},
		{map[string]int{"tax": 3, "grant": 1}, 0, 1},
		{map[string]int{"tax": 1, "grant": 1}, 0, 2},
		{map[string]int{"tax": 2, "grant": 2}, 0, 0},
		{map[string]int{"tax": 1, "grant": 1, "mixed": 1}, 0, 0},
	} {
		var s share
		s.addOthers(c.labels)
		if s.right != c.right || s.all != c.all {
			t.Errorf("%v: %d of %d, want %d of %d", c.labels, s.right, s.all, c.right, c.all)
		}
	}
}
