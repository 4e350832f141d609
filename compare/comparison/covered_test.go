package comparison

import (
	"regexp"
	"strings"
	"testing"
)

// TestCoveredShares: with a refund that could not be judged, what could be
// judged is still a part of the whole; bodies are named by their ids.
func TestCoveredShares(t *testing.T) {
	db := openConformance(t, "councils")
	if _, err := db.Exec(`DELETE FROM transactions WHERE body = 'XX-A' AND month = DATE '2017-04-01';
		INSERT INTO transactions BY NAME SELECT * REPLACE (100000 AS pence, '72200000-7' AS category, 'procurement' AS scope, DATE '2017-04-01' AS month) FROM transactions WHERE body = 'XX-A' LIMIT 1;
		INSERT INTO transactions BY NAME SELECT * REPLACE (-25000 AS pence, '' AS category, 'unknown' AS scope) FROM transactions WHERE body = 'XX-A' AND month = DATE '2017-04-01';
		UPDATE coverage SET pence = 75000, classified_pence = 100000 WHERE body = 'XX-A' AND month = DATE '2017-04-01'`); err != nil {
		t.Fatal(err)
	}
	request, err := NewCoverageRequest("xx-a", "2017-04")
	if err != nil {
		t.Fatal(err)
	}
	covered, err := New(db).Covered(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	text := covered.Text()
	for _, want := range []string{`(?m)^●  XX-A  Ambry Council .*£750  +judged 80 %$`, `(?m)^2017-04 .*judged 80 %, procurement 80 %, redacted 0 %`} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("coverage lacks %s:\n%s", want, text)
		}
	}
}

// TestNothingHeld says how to begin, whatever is asked of empty tables.
func TestNothingHeld(t *testing.T) {
	db := openConformance(t, "councils")
	if _, err := db.Exec("DELETE FROM coverage; DELETE FROM transactions"); err != nil {
		t.Fatal(err)
	}
	buying, err := NewBuyingRequest("72000000", "", "")
	if err != nil {
		t.Fatal(err)
	}
	_, bought := New(db).Fragmented(t.Context(), buying)
	_, covered := New(db).Covered(t.Context(), CoverageRequest{Period: buying.Period})
	for _, err := range []error{bought, covered} {
		if err == nil || !strings.HasPrefix(err.Error(), "Nothing is held. `commonspend ingest FILE") {
			t.Errorf("of nothing it is said: %v", err)
		}
	}
}

// TestFragmentedIsNotReproduced: its id is told from that of a figure.
func TestFragmentedIsNotReproduced(t *testing.T) {
	if _, err := ParseID("fragmented:72000000:2017-18"); err == nil || !strings.Contains(err.Error(), "who buys separately") {
		t.Errorf("it is said: %v", err)
	}
}
