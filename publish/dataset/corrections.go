package dataset

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"commonspend/publish"
	"commonspend/schemas"
	"commonspend/store"
)

// Correction is a line of the corrections log: something published that a later
// release has otherwise.
type Correction struct {
	Release   string         `json:"release"`   // that corrects
	Published string         `json:"published"` // when, ISO 8601, UTC
	Kind      string         `json:"kind"`      // replaced withdrawn judged left-out
	What      string         `json:"what"`      // a sentence
	Why       string         `json:"why"`
	Publisher string         `json:"publisher"`
	File      string         `json:"file"`        // SHA-256 of the file that is gone or replaced
	Pence     schemas.Amount `json:"pence_moved"` // more than before; of what is judged, all it is about
}

// Ruling is a person's word in the place of a judgement, as the journal tells
// it. Its reason stays in the journal: it may name a private person.
type Ruling struct {
	Sequence int               // in the journal
	What     string            // what is said of payments: "scope procurement"
	When     map[string]string // the columns that payments must have exactly so
}

// Log makes the corrections log of a data directory. What one release corrects
// of another is found once: a release never changes.
type Log struct {
	Dir       string
	Withdrawn func(number string) (why string, gone bool) // nil where none was

	mu     sync.Mutex
	known  map[[2]string]*corrected // by the release before and the release
	latest string                   // number of the latest release
	met    map[int]bool             // rulings whose conditions payments of it meet, by their sequence
}

// corrected is what one release corrects of an earlier one.
type corrected struct {
	next  *publish.Release
	found []Correction // but what people judged
	heard []heard
}

// heard is a ruling, and the payments of a release that meet its conditions.
type heard struct {
	Ruling
	payments  int64
	pence     schemas.Amount
	publisher string // "" for several
}

// Corrections lists all corrections, the newest release first. Each release that
// is offered is compared with the one before it that is; of one that was
// withdrawn nothing is told in its own words.
func (l *Log) Corrections(ctx context.Context, rulings []Ruling) ([]Correction, error) {
	numbers, err := publish.Numbers(l.Dir)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	list, held := []Correction{}, map[[2]string]*corrected{}
	before := numbers[0] // which what is offered corrects, were it withdrawn itself
	for _, number := range numbers[1:] {
		if l.gone(number) {
			continue
		}
		pair := [2]string{before, number}
		before = number
		if held[pair] = l.known[pair]; held[pair] == nil {
			if held[pair], err = l.of(ctx, pair, rulings); err != nil {
				return nil, fmt.Errorf("corrections of release %s: %w", number, err)
			}
		}
	}
	if l.known = held; l.latest != before {
		l.latest, l.met = before, map[int]bool{}
	}
	for _, pair := range slices.SortedFunc(maps.Keys(held), func(a, b [2]string) int { return publish.CompareNumbers(b[1], a[1]) }) {
		told, err := l.tell(ctx, held[pair])
		if err != nil {
			return nil, fmt.Errorf("corrections of release %s: %w", pair[1], err)
		}
		list = append(list, told...)
	}
	return list, nil
}

func (l *Log) gone(number string) bool {
	if l.Withdrawn == nil {
		return false
	}
	_, gone := l.Withdrawn(number)
	return gone
}

// of finds what a release corrects of one before it. One that was removed from
// the disk leaves nothing to compare with.
func (l *Log) of(ctx context.Context, pair [2]string, rulings []Ruling) (*corrected, error) {
	last, err := publish.Open(filepath.Join(l.Dir, "releases", pair[0]))
	if errors.Is(err, fs.ErrNotExist) {
		return &corrected{}, nil
	}
	if err != nil {
		return nil, err
	}
	next, err := publish.Open(filepath.Join(l.Dir, "releases", pair[1]))
	if err != nil {
		return nil, err
	}
	c := &corrected{next: next}
	if c.found, err = filesCorrected(ctx, last, next); err != nil {
		return nil, err
	}
	c.found = append(c.found, leftOut(last, next)...)
	for _, r := range rulings {
		if r.Sequence > last.JournalLength && r.Sequence <= next.JournalLength {
			h, err := hear(ctx, next, r)
			if err != nil {
				return nil, err
			}
			c.heard = append(c.heard, h)
		}
	}
	return c, nil
}

// tell writes down what a release corrects. What a ruling says, and of which
// payments, is told only where payments of the release and of the latest are
// published in those words: what a private payee is called is never among them.
func (l *Log) tell(ctx context.Context, c *corrected) ([]Correction, error) {
	list := slices.Clone(c.found)
	for _, h := range c.heard {
		told := Correction{Kind: "judged", What: "A judgement was changed by a person. The payments it is about are not published in the words it names them by."}
		meets, err := l.latestMeets(ctx, h)
		if err != nil {
			return nil, err
		}
		if meets {
			told.What, told.Publisher, told.Pence = h.sentence(), h.publisher, h.pence
		}
		list = append(list, told)
	}
	for i := range list {
		list[i].Release, list[i].Published = c.next.Number, c.next.Published.UTC().Format(time.RFC3339)
	}
	return list, nil
}

// latestMeets says whether payments of the latest release, too, are what a
// ruling is about.
func (l *Log) latestMeets(ctx context.Context, h heard) (bool, error) {
	meets, known := l.met[h.Sequence]
	if known || h.payments == 0 {
		return meets, nil
	}
	latest, err := publish.Open(filepath.Join(l.Dir, "releases", l.latest))
	if err != nil {
		return false, err
	}
	now, err := hear(ctx, latest, h.Ruling)
	if err == nil {
		l.met[h.Sequence] = now.payments > 0
	}
	return now.payments > 0, err
}

func (h heard) sentence() string {
	var about []string
	for _, column := range slices.Sorted(maps.Keys(h.When)) {
		about = append(about, strings.ReplaceAll(column, "_", " ")+" “"+h.When[column]+"”")
	}
	payments := "1 payment with %s was"
	if h.payments != 1 {
		payments = strconv.FormatInt(h.payments, 10) + " payments with %s were"
	}
	return fmt.Sprintf(payments, strings.Join(about, " and ")) + " judged by a person: " + h.What + "."
}

//go:embed sql/corrected_files.sql
var correctedFiles string

// filesCorrected finds files of the last release that do not count any more.
func filesCorrected(ctx context.Context, last, next *publish.Release) (list []Correction, err error) {
	db, err := store.OpenScratch(store.Settings{Threads: 1})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	text, args, err := store.Bind(correctedFiles, map[string]any{
		"last": filepath.Join(last.Folder(), "files.parquet"), "last_accounts": filepath.Join(last.Folder(), "accounts.parquet"),
		"next": filepath.Join(next.Folder(), "files.parquet"), "next_accounts": filepath.Join(next.Folder(), "accounts.parquet")})
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c := Correction{}
		var name, by, reason string
		if err := rows.Scan(&c.Kind, &c.Publisher, &c.File, &name, &by, &reason, &c.Pence); err != nil {
			return nil, err
		}
		if c.Kind == "replaced" {
			c.What, c.Why = fmt.Sprintf("%s of %s was replaced by %s.", name, c.Publisher, by), "The publisher published a later edition for the same period."
		} else {
			c.What, c.Why = fmt.Sprintf("%s of %s was withdrawn.", name, c.Publisher), reason
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// hear finds the payments of a release that meet a ruling's conditions.
func hear(ctx context.Context, release *publish.Release, r Ruling) (heard, error) {
	h := heard{Ruling: r}
	var paths, conditions []string
	values := []any{}
	for _, p := range release.Partitions {
		if p.Dataset == "payments" {
			paths = append(paths, literal(release.Object(p)))
		}
	}
	for _, column := range slices.Sorted(maps.Keys(r.When)) {
		conditions = append(conditions, fmt.Sprintf("COALESCE(CAST(%q AS VARCHAR), '') = ?", column))
		values = append(values, r.When[column])
	}
	if len(paths) == 0 || len(conditions) == 0 {
		return h, nil
	}
	db, err := store.OpenScratch(store.Settings{Threads: 1})
	if err != nil {
		return h, err
	}
	defer db.Close()
	var publisher sql.NullString
	err = db.QueryRowContext(ctx, "SELECT count(*), CAST(COALESCE(sum(amount_pence), 0) AS BIGINT), CASE WHEN count(DISTINCT publisher) = 1 THEN min(publisher) END FROM read_parquet(["+
		strings.Join(paths, ", ")+"]) WHERE "+strings.Join(conditions, " AND "), values...).Scan(&h.payments, &h.pence, &publisher)
	h.publisher = publisher.String
	return h, err
}

// leftOut finds publishers that a release leaves out and the last one had.
func leftOut(last, next *publish.Release) (list []Correction) {
	for _, w := range next.Withheld {
		c := Correction{Kind: "left-out", Publisher: w.Publisher, What: "Publisher " + w.Publisher + " is left out.", Why: strings.ToUpper(w.Reason[:1]) + w.Reason[1:] + "."}
		held := false
		for _, p := range last.Partitions {
			if p.Dataset == "payments" && p.Publisher == w.Publisher {
				held, c.Pence = true, c.Pence-p.Pence
			}
		}
		if held {
			list = append(list, c)
		}
	}
	return list
}
