package indicator

import (
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"commonspend/store"
)

// given is a payment of the body asked about; of is its supplier.
type given struct {
	category, of string
	pence        int64
}

// payments are few enough to try every way in which VAT may be in them.
var payments = []given{
	{"72000000-5", "s1", 400_000}, {"72000000-5", "s1", 120_000}, {"72000000-5", "s2", 390_000}, {"72000000-5", "s3", 180_000},
	{"72000000-5", "s4", 150_000}, {"72000000-5", "s4", -60_000}, {"72000000-5", "s5", 70_000},
	{"45233000-9", "s6", 500_000}, {"45233000-9", "s6", -200_000},
}

// sizes are what a register tells of suppliers; s5 may be small or not.
var sizes = map[string]string{"s1": "small", "s2": "other", "s3": "small", "s4": "other"}

// TestUnknownVAT tries each payment with VAT and without: every figure that
// comes of it must lie within the bounds, and some must come near each.
func TestUnknownVAT(t *testing.T) {
	db := openUnknown(t)
	for _, id := range []string{"spend", "share_of_procured", "refunds", "share_of_largest_three", "herfindahl", "share_to_small_suppliers"} {
		least, most := extremes(id)
		low, high := boundsOf(t, db, id)
		slack := big.NewRat(3, 1000)     // what the bounds may be wider, as a share of the figure
		last := big.NewRat(1, 1_000_000) // bounds are rounded to six places
		if new(big.Rat).Sub(low, least).Cmp(last) > 0 || new(big.Rat).Sub(most, high).Cmp(last) > 0 {
			t.Errorf("%s is %s to %s, the bounds %s to %s", id, least.FloatString(6), most.FloatString(6), low.FloatString(6), high.FloatString(6))
		}
		if apart(low, least).Cmp(slack) > 0 || apart(most, high).Cmp(slack) > 0 {
			t.Errorf("%s is %s to %s, the bounds %s to %s are needlessly wide", id, least.FloatString(6), most.FloatString(6), low.FloatString(6), high.FloatString(6))
		}
	}
}

// apart is how far two figures are from each other, as a share of the greater.
func apart(a, b *big.Rat) *big.Rat {
	if b.Sign() == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Quo(new(big.Rat).Sub(b, a), b)
}

// extremes are the least and the most that a figure may be.
func extremes(id string) (least, most *big.Rat) {
	for ways := range 2 << len(payments) {
		figure := figureOf(id, ways)
		if least == nil || figure.Cmp(least) < 0 {
			least = figure
		}
		if most == nil || figure.Cmp(most) > 0 {
			most = figure
		}
	}
	return least, most
}

// figureOf works a figure out in sixths of a penny; a bit of ways says that a
// payment holds VAT, the one after them that s5 is small.
func figureOf(id string, ways int) *big.Rat {
	var all, spend, out, back int64
	suppliers := map[string]int64{}
	for i, p := range payments {
		sixths := 6 * p.pence
		if ways>>i&1 == 1 {
			sixths = 5 * p.pence
		}
		all += sixths
		if p.category != "72000000-5" {
			continue
		}
		spend, out, back = spend+sixths, out+max(sixths, 0), back-min(sixths, 0)
		suppliers[p.of] += sixths
	}
	var sums []int64
	small := suppliers["s5"] * int64(ways>>len(payments))
	squares := new(big.Int)
	for supplier, sum := range suppliers {
		if sizes[supplier] == "small" {
			small += sum
		}
		sums = append(sums, sum)
		squares.Add(squares, new(big.Int).Mul(big.NewInt(sum), big.NewInt(sum)))
	}
	slices.Sort(sums)
	switch id {
	case "spend":
		return big.NewRat(spend, 6)
	case "share_of_procured":
		return big.NewRat(spend, all)
	case "refunds":
		return big.NewRat(back, out)
	case "share_to_small_suppliers":
		return big.NewRat(small, spend)
	case "share_of_largest_three":
		return big.NewRat(sums[2]+sums[3]+sums[4], spend)
	}
	return new(big.Rat).SetFrac(squares, new(big.Int).Mul(big.NewInt(spend), big.NewInt(spend)))
}

func openUnknown(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(tables); err != nil {
		t.Fatal(err)
	}
	for _, p := range payments {
		if _, err := db.Exec("INSERT INTO given VALUES ('A', DATE '2018-04-01', ?, ?, ?, 0.95, 'unknown')", p.category, p.of, p.pence); err != nil {
			t.Fatal(err)
		}
	}
	for supplier, size := range sizes {
		if _, err := db.Exec("INSERT INTO suppliers VALUES (?, '', 'company', ?, '')", supplier, size); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// boundsOf asks for the bounds of an indicator of the body.
func boundsOf(t *testing.T, db *sql.DB, id string) (low, high *big.Rat) {
	t.Helper()
	of, err := Find(id)
	if err != nil {
		t.Fatal(err)
	}
	set := examples
	set.Doubt = true
	text, own, err := set.Statement([]Indicator{of})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range settings {
		own[name] = value
	}
	own["vat_basis"] = "unknown"
	query, args, err := store.Bind(text, store.Named(text, own))
	if err != nil {
		t.Fatal(err)
	}
	var line string
	if err := db.QueryRow("SELECT low || ' ' || high FROM ("+query+") WHERE body = 'A'", args...).Scan(&line); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", id, err))
	}
	from, to, _ := strings.Cut(line, " ")
	low, _ = new(big.Rat).SetString(from)
	high, _ = new(big.Rat).SetString(to)
	return low, high
}
