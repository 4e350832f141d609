package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"commonspend/compare/comparison"
	"commonspend/publish"
	"commonspend/store"

	"github.com/spf13/cobra"
)

// comparisonFlags are what `compare` takes when a body is named.
type comparisonFlags struct {
	body, category, scope, period, peers, release string
	bootstrap                                     int
	csv                                           bool
}

func (f *comparisonFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.body, "body", "", "compare this body, by its `ID`, with its peers")
	flags.StringVar(&f.category, "category", "", "what was bought: a CPV `code`, such as 72000000; everything below it counts")
	flags.StringVar(&f.scope, "scope", "", "what payments are for: procurement, grant, transfer, individuals, tax, finance (default procurement)")
	flags.StringVar(&f.period, "period", "", "a financial year, a month or months: 2018/19, 2018-04, 2020-04..2020-11")
	flags.StringVar(&f.peers, "peers", "nearest:15", "nearest:15, kind, region, or body ids with commas between")
	flags.IntVar(&f.bootstrap, "bootstrap", 0, "draw the body's transactions again this many `times`, for what chance does to the bounds")
	flags.BoolVar(&f.csv, "csv", false, "write the indicators as CSV")
	addRelease(cmd, &f.release)
}

func addRelease(cmd *cobra.Command, release *string) {
	cmd.Flags().StringVar(release, "release", "", "the release `folder` to read (default: the latest; without one, the warehouse)")
}

// compareBody makes one comparison.
func (a *app) compareBody(ctx context.Context, f comparisonFlags) error {
	if f.bootstrap < 0 || f.bootstrap > 10_000 {
		return &usageError{"--bootstrap takes 0 to 10000 draws"}
	}
	if f.csv && a.json {
		return &usageError{"--csv and --json are two forms of one answer: leave one out"}
	}
	if f.period == "" {
		return &usageError{"name the period to compare: --period 2018/19"}
	}
	request, err := comparison.NewRequest(f.body, f.category, f.scope, f.period, f.peers)
	if err != nil {
		return &usageError{err.Error()}
	}
	request.Bootstrap = f.bootstrap
	return a.withEngine(ctx, f.release, func(engine *comparison.Engine) error {
		made, err := engine.Compare(ctx, request)
		switch {
		case err != nil:
			return refused(err)
		case f.csv:
			return made.WriteCSV(a.out)
		}
		return a.writeResult(made, made.Text())
	})
}

// notComparable says why there is no comparison: the request is understood, and
// the data do not bear it.
type notComparable struct{ refusal *comparison.Refusal }

func (n *notComparable) Error() string {
	text := n.refusal.Sentence
	if len(n.refusal.Instead) > 0 {
		text += " What could be asked instead: " + strings.Join(n.refusal.Instead, "; ") + "."
	}
	return text
}

func (n *notComparable) Unwrap() error { return n.refusal }

// refused turns a reader's refusal into the command's.
func refused(err error) error {
	var refusal *comparison.Refusal
	if errors.As(err, &refusal) {
		return &notComparable{refusal}
	}
	return err
}

// withEngine hands over an engine on the release named; else on the latest;
// else on the warehouse.
func (a *app) withEngine(ctx context.Context, folder string, do func(*comparison.Engine) error) error {
	if folder == "" {
		latest, err := publish.Latest(a.dir)
		if errors.Is(err, fs.ErrNotExist) {
			return a.withWarehouse(ctx, do)
		}
		if err != nil {
			return err
		}
		folder = latest
	}
	release, err := publish.Open(folder)
	if err != nil {
		return fmt.Errorf("%s is not the folder of a release: %s", folder, plainCause(err))
	}
	serving := filepath.Join(folder, "serve.duckdb")
	if _, err := os.Stat(serving); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s holds no serve.duckdb, which this command reads: name a folder of releases/ in a data directory (only `commonspend reproduce` reads what was exported)", folder)
	}
	db, err := store.OpenReadOnly(ctx, serving, store.Settings{})
	if err != nil {
		return err
	}
	engine := comparison.New(db)
	engine.Release = release.Number
	return errors.Join(comparable(ctx, db, release.Number, func() error { return do(engine) }), db.Close())
}

// comparable refuses a release that was made before releases held what
// comparisons read.
func comparable(ctx context.Context, db *sql.DB, number string, do func() error) error {
	var tables int
	err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM information_schema.tables
		WHERE table_name IN ('transactions', 'coverage', 'bodies', 'denominators', 'suppliers')`).Scan(&tables)
	if err != nil {
		return err
	}
	if tables < 5 {
		return fmt.Errorf("release %s holds no transactions to compare: `commonspend publish` makes one that does", number)
	}
	return do()
}

// withWarehouse brings the warehouse up to date and reads that.
func (a *app) withWarehouse(ctx context.Context, do func(*comparison.Engine) error) error {
	l, w, err := a.openIndexed(ctx, "compare")
	if err != nil {
		return err
	}
	if _, err = a.refresh(ctx, l, w); err == nil {
		err = do(comparison.New(w.DB()))
	}
	return errors.Join(err, w.Close())
}
