package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

// ingestFlags are the flags of `ingest`.
type ingestFlags struct {
	publisher, publishers, config, duty, period, licence string
}

func (a *app) ingestCommand() *cobra.Command {
	var flags ingestFlags
	cmd := &cobra.Command{
		Use:   "ingest PATH…",
		Short: "Take in spend files: keep the bytes, read them, account for every line",
		Example: `  commonspend ingest council-april.csv --publisher anytown --publishers PUBLISHERS.csv
  commonspend ingest corpus/            (a folder per publisher, with a PUBLISHERS.csv)
  commonspend ingest https://example.org/spend/2024-04.csv --publisher anytown -c commonspend.yaml`,
		Long: `A PATH is a file, a folder, a zip or a web address. Its publisher is the one
named by --publisher; else the folder that holds it, by the PUBLISHERS.csv beside
that folder. Publishers are known from a PUBLISHERS.csv (columns folder,
publisher, body_id, sector, body_type and, if you like, duty, threshold, licence,
attribution), from the configuration, or from what was taken in before.
Bytes that are held already are not taken in twice.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error { return a.ingest(cmd.Context(), paths, flags) },
	}
	cmd.Flags().StringVar(&flags.publisher, "publisher", "", "whose files these are: the publisher's `ID`")
	cmd.Flags().StringVar(&flags.publishers, "publishers", "", "a PUBLISHERS.csv `file` that describes the publishers")
	cmd.Flags().StringVarP(&flags.config, "config", "c", "", "a configuration `file` that describes the publishers")
	cmd.Flags().StringVar(&flags.duty, "duty", "", "why these files are published, where they do not say: a duty's `code`, such as LGTC500")
	cmd.Flags().StringVar(&flags.period, "period", "", "the `period` these files cover, where they do not say: 2024-04 or 2024/25")
	cmd.Flags().StringVar(&flags.licence, "licence", "", "the `licence` of publishers that record none, such as OGL-UK-3.0; without one nothing is republished")
	return cmd
}

func (a *app) ingest(ctx context.Context, paths []string, flags ingestFlags) error {
	if err := checkIngestFlags(flags); err != nil {
		return err
	}
	config, err := flags.configuration()
	if err != nil {
		return err
	}
	described, err := a.describedPublishers(paths, flags)
	if err != nil {
		return err
	}
	known, err := a.knownBefore()
	if err != nil {
		return err
	}
	addKnown(described, known.publishers)
	files, problems, err := candidates(paths, flags.publisher, described)
	if err != nil {
		return err
	}
	files, strangers := knownOnly(files, described)
	if len(files) == 0 && len(strangers) > 0 {
		return &configError{Path: publishersFile, Sentence: strangers[0]}
	}
	l, err := ledger.Open(a.dir, a.now, a.random)
	if err != nil {
		return err
	}
	if err := errors.Join(a.warnOfBodies(l, describedOf(files, described)), tellPublishers(l, known, described, files)); err != nil {
		return err
	}
	return a.keepAndIndex(ctx, l, config, flags, files, append(problems, strangers...))
}

// knownBefore is what the journal tells, where there is one: nothing is made
// before what is to be taken in is known to be described.
func (a *app) knownBefore() (state, error) {
	if !ledger.Exists(a.dir) {
		return newState(), nil
	}
	l, err := a.existingLedger()
	if err != nil {
		return state{}, err
	}
	return readState(l)
}

func (a *app) keepAndIndex(ctx context.Context, l *ledger.Ledger, config *Config, flags ingestFlags, files []candidate, problems []string) error {
	keeper, err := a.newKeeper(l, config, flags)
	if err != nil {
		return err
	}
	all, err := keeper.keep(ctx, files)
	if err != nil {
		return err
	}
	return a.indexAndTell(ctx, l, all, problems)
}

// configuration reads the configuration that a flag names. Without one nothing
// is configured.
func (f ingestFlags) configuration() (*Config, error) {
	if f.config == "" {
		return &Config{Contact: projectContact, Fetch: FetchConfig{Gap: time.Second}}, nil
	}
	config, err := loadConfig(f.config)
	if err != nil {
		return nil, err
	}
	config.Contact = firstText(config.Contact, projectContact)
	return config, nil
}

// addKnown adds the publishers that earlier commands described. A licence that
// was recorded stays where a list names none: --licence need be given only once.
func addKnown(described, known map[string]schemas.Publisher) {
	for id, before := range known {
		now, ok := described[id]
		if !ok {
			now = before
		} else if now.Licence == "" {
			now.Licence = before.Licence
		}
		described[id] = now
	}
}

func checkIngestFlags(flags ingestFlags) error {
	if _, err := schemas.ParsePeriod(flags.period); err != nil {
		return &usageError{err.Error()}
	}
	if flags.duty == "" {
		return nil
	}
	duties, err := schemas.Duties()
	switch {
	case err != nil:
		return err
	case flags.duty == schemas.Reported:
		return &usageError{"the duty " + toldOfLines(duties)}
	case !slices.Contains(duties, flags.duty):
		return &usageError{fmt.Sprintf("there is no duty %s: use one of %s", flags.duty, strings.Join(duties, " "))}
	}
	return nil
}

// describedPublishers reads the publishers from the configuration, the list
// named by a flag, and the list in or above each path.
func (a *app) describedPublishers(paths []string, flags ingestFlags) (map[string]schemas.Publisher, error) {
	described := map[string]schemas.Publisher{}
	put := func(list []schemas.Publisher) {
		for _, p := range list {
			if p.Licence == "" {
				p.Licence = flags.licence
			}
			described[p.ID] = p
		}
	}
	lists, err := publisherLists(paths, flags.publishers)
	if err != nil {
		return nil, err
	}
	for _, path := range lists {
		list, err := loadPublishersCSV(path)
		if err != nil {
			return nil, err
		}
		put(list)
	}
	config, err := flags.configuration()
	if err != nil {
		return nil, err
	}
	put(config.Publishers)
	return described, nil
}

// publisherLists names the PUBLISHERS.csv in, beside or above each path, the
// one that a flag names last, so that it prevails.
func publisherLists(paths []string, named string) ([]string, error) {
	var lists []string
	seen := map[string]bool{}
	for _, path := range paths {
		if isURL(path) {
			continue
		}
		for _, folder := range []string{path, filepath.Dir(absolute(path)), filepath.Dir(filepath.Dir(absolute(path)))} {
			list := filepath.Join(folder, publishersFile)
			if info, err := os.Stat(list); err == nil && !info.IsDir() && !seen[absolute(list)] {
				seen[absolute(list)] = true
				lists = append(lists, list)
			}
		}
	}
	if named == "" {
		return lists, nil
	}
	if _, err := os.Stat(named); err != nil {
		return nil, fmt.Errorf("%s cannot be read: %s", named, plainCause(err))
	}
	return append(lists, named), nil
}

// knownOnly leaves out files of publishers nobody has described, with one
// sentence for each such publisher.
func knownOnly(files []candidate, described map[string]schemas.Publisher) (known []candidate, strangers []string) {
	told := map[string]bool{}
	for _, file := range files {
		if _, ok := described[file.publisher]; ok {
			known = append(known, file)
			continue
		}
		if !told[file.publisher] {
			told[file.publisher] = true
			strangers = append(strangers, fmt.Sprintf("the publisher %q is not known: add it to %s or to the configuration", file.publisher, publishersFile))
		}
	}
	return known, strangers
}

// tellPublishers journals the publishers of these files that are new or
// described otherwise than before.
func tellPublishers(l *ledger.Ledger, known state, described map[string]schemas.Publisher, files []candidate) error {
	var events []ledger.Event
	told := map[string]bool{}
	for _, file := range files {
		publisher := described[file.publisher]
		before, ok := known.publishers[publisher.ID]
		if told[publisher.ID] || ok && before == publisher {
			continue
		}
		told[publisher.ID] = true
		events = append(events, ledger.Event{By: "ingest", Kind: "publisher", Publisher: &publisher})
	}
	if len(events) == 0 {
		return nil
	}
	return l.Append(events...)
}

func (a *app) newKeeper(l *ledger.Ledger, config *Config, flags ingestFlags) (*keeper, error) {
	fetcher := ingest.NewFetcher(config.fetchOptions(version(), a.now, rand.Float64))
	limits, err := limitsText(config.Limits)
	return &keeper{ledger: l, fetcher: fetcher, duty: flags.duty, period: flags.period, by: "ingest", limits: limits}, err
}

// projectContact stands in the User-Agent where no configuration names one.
const projectContact = "https://commonspend.example"

// indexAndTell indexes what was kept and tells what became of it. Where a
// running commonspend holds the warehouse, that one will.
func (a *app) indexAndTell(ctx context.Context, l *ledger.Ledger, all []kept, strangers []string) error {
	w, err := store.Open(ctx, a.dir, "ingest", store.Settings{})
	var locked *store.Locked
	if errors.As(err, &locked) && (locked.Holder.Command == "run" || locked.Holder.Command == "demo") {
		result := newIngestResult()
		result.Handed = locked.Holder.PID
		return a.tellIngest(result, all, strangers)
	}
	if err != nil {
		return err
	}
	result, err := a.index(ctx, l, w, false)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return a.tellIngest(result, all, strangers)
}
