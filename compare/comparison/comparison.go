package comparison

import (
	"commonspend/compare/indicator"
	"commonspend/compare/peer"
)

// Comparison is a body's spending beside that of its peers. Its JSON has every
// field always: one that does not apply is null. Money is in pence.
type Comparison struct {
	ID         string     `json:"id"`
	Release    *string    `json:"release"` // null: of the warehouse as it is
	Body       string     `json:"body"`
	Category   *string    `json:"category"` // eight digits
	Scope      string     `json:"scope"`
	Period     string     `json:"period"`
	Peers      Peers      `json:"peers"`
	Basis      Basis      `json:"basis"`
	Statement  []string   `json:"statement"`
	Excluded   []Excluded `json:"excluded"`
	Indicators []Measured `json:"indicators"`

	Request       Request          `json:"-"`
	Subject       peer.Body        `json:"-"`
	CategoryTitle string           `json:"-"`
	PeerBodies    []peer.Candidate `json:"-"` // in the order of Peers.Bodies, with names and distances
	Features      []peer.Feature   `json:"-"` // what nearness was by
	Duty          string           `json:"-"` // the one that all publish under
	HeldBefore    []string         `json:"-"` // the bodies that hold the same months of the year before
	SQL           string           `json:"-"` // what was asked of the database, values in their places
	BehindSQL     string           `json:"-"` // the rows behind the body's own figures
}

// Peers says which bodies the body is compared with.
type Peers struct {
	Rule    string         `json:"rule"`
	Bodies  []string       `json:"bodies"`
	LeftOut []peer.LeftOut `json:"left_out"`
}

// Basis is what was made alike.
type Basis struct {
	Months         []string `json:"months"` // "2018-04"
	ThresholdPence int64    `json:"threshold_pence"`
	VATBasis       string   `json:"vat_basis"` // net gross unknown
}

// Excluded is why payments of the bodies compared do not count. Rows are
// payments.
type Excluded struct {
	Reason string `json:"reason"`
	Rows   int64  `json:"rows"`
	Pence  int64  `json:"pence"`
}

// Measured is one indicator of the body beside its peers.
type Measured struct {
	ID               string    `json:"id"`
	Indicator        string    `json:"indicator"`
	Unit             string    `json:"unit"`
	Value            *Decimal  `json:"value"`
	Low              *Decimal  `json:"low"`
	High             *Decimal  `json:"high"`
	Benchmark        Benchmark `json:"benchmark"`
	Rank             *int      `json:"rank"`       // 1 is the highest of the peers and the body
	Percentile       *Decimal  `json:"percentile"` // of the peers below it, those equal counting half
	RobustDistance   *Decimal  `json:"robust_distance"`
	PoundsFromMedian *Decimal  `json:"pounds_from_median"` // in pence
	Verdict          string    `json:"verdict"`
	Reason           *string   `json:"reason"`

	About  indicator.Indicator `json:"-"`
	Spread []Point             `json:"-"` // every peer's value, the lowest first

	lowMedian, highMedian *Decimal // of the peers' bounds
	unknown               *Decimal // the share of the pounds that only a register could tell
}

// Point is a peer's value.
type Point struct {
	Body    string
	Value   Decimal
	unknown *Decimal // as of Measured
}

// Benchmark is the distribution of the peers' values, the body left out.
type Benchmark struct {
	N      int      `json:"n"`
	P10    *Decimal `json:"p10"`
	P25    *Decimal `json:"p25"`
	Median *Decimal `json:"median"`
	P75    *Decimal `json:"p75"`
	P90    *Decimal `json:"p90"`
}

// The verdicts.
const (
	Above    = "above"
	Below    = "below"
	Unclear  = "no clear difference"
	Withheld = "withheld"
)

// How many peers a summary needs: fewer would show single bodies' values as if
// they were a distribution.
const (
	leastForMedian = 5
	leastForRank   = 8
	leastForTails  = 10
)

// What a body's publishing must come up to. Stated in every comparison that
// leaves somebody out for it.
const (
	leastClassified = 50      // per cent of the pounds whose scope and category could be told
	sure            = "0.800" // below this confidence a judgement counts only towards the upper bound
)
