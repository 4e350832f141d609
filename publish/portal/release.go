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

	coverYears []string
	allMonths  Months
	allFiles   Files
	shared     map[string]bool      // hashes of files that were received more than once
	tables     map[string]bool      // what the database holds: an earlier release may lack some
	places     map[int64]SearchBody // bodies by the number that searches know them by
	found      answers              // what searches found

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
	return err
}

// surveyAll reads what many pages tell of all bodies: it cannot change.
func (r *release) surveyAll(ctx context.Context) error {
	whole := &request{Context: ctx, release: r}
	var err error
	if r.coverYears, err = list(ctx, r.db, "coverage_years", func(y *string) []any { return []any{y} }, nil); err != nil {
		return err
	}
	if r.allMonths, err = whole.months(""); err != nil {
		return err
	}
	if r.allFiles, err = whole.outcomes(""); err != nil {
		return err
	}
	r.shared = map[string]bool{}
	files, err := list(ctx, r.db, "shared_files", func(f *string) []any { return []any{f} }, nil)
	for _, f := range files {
		r.shared[f] = true
	}
	return err
}

// searchable reports whether the release has the tables that searches read.
func (r *release) searchable() bool { return r.tables["search_by_body"] }

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
