package supplier

import (
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
)

// TestNearest holds which of several entries a payee is nearest to, none of which is
// its very name.
func TestNearest(t *testing.T) {
	entries := func(names ...string) []Entry {
		var out []Entry
		for i, name := range names {
			out = append(out, Entry{Register: CharityRegister, Number: string(rune('1' + i)), Name: name, Status: Live})
		}
		return out
	}
	for _, c := range []struct {
		why    string
		payees []string // the first is the one asked for
		of     []Entry
		want   string
	}{
		{"the letters, articles and all", []string{"The Tolvaddon Choir"}, entries("Tolvaddon Quire", "The Tolvaddon Quire"), "The Tolvaddon Quire"},
		{"no other payee", []string{"Tolvaddon"}, entries("Tolvaddon Brambleholt", "Tolvaddon Larkspur"), "Tolvaddon Larkspur"},
		{"another payee has the name", []string{"Tolvaddon", "Tolvaddon Brambleholt Ltd", "Tolvaddon and Larkspur Choir"}, entries("Tolvaddon Larkspur", "Tolvaddon Brambleholt"), "Tolvaddon Brambleholt"},
		{"another payee has the words", []string{"Tolvaddon", "Tolvaddon and Brambleholt Choir"}, entries("Tolvaddon Larkspur", "Tolvaddon Brambleholt"), "Tolvaddon Brambleholt"},
		{"initials", []string{"QTRI"}, entries("Quillfeather Tolvaddon Research Institute of Learned People", "Larkspur Choir"), "Quillfeather Tolvaddon Research Institute of Learned People"},
		{"a slip in the one telling word", []string{"Brmableholt Trust"}, entries("Brambleholt Community Choir", "Larkspur Choir"), "Brambleholt Community Choir"},
		{"a public body", []string{"Hertfordshire County Council"}, entries("Hertfordshire County Orchestra", "Larkspur Choir"), "Hertfordshire County Orchestra"},
	} {
		var payees []Payee
		for _, name := range c.payees {
			payees = append(payees, Payee{Name: name})
		}
		slices.Reverse(c.of)
		for range 2 { // whatever the order of the register
			slices.Reverse(c.of)
			if got := rules(t).ResolveWith(payees, slices.Values(c.of)).Nearest[0]; got == nil || got.Name != c.want {
				t.Errorf("%s: %s is nearest to %+v, want %s", c.why, c.payees[0], got, c.want)
			}
		}
	}
}

// TestNotPlain holds that of two entries as near as each other neither is taken, and
// of two that are not the nearer is.
func TestNotPlain(t *testing.T) {
	for other, want := range map[string]string{"Quillfeather Instrumends": "", "Quillfeather Musical Implements": "1"} {
		of := []Entry{{Register: CharityRegister, Number: "1", Name: "Quillfeather Instrumentz", Status: Live},
			{Register: CharityRegister, Number: "2", Name: other, Status: Live}}
		result := rules(t).ResolveWith([]Payee{{Name: "Quillfeather Instruments"}}, slices.Values(of))
		got := ""
		for _, e := range result.Found[0] {
			got = e.Number
		}
		if got != want || result.Nearest[0] == nil {
			t.Errorf("beside %s it is %q (nearest %+v), want %q", other, got, result.Nearest[0], want)
		}
	}
}

// TestFirstOf holds the search that begins where a key would be to the plain one.
func TestFirstOf(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 7, 1000, 1001} {
		var shelf []entry
		for range n {
			low := random.Uint64() >> (8 + random.IntN(3)*20) // more at one end than at the other
			shelf = append(shelf, entry{key: 0xab<<56 | low ^ uint64(n%2)*(1<<56-1)})
		}
		slices.SortFunc(shelf, byKey)
		keys := []uint64{0xab << 56, 0xab<<56 | (1<<56 - 1)}
		for range 200 {
			keys = append(keys, 0xab<<56|random.Uint64()>>8)
			if n > 0 {
				keys = append(keys, shelf[random.IntN(n)].key)
			}
		}
		for _, key := range keys {
			want := sort.Search(n, func(i int) bool { return shelf[i].key >= key })
			if got := firstOf(shelf, key); got != want {
				t.Fatalf("of %d entries, %x begins at %d, want %d", n, key, got, want)
			}
		}
	}
}
