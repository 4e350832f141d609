package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestSwapUnderLoad asks for pages while releases are swapped: each answer is
// whole and of one release, and each release but the last is closed at the end.
func TestSwapUnderLoad(t *testing.T) {
	s, err := New(Options{AtOnce: 4, Wait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var held []*release
	swap := func(n int) {
		folder := makeRelease(t, dir, fmt.Sprintf("2026-11-22.%d", n))
		if err := s.Swap(context.Background(), open(t, folder), folder); err != nil {
			t.Fatal(err)
		}
		held = append(held, s.current.Load())
	}
	swap(1)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() { askUntil(t, s, stop) })
	}
	for n := 2; n <= 6; n++ {
		swap(n)
	}
	close(stop)
	readers.Wait()
	s.Close()
	for _, r := range held {
		if r.db.Ping() == nil {
			t.Errorf("release %s was not closed", r.Number)
		}
	}
	if w := get(s, "/"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("a closed server answers %d", w.Code)
	}
}

// askUntil asks for pages, each of which must be whole, and for health, whose
// data is read from the database and whose release is what the server holds:
// the two must be one.
func askUntil(t *testing.T, s *Server, stop chan struct{}) {
	pages := []string{"/", "/bodies/naughty", "/search?q=lamps", "/coverage", "/suppliers", shownPayment, "/bodies/northmere-district-council/payments.csv", "/downloads/coverage.parquet"}
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		default:
		}
		if w := get(s, pages[n%len(pages)]); w.Code != http.StatusOK {
			t.Errorf("%s answers %d", pages[n%len(pages)], w.Code)
			return
		}
		w := get(s, "/health.json")
		var answer struct {
			Release Release
			Data    Health
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK {
			t.Errorf("answers %d: %v %s", w.Code, err, w.Body)
			return
		}
		if answer.Release.Number != answer.Data.Number {
			t.Errorf("a page of release %s was read from %s", answer.Release.Number, answer.Data.Number)
		}
	}
}

// TestBeforeTheFirstRelease and when one is broken, the server says so.
func TestBeforeTheFirstRelease(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := get(s, "/")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "No release is published yet") || w.Header().Get("Retry-After") == "" {
		t.Errorf("answers %d: %s", w.Code, w.Body)
	}
	if s.Serving() != "" {
		t.Errorf("serves %q", s.Serving())
	}
	folder := makeRelease(t, t.TempDir(), "2026-11-22.1")
	db := open(t, folder)
	db.Close()
	if err := s.Swap(context.Background(), db, folder); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("a closed database is taken: %v", err)
	}
}

// TestHeadersAndMethods holds what every answer carries.
func TestHeadersAndMethods(t *testing.T) {
	s := serving(t, Options{})
	for _, address := range []string{"/", "/nowhere", "/index.json", s.style.path, iconPath} {
		h := get(s, address).Header()
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; style-src 'self';") ||
			h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("Content-Type") == "" {
			t.Errorf("%s has headers %v", address, h)
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/bodies", strings.NewReader("x=1")))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST answers %d", w.Code)
	}
	w = httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/bodies", nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("HEAD answers %d with %d bytes", w.Code, w.Body.Len())
	}
	r := httptest.NewRequest(http.MethodGet, "/bodies", nil)
	r.Header.Set("If-None-Match", get(s, "/bodies").Header().Get("ETag"))
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified {
		t.Errorf("a page that the reader has answers %d", w.Code)
	}
}

// TestProblemsAsJSON holds the shape of an error for programs.
func TestProblemsAsJSON(t *testing.T) {
	s := serving(t, Options{})
	for address, status := range map[string]int{"/nowhere.json": 404, "/coverage.json?year=x": 400} {
		w := get(s, address)
		var answer struct{ Data problem }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != status {
			t.Fatalf("%s answers %d: %v", address, w.Code, err)
		}
		if answer.Data.Status != status || answer.Data.Detail == "" || len(answer.Data.Next) == 0 {
			t.Errorf("%s tells %+v", address, answer.Data)
		}
	}
}

// TestDownload gets a file of the release, a part of it, and none that the
// release does not list.
func TestDownload(t *testing.T) {
	s := serving(t, Options{})
	w := get(s, "/downloads/payments/d1/2024-25.parquet")
	if w.Code != http.StatusOK || w.Body.String() != "PARQUET" || w.Header().Get("Content-Disposition") != `attachment; filename="payments-d1-2024-25.parquet"` {
		t.Errorf("answers %d %v", w.Code, w.Header())
	}
	r := httptest.NewRequest(http.MethodGet, "/downloads/coverage.parquet", nil)
	r.Header.Set("Range", "bytes=0-2")
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusPartialContent || w.Body.String() != "PAR" {
		t.Errorf("a part answers %d %q", w.Code, w.Body)
	}
	for _, name := range []string{"serve.duckdb", "../serve.duckdb", "%2e%2e/%2e%2e/etc/passwd", "", "payments"} {
		if w := get(s, "/downloads/"+name); w.Code != http.StatusNotFound {
			t.Errorf("%q answers %d", name, w.Code)
		}
	}
}

// TestTooMany refuses, in a sentence, what finds no place in time, and what
// takes too long; the service's own faults are logged and not told.
func TestTooMany(t *testing.T) {
	var logged bytes.Buffer
	options := Options{AtOnce: 1, Wait: time.Millisecond, Log: slog.New(slog.NewTextHandler(&logged, nil))}
	s := serving(t, options)
	s.places <- struct{}{}
	if w := get(s, "/bodies"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Too many people") {
		t.Errorf("answers %d", w.Code)
	}
	<-s.places
	s.options.Timeout = time.Nanosecond
	s.options.Wait = time.Minute
	if w := get(s, "/bodies"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("answers %d", w.Code)
	}
	s.options.Timeout = time.Minute
	s.current.Load().db.Close()
	w := get(s, "/bodies/northmere-district-council/payments?payee=secret+name")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "sql") {
		t.Errorf("answers %d: %s", w.Code, w.Body)
	}
	if text := logged.String(); !strings.Contains(text, "database is closed") || strings.Contains(text, "secret") {
		t.Errorf("logged %q", text)
	}
}

// TestLog holds the one line of an answer, which has no query in it.
func TestLog(t *testing.T) {
	var logged bytes.Buffer
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { at = at.Add(7 * time.Millisecond); return at }
	s := serving(t, Options{Log: slog.New(slog.NewTextHandler(&logged, nil)), Now: clock})
	get(s, "/bodies/northmere-district-council/payments?payee=secret")
	if text := logged.String(); !strings.Contains(text, "msg=answered path=/bodies/northmere-district-council/payments status=200 ms=7\n") || strings.Contains(text, "secret") {
		t.Errorf("logged %q", text)
	}
}
