package portal

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
)

// release is a published release that is being served: its database, where
// its files lie, and how many requests are reading it.
type release struct {
	Release
	db   *sql.DB
	data string // the data directory, in which downloads lie

	mu      sync.Mutex
	readers int
	retired bool
}

// Release names a release; it stands on every page and in every JSON answer.
type Release struct {
	Number        string `json:"number"`
	Published     string `json:"published"` // ISO 8601, UTC
	JournalLength int64  `json:"journal_length"`
	JournalHead   string `json:"journal_head"`
	Program       string `json:"program"`
	Totals        Totals `json:"-"`
}

// Totals is what a release holds.
type Totals struct{ Payments, Pence, Bodies, Publishers, Files int64 }

// Day is the day of publication.
func (r Release) Day() Day {
	if len(r.Published) < len("2026-11-22") {
		return ""
	}
	return Day(r.Published[:len("2026-11-22")])
}

// Citation is how to cite the release.
func (r Release) Citation() string {
	return "commonspend, release " + r.Number + ", published " + r.Day().Long() +
		", journal " + count(r.JournalLength) + " entries, head " + short(r.JournalHead)
}

func openRelease(ctx context.Context, db *sql.DB, folder string) (*release, error) {
	found, ok, err := one(ctx, db, "release", func(r *Release) []any {
		return []any{&r.Number, &r.Published, &r.JournalLength, &r.JournalHead, &r.Program,
			&r.Totals.Payments, &r.Totals.Pence, &r.Totals.Bodies, &r.Totals.Publishers, &r.Totals.Files}
	}, nil)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errors.New("its serve.duckdb does not say which release it is; publish it again")
	}
	return &release{Release: found, db: db, data: filepath.Dir(filepath.Dir(filepath.Clean(folder)))}, nil
}

// take counts a reader in, unless the release is being closed.
func (r *release) take() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.retired {
		return false
	}
	r.readers++
	return true
}

// done counts a reader out; the last one of a retired release closes it.
func (r *release) done() {
	r.mu.Lock()
	r.readers--
	last := r.retired && r.readers == 0
	r.mu.Unlock()
	if last {
		r.db.Close()
	}
}

// retire closes the release, now or when its last reader is done.
func (r *release) retire() {
	r.mu.Lock()
	r.retired = true
	idle := r.readers == 0
	r.mu.Unlock()
	if idle {
		r.db.Close()
	}
}
