package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"commonspend/publish"
	"commonspend/publish/api"
	"commonspend/publish/portal"
	"commonspend/store"

	"github.com/spf13/cobra"
)

// defaultListen is where the portal answers when nothing else is said: on this
// machine only.
const defaultListen = "127.0.0.1:8080"

func (a *app) serveCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Serve the portal over the latest release",
		Example: "  commonspend serve\n  commonspend serve --listen 0.0.0.0:8080 --data /var/lib/commonspend",
		Long:    "Reads releases, and writes nothing but the files to take away below datasets/, so that\nit may run beside everything else. A new release is picked up within seconds; no page\nmixes two. A damaged one is refused, and the last good one is served with a notice on\nevery page.",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), listen) },
	}
	cmd.Flags().StringVar(&listen, "listen", defaultListen, "the `address` to answer on")
	return cmd
}

func (a *app) serve(ctx context.Context, listen string) error {
	if _, err := publish.Latest(a.dir); errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no release in " + a.dir + " to serve: make one with `commonspend publish`, or name another directory with --data")
	}
	p, err := a.openPortal(ctx, listen, portal.Options{})
	if err != nil {
		return err
	}
	defer p.close()
	log := slog.New(slog.NewTextHandler(a.err, nil))
	if err := p.swap(ctx); err != nil && p.server.Serving() == "" {
		return err
	} else if err != nil {
		log.Error("the last good release is served", "release", p.server.Serving(), "error", err)
	}
	if err := a.tellServing(p); err != nil {
		return err
	}
	for wait(ctx, pickUp) {
		if err := p.swap(ctx); err != nil {
			log.Error("the new release cannot be served; the last one stays", "error", err)
		}
	}
	return nil
}

// servingResult is what the commands that go on write when they answer.
type servingResult struct {
	URL     string `json:"url"`
	Release string `json:"release"` // "" before the first
}

func (a *app) tellServing(p *site) error {
	result := servingResult{URL: p.url, Release: p.server.Serving()}
	text := "commonspend answers at " + p.url + " (stop with Ctrl-C)\n"
	if result.Release != "" {
		text = "Release " + result.Release + " at " + p.url + " (stop with Ctrl-C)\n"
	}
	return a.writeResult(result, text)
}

// pickUp is how soon what another process did is noticed.
const pickUp = 2 * time.Second

// wait sleeps, and says false as soon as it is to stop.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// site is the portal on its address.
type site struct {
	dir    string
	url    string
	server *portal.Server
	api    *api.Server
	http   *http.Server

	log     *slog.Logger
	layouts *layouts
	past    *history
	refused string // the latest release and the time of its database's last change, where it is damaged
}

// openPortal takes the address at once, so that one in use is told of before
// any work is done, and answers from then on. The options say what is to be
// known of submissions.
func (a *app) openPortal(ctx context.Context, listen string, options portal.Options) (*site, error) {
	log := slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	options.Log, options.Now, options.Objects, options.Comparer = log, a.now, filepath.Join(a.dir, "objects"), comparer{}
	p := &site{dir: a.dir, log: log, layouts: newLayouts(log), past: a.newHistory()}
	files := a.files(p)
	options.Corrections, options.Laid = p.past.corrections, files.Files
	server, err := portal.New(options)
	if err != nil {
		return nil, err
	}
	programs, err := api.New(api.Options{Log: log, Now: a.now, Comparer: comparer{}, Reading: portal.Settings(), Withdrawn: p.past.withdrawn})
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("cannot answer on %s: %w; name another address with --listen", listen, err)
	}
	p.url, p.server, p.api = "http://"+listener.Addr().String()+"/", server, programs
	p.http = portal.HTTPServer(withPrograms(programs, files, server))
	go func() {
		if err := p.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the portal stopped answering", "error", err)
		}
	}()
	return p, nil
}

// withPrograms answers programs and sends datasets below their own addresses,
// and answers people everywhere else.
func withPrograms(programs, files, people http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == api.Prefix || strings.HasPrefix(r.URL.Path, api.Prefix+"/"):
			programs.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, dataPrefix):
			http.StripPrefix(dataPrefix, files).ServeHTTP(w, r)
		default:
			people.ServeHTTP(w, r)
		}
	})
}

// swap serves the latest release, unless it is served already. A damaged one is
// refused, and pages say so: the last good one stays, or is looked for. It is
// tried again when its database has changed. A last good one that is withdrawn
// gives way to one before it, or to none.
func (p *site) swap(ctx context.Context) error {
	folder, err := publish.Latest(p.dir)
	if err != nil {
		return err
	}
	if filepath.Base(folder) == p.server.Serving() {
		return nil
	}
	state := folder
	if info, err := os.Stat(filepath.Join(folder, "serve.duckdb")); err == nil {
		state += info.ModTime().String()
	}
	_, gone := p.past.withdrawn(p.server.Serving())
	if state != p.refused {
		if err = p.serve(ctx, folder); err == nil || ctx.Err() != nil {
			return err
		}
		p.refused, gone = state, gone || p.server.Serving() == ""
		err = &integrityError{fmt.Sprintf("release %s cannot be served: `commonspend verify` says what of it is damaged, and `commonspend publish` makes a whole one (%v)", filepath.Base(folder), err)}
	}
	if gone {
		p.server.Close()
		p.api.Close()
		p.serveEarlier(ctx, filepath.Base(folder))
	}
	p.server.Refuse(filepath.Base(folder))
	return err
}

// serveEarlier serves the latest of the releases before one, if any can be and
// was not withdrawn.
func (p *site) serveEarlier(ctx context.Context, before string) {
	numbers, err := publish.Numbers(p.dir)
	at := slices.Index(numbers, before)
	if err != nil || at < 0 {
		at = len(numbers)
	}
	for _, number := range slices.Backward(numbers[:at]) {
		if _, gone := p.past.withdrawn(number); gone {
			continue
		}
		if p.serve(ctx, filepath.Join(p.dir, "releases", number)) == nil {
			return
		}
	}
}

// serve has programs and people see a release, which must be whole, and lays
// its files out.
func (p *site) serve(ctx context.Context, folder string) error {
	if err := publish.CheckServing(folder); err != nil {
		return err
	}
	if err := p.api.Swap(ctx, folder); err != nil {
		return err
	}
	if err := p.swapPages(ctx, folder); err != nil {
		return err
	}
	if !p.server.Searchable() {
		p.log.Warn("the release was made by an earlier program, and cannot be searched: `commonspend rebuild`, then `commonspend publish`, makes one that can", "release", filepath.Base(folder))
	}
	p.layouts.begin(folder)
	return nil
}

// swapPages has people see what programs are given.
func (p *site) swapPages(ctx context.Context, folder string) error {
	db, err := store.OpenReadOnly(ctx, filepath.Join(folder, "serve.duckdb"), portal.Settings())
	if err != nil {
		return err
	}
	return p.server.Swap(ctx, db, folder)
}

// close stops answering, once the answers under way are given.
func (p *site) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	// What is still being answered after five seconds is cut off.
	if p.http.Shutdown(ctx) != nil {
		p.http.Close()
	}
	p.layouts.end()
	p.server.Close()
	p.api.Close()
}
