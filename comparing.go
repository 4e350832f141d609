package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"commonspend/compare"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) compareCommand() *cobra.Command {
	var flags comparisonFlags
	cmd := &cobra.Command{
		Use:     "compare",
		Short:   "Set a body beside its peers, like for like; alone, bring derived tables up to date",
		Example: "  commonspend compare --body GB-LAE-LDS --category 72000000 --period 2018/19 --peers nearest:15\n  commonspend compare",
		Long: `With --body: what was made alike, who was left out and why, and each indicator with its
bounds, its peers' distribution and a verdict; docs/compare.md gives the shape of --json.

Without: coverage, figures and comparisons are brought up to date. Only what new, replaced and
withdrawn files touch is worked out again, a body's financial year at a time; the result
is what working out everything would give.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if flags.body != "" {
				return a.compareBody(cmd.Context(), flags)
			}
			if cmd.Flags().Changed("category") || cmd.Flags().Changed("period") || cmd.Flags().Changed("peers") {
				return &usageError{"name the body to compare: --body ID; `commonspend compare` alone brings derived tables up to date"}
			}
			return a.compare(cmd.Context())
		},
	}
	flags.add(cmd)
	return cmd
}

// compareResult is what `compare --json` writes.
type compareResult struct {
	Files      int  `json:"files"`      // new, replaced or withdrawn since the last time
	Slices     int  `json:"slices"`     // body by financial year, worked out again
	Everything bool `json:"everything"` // all was worked out again, since a publisher was described otherwise
	Rows       struct {
		Coverage    int `json:"coverage"`
		Figures     int `json:"figures"`
		Comparisons int `json:"comparisons"`
		Withheld    int `json:"comparisons_withheld"`
	} `json:"rows"`
}

func (a *app) compare(ctx context.Context) error {
	l, w, err := a.openIndexed(ctx, "compare")
	if err != nil {
		return err
	}
	result, err := a.refresh(ctx, l, w)
	if err == nil {
		err = result.count(ctx, w)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return a.writeResult(result, fmt.Sprintf(
		"%s since the last time; %s of a body's financial year worked out again\nheld now: %s months of bodies, %s figures, %s comparisons (%s withheld, with their reasons)\n",
		plural(result.Files, "1 file", "{n} files"), plural(result.Slices, "1 slice", "{n} slices"),
		thousands(int64(result.Rows.Coverage)), thousands(int64(result.Rows.Figures)),
		thousands(int64(result.Rows.Comparisons)), thousands(int64(result.Rows.Withheld))))
}

// openIndexed opens an existing data directory's ledger and warehouse, and
// brings the warehouse up to the journal.
func (a *app) openIndexed(ctx context.Context, who string) (*ledger.Ledger, *store.Warehouse, error) {
	l, err := a.existingLedger()
	if err != nil {
		return nil, nil, err
	}
	w, err := store.Open(ctx, a.dir, who, store.Settings{})
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.index(ctx, l, w, false); err != nil {
		return nil, nil, errors.Join(err, w.Close())
	}
	return l, w, nil
}

// refresh judges what is new and works out again what files changed since the
// last time: the slices they touch, or everything after a publisher was
// described otherwise.
func (a *app) refresh(ctx context.Context, l *ledger.Ledger, w *store.Warehouse) (compareResult, error) {
	if err := a.judge(ctx, l, w); err != nil {
		return compareResult{}, err
	}
	files, all, err := w.Unrefreshed(ctx)
	switch {
	case err != nil || len(files) == 0 && !all:
		return compareResult{}, err
	case all:
		return compareResult{Files: len(files), Everything: true}, a.refreshAll(ctx, w)
	}
	var slices []compare.Slice
	err = inTransaction(ctx, w, func(tx *sql.Tx) error {
		if slices, err = compare.Refresh(ctx, tx, files); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM unrefreshed")
		return err
	})
	return compareResult{Files: len(files), Slices: len(slices)}, err
}

// refreshAll works everything out from nothing.
func (a *app) refreshAll(ctx context.Context, w *store.Warehouse) error {
	return inTransaction(ctx, w, func(tx *sql.Tx) error {
		if err := compare.Rebuild(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM unrefreshed")
		return err
	})
}

func inTransaction(ctx context.Context, w *store.Warehouse, do func(*sql.Tx) error) error {
	tx, err := w.DB().BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("compare: %w", err)
	}
	if err := do(tx); err != nil {
		return errors.Join(fmt.Errorf("compare: %w", err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("compare: %w", err)
	}
	return nil
}

func (r *compareResult) count(ctx context.Context, w *store.Warehouse) error {
	return w.DB().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM coverage), (SELECT count(*) FROM figures),
		(SELECT count(*) FROM comparisons), (SELECT count(*) FROM comparisons WHERE withheld <> '')`).
		Scan(&r.Rows.Coverage, &r.Rows.Figures, &r.Rows.Comparisons, &r.Rows.Withheld)
}
