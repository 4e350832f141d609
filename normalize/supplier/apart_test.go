package supplier

import "testing"

func TestWordsApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want distance
	}{
		{"COMMUNICTNS", "COMMUNICATIONS", clipped},
		{"INFRASTURE", "INFRASTRUCTURE", clipped},
		{"MIDBROUGH", "MIDDLESBROUGH", clipped},
		{"STATS", "STATISTICS", clipped},
		{"MARLIN", "MARLISON", apart},
		{"MARDEN", "MERIDIAN", apart}, // the same consonants and other vowels
		{"TOLVAD", "TOLVADDON", shorter},
		{"LOOM", "LOOMS", plural},
		{"LARKSPUR", "LARKSPRU", slip},
	} {
		if got := wordsApart(c.a, c.b, false); got != c.want {
			t.Errorf("%s and %s are %d apart, want %d", c.a, c.b, got, c.want)
		}
	}
}
