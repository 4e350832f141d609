package schemas

import "testing"

func TestFormula(t *testing.T) {
	for text, want := range map[string]bool{"": false, "-12.50": false, "+1,234": false, "-": true, "-1-2": true, "=A1": true, "@x": true, "\tx": true, "A": false, "-.5": true, "-5.": true} {
		if Formula(text) != want {
			t.Errorf("Formula(%q) is %v", text, !want)
		}
	}
}
