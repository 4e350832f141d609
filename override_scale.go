package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"commonspend/publish"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"
)

// An override about more than one payment in broadShare of all, and about at
// least broadFrom, must be meant.
const (
	broadShare = 10
	broadFrom  = 1000
)

// meant refuses an override of very many payments, or one that names nothing
// but empty values (as an unset variable of a shell gives), unless the operator
// says that it is meant.
func meant(o ledger.Overridden, payments int, pence schemas.Amount, all int, yes bool) error {
	says := ""
	switch {
	case yes:
	case namesNothing(o):
		says = "it names only empty values, as an unset variable gives"
	case payments >= broadFrom && payments*broadShare > all:
		says = fmt.Sprintf("that is more than one in %d of all", broadShare)
	}
	if says == "" {
		return nil
	}
	return &usageError{fmt.Sprintf("this is about %s, %s, of %s held, and %s: nothing was recorded; if it is meant, say so with --yes",
		plural(payments, "1 payment", "{n} payments"), pence.Pounds(), thousands(int64(all)), says)}
}

// namesNothing reports whether every value given is empty. The publisher alone
// names an entity's payments, and does not name a line.
func namesNothing(o ledger.Overridden) bool {
	for column, value := range o.When {
		if value != "" && (o.What == "entity" || column != "publisher") {
			return false
		}
	}
	return true
}

// handOver journals what a process that holds the warehouse is to apply, once
// the latest release shows payments that it is about.
func (a *app) handOver(ctx context.Context, event ledger.Event, yes bool) error {
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	if err := knowsBody(l, event.Overridden.Body); err != nil {
		return err
	}
	seen, err := a.seenInRelease(ctx, *event.Overridden, yes)
	if err != nil {
		return err
	}
	number, err := journalled(l, event)
	if err != nil {
		return err
	}
	return a.writeResult(map[string]any{"handed_over": true, "override": number}, fmt.Sprintf(
		"Override %d is recorded. The process that holds the warehouse applies it within seconds. %s\n", number, seen))
}

// seenInRelease says what of the latest release an override is about, and
// refuses one that is about nothing there, unless the operator says that it is
// meant: payments may be newer, or not shown.
func (a *app) seenInRelease(ctx context.Context, o ledger.Overridden, yes bool) (string, error) {
	folder, err := publish.Latest(a.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "Whether any payment matches could not be looked up, since there is no release yet: `commonspend override list` shows what is recorded.",
			meant(o, 0, 0, 0, yes || !namesNothing(o))
	}
	if err != nil {
		return "", err
	}
	db, err := store.OpenReadOnly(ctx, filepath.Join(folder, "serve.duckdb"), store.Settings{})
	if err != nil {
		return "", err
	}
	defer db.Close()
	release := filepath.Base(folder)
	if o.SameAs != nil && *o.SameAs != "" && !yes {
		other := map[string]string{"payee": *o.SameAs}
		n, _, _, err := store.MatchingPublished(ctx, db, other)
		if err != nil {
			return "", err
		}
		if n == 0 {
			return "", unseen(release, other)
		}
	}
	payments, pence, all, err := store.MatchingPublished(ctx, db, o.When)
	if err != nil {
		return "", err
	}
	if payments == 0 && !yes {
		return "", unseen(release, o.When)
	}
	return fmt.Sprintf("Release %s shows %s that match, %s; `commonspend override list` shows what is recorded.", release,
		plural(payments, "1 payment", "{n} payments"), schemas.Amount(pence).Pounds()), meant(o, payments, schemas.Amount(pence), all, yes)
}

// unseen refuses what no payment in a release has.
func unseen(release string, when map[string]string) error {
	return &usageError{fmt.Sprintf("no payment in release %s has %s: nothing was recorded; it must be written exactly as published. Payments that the release does not show, "+
		"since they are newer or to private people, can be meant: --yes records it all the same", release, spoken(when))}
}
