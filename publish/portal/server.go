package portal

import (
	"context"
	"database/sql"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// Options are what a Server is told from outside. The zero value of a field
// takes the value in brackets.
type Options struct {
	Log      *slog.Logger     // path, status and milliseconds of each answer, no query [none]
	Now      func() time.Time // for those milliseconds, and the time a file may take to arrive [none are logged]
	Objects  string           // the folder of published objects [DATA/objects of the release's folder]
	Timeout  time.Duration    // of one answer [10s]
	AtOnce   int              // answers under way at the same time [32]
	Wait     time.Duration    // how long a further one waits for a place before it is refused [2s]
	MaxFiles int              // downloads under way at the same time [64]
	Each     int              // answers and downloads under way at the same time for one client's address [16]

	Comparer      Comparer                              // makes comparisons [none are made]
	Corrections   Corrector                             // what was corrected [no log is shown]
	Laid          func(release, prefix string) []string // paths of the files laid out whose path begins so [none are linked to]
	Desk          Desk                                  // takes what publishers submit [none is taken]
	MaxSubmission int64                                 // bytes; what is submitted must be smaller [100 MB]
}

// Server answers requests over the release it holds. The release can be
// swapped while requests are answered: each is answered by one release whole.
type Server struct {
	options   Options
	current   atomic.Pointer[release]
	refused   atomic.Value // string: number of a later release that is damaged
	places    chan struct{}
	downloads chan struct{}
	arrivals  chan struct{} // files on their way in at the same time
	clients   *clients
	cpv       *cpv
	templates map[string]*template.Template
	style     style
	edition   string // of the templates, queries and style: pages of another are asked for anew
	fields    []jsonField
	issues    map[string]issueKind
}

// New makes a Server that holds no release yet and answers 503 until Swap.
func New(options Options) (*Server, error) {
	options = options.withDefaults()
	s := &Server{
		options:   options,
		places:    make(chan struct{}, options.AtOnce),
		downloads: make(chan struct{}, options.MaxFiles),
		arrivals:  make(chan struct{}, 8),
		clients:   newClients(options.Each),
	}
	var err error
	if s.cpv, err = loadCPV(); err != nil {
		return nil, err
	}
	if s.style, err = loadStyle(); err != nil {
		return nil, err
	}
	if s.templates, err = loadTemplates(); err != nil {
		return nil, err
	}
	if s.edition, err = hashAll(pages, queries, dist, jsonFields); err != nil {
		return nil, err
	}
	if s.fields, err = loadJSONFields(); err != nil {
		return nil, err
	}
	s.issues, err = loadIssueKinds()
	return s, err
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.AtOnce == 0 {
		o.AtOnce = 32
	}
	if o.Wait == 0 {
		o.Wait = 2 * time.Second
	}
	if o.MaxFiles == 0 {
		o.MaxFiles = 64
	}
	if o.Each == 0 {
		o.Each = 16
	}
	if o.MaxSubmission == 0 {
		o.MaxSubmission = 100e6
	}
	return o
}

// Swap makes the release in folder (DATA/releases/NUMBER), whose serve.duckdb
// is open as db, the one that is served. It takes over db, and closes the one before once the last
// request over it is answered. On an error db is closed and nothing changes.
func (s *Server) Swap(ctx context.Context, db *sql.DB, folder string) error {
	next, err := openRelease(ctx, db, folder)
	if err != nil {
		db.Close()
		return fmt.Errorf("release in %s: %w", folder, err)
	}
	s.refused.Store("")
	if last := s.current.Swap(next); last != nil {
		last.retire()
	}
	return nil
}

// Refuse has every page say that a later release is damaged and not shown,
// until the next Swap.
func (s *Server) Refuse(number string) { s.refused.Store(number) }

// Refused names that release, "" where there is none.
func (s *Server) Refused() string {
	number, _ := s.refused.Load().(string)
	return number
}

// Serving names the release that is served, "" before the first Swap.
func (s *Server) Serving() string {
	if held := s.current.Load(); held != nil {
		return held.Number
	}
	return ""
}

// Searchable reports whether the release that is served has the tables that
// searches, suppliers and categories are read from; one by an earlier program
// may lack them.
func (s *Server) Searchable() bool {
	held := s.current.Load()
	return held != nil && held.searchable()
}

// Close lets go of the release; its database closes after the last request.
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

// HTTPServer wraps a handler with the time and size limits of a server that
// faces the public.
func HTTPServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      5 * time.Minute, // a large download over a slow line
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}
