package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"commonspend/compare/comparison"
	"commonspend/demo"
	"commonspend/evaluate/planted"
	"commonspend/store"
)

// How many made-up worlds are compared that are judged rightly, and after them
// with faults.
const plantedSeeds, faultySeeds = 200, 20

// plantedNoise is how often judging goes wrong in the latter.
var plantedNoise = planted.Noise{Abstains: 30, Unsure: 20, Unresolved: 20}

// plantedResult is what came of the worlds judged without a fault and with.
type plantedResult struct{ clean, noisy planted.Score }

// evaluatePlanted compares the bodies of made-up worlds and holds what is said
// against what their ledgers have.
func evaluatePlanted() (string, error) {
	began := time.Now()
	var result plantedResult
	var first error
	var lock sync.Mutex
	var working sync.WaitGroup
	seeds := make(chan uint64)
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for seed := range seeds {
				score, err := plantedSeed(seed)
				lock.Lock()
				if err != nil && first == nil {
					first = fmt.Errorf("seed %d: %w", seed, err)
				}
				result.add(seed, score)
				if seed%20 == 0 {
					fmt.Fprintf(os.Stderr, "  world %d of %d, %s\n", seed, plantedSeeds+faultySeeds, time.Since(began).Round(time.Second))
				}
				lock.Unlock()
			}
		})
	}
	for seed := uint64(1); seed <= plantedSeeds+faultySeeds; seed++ {
		seeds <- seed
	}
	close(seeds)
	working.Wait()
	return result.text(time.Since(began)), first
}

func (r *plantedResult) add(seed uint64, score planted.Score) {
	if noisy(seed) {
		r.noisy.Add(score)
	} else {
		r.clean.Add(score)
	}
}

func noisy(seed uint64) bool { return seed > plantedSeeds }

// plantedSeed makes the councils of one world, puts their payments into the
// tables that comparisons read, and compares.
func plantedSeed(seed uint64) (planted.Score, error) {
	ctx := context.Background()
	world := demo.Generate(seed, demo.Councils()...)
	db, err := store.OpenScratch(store.Settings{Threads: 1})
	if err != nil {
		return planted.Score{}, err
	}
	defer db.Close()
	noise := planted.Noise{}
	if noisy(seed) {
		noise = plantedNoise
	}
	if err := planted.Load(ctx, db, world, world.Clean(), noise); err != nil {
		return planted.Score{}, err
	}
	return planted.Check(ctx, comparison.New(db), world, planted.Options{Exact: !noisy(seed)})
}

const plantedHeading = `## Planted differences and artefacts

` + "`go run -tags duckdb_arrow ./evaluate planted`" + `: %d made-up worlds of thirty councils, from payments on: what is published goes
straight into the tables that comparisons read, every payment judged rightly. In %d more, for scale, judging has faults:
%d of 1,000 transactions have no category, %d are judged with a confidence of 0.65, and %d have no supplier. Amounts are
log-normal with a sigma of 1.5 or more as published. One council pays 30 %% more a head for software; the concentration
of another's agency suppliers doubles. Artefacts: missing months, amounts with VAT beside amounts without, a
threshold of £250 beside £500, large transfers to other public bodies, a body that ends and its successor. A false alarm is a verdict of above
or below that the ledger does not bear out, or a difference of a fifth where the ledger has less than 17 %%. A naive
comparison adds up all that is published, per head. Files that are sent again or repeat a year are measured through files, in
planted_test.go. It took %s.

`

// text writes the section.
func (r *plantedResult) text(took time.Duration) string {
	var out strings.Builder
	fmt.Fprintf(&out, plantedHeading, plantedSeeds, faultySeeds, plantedNoise.Abstains, plantedNoise.Unsure, plantedNoise.Unresolved, took.Round(time.Second))
	out.WriteString("| | judged rightly | judged with faults |\n|---|---|---|\n")
	rows := []struct {
		name  string
		count func(planted.Score) string
	}{
		{"comparisons", func(s planted.Score) string { return fmt.Sprint(s.Comparisons) }},
		{"figures equal to the ledger's to the penny, VAT basis declared", func(s planted.Score) string { return outOf(s.Equal, s.Figures) }},
		{"intervals that hold the truth", func(s planted.Score) string { return outOf(s.Within, s.Bounded) }},
		{"hits: planted differences of a fifth or more, told within 3 points", func(s planted.Score) string { return outOf(s.Found, s.Planted) }},
		{"most points between a difference as told and as the ledger has it", func(s planted.Score) string { return fmt.Sprintf("%.2f", 100*s.Worst) }},
		{"false alarms: artefacts told as differences", func(s planted.Score) string { return outOf(s.FalseAlarms, s.Artefacts) }},
		{"the same by a naive comparison", func(s planted.Score) string { return outOf(s.Naive, s.Artefacts) }},
		{"artefacts named in the statement", func(s planted.Score) string { return outOf(s.Named, s.ToName) }},
		{"VAT basis not declared: no clear difference", func(s planted.Score) string { return outOf(s.Unclear, s.Undeclared) }},
		{"VAT basis not declared: a small difference that the ledger has too", func(s planted.Score) string { return outOf(s.Borne, s.Undeclared) }},
		{"fourteen bodies, one supplier: found whole, pounds to the penny", func(s planted.Score) string { return outOf(s.Shared, s.ToShare) }},
		{"reorganised bodies refused for a time they did not live through", func(s planted.Score) string { return fmt.Sprint(s.Refused) }},
	}
	for _, row := range rows {
		fmt.Fprintf(&out, "| %s | %s | %s |\n", row.name, row.count(r.clean), row.count(r.noisy))
	}
	for _, part := range []struct {
		name  string
		slips map[string]int
	}{{"judged rightly", r.clean.Slips}, {"judged with faults", r.noisy.Slips}} {
		fmt.Fprintf(&out, "\nWhat went wrong most often, %s:\n", part.name)
		for _, slip := range commonest(part.slips, 8) {
			fmt.Fprintf(&out, "\n- %d times: %s", part.slips[slip], slip)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func outOf(n, of int) string {
	if of == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d (%.1f %%)", n, of, 100*float64(n)/float64(of))
}

// commonest gives up to n of what went wrong, the most frequent first.
func commonest(slips map[string]int, n int) []string {
	var list []string
	for slip := range slips {
		list = append(list, slip)
	}
	slices.SortFunc(list, func(a, b string) int {
		if slips[a] != slips[b] {
			return slips[b] - slips[a]
		}
		return strings.Compare(a, b)
	})
	return list[:min(n, len(list))]
}
