package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"syscall"

	"commonspend/publish"
	"commonspend/publish/dataset"

	"github.com/spf13/cobra"
)

// dataPrefix is where the files of all releases are sent from.
const dataPrefix = "/data/"

func (a *app) datasetsCommand() *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:     "datasets",
		Short:   "Lay the latest release out as files to take away",
		Example: "  commonspend datasets\n  commonspend datasets --address https://spend.example.org/data/",
		Long: `Writes, below datasets/ in the data directory, a folder that never changes:
Parquet, CSV, CSV and workbooks for Excel, descriptions for programs, what changed
since the last release, and SHA256SUMS. What is as it was is linked to. ` + "`run` and\n`serve`" + ` send the files below /data/, and lay out the release they serve, without an
address, where this command has not; with --address it is then laid out again.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.datasets(cmd.Context(), address) },
	}
	cmd.Flags().StringVar(&address, "address", "", "the `address` that the files will be found below, for a sitemap and absolute addresses in catalogues")
	return cmd
}

// datasetsResult is what `datasets --json` writes.
type datasetsResult struct {
	Release string `json:"release"`
	Folder  string `json:"folder"`
	Address string `json:"address"` // that the files name, "" for none
}

func (a *app) datasets(ctx context.Context, address string) error {
	folder, err := publish.Latest(a.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no release in " + a.dir + " to lay out: make one with `commonspend publish`, or name another directory with --data")
	}
	if err != nil {
		return err
	}
	release, err := publish.Open(folder)
	if err != nil {
		return err
	}
	before, there := dataset.Address(a.dir, release.Number)
	if err := dataset.Build(ctx, release, address); err != nil {
		return err
	}
	into := dataset.Folder(a.dir, release.Number)
	text := "Release " + release.Number + " lies in " + into
	now, _ := dataset.Address(a.dir, release.Number)
	if there && now != before {
		text += ", laid out again for " + now
	}
	return a.writeResult(datasetsResult{release.Number, into, now}, text+"\n")
}

// files sends what is laid out of releases.
func (a *app) files(p *site) *dataset.Server {
	return &dataset.Server{Dir: a.dir, Latest: func() string { return p.server.Serving() }, Withdrawn: p.past.withdrawn, Now: a.now, Making: p.layouts.makes, Log: p.log}
}

// layouts lays releases out beside what else goes on, one at a time.
type layouts struct {
	log  *slog.Logger
	ctx  context.Context // until end
	stop context.CancelFunc
	all  sync.WaitGroup

	mu       sync.Mutex
	making   string // folder of the release that is being laid out, "" for none
	next     string // folder of the one to follow, "" for none
	readOnly bool   // it was told that nothing can be laid out
}

func newLayouts(log *slog.Logger) *layouts {
	l := &layouts{log: log}
	l.ctx, l.stop = context.WithCancel(context.Background())
	return l
}

// begin lays a release out, unless that is done. One that is in the making is
// finished first; of those that come meanwhile only the last one follows.
func (l *layouts) begin(folder string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next = folder; l.making == "" {
		l.making, l.next = l.next, ""
		l.all.Go(l.layOut)
	}
}

// layOut lays out what is to be made, until nothing follows.
func (l *layouts) layOut() {
	for folder := l.making; folder != ""; folder = l.follow() {
		release, err := publish.Open(folder)
		if err == nil {
			err = dataset.Build(l.ctx, release, "")
		}
		if err != nil && l.ctx.Err() == nil {
			l.fail(filepath.Base(folder), err)
		}
	}
}

// follow goes on to the next folder, "" for none.
func (l *layouts) follow() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.making, l.next = l.next, ""
	if l.ctx.Err() != nil {
		l.making = ""
	}
	return l.making
}

// fail tells the operator; that the directory is read-only, once.
func (l *layouts) fail(number string, err error) {
	readOnly := errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
	if !readOnly {
		l.log.Error("the release is served, and its files to take away are not laid out: `commonspend datasets` tries again", "release", number, "error", err)
	} else if !l.readOnly {
		l.readOnly = true
		l.log.Warn("the data directory is read-only, so that no files to take away are laid out in it")
	}
}

// end gives up what is in the making, and waits until nothing is.
func (l *layouts) end() {
	l.stop()
	l.all.Wait()
}

// makes says whether a release is being laid out, or is the next to be.
func (l *layouts) makes(number string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.making != "" && filepath.Base(l.making) == number || l.next != "" && filepath.Base(l.next) == number
}
