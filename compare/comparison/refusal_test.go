package comparison

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"commonspend/compare/peer"
)

// refuse asks for what cannot be had and returns why.
func refuse(t *testing.T, db *sql.DB, r Request) *Refusal {
	t.Helper()
	made, err := New(db).Compare(context.Background(), r)
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("%s is answered: %v, %v", r.ID(""), made, err)
	}
	return refusal
}

func TestRefusals(t *testing.T) {
	db := openConformance(t, "councils")
	for _, c := range []struct {
		name                                 string
		body, category, scope, period, peers string
		sentence, instead                    string
	}{
		{"unknown body", "Nobody at all", "72000000", "", "2017/18", "nearest:5", `holds no "Nobody at all". Ids look like GB-LAE-LDS`, ""},
		{"a body's name", "tolland", "72000000", "", "2017/18", "nearest:5", `holds no "tolland"`, "--body XX-T, Tolland Trust"},
		{"a letter left out", "XX-", "72000000", "", "2017/18", "nearest:5", `holds no "XX-"`, "--body XX-A, Ambry Council"},
		{"period not held", "XX-A", "72000000", "", "2021/22", "nearest:5", "Nothing that Ambry Council published for 2021/22 is held", "--period 2017/18"},
		{"too few months", "XX-H", "72000000", "", "2017/18", "kind", "Only 4 of the 12 months of 2017/18 are held of Hallin Council", "--period 2017-04_2017-07"},
		{"nobody bought", "XX-A", "03000000", "", "2017/18", "kind", "is known to have bought anything of 03000000", "--category 45000000"},
		{"another kind", "XX-A", "72000000", "", "2017/18", "XX-B,XX-T", "Tolland Trust is a nhs trust", "the list without XX-T"},
		{"no peers", "XX-T", "72000000", "", "2017/18", "kind", "Nothing that Tolland Trust published", ""},
		{"nobody alike", "XX-F", "72000000", "", "2017/18", "kind", "No body can be compared like for like with Fenwick Council", "--period 2016/17"},
		{"not the same again", "XX-F", "72000000", "", "2017/18", "XX-B", "No body can be compared like for like with Fenwick Council", "--peers kind, of whom "},
		{"an unknown peer", "XX-A", "72000000", "", "2017/18", "XX-", `"XX-" is neither a rule for peers nor a body`, "--peers XX-A, Ambry Council"},
		{"reorganised", "XX-N", "72000000", "", "2017/18", "kind", "it was abolished on 30 September 2017", "XX-M"},
	} {
		t.Run(c.name, func(t *testing.T) {
			refusal := refuse(t, db, asked(t, c.body, c.category, c.scope, c.period, c.peers))
			if !strings.Contains(refusal.Sentence, c.sentence) {
				t.Errorf("it says %q, want %q", refusal.Sentence, c.sentence)
			}
			if !strings.Contains(strings.Join(refusal.Instead, "; "), c.instead) {
				t.Errorf("instead it offers %q, want %q", refusal.Instead, c.instead)
			}
			if strings.Contains(strings.Join(refusal.Instead, "; "), "--period "+c.period) {
				t.Errorf("it offers the period that was asked for: %q", refusal.Instead)
			}
		})
	}
}

func TestRequestsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ body, category, scope, period, peers, want string }{
		{"", "72000000", "", "2017/18", "kind", "no body is named"},
		{"XX-A", "12345678", "", "2017/18", "kind", "is not a CPV code: write its eight digits"},
		{"XX-A", "72219999", "", "2017/18", "kind", "is not a CPV code: the nearest above it is 72210000"},
		{"XX-A", "72000000", "gifts", "2017/18", "kind", "is not a scope"},
		{"XX-A", "72000000", "", "2017", "kind", "is not a period"},
		{"XX-A", "72000000", "", "13/14", "kind", `"13/14" is not a period: write a financial year as 2018/19, a month as 2018-04 or months as 2020-04..2020-11`},
		{"XX-A", "72000000", "", "2013-13", "kind", `"2013-13" is not a period`},
		{"XX-A", "72000000", "", "2013/15", "kind", "is not a period"},
		{"XX-A", "72000000", "", "9999/00", "kind", "of 1990 to 2099"},
		{"XX-A", "72000000", "", "2018/19 or so", "kind", "is not a period"},
		{"XX-A", "72000000", "", "2018-11..2018-04", "kind", "is not a period"},
		{"XX-A", "72000000", "", "2016-04..2018-03", "kind", "compare twelve or fewer"},
		{"XX-A", "72000000", "", "2017/18", "nearest:many", "is not a number of peers"},
		{"XX-A", "72000000", "", "2017/18", ",", "names no peers"},
	} {
		if _, err := NewRequest(c.body, c.category, c.scope, c.period, c.peers); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c, err, c.want)
		}
	}
}

// TestIDs reads back what it writes, and understands the ways people write
// the same thing.
func TestIDs(t *testing.T) {
	for _, id := range []string{
		"per_head:GB-LAE-LDS:procurement.72000000:2018-19:nearest-15",
		"all:GB-LAE-LDS:grant:2018-04:kind",
		"spend:XX-A:procurement.72200000:2020-04_2020-11:list-XX-B+XX-C",
		"spend:XX-A:procurement.72200000:2020-04:region:bootstrap-500",
	} {
		r, err := ParseID(id)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		of := ""
		if len(r.Indicators) == 1 {
			of = r.Indicators[0]
		}
		if got := r.ID(of); got != id {
			t.Errorf("%s becomes %s", id, got)
		}
	}
	for _, id := range []string{"", "spend:XX-A", "nothing:XX-A:procurement:2018-19:kind", "spend:XX-A:procurement:2018-19:kind:often"} {
		if _, err := ParseID(id); err == nil {
			t.Errorf("%q is taken for an id", id)
		}
	}
}

func TestFewPeersWithholdSummaries(t *testing.T) {
	db := openConformance(t, "councils")
	made, err := New(db).Compare(context.Background(), asked(t, "XX-A", "72000000", "", "2017/18", "XX-B,XX-C,XX-D"))
	if err != nil {
		t.Fatal(err)
	}
	spend := made.Indicators[0]
	if spend.Value == nil || spend.Benchmark.N != 3 || spend.Benchmark.Median != nil || spend.Rank != nil || spend.Verdict != Withheld {
		t.Errorf("three peers make %+v", spend)
	}
	if want := "only 3 peers have a value; a median needs 5"; spend.Reason == nil || *spend.Reason != want {
		t.Errorf("the reason is %v, want %q", spend.Reason, want)
	}
}

// TestBootstrap is the same every time, and only widens.
func TestBootstrap(t *testing.T) {
	db := openConformance(t, "councils")
	r := asked(t, "XX-A", "72000000", "", "2017/18", "nearest:8")
	plain, err := New(db).Compare(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	r.Bootstrap = 200
	first, err := New(db).Compare(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	second, err := New(db).Compare(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range plain.Indicators {
		p, a, b := plain.Indicators[i], first.Indicators[i], second.Indicators[i]
		if p.Low == nil {
			continue
		}
		if *a.Low != *b.Low || *a.High != *b.High {
			t.Errorf("%s: two runs give %s to %s and %s to %s", p.Indicator, *a.Low, *a.High, *b.Low, *b.High)
		}
		if p.Low.less(*a.Low) || a.High.less(*p.High) {
			t.Errorf("%s: %s to %s became narrower: %s to %s", p.Indicator, *p.Low, *p.High, *a.Low, *a.High)
		}
		if p.Indicator == "spend" && (!a.Low.less(*p.Low) || !p.High.less(*a.High)) {
			t.Errorf("chance does nothing to the spend: %s to %s", *a.Low, *a.High)
		}
	}
}

func TestFragmented(t *testing.T) {
	db := openConformance(t, "councils")
	r, err := NewBuyingRequest("72200000", "", "2016/17")
	if err != nil {
		t.Fatal(err)
	}
	made, err := New(db).Fragmented(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	var want int64
	if err := db.QueryRow("SELECT CAST(SUM(pence) AS BIGINT) FROM transactions WHERE category = '72200000-7' AND financial_year = '2016/17'").Scan(&want); err != nil {
		t.Fatal(err)
	}
	if made.Pence != want || len(made.Bodies) != 16 || made.Spread.P90 == nil {
		t.Errorf("%d pence over %d bodies (%+v), want %d over 16", made.Pence, len(made.Bodies), made.Spread, want)
	}
	for i := 1; i < len(made.Bodies); i++ {
		if made.Bodies[i].Pence > made.Bodies[i-1].Pence {
			t.Errorf("%s is not in the order of pounds", made.Bodies[i].Body)
		}
	}
	for _, seller := range made.Shared {
		if seller.Bodies < 2 {
			t.Errorf("%s is no shared supplier", seller.Supplier)
		}
	}
	var refusal *Refusal
	if r, err = NewBuyingRequest("03000000", "", "2016/17"); err != nil {
		t.Fatal(err)
	}
	if _, err := New(db).Fragmented(context.Background(), r); !errors.As(err, &refusal) {
		t.Errorf("what nobody bought is answered: %v", err)
	}
}

// TestNearest works a distance by hand: see the package peer for the model.
func TestNearestIsStable(t *testing.T) {
	db := openConformance(t, "councils")
	r := asked(t, "XX-A", "", "", "2017/18", "nearest")
	first, err := New(db).Peers(context.Background(), r.Body, r.Period, r.Peers)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := New(db).Peers(context.Background(), r.Body, r.Period, r.Peers)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range again.Candidates {
			if c.ID != first.Candidates[i].ID || *c.Distance != *first.Candidates[i].Distance {
				t.Fatalf("place %d is %s, and was %s", i, c.ID, first.Candidates[i].ID)
			}
		}
	}
	var _ *peer.Refusal = (*Refusal)(nil)
}
