package api

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"commonspend/store"

	"github.com/danielgtaylor/huma/v2"
)

// Prefix is where the API answers.
const Prefix = "/api/v1"

//go:embed sql/*.sql
var queries embed.FS

// Options are what a Server is told from outside. The zero value of a field
// takes the value in brackets.
type Options struct {
	Log     *slog.Logger     // failures of ours [none]
	Now     func() time.Time // for the shares of clients, and how long a client may stop reading [neither is bounded]
	Timeout time.Duration    // of one answer that is not a download [10s]

	AtOnce   int           // answers under way at the same time [32]
	Streams  int           // downloads under way at the same time [8]
	EachAsks int           // requests a second of one client, with ten seconds' worth at once [100]
	EachGets int           // downloads under way at the same time of one client [4]
	Stalled  time.Duration // how long a client may stop reading its download [30s]
	Memory   string        // what DuckDB may take for downloads [48MB]

	// Reading is how a release's database is opened: alike by all who open it in
	// one process.
	Reading store.Settings

	// Client names who asks [the address of the connection]. Behind a proxy
	// that says so itself, it may read the proxy's header.
	Client func(*http.Request) string
	// Withdrawn says why a release that was published is no longer offered [none was].
	Withdrawn func(number string) (why string, ok bool)
	// Comparer makes comparisons of bodies [they are not offered].
	Comparer Comparer
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	for _, number := range []struct {
		at *int
		is int
	}{{&o.AtOnce, 32}, {&o.Streams, 8}, {&o.EachAsks, 100}, {&o.EachGets, 4}} {
		if *number.at == 0 {
			*number.at = number.is
		}
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Stalled == 0 {
		o.Stalled = 30 * time.Second
	}
	if o.Memory == "" {
		o.Memory = "48MB"
	}
	if o.Client == nil {
		o.Client = func(r *http.Request) string {
			host, _, err := net.SplitHostPort(r.RemoteAddr)
			if err != nil {
				return r.RemoteAddr
			}
			return host
		}
	}
	if o.Withdrawn == nil {
		o.Withdrawn = func(string) (string, bool) { return "", false }
	}
	return o
}

// Server answers requests over the release it holds, which can be swapped
// meanwhile: each answer is of one release whole.
type Server struct {
	options  Options
	current  atomic.Pointer[release]
	mux      *http.ServeMux
	api      huma.API
	edition  string // of the program's queries and shapes, for ETags
	places   chan struct{}
	streams  chan struct{}
	reading  chan struct{} // windows of downloads being read
	grouping chan struct{} // those of them that group
	clients  *clients
	titles   map[string]string // of CPV codes

	issueKinds []string
}

// New makes a Server that holds no release yet and answers 503 until Swap.
func New(options Options) (*Server, error) {
	options = options.withDefaults()
	s := &Server{options: options, mux: http.NewServeMux(), places: make(chan struct{}, options.AtOnce),
		streams: make(chan struct{}, options.Streams), reading: make(chan struct{}, atOnce), grouping: make(chan struct{}, 1), clients: newClients(options)}
	var err error
	if s.titles, err = loadTitles(); err != nil {
		return nil, err
	}
	if s.issueKinds, err = loadIssueKinds(); err != nil {
		return nil, err
	}
	s.register()
	document, err := s.api.OpenAPI().MarshalJSON()
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	digest.Write(document)
	err = fs.WalkDir(queries, "sql", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := queries.ReadFile(path)
		digest.Write(text)
		return err
	})
	s.edition = hex.EncodeToString(digest.Sum(nil))[:12]
	return s, err
}

// Swap makes the release in folder (DATA/releases/NUMBER) the one that is
// served, and closes the one before once the last answer over it is given. On
// an error nothing changes.
func (s *Server) Swap(ctx context.Context, folder string) error {
	next, err := openRelease(ctx, folder, s.options)
	if err != nil {
		return err
	}
	if last := s.current.Swap(next); last != nil {
		last.retire()
	}
	return nil
}

// Close lets go of the release once the last answer over it is given.
func (s *Server) Close() {
	if last := s.current.Swap(nil); last != nil {
		last.retire()
	}
}

// take returns the release to answer one request from, nil where there is
// none. The caller gives it back by release.done.
func (s *Server) take() *release {
	for {
		held := s.current.Load()
		if held == nil || held.take() {
			return held
		}
	}
}

// OpenAPI is the description of what is served.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }
