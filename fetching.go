package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"commonspend/ingest"
	"commonspend/store/disk"
	"commonspend/store/ledger"

	"golang.org/x/sync/errgroup"
)

// keepURL fetches one address into the ledger.
func (k *keeper) keepURL(ctx context.Context, file candidate) (kept, error) {
	one, _, err := k.fetch(ctx, file, ingest.State{})
	return one, err
}

// fetch visits an address. kept.problem tells of a failure; heldAs of bytes
// that are held already, or have not changed since the last visit.
func (k *keeper) fetch(ctx context.Context, file candidate, last ingest.State) (kept, ingest.Fetched, error) {
	arrival, err := k.ledger.Receive()
	if err != nil {
		return kept{}, ingest.Fetched{}, err
	}
	defer arrival.Discard()
	got, err := k.fetcher.Fetch(ctx, file.path, last, arrival)
	if err != nil {
		return kept{}, got, err
	}
	switch got.Status {
	case ingest.FetchNew:
		original, err := arrival.Keep()
		if err != nil {
			return kept{}, got, err
		}
		return kept{candidate: file, original: original}, got, nil
	case ingest.FetchUnchanged:
		return kept{candidate: file, heldAs: file.name}, got, nil
	}
	return kept{candidate: file, problem: got.Reason, limit: got.Class == ingest.ClassLimit}, got, nil
}

// visits is what is remembered of every address: sources.json in the data
// directory. Losing it costs a download of each file again, nothing else.
type visits map[string]ingest.State

func visitsPath(dir string) string { return filepath.Join(dir, "sources.json") }

func readVisits(dir string) (visits, error) {
	text, err := os.ReadFile(visitsPath(dir))
	if errors.Is(err, os.ErrNotExist) {
		return visits{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what is remembered of the sources: %w", err)
	}
	seen := visits{}
	if err := json.Unmarshal(text, &seen); err != nil {
		return nil, fmt.Errorf("%s cannot be read (%w): remove it, and every source is fetched anew", visitsPath(dir), err)
	}
	return seen, nil
}

func (v visits) write(dir string) error {
	return disk.Write(visitsPath(dir), func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetIndent("", " ")
		return out.Encode(v)
	})
}

// round is one visit to every address that is due.
type round struct {
	New       int             `json:"new"`
	Unchanged int             `json:"unchanged"`
	Problems  []sourceTrouble `json:"problems"`
}

// sourceTrouble is an address that brought no file, and why.
type sourceTrouble struct {
	Source  string `json:"source"`
	URL     string `json:"url"`
	Problem string `json:"problem"`
}

// hostsAtOnce is how many hosts may be visited at a time.
const hostsAtOnce = 8

// errandsPerAppend is how many files of one host may be fetched before the
// journal tells of them: what a slow host has sent need not wait for the rest.
const errandsPerAppend = 50

// visit fetches what is due, keeps what is new, tells the journal, and only
// then remembers the visits. A host's files come in their order, so that a
// resubmission follows the file that it replaces.
func (k *keeper) visit(ctx context.Context, dir string, errands []ingest.Errand, seen visits) (round, error) {
	var done round
	var trouble error
	var settling sync.Mutex // of the three: done, trouble and seen
	var group errgroup.Group
	group.SetLimit(hostsAtOnce)
	for _, host := range ingest.ByHost(errands) {
		group.Go(func() error {
			for part := range slices.Chunk(host, errandsPerAppend) {
				results := k.runAll(ctx, part, seen, &settling)
				settling.Lock()
				trouble = errors.Join(trouble, k.settle(dir, results, seen, &done))
				settling.Unlock()
			}
			return nil
		})
	}
	// Each errand carries its own error, so that one does not end the others.
	_ = group.Wait()
	return done, trouble
}

// runAll runs some errands of one host, one after the other.
func (k *keeper) runAll(ctx context.Context, errands []ingest.Errand, seen visits, lock *sync.Mutex) []visited {
	results := make([]visited, len(errands))
	for i, errand := range errands {
		lock.Lock()
		last := seen[errand.File.URL]
		lock.Unlock()
		results[i] = k.run(ctx, errand, last)
	}
	return results
}

func (k *keeper) run(ctx context.Context, errand ingest.Errand, last ingest.State) visited {
	one := visited{errand: errand}
	file := candidate{path: errand.File.URL, name: urlName(errand.File.URL), publisher: errand.Source.Publisher, url: true}
	one.kept, one.got, one.err = k.fetch(ctx, file, last)
	return one
}

// visited is what came of one errand.
type visited struct {
	errand ingest.Errand
	kept   kept
	got    ingest.Fetched
	err    error // of our own side: nothing is remembered
}

// settle journals what is new, remembers the visits and counts them in done.
func (k *keeper) settle(dir string, results []visited, seen visits, done *round) error {
	var trouble error
	known := newState()
	err := k.ledger.AppendAfter(known.apply, func() (events []ledger.Event) {
		for i := range results {
			if results[i].err != nil {
				trouble = errors.Join(trouble, results[i].err)
				continue
			}
			known.note(&results[i].kept)
			if done.count(results[i]) {
				events = append(events, k.sourceEvent(results[i]))
			}
		}
		return events
	})
	if err != nil {
		return err
	}
	for _, one := range results {
		if one.err == nil {
			seen[one.errand.File.URL] = one.got.Next(seen[one.errand.File.URL])
		}
	}
	if err := seen.write(dir); err != nil {
		return err
	}
	return trouble
}

// count counts an errand that was run, and says whether it brought a new file.
func (r *round) count(one visited) bool {
	switch {
	case one.kept.problem != "":
		r.Problems = append(r.Problems, sourceTrouble{one.errand.Source.ID, one.errand.File.URL, one.kept.problem})
		return false
	case one.kept.heldAs != "":
		r.Unchanged++
		return false
	}
	r.New++
	return true
}

// sourceEvent tells of a new file under its source's duty and period.
func (k *keeper) sourceEvent(one visited) ledger.Event {
	event := k.event(one.kept)
	event.File.Duty, event.File.Period = one.errand.Source.Duty, one.errand.File.Period.String()
	return event
}
