package main

import (
	"context"

	"commonspend/normalize/judge"
	"commonspend/store"
	"commonspend/store/ledger"
)

// judge brings the judgements of bodies, scope, category and supplier up to
// what the warehouse holds. With it the working out of derived tables begins,
// which takes more memory than loading does.
func (a *app) judge(ctx context.Context, l *ledger.Ledger, w *store.Warehouse) error {
	if err := w.Allow(ctx, store.DerivingMemory); err != nil {
		return err
	}
	known, err := readState(l)
	if err != nil {
		return err
	}
	imported, err := known.importedRegisters(l)
	if err != nil {
		return err
	}
	judges, err := judge.New(imported)
	if err != nil {
		return err
	}
	_, err = judges.Refresh(ctx, w)
	return err
}
