package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/normalize"
	"commonspend/publish"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

type publishFlags struct {
	force   bool
	export  string
	formats []string
}

func (a *app) publishCommand() *cobra.Command {
	var flags publishFlags
	cmd := &cobra.Command{
		Use:     "publish",
		Short:   "Make a release: built aside, checked against the last, swapped in whole",
		Example: "  commonspend publish\n  commonspend publish --export /srv/open-data\n  commonspend publish --force",
		Long: `A release costs what changed since the last. It is refused, and the last one
stays, when a publisher or a month has vanished, totals have jumped, or nothing at all
is left; --force publishes all the same, and the release says so. What withdraw and
override entity took away or moved since is not held against it. --export lays the latest release
out as plain files: Parquet and CSV by publisher and financial year.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.publish(cmd.Context(), flags) },
	}
	cmd.Flags().BoolVar(&flags.force, "force", false, "publish although the check against the last release refuses")
	cmd.Flags().StringVar(&flags.export, "export", "", "also lay the release out as plain files in this `directory`")
	cmd.Flags().StringSliceVar(&flags.formats, "format", []string{"parquet", "csv"}, "which `formats` --export lays out")
	return cmd
}

// publishResult is what `publish --json` writes.
type publishResult struct {
	Release    string             `json:"release"`
	Unchanged  bool               `json:"unchanged"` // nothing changed since: no new release was made
	Folder     string             `json:"folder"`
	Payments   int64              `json:"payments"`
	Pence      schemas.Amount     `json:"pence"`
	Bodies     int                `json:"bodies"`
	Publishers int                `json:"publishers"`
	Files      int                `json:"files"`
	Withheld   []publish.Withheld `json:"withheld"`
	Forced     []string           `json:"forced"`
	Export     string             `json:"export,omitempty"`
}

func (a *app) publish(ctx context.Context, flags publishFlags) error {
	if flags.export != "" {
		if err := publish.CheckExport(flags.export, flags.formats); err != nil {
			return &usageError{err.Error()}
		}
	}
	l, w, err := a.openIndexed(ctx, "publish")
	if err != nil {
		return err
	}
	release, err := a.makeRelease(ctx, l, w, flags.force)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	if flags.export != "" {
		if err := publish.Export(ctx, release, flags.export, flags.formats); err != nil {
			return err
		}
	}
	return a.tellRelease(release, flags.export)
}

// errNoFiles says that there is nothing to publish.
var errNoFiles = &usageError{"no file has been taken in yet, so that there is nothing to publish: begin with `commonspend ingest`"}

// makeRelease compares, publishes, and tells the journal.
func (a *app) makeRelease(ctx context.Context, l *ledger.Ledger, w *store.Warehouse, force bool) (*publish.Release, error) {
	if _, err := a.refresh(ctx, l, w); err != nil {
		return nil, err
	}
	files, err := w.Files(ctx)
	if err != nil {
		return nil, err
	}
	if files == 0 {
		return nil, errNoFiles
	}
	known, err := readState(l)
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(known.secret)
	if err != nil {
		return nil, &ledger.Damage{What: "journal line 1", Why: "its secret cannot be read: restore the journal from a copy"}
	}
	length, head, err := w.Indexed(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := normalize.LoadRules()
	if err != nil {
		return nil, err
	}
	progress := a.newProgress()
	release, err := publish.Publish(ctx, w.DB(), publish.Options{Dir: a.dir, Now: a.now(), Force: force,
		JournalLength: length, JournalHead: head, Asked: known.asked(), Secret: secret, Program: version(), Titled: rules.Titled, Progress: progress.step})
	progress.done()
	if err != nil {
		return release, err
	}
	return release, a.tellPublished(l, known.published)
}

// asked lists what people asked for that takes payments out of a release or
// gives them to another body: files withdrawn, and words on entities.
func (s state) asked() (all []publish.Asked) {
	for no, gone := range s.withdrawn {
		file := s.files[no]
		all = append(all, publish.Asked{Sequence: gone.sequence, Publisher: file.Publisher, File: file.SHA})
	}
	for _, o := range s.overrides {
		if o.What != "entity" {
			continue
		}
		said := publish.Asked{Sequence: o.Number, Publisher: o.When["publisher"], Entity: o.When["entity"]}
		all = append(all, said)
		if o.Undone {
			said.Sequence = o.undone
			all = append(all, said)
		}
	}
	slices.SortFunc(all, func(a, b publish.Asked) int { return a.Sequence - b.Sequence })
	return all
}

// tellPublished journals every release that stands and that the journal does
// not tell of: the new one, and one whose publishing was interrupted just then.
func (a *app) tellPublished(l *ledger.Ledger, told map[string]bool) error {
	entries, err := os.ReadDir(filepath.Join(a.dir, "releases"))
	if err != nil {
		return fmt.Errorf("list the releases: %w", err)
	}
	var events []ledger.Event
	for _, entry := range entries {
		number := entry.Name()
		if !entry.IsDir() || strings.HasPrefix(number, ".") || told[number] {
			continue
		}
		manifest, err := os.ReadFile(filepath.Join(a.dir, "releases", number, "manifest.json"))
		if err != nil {
			return fmt.Errorf("read the manifest of release %s: %w", number, err)
		}
		sum := sha256.Sum256(manifest)
		events = append(events, ledger.Event{By: "publish", Kind: "published",
			Published: &ledger.Published{Release: number, Manifest: hex.EncodeToString(sum[:])}})
	}
	if len(events) == 0 {
		return nil
	}
	return l.Append(events...)
}

func (a *app) tellRelease(r *publish.Release, export string) error {
	result := publishResult{Release: r.Number, Unchanged: r.Unchanged, Folder: r.Folder(), Payments: r.Payments, Pence: r.Pence,
		Bodies: r.Bodies, Publishers: r.Publishers, Files: r.Files, Withheld: r.Withheld, Forced: r.Forced, Export: export}
	var b strings.Builder
	if r.Unchanged {
		fmt.Fprintf(&b, "Nothing has changed since release %s; no new one was made.\n", r.Number)
	} else if r.Payments == 0 {
		fmt.Fprintf(&b, "Release %s is empty: it holds no payment, of no body.\n", r.Number)
	} else {
		fmt.Fprintf(&b, "Release %s: %s payments, %s, of %s\n", r.Number, thousands(r.Payments), r.Pence.Pounds(), plural(r.Bodies, "1 body", "{n} bodies"))
	}
	for _, left := range r.Withheld {
		fmt.Fprintf(&b, "left out %s: %s\n", left.Publisher, left.Reason)
	}
	if len(r.Withheld) > 0 {
		fmt.Fprintln(&b, "To record a licence, give it in PUBLISHERS.csv or the configuration, or ingest the files again with --licence.")
	}
	for _, let := range r.Forced {
		fmt.Fprintf(&b, "forced: %s\n", let)
	}
	fmt.Fprintln(&b, r.Folder())
	if export != "" {
		fmt.Fprintf(&b, "Laid out as plain files in %s\n", export)
	}
	return a.writeResult(result, b.String())
}
