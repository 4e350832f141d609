package portal

import (
	"context"

	"commonspend/publish/portal/chart"
	"commonspend/store"
)

// Comparer makes comparisons from a release's database, whose number is
// release. Where there is nothing to show it returns a *Refusal.
type Comparer interface {
	Compare(ctx context.Context, reader store.Reader, release string, q CompareQuery) (*Comparison, error)
	Fragmented(ctx context.Context, reader store.Reader, release string, q BuyingQuery) (*Buying, error)
	Methods() ([]Method, error)
}

// CompareQuery is what to compare, as people write it.
type CompareQuery struct {
	Body, Category, Scope, Period, Peers string
	Indicators                           []string // nil for all
}

// BuyingQuery is a category or a supplier, and a period; "" for the latest year.
type BuyingQuery struct{ Category, Supplier, Period string }

// Method is how an indicator is made: Markdown with headings, paragraphs and lists.
type Method struct{ ID, Title, Text string }

// Refusal says in a sentence why there is no comparison, and what could be
// asked instead.
type Refusal struct {
	Sentence string
	Unclear  bool // what was asked could not be read
	Instead  []Alternative
}

func (r *Refusal) Error() string { return r.Sentence }

// Alternative is a part of the question that could be otherwise: body,
// category, period or peers. Option is "" where words are all there is.
type Alternative struct{ Option, Value, Words string }

// Comparison is a body beside its peers. Numbers are whole, in the units of
// package chart; nil where there is none.
type Comparison struct {
	Object         any // the JSON
	ID             string
	Body, Name     string
	CategoryTitle  string
	PeriodWords    string
	Peers          []ComparedBody
	LeftOut        []ComparedBody
	Months         []string // 2018-04
	ThresholdPence int64
	Statement      []string
	Excluded       []Excluded
	Figures        []Compared
}

// ComparedBody is a peer, or one that is left out; Note says how near it is, or
// why it is left out.
type ComparedBody struct{ Body, Name, Note string }

// Excluded is what of the bodies compared does not count, and why.
type Excluded struct {
	Reason string
	Rows   int64
	Pence  int64
}

// Compared is one indicator of the body beside its peers, also in words.
type Compared struct {
	ID, Indicator, Title string
	Unit                 chart.Unit
	Value, Low, High     *int64
	N                    int
	P10, P25, Median     *int64
	P75, P90             *int64
	Rank                 *int
	Verdict, Reason      string
	Spread               []PeerValue // the lowest first

	ValueWords, BetweenWords, MedianWords, MiddleWords string
}

// PeerValue is a peer's value.
type PeerValue struct {
	Body  string
	Value int64
	Words string
}

// The verdicts that a page words.
const (
	verdictAbove    = "above"
	verdictBelow    = "below"
	verdictWithheld = "withheld"
)

// Buying says who buys a category, or from a supplier, separately.
type Buying struct {
	Object             any // the JSON
	ID                 string
	Title, PeriodWords string
	From, To           string // the first and last month, 2018-04
	Pence              int64
	Buyers             []Buyer  // by pounds, the most first
	Sellers            []Seller // paid by more than one of them
	Statement          []string
	CannotTell         []string
	P25, Median, P75   *int64 // of the pounds per body
	TailBodies         int
	TailPence          int64
}

// Buyer is a body that buys.
type Buyer struct {
	Body, Name, Kind                string
	Pence, UnnamedPence             int64
	Transactions, Suppliers, Shared int64
	URL, PaymentsURL                string
}

// Seller is a supplier that more than one body paid.
type Seller struct {
	Supplier, Name string
	Bodies, Pence  int64
	URL            string
}
