package comparison

import (
	"context"
	"strings"
	"testing"
)

// TestBothBases: a body that publishes with VAT in some months and without in
// others is compared as one that does not say, with bounds, and told of.
func TestBothBases(t *testing.T) {
	db := openConformance(t, "unknown_vat")
	for _, change := range []string{
		"UPDATE coverage SET vat_basis = CASE WHEN month < DATE '2016-10-01' THEN 'net' ELSE 'gross' END WHERE body = 'XX-A'",
		"UPDATE transactions SET vat_basis = CASE WHEN month < DATE '2016-10-01' THEN 'net' ELSE 'gross' END WHERE body = 'XX-A'",
	} {
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	made, err := New(db).Compare(context.Background(), asked(t, "XX-A", "72000000", "", "2016/17", "nearest:8"))
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(made.Statement, "\n")
	if want := made.Subject.Name + ": amounts are on more than one VAT basis"; made.Basis.VATBasis != "unknown" || !strings.Contains(said, want) {
		t.Errorf("basis %s; the statement does not say %q:\n%s", made.Basis.VATBasis, want, said)
	}
	for _, m := range made.Indicators {
		if m.Indicator == "spend" && !m.Low.less(*m.Value) {
			t.Errorf("half of the months include VAT, but at least %s of %s is spent", *m.Low, *m.Value)
		}
	}
}

// TestUnlikeIsLeftOut: of peers that declare amounts without VAT, one with both
// bases is left out, and the reason says which it is.
func TestUnlikeIsLeftOut(t *testing.T) {
	db := openConformance(t, "councils")
	for _, change := range []string{
		"UPDATE coverage SET vat_basis = 'net'",
		"UPDATE transactions SET vat_basis = 'net'",
		"UPDATE coverage SET vat_basis = 'mixed' WHERE body = 'XX-B' AND month = DATE '2017-06-01'",
	} {
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	made, err := New(db).Compare(context.Background(), asked(t, "XX-A", "72000000", "", "2017/18", "kind"))
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range made.Peers.LeftOut {
		if out.Body == "XX-B" {
			if !strings.Contains(out.Reason, "more than one VAT basis") {
				t.Errorf("XX-B is left out because %s", out.Reason)
			}
			return
		}
	}
	t.Errorf("XX-B is not left out: %+v", made.Peers)
}
