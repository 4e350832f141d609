package comparison

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"math/big"

	"commonspend/schemas"
	"commonspend/store"
)

// Buying says who buys a category, or from a supplier, separately.
type Buying struct {
	ID         string   `json:"id"`
	Release    *string  `json:"release"`
	Category   *string  `json:"category"`
	Supplier   *string  `json:"supplier"`
	Title      string   `json:"title"` // the category's, or the supplier's name
	Period     string   `json:"period"`
	Pence      int64    `json:"pence"`
	Spread     Spread   `json:"spread"`
	Tail       Tail     `json:"tail"`
	Bodies     []Buyer  `json:"bodies"`           // by pounds, the most first
	Shared     []Seller `json:"shared_suppliers"` // paid by more than one of them; the largest fifty
	Statement  []string `json:"statement"`
	CannotTell []string `json:"cannot_tell"`
}

// Buyer is a body that buys, with what is behind its part.
type Buyer struct {
	Body            string `json:"body"`
	Name            string `json:"name"`
	Kind            string `json:"kind"`
	Pence           int64  `json:"pence"`
	Transactions    int64  `json:"transactions"`
	Suppliers       int64  `json:"suppliers"`
	SharedSuppliers int64  `json:"shared_suppliers"`
	UnnamedPence    int64  `json:"unnamed_pence"` // to suppliers that cannot be told
}

// Seller is a supplier that more than one body paid.
type Seller struct {
	Supplier string `json:"supplier"`
	Name     string `json:"name"`
	Bodies   int64  `json:"bodies"`
	Pence    int64  `json:"pence"`
}

// Spread is the distribution of pounds per body, in pence; null under five
// bodies, p10 and p90 under ten.
type Spread struct {
	N      int    `json:"n"`
	P10    *int64 `json:"p10"`
	P25    *int64 `json:"p25"`
	Median *int64 `json:"median"`
	P75    *int64 `json:"p75"`
	P90    *int64 `json:"p90"`
}

// Tail is the bodies with the fewest pounds that together make up a tenth of
// all.
type Tail struct {
	Bodies int   `json:"bodies"`
	Pence  int64 `json:"pence"`
}

// BuyingRequest is a category or a supplier, and a period.
type BuyingRequest struct {
	Category string // eight digits, as Request has it
	Supplier string
	Period   schemas.Period
}

// NewBuyingRequest reads what people write. A blank period is settled by
// Fragmented: the latest year.
func NewBuyingRequest(category, supplier, period string) (BuyingRequest, error) {
	r := BuyingRequest{Supplier: supplier, Period: schemas.NoPeriod}
	if (category == "") == (supplier == "") {
		return r, fmt.Errorf("name either a category or a supplier: --category 72000000 or --supplier ID")
	}
	var err error
	if r.Category, err = parseCategory(category); err == nil && period != "" {
		r.Period, err = parsePeriod(period)
	}
	return r, err
}

//go:embed sql/buyers.sql
var buyersSQL string

//go:embed sql/sellers.sql
var sellersSQL string

//go:embed sql/latest_year.sql
var latestYearSQL string

//go:embed sql/supplier.sql
var supplierSQL string

// Fragmented says how many bodies buy a category, or from a supplier,
// separately, how much, and from whom they share.
func (e *Engine) Fragmented(ctx context.Context, r BuyingRequest) (*Buying, error) {
	if err := e.settle(ctx, &r); err != nil {
		return nil, err
	}
	b := &Buying{Period: periodText(r.Period), Bodies: []Buyer{}, Shared: []Seller{}}
	if err := e.title(ctx, r, b); err != nil {
		return nil, err
	}
	values := r.values()
	if err := store.Select(ctx, e.reader, buyersSQL, values, b.takeBuyer); err != nil {
		return nil, fmt.Errorf("find who buys: %w", err)
	}
	if len(b.Bodies) == 0 {
		return nil, &Refusal{Sentence: fmt.Sprintf("Nobody is known to have bought %s in %s; what could not be classified, and months not held, may hold some.", b.Title, periodName(r.Period)),
			Instead: elsewhere(r)}
	}
	if r.Supplier == "" {
		if err := store.Select(ctx, e.reader, sellersSQL, values, b.takeSeller); err != nil {
			return nil, fmt.Errorf("find who sells to several: %w", err)
		}
	}
	b.summarise(r)
	return b, nil
}

// elsewhere says what could be looked at instead.
func elsewhere(r BuyingRequest) []string {
	instead := []string{"--period with another year"}
	if r.Category != "" && r.Category[2:] != "000000" {
		instead = append(instead, "the division it belongs to: --category "+r.Category[:2]+"000000")
	}
	return instead
}

// settle puts the latest year in the place of no period.
func (e *Engine) settle(ctx context.Context, r *BuyingRequest) error {
	if r.Period.Known() {
		return nil
	}
	var year string
	err := store.Select(ctx, e.reader, latestYearSQL, nil, func(rows *sql.Rows) error { return rows.Scan(&year) })
	if err != nil {
		return fmt.Errorf("find the latest year: %w", err)
	}
	if year == "" {
		return &Refusal{Sentence: nothingHeld}
	}
	r.Period, err = parsePeriod(year)
	return err
}

// title names what is bought, or from whom.
func (e *Engine) title(ctx context.Context, r BuyingRequest, b *Buying) error {
	of := r.Category
	if e.Release != "" {
		b.Release = &e.Release
	}
	if r.Category != "" {
		titles, err := categories()
		if err != nil {
			return err
		}
		b.Category, b.Title = &r.Category, titles[r.Category]
	} else {
		of, b.Supplier, b.Title = r.Supplier, &r.Supplier, r.Supplier
		err := store.Select(ctx, e.reader, supplierSQL, map[string]any{"supplier": r.Supplier}, func(rows *sql.Rows) error { return rows.Scan(&b.Title) })
		if err != nil {
			return fmt.Errorf("look up the supplier: %w", err)
		}
	}
	b.ID = "fragmented:" + of + ":" + slug(r.Period)
	return nil
}

func (r BuyingRequest) values() map[string]any {
	from, to := Request{Category: r.Category}.bounds()
	return map[string]any{"category_from": from, "category_to": to, "supplier": r.Supplier,
		"year_from": r.Period.From.FinancialYear().String(), "year_to": r.Period.To.FinancialYear().String(),
		"first_month": r.Period.From.String(), "last_month": r.Period.To.String()}
}

func (b *Buying) takeBuyer(rows *sql.Rows) error {
	var x Buyer
	err := rows.Scan(&x.Body, &x.Name, &x.Kind, &x.Pence, &x.Transactions, &x.Suppliers, &x.SharedSuppliers, &x.UnnamedPence)
	b.Bodies = append(b.Bodies, x)
	b.Pence += x.Pence
	return err
}

func (b *Buying) takeSeller(rows *sql.Rows) error {
	var x Seller
	err := rows.Scan(&x.Supplier, &x.Name, &x.Bodies, &x.Pence)
	b.Shared = append(b.Shared, x)
	return err
}

// summarise works out spread and tail, and says in words what is seen and what
// cannot be known.
func (b *Buying) summarise(r BuyingRequest) {
	n := len(b.Bodies)
	b.Spread.N = n
	if n >= leastForMedian {
		b.Spread.P25, b.Spread.Median, b.Spread.P75 = b.quantile(25), b.quantile(50), b.quantile(75)
	}
	if n >= leastForTails {
		b.Spread.P10, b.Spread.P90 = b.quantile(10), b.quantile(90)
	}
	for i := n - 1; i >= 0 && 10*(b.Tail.Pence+b.Bodies[i].Pence) <= b.Pence; i-- {
		b.Tail.Bodies++
		b.Tail.Pence += b.Bodies[i].Pence
	}
	b.say(r)
}

func (b *Buying) say(r BuyingRequest) {
	what := b.Title
	if r.Supplier != "" {
		what = "from " + b.Title
	}
	who := fmt.Sprintf("%d bodies buy %s separately: %s in %s.", len(b.Bodies), what, pounds(b.Pence), periodName(r.Period))
	if len(b.Bodies) == 1 {
		who = fmt.Sprintf("1 body is known to buy %s: %s in %s.", what, pounds(b.Pence), periodName(r.Period))
	}
	b.Statement = append(b.Statement, who)
	if b.Spread.Median != nil {
		b.Statement = append(b.Statement, fmt.Sprintf("Half of them spend %s or less; the one that spends most %s.", pounds(*b.Spread.Median), pounds(b.Bodies[0].Pence)))
	}
	if b.Tail.Bodies > 1 {
		b.Statement = append(b.Statement, fmt.Sprintf("The %d that spend least together make up a tenth or less: %s.", b.Tail.Bodies, pounds(b.Tail.Pence)))
	}
	if len(b.Shared) > 0 {
		b.Statement = append(b.Statement, fmt.Sprintf("%s is paid by %d of them, %s in all.", b.Shared[0].Name, b.Shared[0].Bodies, pounds(b.Shared[0].Pence)))
	}
	b.Statement = append(b.Statement, "All that each published of the period counts, whatever its threshold and months: the bodies are not compared with each other.")
	b.CannotTell = []string{
		"Whether they bought through a shared framework or jointly: payments do not say.",
		"Prices and quantities: pounds do not say how much was bought, or how well.",
		"What the bodies that publish nothing for the period, or whose lines could not be classified, buy.",
	}
}

// quantile is the same as shared/quantiles.sql, over bodies by pounds, to the
// penny.
func (b *Buying) quantile(percent int) *int64 {
	n := len(b.Bodies)
	at := (n - 1) * percent
	lower := b.Bodies[n-1-at/100].Pence
	value := big.NewRat(lower, 1)
	if part := at % 100; part > 0 {
		upper := b.Bodies[n-2-at/100].Pence
		value.Add(value, big.NewRat(int64(part)*(upper-lower), 100))
	}
	text := Decimal(value.FloatString(0))
	pence := text.Rat().Num().Int64()
	return &pence
}
