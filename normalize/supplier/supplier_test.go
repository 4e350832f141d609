package supplier

import (
	"math/rand/v2"
	"testing"

	"commonspend/schemas"
)

func rules(t testing.TB) *Rules {
	t.Helper()
	r, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pairsOfNames says of made-up names whether they are one supplier. Beside each pair
// stand other names, as a list of payees has.
var pairsOfNames = []struct {
	a, b string
	same bool
}{
	{"Quillfeather Instruments Ltd", "QUILLFEATHER INSTRUMENTS LIMITED", true},
	{"Quillfeather Instruments Ltd", "Quillfeather Instruments (RATES)", true},
	{"Quillfeather Instruments Ltd", "INSTRUMENTS QUILLFEATHER LTD", true},
	{"Quillfeather Instruments Ltd", "QUILLFEATHER INSTRUMENTS *USE 8298*", true},
	{"Brambleholt & Larkspur Surveying Ltd", "BRAMBLEHOLT & LARKSPUR SURVEYI", true}, // cut at 30
	{"Hollowmere Cncl Svcs Ltd", "Hollowmere Council Services Ltd", true},
	{"Ottermarsh Diagnostics Ltd t/a Ottermarsh Labs", "OTTERMARSH DIAGNOSTICS LTD", true},
	{"Bank Factors Ltd re Ottermarsh Diagnostics", "Ottermarsh Diagnostics", true},
	{"Skyferrow", "SKYFERROWEK3EK3BN8N", true},
	{"Skyferrow", "SKYFERROWEK9QX7TT2P", true},
	{"Tolvaddon Research Institute (TRI)", "Tolvaddon Research Institute", true},
	{"Tolvaddon Oyster Research Beacon (TORB)", "TORB", true},
	{"Skyferrow", "SKYFERROW 417", true},
	{"Pendlewick Ltd", "Pendlewick 417 Ltd", false},
	{"Quill Feather Looms", "QUILLFEATHERLOOMS", true},
	{"Brambleholt Infrastructure Ltd", "Brambleholt Infras'ture Ltd", true},
	{"Marlison Associates Ltd", "Marlin Associates", false},
	{"MT Properties", "Marlow Tolvaddon Properties", false}, // two letters are many names'
	{"St Quill School", "St Quills School", false},
	{"Park Playgroup", "Parkway Playgroup", false},
	{"Larkspur North East", "Larkspur N.E.", true},
	{"Metropolitan Borough of Wakefield", "Wakefield MBC", true},
	{"London Borough of Hackney", "HACKNEY LONDON BOROUGH COUNCIL 1 (G)", true},
	{"HERTFORDSHIRE", "Hertfordshire County Council", true},
	{"KENT", "Kent County Council", false}, // a surname too
	{"Brambleholt Timber Ltd", "Brambleholt Timber Trading Ltd", false},
	{"Pendlewick 1 Ltd", "Pendlewick 2 Ltd", false},
	{"Friends of Tolvaddon Museum", "Tolvaddon Museum", false},
	{"A T Joinery", "Joinery UK", false}, // initials, not "at"
	{"Office of the Police & Crime Commissioner for Kent (G)", "Kent PCC", true},
	{"Police and Crime Commissioner for Kent", "Kent Police Authority", false},
	{"East Sussex County Council", "West Sussex County Council", false},
	{"Quillfeather Instruments Ltd", "Marlowdene Instruments Ltd", false},
}

func TestTogether(t *testing.T) {
	r := rules(t)
	for _, c := range pairsOfNames {
		got := r.Resolve([]Payee{{Name: c.a}, {Name: c.b}, {Name: "Skyferrow Ltd"}, {Name: "Greenlathe Joinery"}}).Identities
		if same := got[0].ID == got[1].ID; same != c.same || got[0].ID == "" {
			t.Errorf("%q and %q: same %v, want %v (%s; %s)", c.a, c.b, same, c.same, got[0].Reason, got[1].Reason)
		}
	}
}

func TestAbstains(t *testing.T) {
	for _, c := range []struct {
		payee Payee
		kind  Kind
	}{
		{Payee{Name: "Mrs A Larkwhistle", Class: schemas.PayeeIndividual}, Person},
		{Payee{Name: "REDACTED", Class: schemas.PayeeRedacted}, Redacted},
		{Payee{Name: "Sundry Creditors"}, Unknown},
		{Payee{Name: "***"}, Unknown},
		{Payee{Name: ""}, Unknown},
	} {
		got := rules(t).Resolve([]Payee{c.payee}).Identities[0]
		if got.ID != "" || got.Name != "" || got.Kind != c.kind || got.Reason == "" {
			t.Errorf("%+v: %+v, want no name and kind %s", c.payee, got, c.kind)
		}
	}
}

// TestOrder holds identities to be the same whatever the order of the input.
func TestOrder(t *testing.T) {
	var payees []Payee
	for _, c := range pairsOfNames {
		payees = append(payees, Payee{Name: c.a}, Payee{Name: c.b})
	}
	r := rules(t)
	want := map[string]Identity{}
	for i, id := range r.Resolve(payees).Identities {
		want[payees[i].Name] = id
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(payees), func(i, j int) { payees[i], payees[j] = payees[j], payees[i] })
		for i, id := range r.Resolve(payees).Identities {
			if id != want[payees[i].Name] {
				t.Fatalf("%q: %+v in another order, %+v before", payees[i].Name, id, want[payees[i].Name])
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	r := rules(t)
	got := r.Resolve([]Payee{
		{Name: "Quillfeather Instruments", Company: "1234567"},
		{Name: "Quillfeather Optical Instruments Ltd", Company: "01234567"},
		{Name: "Greenlathe Joinery Ltd", Company: "01234567"}, // a wrong number: the names are unlike
		{Name: "Ashbarrow Roofing Ltd", Company: "SC123456"},
		{Name: "Ashbarrow Roofing Limited", Company: "SC654321"},
	}).Identities
	if got[0].ID != got[1].ID || got[0].Kind != Company {
		t.Errorf("one company number, two suppliers: %+v and %+v", got[0], got[1])
	}
	if got[2].ID == got[0].ID {
		t.Errorf("unlike names were joined by a number: %+v", got[2])
	}
	if got[3].ID == got[4].ID {
		t.Errorf("two companies of one name were joined: %+v", got[3])
	}
}

func TestKinds(t *testing.T) {
	for name, want := range map[string]Kind{
		"Larkwhistle Primary School":         Public,
		"Larkwhistle Independent Jnr School": Unknown,
		"Brambleholt Parish Council":         Public,
		"Brambleholt Methodist Church":       Charity,
		"Brambleholt Hospice":                Charity,
		"Brambleholt Hospice Shops Ltd":      Company,
		"Ottermarsh University NHS Trust":    Public,
		"Greenlathe Joinery":                 Unknown,
	} {
		if got := rules(t).Resolve([]Payee{{Name: name}}).Identities[0].Kind; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestFindsBodies looks bodies of the register up by names as ledgers have them.
func TestFindsBodies(t *testing.T) {
	r := rules(t)
	for name, want := range map[string]string{
		"OFFICE OF THE POLICE & CRIME COMMISSIONER FOR LEICESTERSHIRE (THE) (G)": "police-commissioner-leicestershire",
		"DORSET POLICE & CRIME COMMISSIONERS":                                    "police-commissioner-dorset",
		"Rural Payments Agency":                                                  "GB-GOR-EA58", // payments is a word of notes too
		"DEPARTMENT FOR COMMUNTIES & LOCAL GOVERNMENT":                           "GB-GOR-D4",
		"DEPARTMENT FOR COMMUNTIES & LOCL GOVERNMENT":                            "", // two slips are too many
		"LANCASHIRE COMBINED FIRE AUTHORITY (G)":                                 "fire-authority-024",
		"CHAMBERLAIN OF LONDON 2 (G)":                                            "GB-LAE-LND",
		"NORTHUMBERLAND CC":                                                      "GB-LAE-NBL",
		"Herefordshire Fire and Rescue Service":                                  "", // another county, no slip
		"Corsham District Council":                                               "",
		"Brambleholt Combined Fire Authority":                                    "",
		"Bury MBC General Account":                                               "GB-LAE-BUR",
		"MOJ - Ministry of Justice (G)":                                          "GB-GOR-D18",
		"LONDON BOROUGH OF HACKNEY - BSP":                                        "GB-LAE-HCK",
		"East Ayrshire Council Finance Department":                               "GB-LAS-EAY",
		"Bury MBC General Account Ltd":                                           "",
		"Birmingham City Council Education Trust":                                "",
		"Birmingham City Council Education Services":                             "GB-LAE-BIR",
		"HMCTS HM Courts & Tribunals Service":                                    "GB-GOR-EA73",
		"Greater Manchester Police Federation":                                   "",
		"Leeds University Union":                                                 "",
		"Oxford University Press":                                                "",
		"FORESTRY COMMISION":                                                     "GB-GOR-D85",
		"Bath Spa University":                                                    "GB-UKPRN-10000571",
		"Sheffield Children's Hospital NHS Trust":                                "GB-NHS-RCU",
	} {
		got := ""
		if i := r.bodies.find(r.parse(name)); i >= 0 {
			got = r.bodies.bodies[i].id
		}
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestCountry holds that the country, and the end of an address, are left out of a name
// that says more without them.
func TestCountry(t *testing.T) {
	for name, want := range map[string]string{
		"Partnerships UK plc": "PARTNERSHIPSUK", "Brambleholt UK Ltd": "BRAMBLEHOLT", "UK Brambleholt": "UKBRAMBLEHOLT",
		"BRAMBLEHOLT.COM*": "BRAMBLEHOLT",
	} {
		if got := joined(rules(t).parse(name).words); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestShown holds that a supplier is shown without the notes beside its name.
func TestShown(t *testing.T) {
	for published, want := range map[string]string{
		"Brambleholt Surveying (THE) (G)":                "Brambleholt Surveying",
		"BRAMBLEHOLT  SURVEYING 1 (G)":                   "BRAMBLEHOLT SURVEYING",
		"Brambleholt Ltd (Rates)":                        "Brambleholt Ltd",
		"Brambleholt Ltd - Client A/C":                   "Brambleholt Ltd",
		"Brambleholt Ltd - Rates":                        "Brambleholt Ltd",
		"Larkspur Factors re Brambleholt":                "Brambleholt",
		"Larkspur Financial Services re Brambleholt Ltd": "Brambleholt Ltd",
		"TRUST\nBRAMBLEHOLT CARE":                        "BRAMBLEHOLT CARE TRUST",
		"Brambleholt.com Ltd":                            "Brambleholt.com Ltd",
		"Brambleholt & Larkspur (Skyfell)":               "Brambleholt & Larkspur (Skyfell)",
	} {
		if got := rules(t).Resolve([]Payee{{Name: published}}).Identities[0].Name; got != want {
			t.Errorf("%q is shown as %q, want %q", published, got, want)
		}
	}
}

func TestCompanyNumber(t *testing.T) {
	for _, c := range []struct{ published, want string }{
		{"01234567", "01234567"}, {"1234567", "01234567"}, {" sc 123456 ", "SC123456"}, {"SC1234", "SC001234"},
		{"O1234567", "01234567"}, {"0123456I", "01234561"}, {"", ""}, {"IP12345R", "IP12345R"}, {"oe 12", "OE000012"}, {"SC12345O", "SC123450"}, {"XX123456", "error"}, {"12AB", "error"}, {"123456789", "error"}, {"00000000", "error"},
	} {
		got, _, err := CompanyNumber(c.published)
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("CompanyNumber(%q) = %q, want %q", c.published, got, c.want)
		}
	}
}

// TestVATChecks takes 1234567 of which 1*8+2*7+3*6+4*5+5*4+6*3+7*2 = 112; 194-112
// is 82, and 55 more makes 139 = 97+42, so 82 and 27 (82-55) check it.
func TestVATChecks(t *testing.T) {
	for digits, want := range map[string]bool{"123456782": true, "123456727": true, "123456783": false, "000000000": false} {
		if vatChecks(digits) != want {
			t.Errorf("vatChecks(%s) = %v", digits, !want)
		}
	}
	if got := vatNumbers("GB 123 4567 82"); len(got) != 1 || got[0] != "123456782" {
		t.Errorf("vatNumbers = %q", got)
	}
}

// TestFold holds that spaces of every kind and what cannot be seen make no other name.
func TestFold(t *testing.T) {
	for _, name := range []string{"Quillfeather Ltd", "Quillfeather\u00a0Ltd", "Quill\u200bfeather\u2003Ltd", "\ufeffQuill\u00adfeather\u202f Ltd\u2060"} {
		if got := fold(name); got != "QUILLFEATHER LTD" {
			t.Errorf("%q is %q", name, got)
		}
	}
}

// TestGroupNumbers holds that a VAT number that a name unlike the others shares joins none of them.
func TestGroupNumbers(t *testing.T) {
	suppliers := func(number string, names ...string) int {
		var payees []Payee
		for _, name := range names {
			payees = append(payees, Payee{Name: name, VAT: number})
		}
		ids := map[string]bool{}
		for _, identity := range rules(t).Resolve(payees).Identities {
			ids[identity.ID] = true
		}
		return len(ids)
	}
	names := []string{"Brambleholt Ltd", "Brambleholt Building Ltd", "Brambleholt Foods Ltd", "Zephyrine Widgets Ltd"}
	if own, group := suppliers("", names...), suppliers("GB220430231", names...); group != own {
		t.Errorf("%d suppliers with a group's number, %d without", group, own)
	}
	if one := suppliers("GB220430231", names[:3]...); one != 1 {
		t.Errorf("%d suppliers with a number of like names alone, want 1", one)
	}
}

// TestHeldBack holds that who may be a person has no supplier, whatever form the
// initials make, unless the register has the name as a public body's.
func TestHeldBack(t *testing.T) {
	for name, held := range map[string]bool{"Mr A.G. Brambleholt": true, "Brambleholt S A": true, "NPIA (G)": false} {
		identity := rules(t).Resolve([]Payee{{Name: name, Class: schemas.PayeeIndividual}}).Identities[0]
		if (identity.ID == "") != held {
			t.Errorf("%s has the supplier %q", name, identity.ID)
		}
	}
}
