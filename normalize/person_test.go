package normalize

import (
	"testing"

	"commonspend/schemas"
)

// TestPayeeClass holds names, all made up, to whether they may be private people.
func TestPayeeClass(t *testing.T) {
	rules, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	individuals := []string{"Mr\u00a0J Example", "M\u200br J Example", "Mr\u2003\u200bJ Example", "\ufeffMr\u202fJ\u3000Example", "Mr\tJ Example", "Ｍｒ J Example",
		"Foster carer Q Sample", "FOSTER CARER - SAMPLE R", "Foster carer – Sample R", "Foster Carers (Sample family)", "Q Sample (foster carer)",
		"Shared Lives Carer Q Sample", "Direct payment Q Sample", "Tenant Q Sample", "Parents of Q Sample", "Mother of Q Sample",
		"Estate of Q Sample", "Executors of the late Q Sample", "Sample Family", "The Sample Family", "The Honourable Q Sample",
		"J Example Taxis", "J. B. Example Plumbing", "Wimpole Q Testcase T/A Wimpole Plumbing", "Mr J Example t/a Example Taxis",
		"J & K Example t/a Example School of Motoring"}
	for _, payee := range individuals {
		if got := rules.PayeeClass(payee); got != schemas.PayeeIndividual {
			t.Errorf("%q is %s", payee, got)
		}
	}
	organisations := []string{"Example Foster Carers Association", "Foster Carers", "Direct Payments", "Direct Payments Support Service", "Tenant Services",
		"Estate Management", "Family Support Services", "Example Family Centre", "Example & Fern Family", "Mr J Example Ltd", "Example\u00a0Ltd", "E-Example Services",
		"J Example & Sons", "J Example and Partners", "J Taxis", "Example & Fern t/a Fern Roofing", "Example Roofing t/a J Example", "Zebedee Nonesuch"}
	for _, payee := range organisations {
		if got := rules.PayeeClass(payee); got != schemas.PayeeOrganisation {
			t.Errorf("%q is %s", payee, got)
		}
	}
}

// TestPaysPerson holds what a payment's words say of its payee: whose name is
// no evidence by itself.
func TestPaysPerson(t *testing.T) {
	rules, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		payee, words string
		held         bool
	}{
		{"Zebedee Nonesuch", "Fostering allowances", true},
		{"Xiaoming Example", "Grants to individuals", true},
		{"Zebedee Nonesuch", "Direct\u00a0Payments - adults", true},
		{"J & K Nonesuch", "Section 17", true},
		{"Zebedee Nonesuch", "Housing benefit", true},
		{"Zebedee Nonesuch", "Stationery", false},
		{"Zebedee Nonesuch", "Housing benefit administration", false},
		{"Nonesuch Pathways", "Independent fostering agencies", false},
		{"Nonesuch Trust", "Fostering allowances", false},
		{"Nonesuch Fostering", "Fostering allowances", false},
		{"Nonesuch", "Fostering allowances", false},
		{"Nonesuch 24 Hour", "Fostering allowances", false},
	}
	for _, test := range tests {
		class := rules.payees.classify(test.payee, rules.payees.paysPerson("Children", test.words))
		if held := class == schemas.PayeeIndividual; held != test.held {
			t.Errorf("%q under %q is %s", test.payee, test.words, class)
		}
	}
}

// TestTitled holds which ledger words and names of files name a person.
func TestTitled(t *testing.T) {
	rules, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Mr K Areaname", "Care for Miss L Typename", "May 2026 - Mr P Filename.csv", "May_2026_Mrs_P_Filename.csv",
		"https://upper-mere.example/May%202026%20-%20Mr%20P%20Filename.csv", "Dr\u00a0Entityname"} {
		if !rules.Titled(text) {
			t.Errorf("%q is published", text)
		}
	}
	for _, text := range []string{"", "Major Works", "Lord Mayor", "Prof Fees", "MS", "Missed Appointments", "May 2026.csv", "100% Mortgages"} {
		if rules.Titled(text) {
			t.Errorf("%q is held back", text)
		}
	}
}
