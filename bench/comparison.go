package main

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"commonspend/compare/comparison"
	"commonspend/store"
)

//go:embed comparison.sql
var comparisonSQL string

// comparisonRows is how many transactions comparisons are measured on.
const comparisonRows = 50_400_000

// What one comparison and one page of fragmented buying may take.
const (
	comparisonTarget = 200 * time.Millisecond
	fragmentedTarget = 500 * time.Millisecond
)

// measureComparison measures comparisons and the fragmented-buying page, on
// two cores and 4 GB, after one of each to warm up.
func measureComparison(b *run) (string, error) {
	path := filepath.Join(b.folder, "comparison.duckdb")
	if err := makeComparison(path, comparisonRows); err != nil {
		return "", err
	}
	db, err := store.OpenReadOnly(context.Background(), path, store.Settings{Memory: "4GB", Threads: 2})
	if err != nil {
		return "", err
	}
	defer db.Close()
	one, err := timeComparisons(comparison.New(db))
	if err != nil {
		return "", err
	}
	page, err := timeFragmented(comparison.New(db))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`
## Comparing, on %d million transactions of 600 bodies, 300 categories and 8 years

| | middle | slowest of 15 | target |
|---|---|---|---|
| one comparison, all indicators, nearest 15 | %s | %s | %s |
| fragmented buying of a category in a year | %s | %s | %s |

Two threads, 4 GB; each asks for another body, category and year.
`, comparisonRows/1_000_000, median(one), slices.Max(one), comparisonTarget, median(page), slices.Max(page), fragmentedTarget), nil
}

// measuredCategories are CPV groups that comparison.sql makes up payments of.
var measuredCategories = []string{"45200000", "50300000", "72200000", "79400000"}

// makeComparison writes the tables that comparisons read.
func makeComparison(path string, rows int) error {
	db, err := sql.Open("duckdb", path+"?memory_limit=4GB")
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(strings.ReplaceAll(comparisonSQL, "{rows}", fmt.Sprint(rows)))
	return err
}

// timeComparisons asks for sixteen different ones; the first only warms up.
func timeComparisons(engine *comparison.Engine) ([]time.Duration, error) {
	var took []time.Duration
	for i := range 16 {
		r, err := comparison.NewRequest(fmt.Sprintf("XB-%03d", i*37), measuredCategories[i%4], "", fmt.Sprintf("%d/%d", 2017+i%6, 18+i%6), "nearest:15")
		if err != nil {
			return nil, err
		}
		began := time.Now()
		if _, err := engine.Compare(context.Background(), r); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began).Round(time.Millisecond))
	}
	return took[1:], nil
}

// timeFragmented asks for sixteen different pages; the first only warms up.
func timeFragmented(engine *comparison.Engine) ([]time.Duration, error) {
	var took []time.Duration
	for i := range 16 {
		r, err := comparison.NewBuyingRequest(measuredCategories[i%4], "", fmt.Sprintf("%d/%d", 2016+i%8, 17+i%8))
		if err != nil {
			return nil, err
		}
		began := time.Now()
		if _, err := engine.Fragmented(context.Background(), r); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began).Round(time.Millisecond))
	}
	return took[1:], nil
}
