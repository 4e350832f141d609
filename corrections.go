package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"commonspend/publish"
	"commonspend/publish/dataset"
	"commonspend/publish/portal"
)

// history is what the journal tells those who serve: which releases were
// withdrawn, and what people ruled. It is read again when the journal has grown.
type history struct {
	app *app
	log dataset.Log

	mu    sync.Mutex
	size  int64
	state state
}

func (a *app) newHistory() *history {
	h := &history{app: a, state: newState()}
	h.log.Dir, h.log.Withdrawn = a.dir, h.withdrawn
	return h
}

// read brings the state up to the journal. Without a journal there is none.
func (h *history) read() (state, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	info, err := os.Stat(filepath.Join(h.app.dir, "journal.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		return newState(), nil
	}
	if err != nil || info.Size() == h.size {
		return h.state, err
	}
	l, err := h.app.existingLedger()
	if err != nil {
		return h.state, err
	}
	known, err := readState(l)
	if err == nil {
		h.state, h.size = known, info.Size()
	}
	return h.state, err
}

// withdrawn says why a release is no longer offered. A journal that cannot be
// read withdraws nothing more than it did.
func (h *history) withdrawn(number string) (why string, gone bool) {
	known, _ := h.read()
	release, gone := known.withdrawnReleases[number]
	return release.why, gone
}

// corrections is the corrections log, the newest first.
func (h *history) corrections(ctx context.Context) ([]portal.Correction, error) {
	known, err := h.read()
	if err != nil {
		return nil, err
	}
	found, err := h.log.Corrections(ctx, known.rulings())
	if err != nil {
		return nil, err
	}
	var list []portal.Correction
	for number, gone := range known.withdrawnReleases {
		list = append(list, portal.Correction{Release: number, Published: gone.at.UTC().Format(time.RFC3339), Kind: releaseWithdrawn, What: "Release " + number + " was withdrawn.", Why: gone.why})
	}
	for _, c := range found {
		list = append(list, portal.Correction{Release: c.Release, Published: c.Published, Kind: c.Kind, What: c.What, Why: c.Why, Publisher: c.Publisher, File: c.File, Pence: int64(c.Pence)})
	}
	newestFirst(list)
	return list, nil
}

// newestFirst orders corrections by when they were published. Of one second a
// withdrawn release comes first, as a later one stood already; the rest by their
// releases' numbers.
func newestFirst(list []portal.Correction) {
	slices.SortStableFunc(list, func(a, b portal.Correction) int {
		if first := strings.Compare(b.Published, a.Published); first != 0 || (a.Kind == releaseWithdrawn) == (b.Kind == releaseWithdrawn) {
			return cmp.Or(first, publish.CompareNumbers(b.Release, a.Release))
		}
		if a.Kind == releaseWithdrawn {
			return -1
		}
		return 1
	})
}

// releaseWithdrawn is the kind of a correction that takes a whole release away.
const releaseWithdrawn = "release-withdrawn"

// rulings are what people ruled, and what they took back.
func (s state) rulings() (list []dataset.Ruling) {
	for _, o := range s.overrides {
		says := o.says()
		if o.SameAs != nil {
			says = "which supplier the payee is" // the other name may be a private person's
		}
		list = append(list, dataset.Ruling{Sequence: o.Number, What: says, When: o.When})
		if o.undone > 0 {
			list = append(list, dataset.Ruling{Sequence: o.undone, What: "no longer " + says, When: o.When})
		}
	}
	return list
}
