package comparison

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"commonspend/compare/indicator"
	"commonspend/schemas"
	"commonspend/store"
)

// leastNear is how many years a denominator may be from the period's.
const leastNear = 5

// prices is the index by which years are put in the same prices: the
// Treasury's own choice for public spending.
const priceIndex = "gdp_deflator"

//go:embed sql/denominator_years.sql
var denominatorYearsSQL string

//go:embed sql/floors.sql
var floorsSQL string

//go:embed sql/tables.sql
var tablesSQL string

//go:embed sql/columns.sql
var columnsSQL string

//go:embed sql/told.sql
var toldSQL string

//go:embed sql/placed.sql
var placedSQL string

// prepare settles what the queries are bound to, and which indicators there
// can be.
func (s *set) prepare(ctx context.Context, reader store.Reader) error {
	asked, err := s.request.asked()
	if err != nil {
		return err
	}
	s.bind()
	if err := s.denominators(ctx, reader); err != nil {
		return err
	}
	if err := s.index(); err != nil {
		return err
	}
	if s.sql.Totals, err = s.hasTotals(ctx, reader); err != nil {
		return err
	}
	s.absent = map[string]string{}
	for _, of := range asked {
		reason := s.impossible(of)
		if reason == "" && of.Registers != "" {
			if reason, err = s.untold(ctx, reader, of); err != nil {
				return err
			}
		}
		if reason != "" {
			s.absent[of.ID] = reason
		} else {
			s.asked = append(s.asked, of)
		}
	}
	return nil
}

// untold says why no register tells what an indicator rests on, "" where one does.
func (s *set) untold(ctx context.Context, reader store.Reader, of indicator.Indicator) (string, error) {
	const missing = "it rests on a register of companies, and none has been imported that tells it"
	held, err := count(ctx, reader, columnsSQL, map[string]any{"column": of.Registers})
	if err != nil || held == 0 {
		return missing, err
	}
	told, err := count(ctx, reader, strings.ReplaceAll(toldSQL, "{column}", of.Registers), nil)
	if err != nil || told == 0 {
		return missing, err
	}
	if !of.Local {
		return "", nil
	}
	placed, err := count(ctx, reader, placedSQL, map[string]any{"body": s.group.Body.ID})
	if err != nil || placed == 0 {
		return fmt.Sprintf("the register of bodies holds no postcode of %s, so it cannot be told which suppliers are local to it", s.group.Body.Name), err
	}
	return "", nil
}

// bind sets the values of shared/*.sql, and the bodies and months.
func (s *set) bind() {
	from, to := s.request.bounds()
	period := s.request.Period
	s.sql.Doubt = s.vat == "unknown"
	s.values = map[string]any{
		"category_from": from, "category_to": to, "scope": s.request.Scope, "duty": s.duty,
		"threshold_pence": s.threshold, "vat_basis": s.vat, "sure": sure,
		"year_from": yearBefore(period.From).FinancialYear().String(), "year_to": period.To.FinancialYear().String(),
		"first_month": period.From.String(), "last_month": period.To.String(),
	}
	for _, month := range s.months {
		s.sql.Months = append(s.sql.Months, indicator.Month{First: month.String()}, indicator.Month{First: yearBefore(month).String(), Ago: 1})
	}
	s.sql.Bodies = append(s.sql.Bodies, indicator.Body{ID: s.group.Body.ID, Subject: true, HeldBefore: s.heldBefore(s.group.Body.ID)})
	for _, p := range s.peers {
		s.sql.Bodies = append(s.sql.Bodies, indicator.Body{ID: p.ID, HeldBefore: s.heldBefore(p.ID)})
	}
}

// heldBefore reports whether a body holds all the months of the year before,
// from no higher a threshold and on the same VAT basis.
func (s *set) heldBefore(id string) bool {
	h := s.holdings[id]
	before := make([]schemas.Date, 0, len(s.months))
	for _, month := range s.months {
		before = append(before, yearBefore(month))
	}
	return len(h.months(s.duty, before)) == len(before) && h.threshold(s.duty, before) <= s.threshold && h.vat(s.duty, before) == s.vat
}

// denominators finds for each measure the year nearest to the period's for
// which the body has it, the earlier of two as near.
func (s *set) denominators(ctx context.Context, reader store.Reader) error {
	s.years = map[string]int{}
	wanted := int(s.request.Period.From.FinancialYear())
	return store.Select(ctx, reader, denominatorYearsSQL, map[string]any{"body": s.group.Body.ID}, func(rows *sql.Rows) error {
		var measure string
		var year int
		if err := rows.Scan(&measure, &year); err != nil {
			return err
		}
		best, ok := s.years[measure]
		if apart(year, wanted) <= leastNear && (!ok || apart(year, wanted) < apart(best, wanted)) {
			s.years[measure] = year
		}
		return nil
	})
}

func apart(a, b int) int { return max(a-b, b-a) }

// index reads the price index of the period's year and of the one before.
func (s *set) index() error {
	index, err := schemas.PriceIndex(priceIndex)
	if err != nil {
		return err
	}
	year := s.request.Period.From.FinancialYear()
	s.prices = map[bool]int64{}
	for now, of := range map[bool]schemas.FinancialYear{true: year, false: year - 1} {
		if quarters, ok := index.FinancialYear(of); ok {
			s.prices[now] = quarters
		}
	}
	return nil
}

// hasTotals reports whether the reader holds the table totals with the
// threshold, and nought, among its floors.
func (s *set) hasTotals(ctx context.Context, reader store.Reader) (bool, error) {
	found, err := count(ctx, reader, tablesSQL, map[string]any{"name": "totals"})
	if err != nil || found == 0 {
		return false, err
	}
	floors, err := count(ctx, reader, floorsSQL, map[string]any{"threshold_pence": s.threshold, "body": s.group.Body.ID})
	return floors > 0, err
}

func count(ctx context.Context, reader store.Reader, query string, values map[string]any) (n int64, err error) {
	err = store.Select(ctx, reader, query, values, func(rows *sql.Rows) error { return rows.Scan(&n) })
	return n, err
}

// impossible says why an indicator cannot be had by any body, "" where it can.
func (s *set) impossible(of indicator.Indicator) string {
	from, to := s.request.Period.From.FinancialYear(), s.request.Period.To.FinancialYear()
	switch {
	case of.Category && s.request.Category == "":
		return "it is a category's share of all that was bought, and no category was asked for"
	case of.Measure != "" && s.years[of.Measure] == 0:
		return fmt.Sprintf("no %s of %s is held for a year within %d of %s", indicator.Measure(of.Measure), s.group.Body.Name, leastNear, from)
	case of.Before && !s.heldBefore(s.group.Body.ID):
		return "the same months of the year before are not all held of it on the same basis"
	case of.Prices && (s.prices[true] == 0 || s.prices[false] == 0):
		return fmt.Sprintf("the price index does not reach %s and the year before", from)
	case of.Prices && from != to:
		return "the price index is of financial years, and the period lies in two"
	}
	return ""
}

// bound adds to the values those of the statement, and leaves out those it
// does not name: each is for some of the queries only.
func (s *set) bound(text string, more map[string]any) map[string]any {
	values := map[string]any{}
	for name, value := range s.values {
		values[name] = value
	}
	for measure, year := range s.years {
		values[measure+"_year"] = year
	}
	values["index_now"], values["index_before"] = s.prices[true], s.prices[false]
	for name, value := range more {
		values[name] = value
	}
	return store.Named(text, values)
}
