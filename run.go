package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"commonspend/ingest"
	"commonspend/publish"
	"commonspend/publish/portal"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"

	"github.com/spf13/cobra"
)

func (a *app) runCommand() *cobra.Command {
	var path, listen string
	cmd := &cobra.Command{
		Use:     "run -c FILE",
		Short:   "Fetch sources on their schedule, and do everything after, until stopped",
		Example: "  commonspend run -c commonspend.yaml\n  commonspend run -c commonspend.yaml --listen 0.0.0.0:8080",
		Long: `One process that fetches, reads, compares, publishes and serves. It also loads,
within seconds, what another commonspend hands in beside it (ingest, withdraw).
docs/commonspend.example.yaml shows every key of the configuration. SIGTERM or
Ctrl-C stop it cleanly.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := loadConfig(path)
			if err != nil {
				return err
			}
			if config.Data != "" && !cmd.Flags().Changed("data") {
				a.dir = config.Data
			}
			return a.runService(cmd.Context(), config, firstText(listen, config.Listen, defaultListen))
		},
	}
	cmd.Flags().StringVarP(&path, "config", "c", "commonspend.yaml", "the configuration `file`")
	cmd.Flags().StringVar(&listen, "listen", "", "the `address` to answer on, before the configuration's")
	return cmd
}

func firstText(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func (a *app) runService(ctx context.Context, config *Config, listen string) error {
	s, err := a.openService(ctx, config, "run", listen)
	if err != nil {
		return err
	}
	err = errors.Join(a.warnOfBodies(s.ledger, config.Publishers), a.tellServing(s.site))
	if err == nil {
		err = s.loop(ctx)
	}
	return errors.Join(err, s.close())
}

// service is the whole pipeline in one process.
type service struct {
	app       *app
	ledger    *ledger.Ledger
	warehouse *store.Warehouse
	schedule  *ingest.Schedule
	keeper    *keeper
	seen      visits
	site      *site
	log       *slog.Logger
	journal   int64       // size of the journal before it was last indexed
	visiting  atomic.Bool // sources are being visited
	waiting   bool        // something is indexed that no release holds yet
	released  time.Time   // when a release was last made or found unchanged
}

func (a *app) openService(ctx context.Context, config *Config, who, listen string) (*service, error) {
	l, err := ledger.Open(a.dir, a.now, a.random)
	if err != nil {
		return nil, err
	}
	known, err := readState(l)
	if err != nil {
		return nil, err
	}
	if err := tellConfigured(l, known, config.Publishers); err != nil {
		return nil, err
	}
	schedule, err := ingest.NewSchedule(config.Sources, config.Schedule)
	if err != nil {
		return nil, err
	}
	seen, err := readVisits(a.dir)
	if err != nil {
		return nil, err
	}
	w, err := store.Open(ctx, a.dir, who, store.Settings{})
	if err != nil {
		return nil, err
	}
	desk, err := a.newDesk(l, config.Limits)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	site, err := a.openPortal(ctx, listen, portal.Options{Desk: desk, MaxSubmission: config.SubmitBytes})
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	limits, err := limitsText(config.Limits)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	fetcher := ingest.NewFetcher(config.fetchOptions(version(), a.now, rand.Float64))
	return &service{app: a, ledger: l, warehouse: w, schedule: schedule, seen: seen, site: site,
		keeper: &keeper{ledger: l, fetcher: fetcher, by: who, limits: limits},
		log:    slog.New(slog.NewTextHandler(a.err, nil))}, nil
}

// tellConfigured journals the publishers of a configuration that are new or
// described otherwise than before.
func tellConfigured(l *ledger.Ledger, known state, publishers []schemas.Publisher) error {
	described := map[string]schemas.Publisher{}
	var all []candidate
	for _, p := range publishers {
		described[p.ID] = p
		all = append(all, candidate{publisher: p.ID})
	}
	return tellPublishers(l, known, described, all)
}

// loop goes on until it is told to stop: sources are fetched as they fall due,
// and beside that, what is new in the journal is loaded, compared, published
// and served. Neither waits for the other.
func (s *service) loop(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	var fetching sync.WaitGroup
	defer fetching.Wait()
	defer stop()
	fetching.Go(func() { s.keepFetching(ctx) })
	for {
		// What another process made, repaired or withdrew is noticed too.
		if err := s.site.swap(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, fs.ErrNotExist) {
			s.log.Error("the last release cannot be served", "error", err)
		}
		err := s.takeIn(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && stops(err) {
			return err
		}
		if err != nil {
			s.log.Error("this round is not complete; the next one tries again", "error", err)
		}
		if !wait(ctx, pickUp) {
			return nil
		}
	}
}

// stops tells the errors that no later round can mend.
func stops(err error) bool {
	return is[*ledger.Damage](err) || is[*store.Imbalance](err) || is[*store.Unopenable](err)
}

// keepFetching visits sources as they fall due. Trouble with our own disk is
// told of here and met again, with its consequences, by takeIn.
func (s *service) keepFetching(ctx context.Context) {
	for {
		if err := s.fetch(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("this round of visits is not complete; the next one tries again", "error", err)
		}
		if !wait(ctx, pickUp) {
			return
		}
	}
}

// turn is one round of both, one after the other.
func (s *service) turn(ctx context.Context) error {
	if err := s.fetch(ctx); err != nil {
		return err
	}
	return s.takeIn(ctx)
}

// takeIn loads, publishes and serves what the journal holds that is new.
func (s *service) takeIn(ctx context.Context) error {
	info, err := os.Stat(filepath.Join(s.app.dir, "journal.jsonl"))
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if info.Size() != s.journal {
		if err := s.index(ctx); err != nil {
			return err
		}
		// The size is the one before: what was handed in while this went on is for the next round.
		s.journal, s.waiting = info.Size(), true
	}
	if !s.waiting || s.visiting.Load() && s.app.now().Sub(s.released) < betweenReleases {
		return nil
	}
	if err := s.publish(ctx); err != nil {
		return err
	}
	s.waiting, s.released = false, s.app.now()
	return nil
}

// betweenReleases keeps a long visit to many sources from making a release of
// every few files.
const betweenReleases = time.Minute

// fetch visits what is due.
func (s *service) fetch(ctx context.Context) error {
	s.visiting.Store(true)
	defer s.visiting.Store(false)
	due := s.schedule.Due(s.app.now(), s.seen)
	if len(due) == 0 {
		return nil
	}
	done, err := s.keeper.visit(ctx, s.app.dir, due, s.seen)
	for _, problem := range done.Problems {
		s.log.Warn("a source brought no file", "source", problem.Source, "problem", problem.Problem)
	}
	s.log.Info("sources visited", "due", len(due), "new", done.New, "unchanged", done.Unchanged, "without a file", len(done.Problems))
	return err
}

// index loads what the journal holds beyond the warehouse.
func (s *service) index(ctx context.Context) error {
	result, err := s.app.index(ctx, s.ledger, s.warehouse, false)
	if err != nil {
		return err
	}
	for _, file := range result.Files {
		if file.Outcome == schemas.OutcomeRefuse {
			s.log.Warn("a file was refused", "publisher", file.Publisher, "file", file.Name, "reason", file.Reason)
		}
	}
	if len(result.Files) > 0 {
		s.log.Info("loaded", "files", len(result.Files), "payments", result.Payments, "took", time.Duration(result.Seconds*float64(time.Second)))
	}
	return nil
}

// publish makes and serves a release of what is loaded. One that its check
// refuses is told of; the last one stays.
func (s *service) publish(ctx context.Context) error {
	began := s.app.now()
	release, err := s.app.makeRelease(ctx, s.ledger, s.warehouse, false)
	var check *publish.CheckError
	switch {
	case err == errNoFiles:
		return nil
	case errors.As(err, &check):
		s.log.Error("no release was made: stop this program and run `commonspend publish --force` if this is right", "problems", strings.Join(check.Problems, " "))
		return nil
	case err != nil:
		return err
	}
	if !release.Unchanged {
		s.log.Info("published", "release", release.Number, "files", release.Files, "payments", release.Payments,
			"took", s.app.now().Sub(began).Round(time.Millisecond))
	}
	return s.site.swap(ctx)
}

func (s *service) close() error {
	s.site.close()
	return s.warehouse.Close()
}
