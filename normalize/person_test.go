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
		"J & K Example t/a Example School of Motoring",
		"Mr A.G. Brown", "Miss A.B. Carter", "Mr S A Khan", "Mr SA Khan", "Mr NV Testcase", "Mrs AS Testcase", "Ms BV Testcase", "Mr EV Testcase",
		"Mr LL Testcase", "Mr LP Testcase", "Mr LT Testcase", "Dr OY Testcase", "Mr SE Testcase", "Testcase AG Mr", "Khan SA", "Brown AG", "AB Carter", "SA Khan",
		"Mr AG Testcase t/a Testcase Roofing Ltd", "Brown AG T/A Testcase Roofing Ltd", "Mr Testcase C I C", "Mr Testcase c/o Example Limi", "Testcase S.A.", "Brown M B C", "LB Brown", "Foster carer AG Testcase"}
	for _, payee := range individuals {
		if got := rules.PayeeClass(payee); got != schemas.PayeeIndividual {
			t.Errorf("%q is %s", payee, got)
		}
	}
	organisations := []string{"Example Foster Carers Association", "Direct Payments", "Direct Payments Support Service", "Tenant Services",
		"Estate Management", "Family Support Services", "Example Family Centre", "Example & Fern Family", "Mr J Example Ltd", "Example\u00a0Ltd", "E-Example Services",
		"J Example & Sons", "J Example and Partners", "J Taxis", "Example & Fern t/a Fern Roofing", "Example Roofing t/a J Example", "Zebedee Nonesuch",
		"Mr Example Ltd", "Dr Example plc", "Sir Brambleholt Ltd", "Brambleholt SA", "Brambleholt AG", "AB Brambleholt", "Brown Roofing AG",
		"Mr Roofing t/a Example Ltd", "Brambleholt C.I.C.", "Brown C I C", "Brambleholt M B C", "Brambleholt P.L.C.", "LB Brambleholt", "J International Lt", "J Brambleholt International Lt", "J Brambleholt Limite",
		"Sir J Brambleholt Museum"}
	for _, payee := range organisations {
		if got := rules.PayeeClass(payee); got != schemas.PayeeOrganisation {
			t.Errorf("%q is %s", payee, got)
		}
	}
}

// TestRedacted holds what stands in a name's place to its class, and companies
// whose names hold the same words to be organisations.
func TestRedacted(t *testing.T) {
	rules, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[schemas.PayeeClass][]string{
		schemas.PayeeRedacted: {"XXXXXXXX", "XXX", "xxx xxx", "X X X X", "Anonymised", "Anon", "A N O N", "Undisclosed", "Not published", "Sensitive", "Supplier sensitive",
			"SENSITIVE SUPPLIER", "Suppressed", "R E D A C T E D", "REDACTED1", "REDATCED", "One-off supplier", "One time vendor", "One Time Vendor 0042", "Not available",
			"Example one-time vendor"},
		schemas.PayeeRedactedPersonal: {"Individuals", "Private individual", "PRIVATE INDIVIDUALS", "Various individuals", "Named individual", "Exempt s40", "EXEMPT - S40",
			"Foster Carers", "Service User", "Service Users", "Care Leaver", "Care Leavers", "Client", "Client 12", "CLIENT0012", "Redacted2 (individuals)"},
		schemas.PayeeRedactedCommercial: {"Exempt s43", "Commercially sensitive"},
		schemas.PayeeOrganisation: {"Redactive Example Ltd", "Client Solutions Ltd", "Sensitive Care Ltd", "Exempt Homes Ltd", "Service User Network", "Anon Example Ltd",
			"XX Example Ltd", "XXX Example Ltd", "XX", "Care Leavers Association", "Undisclosed Example Ltd", "Example Individuals Ltd"},
	}
	for class, payees := range tests {
		for _, payee := range payees {
			if got := rules.PayeeClass(payee); got != class {
				t.Errorf("%q is %s, not %s", payee, got, class)
			}
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
