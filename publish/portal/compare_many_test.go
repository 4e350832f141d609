package portal

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"commonspend/store"
)

// crowd compares a body with four hundred others, whose names are as long as
// names are and hold markup.
type crowd struct{ madeUp }

const crowded400 = 400

func (crowd) Compare(ctx context.Context, reader store.Reader, release string, q CompareQuery) (*Comparison, error) {
	c, err := madeUp{}.Compare(ctx, reader, release, q)
	if err != nil {
		return nil, err
	}
	c.Peers = nil
	var spread []PeerValue
	for i := range crowded400 {
		id := fmt.Sprintf("GB-XX-%03d", i)
		c.Peers = append(c.Peers, ComparedBody{id, fmt.Sprintf("The <b>%03d</b> & Joint \"Board\" of %s", i, strings.Repeat("Upper Mere ", 9)), "distance 0.51"})
		spread = append(spread, PeerValue{id, 10_000 + 100*int64(i), "£…"})
	}
	c.LeftOut = nil
	for i := range crowded400 {
		c.LeftOut = append(c.LeftOut, ComparedBody{fmt.Sprint(i), strings.Repeat("Nether Mere ", 9), fmt.Sprintf("reason %d of many", i%30)})
	}
	for i := range c.Figures {
		if c.Figures[i].Value != nil {
			c.Figures[i].Spread, c.Figures[i].N = spread, len(spread)
		}
	}
	return c, nil
}

func (crowd) Fragmented(ctx context.Context, reader store.Reader, release string, q BuyingQuery) (*Buying, error) {
	b, err := madeUp{}.Fragmented(ctx, reader, release, q)
	if err != nil {
		return nil, err
	}
	for i := range crowded400 {
		b.Buyers = append(b.Buyers, Buyer{Body: fmt.Sprint(i), Name: strings.Repeat("Upper <Mere> ", 9), Kind: "council", Pence: 100, Transactions: 1, Suppliers: 1})
	}
	for i := range 50 {
		b.Sellers = append(b.Sellers, Seller{Supplier: fmt.Sprint("s", i), Name: strings.Repeat("Alder & Ash ", 9), Bodies: 2, Pence: 150_000})
	}
	return b, nil
}

// TestManyPeers holds the pages to their size whatever is compared: what a page
// leaves out is counted on it and stands in its CSV.
func TestManyPeers(t *testing.T) {
	s := serving(t, Options{Comparer: crowd{}})
	body := "?body=northmere-district-council&peers=kind&years=all"
	for _, address := range []string{"/compare" + body, "/fragmented?category=45000000-7"} {
		w := get(s, address)
		checkPage(t, address, w.Body.Bytes())
		if w.Code != 200 {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
	// The body has 30344 pence: 204 of the peers have less, from 10000 up by 100.
	checkCases(t, s, []pageCase{
		{"/compare" + body, 200, []string{"181 bodies have more, 189 bodies have less, and all are in"}},
		{"/fragmented?category=45000000-7", 200, []string{"402 bodies in all"}},
	})
	lines := strings.Count(get(s, "/compare.csv"+body+"&table=bodies").Body.String(), "\r\n")
	if want := 1 + 2*(1+crowded400); lines != want {
		t.Errorf("the CSV of the bodies has %d lines, not %d", lines, want)
	}
	w := get(s, "/compare.csv"+body+"&table=years")
	if text := w.Body.String(); !strings.Contains(text, "2024/25,per_head,303.44,,298.59,321.41,346.17,,") {
		t.Errorf("the CSV of the years is %q", text)
	}
	var page struct{ Data ComparePage }
	if read(t, s, "/compare"+body, &page); len(page.Data.Over) == 0 || *page.Data.Over[0].Median != "321.41" {
		t.Errorf("the JSON has the years %+v", page.Data.Over)
	}
}

// TestChartTables holds every chart's numbers to be had as CSV.
func TestChartTables(t *testing.T) {
	s := serving(t, Options{})
	for address, holds := range map[string]string{
		"/categories/45000000-7.csv?table=years":       "financial_year,payments,amount_pounds\r\n2023/24,",
		"/categories/45000000-7.csv?table=bodies":      "body,payments,amount_pounds\r\n",
		"/suppliers/s00000000000000a1.csv?table=years": "financial_year,payments,amount_pounds\r\n2023/24,",
		"/suppliers/s00000000000000a1.csv":             "body,payments,amount_pounds\r\n",
		"/quality.csv":                                 "issues_per_ten_thousand",
		"/fragmented.csv?category=45000000-7":          "amount_pounds",
		"/coverage.csv":                                "status",
	} {
		if w := get(s, address); w.Code != 200 || !strings.Contains(w.Body.String(), holds) {
			t.Errorf("%s answers %d: %.200s", address, w.Code, w.Body)
		}
	}
}
