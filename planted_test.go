package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"commonspend/compare/comparison"
	"commonspend/demo"
	"commonspend/evaluate/planted"
)

// plantedCouncils are those that carry something, enough others that publish
// without VAT, and some that publish with it or do not say.
func plantedCouncils() []string {
	var ids []string
	all := demo.Councils()
	for _, i := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 17, 20, 22, 24, 27, 29} {
		ids = append(ids, all[i])
	}
	return ids
}

// TestPlantedThroughFiles publishes ten made-up worlds as messy files, takes
// them in over HTTP, judges and compares: every figure of declared VAT basis
// must equal the ledger's to the penny, every interval hold the truth, every planted difference must be found,
// and no artefact taken for one.
func TestPlantedThroughFiles(t *testing.T) {
	var total planted.Score
	var lock sync.Mutex
	t.Cleanup(func() { t.Logf("%s", total) })
	for seed := uint64(1); seed <= 10; seed++ {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			score := comparePlanted(t, demo.Generate(seed, plantedCouncils()...))
			lock.Lock()
			total.Add(score)
			lock.Unlock()
			if score.Comparisons < 20 || score.Planted < 4 || score.Undeclared < 5 {
				t.Errorf("too little was compared: %s", score)
			}
			if score.Equal != score.Figures || score.Within != score.Bounded || score.Found != score.Planted || score.FalseAlarms > 0 ||
				score.Unclear+score.Borne != score.Undeclared || score.Shared != score.ToShare || score.Named != score.ToName || score.Refused != 2 {
				t.Errorf("%s", score)
			}
		})
	}
}

// comparePlanted takes a world in as a service would, and compares.
func comparePlanted(t *testing.T, world *demo.World) planted.Score {
	t.Helper()
	site := httptest.NewServer(world.Serve())
	defer site.Close()
	var log bytes.Buffer
	a := &app{out: &log, err: &log, now: time.Now, random: rand.Reader, dir: t.TempDir()}
	config := &Config{Publishers: world.Publishers, Sources: world.Sources(site.URL), Schedule: "@yearly",
		Contact: "test@example.org", Fetch: FetchConfig{AllowLoopback: true}}
	s, err := a.openService(t.Context(), config, "test", freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if err := importWorld(s.ledger, world); err != nil {
		t.Fatal(err)
	}
	if err := s.fetch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.index(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.refresh(t.Context(), s.ledger, s.warehouse); err != nil {
		t.Fatal(err)
	}
	score, err := planted.Check(t.Context(), comparison.New(s.warehouse.DB()), world, planted.Options{Exact: true, Files: true})
	if err != nil {
		t.Fatal(err)
	}
	return score
}
