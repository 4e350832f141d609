package supplier

import (
	"slices"
	"testing"
)

// TestSeen holds what a comparison of two names sees.
func TestSeen(t *testing.T) {
	for _, c := range []struct {
		a, b string
		what feature
		want float64
	}{
		{"Skyferrow", "SKYFERROW 417", nothingLeft, 1}, // a shop of a chain
		{"Skyferrow", "SKYFERROW 4", nothingLeft, 0},
		{"Skyferrow Ltd", "Skyferrow 417", nothingLeft, 0},
		{"Quill Feather Looms", "QUILLFEATHERLOOMS", nothingLeft, 1},
		{"Tolvaddon Oyster Research Beacon (TORB)", "TORB", nothingLeft, 1},
		{"TORB (Tolvaddon Oyster Research Beacon)", "Larkspur Looms", leftAside, 0},
		{"Park Playgroup", "Parkway Playgroup", shortened, 0},
		{"Tolvad Playgroup", "Tolvaddon Playgroup", shortened, 1},
		{"Tolvaddon Park", "Tolvaddon Parkway", shortened, 1}, // the end may have been cut
		{"Larkspur Ltd", "Larkspur Looms", oneWordFormed, 1},
		{"Larkspur", "Larkspur Looms", oneWordFormed, 0},
		{"Quillfeather Brambleholt Looms", "QBL", acronym, 1},
		{"Quillfeather Brambleholt", "QB", acronym, 0},              // two letters are many names'
		{"QBL Looms", "Quillfeather Brambleholt Looms", acronym, 0}, // the looms are matched already
		{"St Quill School", "St Quills School", toldApart, 1},
	} {
		r := rules(t)
		v, units, index := r.gather([]Payee{{Name: c.a}, {Name: c.b}})
		seen, _ := (&comparer{v: v, units: units, r: r}).see(units[slices.Min(index)], units[slices.Max(index)])
		if got := seen[c.what]; got != c.want {
			t.Errorf("%s and %s: %s is %v, want %v", c.a, c.b, featureNames[c.what], got, c.want)
		}
	}
}
