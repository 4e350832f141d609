package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"commonspend/publish"
	"commonspend/publish/dataset"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "verify",
		Short:   "Check every hash, the journal's chain, every row and penny, every release",
		Example: "  commonspend verify\n  commonspend verify --data /var/lib/commonspend --json",
		Long: `Reads everything and changes nothing. Originals, objects, releases and datasets are
compared with their SHA-256; the journal with its chain, and with what the warehouse and
each release say of it; every file's rows and pence with the line account.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context()) },
	}
}

// verifyResult is what `verify --json` writes.
type verifyResult struct {
	Sound     bool     `json:"sound"`
	Originals int      `json:"originals"`
	Events    int      `json:"journal_events"`
	Files     int      `json:"files"` // whose line accounts were checked
	Releases  int      `json:"releases"`
	Problems  []string `json:"problems"`
	Notes     []string `json:"notes"` // what could not be checked, and why
}

func (a *app) verify(ctx context.Context) error {
	l, err := a.existingLedger()
	if err != nil {
		return err
	}
	result := verifyResult{Problems: []string{}, Notes: []string{}}
	known, err := readState(l)
	if err := result.note(err); err != nil {
		return err
	}
	result.Events = known.head.Length
	if err := result.originals(ctx, l, known); err != nil {
		return err
	}
	if err := result.warehouse(ctx, a.dir, known); err != nil {
		return err
	}
	if err := result.releases(ctx, a.dir, l); err != nil {
		return err
	}
	result.Sound = len(result.Problems) == 0
	if err := a.writeResult(result, result.text()); err != nil {
		return err
	}
	if !result.Sound {
		return &integrityError{plural(len(result.Problems), "1 problem was found", "{n} problems were found")}
	}
	return nil
}

// note keeps damage as a problem found, and hands back any other error.
func (r *verifyResult) note(err error) error {
	var damage *ledger.Damage
	if errors.As(err, &damage) {
		r.Problems = append(r.Problems, damage.Error())
		return nil
	}
	return err
}

func (r *verifyResult) originals(ctx context.Context, l *ledger.Ledger, known state) error {
	shas := map[string]bool{}
	for _, file := range known.files {
		shas[file.SHA] = true
	}
	for _, sent := range known.submissions.all {
		shas[sent.SHA] = true
	}
	for _, register := range known.imported {
		shas[register.SHA] = true
	}
	for sha := range shas {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.note(l.CheckOriginal(sha)); err != nil {
			return err
		}
	}
	r.Originals = len(shas)
	return nil
}

// warehouse checks the line accounts, where there is a warehouse and nobody
// else holds it.
func (r *verifyResult) warehouse(ctx context.Context, dir string, known state) error {
	_, err := os.Stat(filepath.Join(dir, "warehouse.duckdb"))
	if errors.Is(err, fs.ErrNotExist) {
		r.unchecked(len(known.files))
		return nil
	}
	w, err := store.Open(ctx, dir, "verify", store.Settings{})
	var locked *store.Locked
	var broken *store.Unopenable
	switch {
	case errors.As(err, &locked):
		r.Notes = append(r.Notes, "the line accounts were not checked: "+locked.Error())
		return nil
	case errors.As(err, &broken):
		r.Problems = append(r.Problems, broken.Error())
		return nil
	case err != nil:
		return err
	}
	defer w.Close()
	return r.accounts(ctx, w, known)
}

func (r *verifyResult) accounts(ctx context.Context, w *store.Warehouse, known state) error {
	length, head, err := w.Indexed(ctx)
	if err != nil {
		return err
	}
	if length > known.head.Length || length == known.head.Length && head != known.head.Hash {
		r.Problems = append(r.Problems, disagreement(length).Error())
	}
	files, problems, err := w.CheckAll(ctx)
	r.Files = files
	r.Problems = append(r.Problems, problems...)
	r.unchecked(len(known.files) - files)
	return err
}

// unchecked notes how many files of the journal are not in the warehouse.
func (r *verifyResult) unchecked(files int) {
	if files > 0 {
		r.Notes = append(r.Notes, plural(files, "1 file of the journal is not in the warehouse, so that its line account was not checked: `commonspend compare` loads it",
			"{n} files of the journal are not in the warehouse, so that their line accounts were not checked: `commonspend compare` loads them"))
	}
}

func (r *verifyResult) releases(ctx context.Context, dir string, l *ledger.Ledger) error {
	problems, err := publish.Verify(ctx, dir)
	if err != nil {
		return err
	}
	laid, err := dataset.Verify(ctx, dir)
	if err != nil {
		return err
	}
	for _, problem := range append(problems, laid...) {
		r.Problems = append(r.Problems, problem.Path+": "+problem.Sentence)
	}
	return r.note(r.journalled(dir, l))
}

func (r *verifyResult) text() string {
	var b strings.Builder
	for _, problem := range r.Problems {
		fmt.Fprintln(&b, "problem", problem)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(&b, "note", note)
	}
	fmt.Fprintf(&b, "%s originals, %s journal events, the line accounts of %s files and %s releases checked\n",
		thousands(int64(r.Originals)), thousands(int64(r.Events)), thousands(int64(r.Files)), thousands(int64(r.Releases)))
	switch {
	case r.Sound && len(r.Notes) == 0:
		fmt.Fprintln(&b, "All is sound: every hash, row and penny agrees.")
	case r.Sound:
		fmt.Fprintln(&b, "What could be checked is sound.")
	}
	return b.String()
}
