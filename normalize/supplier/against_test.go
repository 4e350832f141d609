package supplier

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var madeUpRegister = []Entry{
	{Register: CompanyRegister, Number: "00000101", Name: "QUILLFEATHER INSTRUMENTS LIMITED", Postcode: "ZZ1 1AA", Status: Live},
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
