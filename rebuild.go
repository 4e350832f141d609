package main

import (
	"context"
	"errors"

	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rebuild",
		Short:   "Make the warehouse again from originals and journal",
		Example: "  commonspend rebuild\n  commonspend rebuild --data /var/lib/commonspend --json",
		Long: `The new warehouse is built aside and takes the old one's place in one step; until
then, and if it fails, the old one stands. Every original is compared with its
SHA-256 before it is read. Needed after a damaged disk, a new version of the
program or new rules; safe at any time.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.rebuild(cmd.Context()) },
	}
}

func (a *app) rebuild(ctx context.Context) error {
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	w, err := store.OpenAside(ctx, a.dir, "rebuild", store.Settings{})
	if err != nil {
		return err
	}
	result, err := a.index(ctx, l, w, true)
	if err == nil {
		err = a.judge(ctx, l, w)
	}
	if err == nil {
		err = a.refreshAll(ctx, w)
	}
	if err != nil {
		return errors.Join(err, w.Close())
	}
	if err := w.Install(); err != nil {
		return err
	}
	return a.writeResult(result, result.text())
}

// existingLedger opens the ledger of a data directory that must be there: a
// mistyped --data must not quietly make an empty one.
func (a *app) existingLedger() (*ledger.Ledger, error) {
	if !ledger.Exists(a.dir) {
		return nil, errors.New("there is no commonspend data in " + a.dir + ": name its directory with --data, or begin with `commonspend ingest` or `commonspend demo`")
	}
	return ledger.Open(a.dir, a.now, a.random)
}
