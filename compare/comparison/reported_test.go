package comparison

import (
	"reflect"
	"strings"
	"testing"
)

// TestReportedIsLeftOut holds what others report of a body to change no figure,
// though it be as much again and cover more, and to be named as left out.
func TestReportedIsLeftOut(t *testing.T) {
	db := openConformance(t, "councils")
	engine := New(db)
	request := asked(t, "XX-A", "72000000", "", "2017/18", "kind")
	buying, err := NewBuyingRequest("72000000", "", "2017/18")
	if err != nil {
		t.Fatal(err)
	}
	before, err := engine.Compare(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	boughtBefore, err := engine.Fragmented(t.Context(), buying)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"coverage", "transactions"} {
		if _, err := db.Exec("INSERT INTO " + table + " BY NAME SELECT * REPLACE ('REPORTED' AS duty) FROM " + table); err != nil {
			t.Fatal(err)
		}
	}
	after, err := engine.Compare(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before.Indicators, after.Indicators) {
		t.Errorf("the figures were %+v and are %+v", before.Indicators[0], after.Indicators[0])
	}
	if n := len(after.Excluded) - len(before.Excluded); n != 1 {
		t.Errorf("%d reasons more are given for what is left out: %+v", n, after.Excluded)
	}
	if text := strings.Join(after.Statement, "\n"); !strings.Contains(text, "that other publishers report, such as a list of sales to them, are left out (£") {
		t.Errorf("the statement does not say what is left out:\n%s", text)
	}
	boughtAfter, err := engine.Fragmented(t.Context(), buying)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(boughtBefore, boughtAfter) {
		t.Errorf("those who buy spent %d pence and spend %d", boughtBefore.Pence, boughtAfter.Pence)
	}
	if _, err := db.Exec("DELETE FROM coverage WHERE body = 'XX-A' AND duty <> 'REPORTED'"); err != nil {
		t.Fatal(err)
	}
	if refusal := refuse(t, db, request); !strings.Contains(refusal.Sentence, "Nothing that Ambry Council published for 2017/18 is held") {
		t.Errorf("what is only reported is answered with %q", refusal.Sentence)
	}
}
