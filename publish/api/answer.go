package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"commonspend/publish/filter"

	"github.com/danielgtaylor/huma/v2"
)

// releaseKey carries the release that answers through a request's context.
type releaseKey struct{}

// of returns the release that answers a request.
func of(ctx context.Context) *release {
	held, _ := ctx.Value(releaseKey{}).(*release)
	return held
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodOptions:
		w.Header().Set("Allow", allowed)
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		w.Header().Set("Allow", allowed)
		tell(w, r, problem(http.StatusMethodNotAllowed, "The API answers GET and HEAD. Nothing can be sent to it."))
		return
	}
	if _, pattern := s.mux.Handler(r); pattern == "" {
		tell(w, r, problem(http.StatusNotFound, "Nothing answers at this address. "+Prefix+"/openapi.json lists what does."))
		return
	}
	if after, ok := s.clients.ask(s.options.Client(r)); !ok {
		w.Header().Set("Retry-After", strconv.Itoa(after))
		tell(w, r, problem(http.StatusTooManyRequests, "You asked more often than one client's share. Wait, then go on; for all payments, take a download."))
		return
	}
	held := s.take()
	if held == nil {
		w.Header().Set("Retry-After", "30")
		tell(w, r, problem(http.StatusServiceUnavailable, "The first release is still being made. Try again in a minute."))
		return
	}
	defer held.done()
	s.over(held, w, r)
}

const allowed = "GET, HEAD, OPTIONS"

// over answers from one release, unless the client has that answer already.
func (s *Server) over(held *release, w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Link", `<`+Prefix+`/openapi.json>; rel="service-desc"; type="application/json"`)
	h.Set("Release", held.Number)
	tag := s.tag(held, r)
	if known(r.Header.Get("If-None-Match"), tag) {
		h.Set("ETag", tag)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	tagged := &tagger{ResponseWriter: w, tag: tag, any: anyHeld(r)}
	s.mux.ServeHTTP(tagged, r.WithContext(context.WithValue(r.Context(), releaseKey{}, held)))
}

// setHeaders lets any page read the answers, and nothing be made of them but data.
func setHeaders(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", allowed)
	h.Set("Access-Control-Allow-Headers", "If-None-Match")
	h.Set("Access-Control-Expose-Headers", "Content-Disposition, Deprecation, ETag, Link, Release, Retry-After, Rows, Sunset")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=0, must-revalidate")
}

// tag names an answer: the same release, program and question give the same bytes.
func (s *Server) tag(held *release, r *http.Request) string {
	sum := sha256.Sum256([]byte(r.URL.Path + "?" + r.URL.Query().Encode()))
	return `"` + held.Number + "-" + s.edition + "-" + hex.EncodeToString(sum[:6]) + `"`
}

// known says whether one of the tags that a client names is the answer's.
func known(named, tag string) bool {
	for each := range strings.SplitSeq(named, ",") {
		if each = strings.TrimSpace(each); strings.TrimPrefix(each, "W/") == tag {
			return true
		}
	}
	return false
}

// anyHeld says whether a client wants an answer only where there is none at all.
func anyHeld(r *http.Request) bool { return strings.TrimSpace(r.Header.Get("If-None-Match")) == "*" }

// tagger puts the ETag on answers that are what was asked for, and on no problem.
type tagger struct {
	http.ResponseWriter
	tag  string
	any  bool // an answer that is what was asked for is not sent: 304
	kept bool // it was not sent
}

func (t *tagger) WriteHeader(status int) {
	if status == http.StatusOK {
		t.Header().Set("ETag", t.tag)
		if t.kept = t.any; t.kept {
			status = http.StatusNotModified
		}
	} else {
		t.Header().Set("Cache-Control", "no-store")
	}
	t.ResponseWriter.WriteHeader(status)
}

func (t *tagger) Write(p []byte) (int, error) {
	if t.kept {
		return len(p), nil
	}
	return t.ResponseWriter.Write(p)
}

// Unwrap lets the standard library find the writer beneath.
func (t *tagger) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// tell answers with a problem document.
func tell(w http.ResponseWriter, r *http.Request, told *huma.ErrorModel) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Del("ETag")
	w.WriteHeader(told.Status)
	if r.Method != http.MethodHead {
		json.NewEncoder(w).Encode(told) // a client that has gone is no fault of ours
	}
}

// problem is what huma writes as an RFC 9457 document.
func problem(status int, detail string) *huma.ErrorModel {
	return &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}
}

// failed turns any error into what the client is told; ours says that it is
// ours and nothing about the inside.
func (s *Server) failed(ctx context.Context, path string, err error) *huma.ErrorModel {
	var told *huma.ErrorModel
	var asked *filter.Error
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &asked):
		made := problem(http.StatusBadRequest, asked.Sentence)
		made.Errors = []*huma.ErrorDetail{{Message: asked.Sentence, Location: "query." + asked.Name, Value: asked.Value}}
		return made
	case errors.Is(err, context.DeadlineExceeded), ctx.Err() != nil:
		return problem(http.StatusServiceUnavailable, "This took too long and was stopped. Ask for less, or take a download.")
	}
	s.options.Log.Error("the API failed", "path", path, "err", err)
	return problem(http.StatusInternalServerError, "The fault is ours and has been recorded.")
}
