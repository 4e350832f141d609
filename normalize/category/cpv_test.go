package category

import "testing"

// TestStated reads the codes that columns give, from made-up lines.
func TestStated(t *testing.T) {
	judge := practiceJudge(t)
	for _, c := range []struct{ text, category string }{
		{"MCC=4121", "60120000-5"},
		{"Merchant Category Code=4121", "60120000-5"},
		{"Merchant Category Code (MCC)=4121 Taxis", "60120000-5"},
		{"MCC code=0742", "85200000-1"},
		{"MCC=9999", ""},             // no code that is known
		{"MCC=7394", ""},             // its words do not tell what was bought
		{"MCC=41211", ""},            // no code of four digits
		{"MCC Cost Centre=4121", ""}, // another column of whoever is so called
		{"Cost Centre=4121", ""},
		{"CPV=60120000", "60120000-5"},
		{"Details=Taxis 60120000-5", "60120000-5"},
		{"Details=Taxis 60120000-4", ""}, // a wrong check digit
		{"Details=Taxis 60120000", ""},
	} {
		got := judge.Judge(Line{Publisher: "anytown", Payee: "Newplace Cogs", Text: c.text})
		if (got.Method == ByCode) != (c.category != "") || got.Method == ByCode && got.Category != c.category {
			t.Errorf("%s: %s by %s (%s), want %q by its code", c.text, got.Category, got.Method, got.Reason, c.category)
		}
	}
}
