package planted

import (
	"testing"

	"commonspend/compare/comparison"
	"commonspend/demo"
	"commonspend/store"
)

// TestWorldsFromPaymentsOn compares one world judged rightly and one judged
// with faults, from the tables on. Of a world judged rightly every interval must
// hold the truth, of one judged with faults 99 in 100.
func TestWorldsFromPaymentsOn(t *testing.T) {
	for seed, noise := range map[uint64]Noise{1: {}, 2: {Abstains: 30, Unsure: 20, Unresolved: 20}} {
		world := demo.Generate(seed, demo.Councils()...)
		db, err := store.OpenScratch(store.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := Load(t.Context(), db, world, world.Clean(), noise); err != nil {
			t.Fatal(err)
		}
		score, err := Check(t.Context(), comparison.New(db), world, Options{Exact: noise == Noise{}})
		if err != nil {
			t.Fatal(err)
		}
		if score.Comparisons < 20 || score.Planted < 4 {
			t.Errorf("seed %d: only %d comparisons and %d planted differences", seed, score.Comparisons, score.Planted)
		}
		exact := noise == Noise{}
		if exact && (score.Found != score.Planted || score.Equal != score.Figures || score.Shared != score.ToShare) || score.FalseAlarms > 0 {
			t.Errorf("seed %d: %s", seed, score)
		}
		if misses := score.Bounded - score.Within; score.Bounded < 200 || exact && misses > 0 || 50*misses > score.Bounded {
			t.Errorf("seed %d: %d of %d intervals miss the truth: %s", seed, misses, score.Bounded, score)
		}
		t.Logf("%s", score)
	}
}
