package publish

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"commonspend/store/disk"
)

// Options say what to publish from, when, and how strictly.
type Options struct {
	Dir           string                 // the data directory
	Now           time.Time              // when the release is published, and the day of its number
	Force         bool                   // publish although the check against the last release refuses
	JournalLength int                    // events of the journal that the warehouse reflects
	JournalHead   string                 // hash of the last of them
	Asked         []Asked                // what people asked for in the journal that takes or moves payments, in order
	Secret        []byte                 // keys the payees that are published as a class; at least 16 bytes, never published
	Program       string                 // version of this program
	Titled        func(text string) bool // reports whether a text names a person by title, which is never published
	Progress      func(done, total int, what string)
}

// check refuses options that no release can be made with.
func (o Options) check() error {
	switch {
	case o.Dir == "":
		return fmt.Errorf("no data directory is named to publish from: name one with --data")
	case len(o.Secret) < 16:
		return fmt.Errorf("the secret that keys private payees has %d bytes: give it at least 16 random ones", len(o.Secret))
	case o.Titled == nil:
		return fmt.Errorf("a release needs the rule by which texts that name a person are told")
	case o.Now.IsZero():
		return fmt.Errorf("a release needs the time it is published at")
	}
	return nil
}

// Publish makes a release of what the warehouse holds. Where nothing changed
// it returns the last release, marked Unchanged. Where too much was lost or
// moved since the last it returns a *CheckError and the last one stays. The
// warehouse must not be written to meanwhile.
func Publish(ctx context.Context, db *sql.DB, opts Options) (*Release, error) {
	if err := opts.check(); err != nil {
		return nil, err
	}
	if err := tidy(opts.Dir); err != nil {
		return nil, fmt.Errorf("clear what an interrupted release left: %w", err)
	}
	b, err := begin(ctx, db, opts)
	if err != nil {
		return nil, fmt.Errorf("begin a release: %w", err)
	}
	defer b.end()
	return b.run(ctx)
}

// run takes the steps of a release in order.
func (b *build) run(ctx context.Context) (*Release, error) {
	if err := inOrder(ctx, b.plan, b.writeTables); err != nil {
		return nil, fmt.Errorf("release %s: %w", b.next.Number, err)
	}
	if b.unchanged() {
		b.last.Unchanged = true
		return b.last, nil
	}
	if err := b.check(ctx); err != nil {
		return nil, err
	}
	if err := inOrder(ctx, b.beginServe, b.writePartitions, b.endServe, b.describe, b.place); err != nil {
		return nil, fmt.Errorf("release %s: %w", b.next.Number, err)
	}
	return b.next, nil
}

// inOrder takes steps until one fails or the context ends. Once the last step
// is begun it is finished.
func inOrder(ctx context.Context, steps ...func(context.Context) error) error {
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// build is a release in the making.
type build struct {
	opts  Options
	last  *Release // nil for the first
	next  *Release
	scope *scope
	aside string            // releases/.unfinished-…: release/, objects/ and what is being placed
	todo  []slice           // what is written anew
	fresh map[string]string // objects written by this build: SHA-256 to where they lie aside
	done  int
	total int // steps

	servePart      []slice                 // what of serve.duckdb is replaced
	lastPartitions map[[3]string]Partition // of the last release, by place
}

// begin opens the scope and the folder aside.
func begin(ctx context.Context, db *sql.DB, opts Options) (*build, error) {
	last, err := openLatest(opts.Dir)
	if err != nil {
		return nil, err
	}
	aside, err := openAside(opts.Dir)
	if err != nil {
		return nil, err
	}
	scope, err := openScope(ctx, db, opts)
	if err != nil {
		os.RemoveAll(aside)
		return nil, err
	}
	b := &build{opts: opts, last: last, scope: scope, aside: aside, total: len(tableNames()) + 3, fresh: map[string]string{},
		lastPartitions: map[[3]string]Partition{}, next: &Release{
			Published: opts.Now.UTC().Truncate(time.Second), JournalLength: opts.JournalLength, JournalHead: opts.JournalHead,
			Program: opts.Program, Rules: []string{}, Partitions: []Partition{}, Tables: []Table{}, Withheld: []Withheld{},
			Notes: []string{}, Forced: []string{}, ServeSchema: serveSchema(), Dir: opts.Dir}}
	if last != nil {
		b.next.Previous = last.Number
		for _, p := range last.Partitions {
			b.lastPartitions[p.place()] = p
		}
		b.next.PreviousSums, _, err = HashFile(filepath.Join(last.Folder(), sumsName))
	}
	b.next.Number = nextNumber(b.next.Previous, opts.Now)
	if err != nil {
		b.end()
		return nil, err
	}
	return b, nil
}

// openAside makes the folder in which a release is built.
func openAside(dir string) (string, error) {
	releases := filepath.Join(dir, "releases")
	if err := disk.MakeFolder(releases); err != nil {
		return "", err
	}
	aside, err := os.MkdirTemp(releases, disk.TempPrefix+"*")
	if err != nil {
		return "", err
	}
	for _, folder := range []string{"release", "objects"} {
		if err := os.Mkdir(filepath.Join(aside, folder), 0o755); err != nil {
			os.RemoveAll(aside)
			return "", err
		}
	}
	return aside, nil
}

// end gives back the connections and clears what was not placed.
func (b *build) end() {
	b.scope.detach()
	b.scope.close()
	// What cannot be cleared now is cleared by the next publish.
	_ = clearAside(b.opts.Dir, b.aside)
}

// file is the path of a file of the release while it is built.
func (b *build) file(name string) string { return filepath.Join(b.aside, "release", name) }

// step reports progress.
func (b *build) step(what string) {
	b.done++
	if b.opts.Progress != nil {
		b.opts.Progress(b.done, b.total, what)
	}
}

// unchanged reports whether the release would equal the last one.
func (b *build) unchanged() bool {
	if b.last == nil || b.last.ServeSchema != b.next.ServeSchema || len(b.todo) > 0 ||
		len(b.last.Tables) != len(b.next.Tables) || len(b.last.Withheld) != len(b.next.Withheld) {
		return false
	}
	for i, table := range b.next.Tables {
		if b.last.Tables[i] != table {
			return false
		}
	}
	for i, w := range b.next.Withheld {
		if b.last.Withheld[i] != w {
			return false
		}
	}
	// A database that was damaged since is made again.
	sums, err := ReadSums(b.last.Folder(), sumsName)
	if err != nil {
		return false
	}
	sha, _, err := HashFile(filepath.Join(b.last.Folder(), serveName))
	return err == nil && sha == sums[serveName]
}
