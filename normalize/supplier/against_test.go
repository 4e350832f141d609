package supplier

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var madeUpRegister = []Entry{
	{Register: CompanyRegister, Number: "00000101", Name: "QUILLFEATHER INSTRUMENTS LIMITED", Postcode: "ZZ1 1AA", Size: Small, Status: Live},
	{Register: CompanyRegister, Number: "00000102", Name: "BRAMBLEHOLT SURVEYING LIMITED", Postcode: "ZZ2 2BB", Status: Live},
	{Register: CompanyRegister, Number: "00000103", Name: "BRAMBLEHOLT SURVEYING LLP", Postcode: "ZZ3 3CC", Status: Live},
	{Register: CompanyRegister, Number: "00000104", Name: "OTTERMARSH GROUP LIMITED", FormerNames: []string{"PENDLEWICK DIAGNOSTICS LIMITED"}, Status: Live},
	{Register: CompanyRegister, Number: "00000105", Name: "TOLVADDON ROOFING LIMITED", Status: Ended, To: "2015-03-31"},
	{Register: CompanyRegister, Number: "00000106", Name: "TOLVADDON ROOFING LTD", Status: Live, From: "2019-01-01"},
	{Register: CompanyRegister, Number: "00000107", Name: "MARLOWDENE HAULAGE LIMITED", Status: Ended, To: "2012-01-01"},
	{Register: CharityRegister, Number: "1000001", Name: "SKYFERROW HOSPICE TRUST", Status: Live},
	{Register: CompanyRegister, Number: "00000108", Name: "SKYFERROW HOSPICE TRUST", Status: Live},
}

func TestRegister(t *testing.T) {
	for _, c := range []struct {
		payee  Payee
		name   string // of the supplier
		kind   Kind
		reason string // part of it
	}{
		{Payee{Name: "Quillfeather Instruments (RATES)"}, "QUILLFEATHER INSTRUMENTS LIMITED", Company, "00000101"},
		{Payee{Name: "QUILLFEATHR INSTRUMENTS LTD"}, "QUILLFEATHER INSTRUMENTS LIMITED", Company, "a name like it"},
		{Payee{Name: "Brambleholt Surveying"}, "Brambleholt Surveying", Unknown, "2 companies could be meant"},
		{Payee{Name: "Brambleholt Surveying", Postcode: "ZZ3 3CC"}, "BRAMBLEHOLT SURVEYING LLP", Company, "same postcode"},
		{Payee{Name: "Brambleholt Surveying LLP"}, "BRAMBLEHOLT SURVEYING LLP", Company, "00000103"},
		{Payee{Name: "Pendlewick Diagnostics"}, "OTTERMARSH GROUP LIMITED", Company, "it has also been PENDLEWICK"},
		{Payee{Name: "Tolvaddon Roofing Ltd"}, "TOLVADDON ROOFING LTD", Company, "00000106"},
		{Payee{Name: "Tolvaddon Roofing Ltd", Date: "2014-05-01"}, "TOLVADDON ROOFING LIMITED", Company, "00000105"},
		{Payee{Name: "Marlowdene Haulage Ltd"}, "MARLOWDENE HAULAGE LIMITED", Company, "it has ended"},
		{Payee{Name: "Skyferrow Hospice Trust"}, "SKYFERROW HOSPICE TRUST", Charity, "register of"},
		{Payee{Name: "Greenlathe Joinery"}, "Greenlathe Joinery", Unknown, "no other name"},
	} {
		got := rules(t).ResolveWith([]Payee{c.payee}, slices.Values(madeUpRegister)).Identities[0]
		if got.Name != c.name || got.Kind != c.kind || !strings.Contains(got.Reason, c.reason) {
			t.Errorf("%+v: %+v, want %s (%s), because %q", c.payee, got, c.name, c.kind, c.reason)
		}
	}
}

// TestRegisterTells: what the register of companies tells goes to every name of
// the supplier, and to no other supplier.
func TestRegisterTells(t *testing.T) {
	told := []struct{ payee, size, area string }{
		{"Quillfeather Instruments (RATES)", Small, "ZZ"}, {"QUILLFEATHR INSTRUMENTS LTD", Small, "ZZ"},
		{"Brambleholt Surveying LLP", "", "ZZ"}, {"Pendlewick Diagnostics", "", ""}, {"Greenlathe Joinery", "", ""},
	}
	var payees []Payee
	for _, c := range told {
		payees = append(payees, Payee{Name: c.payee})
	}
	for i, got := range rules(t).ResolveWith(payees, slices.Values(madeUpRegister)).Identities {
		if c := told[i]; got.Size != c.size || got.Area != c.area {
			t.Errorf("%s is %q in %q, want %q in %q (%s)", c.payee, got.Size, got.Area, c.size, c.area, got.Reason)
		}
	}
}

// TestPostcodeArea takes the letters that a postcode begins with.
func TestPostcodeArea(t *testing.T) {
	for postcode, want := range map[string]string{"LS1 3AA": "LS", "ls13aa": "LS", "M1 1AE": "M", "EC1A 1BB": "EC", "": "", "ABERDEEN": "", "D02 X285": ""} {
		if got := postcodeArea(postcode); got != want {
			t.Errorf("the area of %q is %q, want %q", postcode, got, want)
		}
	}
}

// TestRegisterOrder holds the outcome to be the same whatever the order of the
// entries, in more batches than one.
func TestRegisterOrder(t *testing.T) {
	var payees []Payee
	for _, e := range madeUpRegister {
		payees = append(payees, Payee{Name: e.Name}, Payee{Name: strings.Replace(e.Name, "R", "", 1)})
	}
	entries := slices.Clone(madeUpRegister)
	for i := range 5 * batch {
		entries = append(entries, Entry{Register: CompanyRegister, Number: fmt.Sprintf("%08d", 20_000_000+i), Name: fmt.Sprintf("QUILLFEATHER %s LIMITED", spelt(i)), Status: Live})
	}
	r := rules(t)
	want := r.ResolveWith(payees, slices.Values(entries))
	slices.Reverse(entries)
	got := r.ResolveWith(payees, slices.Values(entries))
	if !reflect.DeepEqual(got, want) {
		t.Error("the register in another order gave another outcome")
	}
}

// spelt writes a number in letters.
func spelt(n int) string {
	var b []byte
	for ; n > 0; n /= 20 {
		b = append(b, "BCDFGHJKLMNPQRSTVWXZ"[n%20], 'A')
	}
	return string(b)
}
