package portal

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// ServeHTTP answers one request and logs it in one line: path, status,
// milliseconds. The query is never logged: it may hold a payee's name.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answered := &recorder{ResponseWriter: w, status: http.StatusOK}
	var began time.Time
	if s.options.Now != nil {
		began = s.options.Now()
	}
	setHeaders(w.Header())
	s.answer(answered, r)
	if s.options.Now != nil {
		s.options.Log.Info("answered", "path", logged(r.URL.Path), "status", answered.status,
			"ms", s.options.Now().Sub(began).Milliseconds())
	}
}

// recorder remembers the status for the log.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets the standard library find the writer beneath.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// setHeaders lets a page load its own style sheet and nothing else, and be
// framed by no one.
func setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	path, as := form(r.URL.Path)
	held := s.take()
	if held != nil {
		defer held.done()
	}
	reply := reply{server: s, w: w, r: r, release: held, refused: s.Refused(), path: path, as: as}
	switch {
	case reply.submit():
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		reply.fail(notAllowed())
	case s.style.serve(w, r):
	case held == nil:
		w.Header().Set("Retry-After", "30")
		reply.fail(noRelease(reply.refused))
	case strings.HasPrefix(r.URL.Path, "/downloads/"):
		reply.download(strings.TrimPrefix(r.URL.Path, "/downloads/"))
	case reply.forPrograms():
	case path != "/" && strings.HasSuffix(path, "/"):
		reply.redirect(strings.TrimRight(path, "/"))
	default:
		reply.page()
	}
}

// redirect sends an address with a slash at its end to the one without.
func (a reply) redirect(path string) {
	if _, _, ok := find(path); !ok {
		a.fail(notFound("There is no page at this address."))
		return
	}
	http.Redirect(a.w, a.r, address(path), http.StatusMovedPermanently)
}

// page finds the route, asks it and writes its answer, unless the reader
// already has it from this release.
func (a reply) page() {
	route, parts, ok := find(a.path)
	if !ok {
		a.fail(notFound("There is no page at this address. Check that it is typed or pasted whole."))
		return
	}
	if err := readable(a.r); err != nil {
		a.fail(err)
		return
	}
	tag := `"` + strings.TrimSuffix(a.release.Number+"-"+a.server.edition+"-"+a.refused, "-") + `"`
	if !route.moves() {
		a.w.Header().Set("Cache-Control", "public, max-age=0, must-revalidate")
		if a.r.Header.Get("If-None-Match") == tag {
			a.w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	a.w.Header().Set("ETag", tag)
	a.deliver(a.made(route, parts))
}

// mostAddress is how long an address may be, in bytes: a page repeats its own.
const mostAddress = 2500

// readable refuses an address that no page could have led to.
func readable(r *http.Request) error {
	if len(r.URL.RequestURI()) > mostAddress {
		return badRequest("The address is too long.")
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		return badRequest("The address after the question mark cannot be read: write each value percent-encoded, as in q=Hill%20%26%20Dale.")
	}
	text, err := url.QueryUnescape(r.URL.RawQuery)
	if err != nil || !utf8.ValidString(r.URL.Path+text) {
		return badRequest("The address holds bytes that are no text. Check that it is typed or pasted whole.")
	}
	return nil
}

// made asks the route and gives the answer its form.
func (a reply) made(route route, parts map[string]string) written {
	return a.guarded(func(ctx context.Context) written {
		made, err := route.answer(&request{Context: ctx, release: a.release, server: a.server, path: parts, query: a.r.URL.Query(), as: a.as})
		if err == nil && a.as == "csv" {
			err = made.choose(a.r.URL.Query().Get("table"))
		}
		if err != nil {
			return a.failed(err)
		}
		return a.written(made)
	})
}

// choose makes a table of the page the one that is sent, "" the first.
func (p *page) choose(name string) error {
	if name != "" {
		p.table = p.tables[name]
	}
	switch {
	case p.table != nil:
		return nil
	case name != "":
		return notFound("This page has no table of the name in the address.")
	}
	return notFound("This page has no table, and so no CSV.")
}

// guarded makes an answer within its time and the places there are. They are
// given back before any of it is sent, so that those who read slowly hold none.
func (a reply) guarded(answer func(context.Context) written) written {
	ctx, cancel := context.WithTimeout(a.r.Context(), a.server.options.Timeout)
	defer cancel()
	if !a.server.clients.enter(ctx, client(a.r), a.server.options.Wait) {
		a.w.Header().Set("Retry-After", "10")
		return a.failed(tooMany())
	}
	defer a.server.clients.leave(client(a.r))
	if !a.server.place(ctx, a.server.places) {
		a.w.Header().Set("Retry-After", "5")
		return a.failed(busy())
	}
	defer func() { <-a.server.places }()
	return answer(ctx)
}

// place waits a little for one of the places; the caller gives it back.
func (s *Server) place(ctx context.Context, places chan struct{}) bool {
	ctx, cancel := context.WithTimeout(ctx, s.options.Wait)
	defer cancel()
	select {
	case places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}
