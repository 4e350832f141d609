package schemas

import "fmt"

// Prices is an index of prices by calendar year, in thousandths: 100.000 in
// its base year is 100000.
type Prices struct {
	Name string // gdp_deflator or cpih
	Base int    // the calendar year that is 100
	year map[int]int64
}

// PriceIndex reads one index of codelists/price_index.csv by its name.
func PriceIndex(name string) (Prices, error) {
	file, err := codelists.Open("codelists/price_index.csv")
	if err != nil {
		return Prices{}, err
	}
	defer file.Close()
	lines, err := readLines(file, "price indexes", []string{"price_index", "year", "value", "base_year"})
	if err != nil {
		return Prices{}, fmt.Errorf("codelists/price_index.csv: %w", err)
	}
	p := Prices{Name: name, year: map[int]int64{}}
	for _, l := range lines {
		if l.cell("price_index") != name {
			continue
		}
		var year int
		if _, err := fmt.Sscanf(l.cell("year")+" "+l.cell("base_year"), "%d %d", &year, &p.Base); err != nil {
			return Prices{}, fmt.Errorf("codelists/price_index.csv line %d: %w", l.number, err)
		}
		if p.year[year], err = parseThousandths(l.cell("value")); err != nil {
			return Prices{}, fmt.Errorf("codelists/price_index.csv line %d: %w", l.number, err)
		}
	}
	if len(p.year) == 0 {
		return Prices{}, fmt.Errorf("there is no price index %q", name)
	}
	return p, nil
}

// FinancialYear is the index of a financial year in thousandths of a quarter,
// four times the index: nine months of the year lie in the calendar year in
// which it starts and three in the next, so it is three of the one and one of
// the other. It is 0 and false where either calendar year is not known.
//
//	2019/20: 3 × 84.146 + 1 × 88.328 = 340.766, in quarters of 85.1915
func (p Prices) FinancialYear(y FinancialYear) (quarters int64, ok bool) {
	first, have := p.year[int(y)]
	second, next := p.year[int(y)+1]
	if !have || !next {
		return 0, false
	}
	return 3*first + second, true
}
