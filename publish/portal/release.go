package portal

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"

	"commonspend/publish"
)

// idleConns is how many connections are kept for the next pages.
const idleConns = 32

// release is a published release that is being served: its database, where
// its files lie, and how many requests are reading it.
type release struct {
	Release
	db   *sql.DB
	data string // the data directory, in which downloads lie

	coverYears []string // the latest first
	coverYear  string   // the latest of which a month is held
	allMonths  Months
	allFiles   Files
	reported   amounts               // what others report of bodies, see schemas.Reported
	files      []fileHash            // by hash
	hashes     map[int64]string      // of the files by file_no
	shared     map[string]bool       // hashes of files that were received more than once
	tables     map[string]bool       // what the database holds: an earlier release may lack some
	facts      map[string]*bodyFacts // by slug
	places     map[int64]SearchBody  // bodies by the number that searches know them by
	index      *index                // by which searches are counted; nil where the release has no tables for it
	found      answers               // what searches found
	whole      publish.Whole         // downloads that were held to their hash

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
	db.SetMaxIdleConns(idleConns)
	r := &release{Release: found, db: db, data: filepath.Dir(filepath.Dir(filepath.Clean(folder)))}
	return r, r.survey(ctx)
}

// survey notes which tables there are, and the bodies by number.
func (r *release) survey(ctx context.Context) error {
	names, err := list(ctx, r.db, "tables", func(t *string) []any { return []any{t} }, nil)
	if err != nil {
		return err
	}
	r.tables, r.places = map[string]bool{}, map[int64]SearchBody{}
	for _, name := range names {
		r.tables[name] = true
	}
	if err := r.surveyAll(ctx); err != nil {
		return err
	}
	if !r.tables["search_bodies"] {
		return nil
	}
	bodies, err := list(ctx, r.db, "search_bodies", (*SearchBody).places, nil)
	for _, b := range bodies {
		b.URL, b.words = "/bodies/"+b.Slug, folded(b.Name)
		r.places[b.number] = b
	}
	if err == nil && r.searchable() {
		r.index, err = readIndex(ctx, r.db)
	}
	return err
}

// surveyAll reads what many pages tell of all bodies: it cannot change.
func (r *release) surveyAll(ctx context.Context) error {
	type coverYear struct {
		year string
		held bool
	}
	years, err := list(ctx, r.db, "coverage_years", func(y *coverYear) []any { return []any{&y.year, &y.held} }, nil)
	if err != nil {
		return err
	}
	for _, y := range years {
		if r.coverYears = append(r.coverYears, y.year); y.held && r.coverYear == "" {
			r.coverYear = y.year
		}
	}
	if r.reported, _, err = one(ctx, r.db, "reported", func(a *amounts) []any { return []any{&a.payments, &a.pence} }, nil); err != nil {
		return err
	}
	if err := r.readRegister(ctx); err != nil {
		return err
	}
	return r.readFiles(ctx)
}

// searchable reports whether the release has the tables that searches read.
func (r *release) searchable() bool { return r.tables["search_by_body"] && r.tables["search_sums"] }

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
