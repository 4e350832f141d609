package supplier

import "testing"

// TestTwoNames holds that a name which another gives beside its own is the same
// supplier's, though the two have nothing in common; and that a common word is not.
func TestTwoNames(t *testing.T) {
	for _, c := range []struct {
		names []string
		same  bool
	}{
		{[]string{"Skyfell Looms", "Marlowdene Ltd", "MARLOWDENE LIMITED", "Marlowdene Ltd t/a Skyfell Looms"}, true},
		{[]string{"Skyfell Loom", "Marlowdene Ltd", "MARLOWDENE LIMITED", "Marlowdene Ltd t/a Skyfell Looms"}, true},
		{[]string{"Services Group", "Marlowdene Ltd", "MARLOWDENE LIMITED", "Marlowdene Ltd t/a Services Group"}, false},
	} {
		var payees []Payee
		for _, name := range c.names {
			payees = append(payees, Payee{Name: name})
		}
		got := rules(t).Resolve(payees).Identities
		if same := got[0].ID == got[1].ID; same != c.same {
			t.Errorf("%q: same %v, want %v", c.names, same, c.same)
		}
	}
}

// TestCompanyOfBody holds that a company is not the public body whose name it bears.
func TestCompanyOfBody(t *testing.T) {
	got := rules(t).Resolve([]Payee{{Name: "University of Huddersfield"}, {Name: "University of Huddersfield Enterprises Ltd"}, {Name: "Huddersfield University"}}).Identities
	if got[0].ID == got[1].ID || got[0].ID != got[2].ID {
		t.Errorf("the university is %+v, its company %+v", got[0], got[1])
	}
}
