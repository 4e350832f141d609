package peer

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"math"
	"strconv"

	"commonspend/schemas"
	"commonspend/store"
)

// Feature is one of the things by which bodies are likened, as it was used.
type Feature struct {
	Name   string  `json:"feature"`
	Weight float64 `json:"weight"` // of its squared difference, in standard deviations
	Year   int     `json:"year"`
	Mean   float64 `json:"mean"` // over the bodies of the kind and tier that have it
	Spread float64 `json:"standard_deviation"`
}

// names are the features in the order in which they are published. All weigh
// the same: no evidence is held that one matters more.
var names = []string{"population", "density", "deprivation", "rurality"}

// held are the values of a measure: body, then year.
type held map[string]map[int]float64

//go:embed sql/features.sql
var featuresSQL string

// model reads the features of the bodies of a kind and tier and standardises
// them: mean 0, standard deviation 1. A feature that the body itself lacks is
// left out, for there is nothing to be near to.
func model(ctx context.Context, reader store.Reader, body Body, period schemas.Period) ([]Feature, map[string][]float64, error) {
	measures := map[string]held{}
	err := store.Select(ctx, reader, WithTiers(featuresSQL, body), map[string]any{"kind": body.Kind}, func(rows *sql.Rows) error {
		var id, measure, text string
		var year int
		if err := rows.Scan(&id, &measure, &year, &text); err != nil {
			return err
		}
		value, err := strconv.ParseFloat(text, 64)
		if measures[measure] == nil {
			measures[measure] = held{}
		}
		if measures[measure][id] == nil {
			measures[measure][id] = map[int]float64{}
		}
		measures[measure][id][year] = value
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read what bodies are likened by: %w", err)
	}
	features, values := standardise(measures, body.ID, int(period.From.FinancialYear()))
	return features, values, nil
}

// standardise returns the features that the body has, and for each body that
// has all of these its values, in the features' order.
func standardise(measures map[string]held, body string, wanted int) ([]Feature, map[string][]float64) {
	var features []Feature
	var columns []map[string]float64
	for _, name := range names {
		year, column := column(measures, name, body, wanted)
		mean, spread := moments(column)
		if _, ok := column[body]; !ok || spread == 0 {
			continue
		}
		features = append(features, Feature{Name: name, Weight: 1, Year: year, Mean: mean, Spread: spread})
		columns = append(columns, column)
	}
	values := map[string][]float64{}
	if len(columns) == 0 {
		return nil, values
	}
	for id := range columns[0] {
		row := make([]float64, 0, len(columns))
		for i, column := range columns {
			if value, ok := column[id]; ok {
				row = append(row, (value-features[i].Mean)/features[i].Spread)
			}
		}
		if len(row) == len(columns) {
			values[id] = row
		}
	}
	return features, values
}

// column returns a feature's values in the year nearest to the one wanted for
// which the body has it.
func column(measures map[string]held, name, body string, wanted int) (int, map[string]float64) {
	measure := name
	if name == "density" {
		measure = "population"
	}
	year := nearestYear(measures[measure][body], wanted)
	column := map[string]float64{}
	for id, years := range measures[measure] {
		value, ok := years[year]
		if name == "density" {
			area := measures["area_hectares"][id]
			hectares := area[nearestYear(area, year)]
			ok = ok && hectares > 0
			value /= math.Max(hectares, 1e-9)
		}
		if ok {
			column[id] = value
		}
	}
	return year, column
}

// nearestYear returns the year held that is nearest to the one wanted, the
// earlier of two as near; 0 where none is held.
func nearestYear(years map[int]float64, wanted int) int {
	best := 0
	for year := range years {
		far, least := distanceOf(year, wanted), distanceOf(best, wanted)
		if best == 0 || far < least || far == least && year < best {
			best = year
		}
	}
	return best
}

func distanceOf(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}

// moments returns the mean and the standard deviation over all (not of a
// sample). Summing goes by size, so that the order of a map does not show.
func moments(column map[string]float64) (mean, spread float64) {
	sorted := sortedValues(column)
	for _, value := range sorted {
		mean += value
	}
	if len(sorted) == 0 {
		return 0, 0
	}
	mean /= float64(len(sorted))
	for _, value := range sorted {
		spread += (value - mean) * (value - mean)
	}
	return mean, math.Sqrt(spread / float64(len(sorted)))
}
