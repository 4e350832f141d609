package portal

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"commonspend/publish/portal/chart"
	"commonspend/store"
)

// madeUp compares made-up bodies, so that the pages can be looked at without
// an engine. Where peers are by region, or the year is 2001/02, it refuses.
type madeUp struct{}

func number(n int64) *int64 { return &n }

func (madeUp) Compare(_ context.Context, _ store.Reader, release string, q CompareQuery) (*Comparison, error) {
	switch {
	case q.Period == "banana":
		return nil, &Refusal{Sentence: "“banana” is not a period.", Unclear: true}
	case q.Peers == "region":
		return nil, &Refusal{Sentence: "No body can be compared with it.", Instead: []Alternative{{"period", "2023/24", "the period 2023/24"},
			{"category", "72000000", "category 72000000"}, {"peers", "kind", "all of its kind"}, {"", "", "something else"}}}
	}
	rank := 2
	c := &Comparison{Object: map[string]any{"id": "all:" + q.Body}, ID: "all:" + q.Body, Body: q.Body, Name: "Northmere District Council", PeriodWords: q.Period,
		Months: []string{"2024-04", "2024-05"}, ThresholdPence: 50000, Statement: []string{"It is compared with 6 bodies.", "All hold every month."},
		Excluded: []Excluded{{"Under the common threshold", 12, 123456}}}
	head := Compared{ID: "per_head:" + q.Body, Indicator: "per_head", Title: "Spend per person", Unit: chart.PerHead, Value: number(30344), Low: number(25276), High: number(30354), N: 6,
		P25: number(29859), Median: number(32141), P75: number(34617), Rank: &rank, Verdict: "below", ValueWords: "£303.44", BetweenWords: "£252.76 to £303.54", MedianWords: "£321.41", MiddleWords: "£298.59 to £346.17"}
	for i := range int64(6) {
		id := "XX-B-" + string(rune('1'+i))
		c.Peers = append(c.Peers, ComparedBody{id, "Peer " + string(rune('A'+i)) + " <b>", "distance 0.51"})
		head.Spread = append(head.Spread, PeerValue{id, 29000 + 1000*i, "£29…"})
	}
	c.LeftOut = []ComparedBody{{"x", "Overhill", "it publishes with VAT"}, {"y", "Underhill", "it publishes with VAT"}}
	spend := head
	spend.ID, spend.Indicator, spend.Title, spend.Unit, spend.Verdict = "spend:"+q.Body, "spend", "Spend", chart.Pounds, "no clear difference"
	c.Figures = []Compared{spend, head, {ID: "per_bed:" + q.Body, Indicator: "per_bed", Title: "Spend per bed", Unit: chart.PerHead, Verdict: "withheld", Reason: "no beds are held of it", ValueWords: "–"}}
	return c, nil
}

func (madeUp) Fragmented(_ context.Context, _ store.Reader, _ string, q BuyingQuery) (*Buying, error) {
	if q.Period == "2001/02" {
		return nil, &Refusal{Sentence: "Nobody is known to have bought it in 2001/02.", Instead: []Alternative{{"period", "2023/24", "the period 2023/24"}}}
	}
	return &Buying{Object: map[string]any{"id": "fragmented:45000000"}, ID: "fragmented:45000000:2024-25", Title: "Construction work", PeriodWords: "2024/25", From: "2024-04", To: "2025-03",
		Pence: 300, Buyers: []Buyer{{Body: "XX-D-1", Name: "Northmere District Council", Kind: "council", Pence: 200_000, Transactions: 3, Suppliers: 2, Shared: 1}, {Body: "XX-Z", Name: "Elsewhere", Kind: "council", Pence: 100_000, Transactions: 1, Suppliers: 1, Shared: 1}},
		Sellers:   []Seller{{Supplier: "s00000000000000a1", Name: "Alder & Ash Ltd", Bodies: 2, Pence: 150_000}},
		Statement: []string{"2 bodies buy Construction work separately."}, CannotTell: []string{"Whether they bought jointly: payments do not say."}}, nil
}

func (madeUp) Methods() ([]Method, error) {
	return []Method{{"per_head", "Spend per person", "# Spend per person\n\n## What it says\n\nHow many pence\nfor each person.\n\n## Worked example\n\nA council spent £300.\n\n- Value: 1\n- At least: 2 <i>\n\nThe end.\n"},
		{"spend", "Spend", "# Spend\n"}, {"per_bed", "Spend per bed", "# Spend per bed\n"}}, nil
}

// TestComparing holds the pages of comparisons to what a reader must find, and
// what is refused to its sentence, never an empty table.
func TestComparing(t *testing.T) {
	s := serving(t, Options{})
	body := "/compare?body=northmere-district-council"
	checkCases(t, s, []pageCase{
		{body, 200, []string{"spend per person is £303.44, below the median of 6 peers, £321.41", "It is compared with 6 bodies", "Under the common threshold: 12 payments", "2 of 7",
			"per_head:", "commonspend reproduce", "/methods/per_head", "from=2024-04", "no beds are held of it", "Peer A &lt;b&gt;", "Overhill, Underhill", "chart"}},
		{body + "&years=all", 200, []string{"year by year"}},
		{body + "&peers=region", 200, []string{"No body can be compared with it.", "period=2023-24", "category=72000000-5", "peers=kind", "something else"}},
		{body + "&period=banana", 400, []string{"is not a period"}},
		{body + "&category=1", 400, []string{"not a CPV code"}},
		{body + "&scope=x", 400, []string{"scope in the address"}},
		{"/compare", 200, []string{"Body, or words of its name"}},
		{"/compare?body=DISTRICT", 200, []string{"Which body?", "Northmere District Council"}},
		{"/compare?body=nosuch", 200, []string{"No body of this release has “nosuch” in its name"}},
		{"/fragmented", 200, []string{"accuses nobody"}},
		{"/fragmented?category=45000000-7", 200, []string{"2 bodies buy Construction work separately", "£2,000.00", "/suppliers/s00000000000000a1", "Whether they bought jointly"}},
		{"/fragmented?category=45000000-7&period=2001-02", 200, []string{"Nobody is known to have bought it", "period=2023-24"}},
		{"/fragmented?category=45000000-7&supplier=s00000000000000a1", 400, []string{"not for both"}},
		{"/methods", 200, []string{"/methods/per_head"}},
		{"/methods/per_head", 200, []string{"How many pence for each person.", "<li>At least: 2 &lt;i&gt;</li>", "The end."}},
		{"/methods/nothing", 404, []string{"No indicator has this name"}},
		{"/bodies/northmere-district-council", 200, []string{"/compare?body=northmere-district-council"}},
		{"/categories/45000000-7", 200, []string{"/fragmented?category=45000000-7"}},
	})
}

// TestComparingTwins holds the CSV to a line for each figure, and to a sentence
// where there is none.
func TestComparingTwins(t *testing.T) {
	s := serving(t, Options{})
	w := get(s, "/compare.csv?body=northmere-district-council")
	if lines := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n"); len(lines) != 4 || !strings.Contains(lines[2], ",303.44,252.76,") || !strings.Contains(lines[3], ",withheld,no beds are held of it") {
		t.Errorf("the CSV is %q", lines)
	}
	for _, address := range []string{"/compare.csv?body=northmere-district-council&peers=region", "/compare.csv", "/fragmented.csv?category=45000000-7&period=2001-02"} {
		if w := get(s, address); w.Code != http.StatusNotFound || strings.Contains(w.Header().Get("Content-Type"), "csv") {
			t.Errorf("%s answers %d as %s", address, w.Code, w.Header().Get("Content-Type"))
		}
	}
	if w := get(s, "/compare.json?body=northmere-district-council"); !strings.Contains(w.Body.String(), `"comparison":{"id":"all:XX-D-1"}`) {
		t.Errorf("the JSON is %s", w.Body)
	}
}

// TestKeptAnswers asks the same search twice, of which the second is not asked of the database.
func TestKeptAnswers(t *testing.T) {
	var kept answers
	asked := 0
	make := func() ([]hit, error) {
		asked++
		return []hit{{payments: 1}, {payments: 2}}, nil
	}
	for range 2 {
		if hits, err := findOnce(context.Background(), &kept, "one", make); err != nil || len(hits) != 2 || hits[0].payments != 1 {
			t.Fatalf("found %v, %v", hits, err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if _, err := findOnce(context.Background(), &kept, "bad", func() ([]hit, error) { return nil, context.Canceled }); err == nil {
		t.Error("a failure is hidden")
	}
	if _, err := findOnce(context.Background(), &kept, "bad", make); err != nil || asked != 2 {
		t.Error("a failure is kept")
	}
	kept.weight = mostKept
	if _, err := findOnce(context.Background(), &kept, "two", make); err != nil || kept.kept["one"] != nil {
		t.Error("the oldest is not let go of")
	}
}
