package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
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
		Long:    "Reads releases only, so that it may run beside everything else. A new release is\npicked up within seconds; no page mixes two.",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), listen) },
	}
	cmd.Flags().StringVar(&listen, "listen", defaultListen, "the `address` to answer on")
	return cmd
}

func (a *app) serve(ctx context.Context, listen string) error {
	if _, err := publish.Latest(a.dir); errors.Is(err, fs.ErrNotExist) {
		return &usageError{"there is no release in " + a.dir + " to serve: make one with `commonspend publish`, or name another directory with --data"}
	}
	p, err := a.openPortal(ctx, listen, portal.Options{})
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.swap(ctx); err != nil {
		return err
	}
	if err := a.tellServing(p); err != nil {
		return err
	}
	for wait(ctx, pickUp) {
		if err := p.swap(ctx); err != nil {
			slog.New(slog.NewTextHandler(a.err, nil)).Error("the new release cannot be served; the last one stays", "error", err)
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
}

// openPortal takes the address at once, so that one in use is told of before
// any work is done, and answers from then on. The options say what is to be
// known of submissions.
func (a *app) openPortal(ctx context.Context, listen string, options portal.Options) (*site, error) {
	log := slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	options.Log, options.Now, options.Objects, options.Comparer = log, a.now, filepath.Join(a.dir, "objects"), comparer{}
	server, err := portal.New(options)
	if err != nil {
		return nil, err
	}
	programs, err := api.New(api.Options{Log: log, Now: a.now})
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("cannot answer on %s: %w; name another address with --listen", listen, err)
	}
	p := &site{dir: a.dir, url: "http://" + listener.Addr().String() + "/", server: server, api: programs, http: portal.HTTPServer(withPrograms(programs, a.files(server), server))}
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

// swap serves the latest release, unless it is served already.
func (p *site) swap(ctx context.Context) error {
	folder, err := publish.Latest(p.dir)
	if err != nil || filepath.Base(folder) == p.server.Serving() {
		return err
	}
	err = p.api.Swap(ctx, folder)
	if err == nil {
		err = p.swapPages(ctx, folder)
	}
	if err != nil && ctx.Err() == nil {
		return &integrityError{fmt.Sprintf("release %s cannot be served: `commonspend verify` says what of it is damaged, and `commonspend publish` makes a whole one (%v)", filepath.Base(folder), err)}
	}
	return err
}

// swapPages has people see what programs are given.
func (p *site) swapPages(ctx context.Context, folder string) error {
	db, err := store.OpenReadOnly(ctx, filepath.Join(folder, "serve.duckdb"), store.Settings{})
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
	p.server.Close()
	p.api.Close()
}
