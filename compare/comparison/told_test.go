package comparison

import (
	"context"
	"strings"
	"testing"
)

// TestRegisters: what rests on a register is withheld, with its reason, where
// none tells it, the same from a release that was made before suppliers had it.
func TestRegisters(t *testing.T) {
	db := openConformance(t, "councils")
	request := asked(t, "XX-A", "72000000", "", "2017/18", "nearest:11")
	reasons := func() (small, local string) {
		made, err := New(db).Compare(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		told := strings.Contains(strings.Join(made.Statement, "\n"), "Share paid to local suppliers: of 45.1 % of its pounds no register tells, and of 2.1 % to 49.2 % of")
		for _, m := range made.Indicators {
			switch {
			case m.Indicator == "share_to_small_suppliers":
				small = *m.Reason
			case m.Indicator == "share_to_local_suppliers" && (m.Value != nil) != told:
				t.Errorf("local: value %v, and the statement %q", m.Value, made.Statement)
			case m.Indicator == "share_to_local_suppliers":
				local = *m.Reason
			}
		}
		return small, local
	}
	const none = "it rests on a register of companies, and none has been imported that tells it"
	for _, c := range []struct{ change, small, local string }{
		{"SELECT 1", "of less than half of the pounds it is known whether they went to small suppliers", "the bounds of the body and of the peers' median overlap"},
		{"UPDATE suppliers SET size = ''", none, "the bounds of the body and of the peers' median overlap"},
		{"ALTER TABLE suppliers DROP COLUMN size; ALTER TABLE suppliers DROP COLUMN postcode_area", none, none},
	} {
		if _, err := db.Exec(c.change); err != nil {
			t.Fatal(err)
		}
		if small, local := reasons(); small != c.small || local != c.local {
			t.Errorf("after %q:\n got %q and %q\nwant %q and %q", c.change, small, local, c.small, c.local)
		}
	}
}
