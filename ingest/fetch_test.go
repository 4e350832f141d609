package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// startOfTest is the present moment in every test with a server: it never moves.
var startOfTest = time.Date(2026, 4, 1, 5, 0, 0, 0, time.UTC)

// scratch is a writer that can begin again.
type scratch struct {
	bytes.Buffer
	rewound int
}

func (s *scratch) Rewind() error {
	s.rewound++
	s.Reset()
	return nil
}

// onlyWriter hides whatever else a writer can do.
type onlyWriter struct{ io.Writer }

// fetcherFor returns a fetcher that may ask this machine and does not wait.
func fetcherFor(change func(*FetchOptions)) *Fetcher {
	opts := FetchOptions{
		UserAgent: UserAgent("test", "mailto:data@example.org"),
		Now:       func() time.Time { return startOfTest },
		Wait:      func(context.Context, time.Duration) error { return nil },
		Guard:     Guard{AllowLoopback: true},
	}
	if change != nil {
		change(&opts)
	}
	return NewFetcher(opts)
}

// serve starts a server whose nth answer (from 0) is given by answer.
func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, n int)) string {
	t.Helper()
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		answer(w, r, n-1)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func fetch(t *testing.T, f *Fetcher, address string, last State, into io.Writer) Fetched {
	t.Helper()
	got, err := f.Fetch(t.Context(), address, last, into)
	if err != nil {
		t.Fatalf("Fetch %s: %v", address, err)
	}
	if got.Reason != "" && !strings.Contains(got.Reason, address) {
		t.Errorf("the reason does not name the address: %q", got.Reason)
	}
	return got
}

func TestFetchNewThenUnchanged(t *testing.T) {
	const body = "Date,Supplier,Amount\n2026-03-01,Example Ltd,12.50\n"
	address := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		if got, want := r.UserAgent(), "commonspend/test (+mailto:data@example.org)"; got != want {
			t.Errorf("User-Agent %q, want %q", got, want)
		}
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Content-Type", "text/csv")
		http.ServeContent(w, r, "", startOfTest.Add(-time.Hour), strings.NewReader(body))
	}) + "/spend.csv"
	f := fetcherFor(nil)
	var kept bytes.Buffer
	first := fetch(t, f, address, State{}, &kept)
	if first.Status != FetchNew || kept.String() != body || first.Bytes != int64(len(body)) {
		t.Fatalf("first visit: %+v, kept %q", first, kept.String())
	}
	if first.ContentType != "text/csv" || first.FinalURL != address || first.Tries != 1 {
		t.Errorf("first visit: %+v", first)
	}
	state := first.Next(State{})
	if state.ETag != `"one"` || state.LastModified != "Wed, 01 Apr 2026 04:00:00 GMT" || !state.Changed.Equal(startOfTest) {
		t.Errorf("state %+v", state)
	}
	kept.Reset()
	second := fetch(t, f, address, state, &kept)
	if second.Status != FetchUnchanged || kept.Len() != 0 || second.Reason != "" {
		t.Errorf("second visit: %+v, kept %d bytes", second, kept.Len())
	}
	if again := second.Next(state); again.ETag != state.ETag || again.LastModified != state.LastModified {
		t.Errorf("the state forgot the file: %+v", again)
	}
}

func TestFetchByETagAlone(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		if r.Header.Get("If-None-Match") == `W/"one"` {
			w.WriteHeader(http.StatusNotModified) // without the ETag, as some servers do
			return
		}
		w.Header().Set("ETag", `W/"one"`)
		io.WriteString(w, "a,b\n")
	})
	f := fetcherFor(nil)
	state := fetch(t, f, address, State{}, io.Discard).Next(State{})
	for range 2 {
		got := fetch(t, f, address, state, io.Discard)
		if got.Status != FetchUnchanged {
			t.Fatalf("%+v", got)
		}
		state = got.Next(state)
	}
}

func TestFetchByLastModifiedAlone(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		http.ServeContent(w, r, "", startOfTest.Add(-time.Hour), strings.NewReader("a,b\n"))
	})
	f := fetcherFor(nil)
	first := fetch(t, f, address, State{}, io.Discard)
	if got := fetch(t, f, address, first.Next(State{}), io.Discard); got.Status != FetchUnchanged {
		t.Errorf("%+v", got)
	}
}

func TestFetchAnswersWithoutAFile(t *testing.T) {
	for _, test := range []struct {
		code  int
		want  FetchStatus
		class FetchClass
		tries int
		words string
	}{
		{404, FetchMissing, ClassMissing, 1, "answers 404: the file is not there"},
		{410, FetchMissing, ClassMissing, 1, "answers 410: the file is not there"},
		{403, FetchFailed, ClassAnswer, 1, "answers 403: it does not let us have the file"},
		{206, FetchFailed, ClassAnswer, 1, "answers 206: it brings no whole file"},
		{304, FetchFailed, ClassAnswer, 1, "answers 304: it says unchanged, though no copy was spoken of"},
		{302, FetchFailed, ClassRedirect, 1, "answers 302 and does not say where the file went"},
		{429, FetchFailed, ClassAnswer, 4, "answers 429: it has been asked too often"},
		{500, FetchFailed, ClassAnswer, 4, "answers 500: its server is in trouble"},
		{501, FetchFailed, ClassAnswer, 1, "answers 501: its server is in trouble"},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			asked := 0
			address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { asked++; w.WriteHeader(test.code) })
			var kept bytes.Buffer
			got := fetch(t, fetcherFor(nil), address, State{}, &kept)
			if got.Status != test.want || got.Class != test.class || got.Reason != address+" "+test.words {
				t.Errorf("%+v", got)
			}
			if asked != test.tries || got.Tries != test.tries || kept.Len() != 0 {
				t.Errorf("asked %d times (told %d), want %d; kept %d bytes", asked, got.Tries, test.tries, kept.Len())
			}
		})
	}
}

func TestFailureKeepsWhatWasKnown(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(404) })
	last := State{ETag: `"one"`, LastModified: "then", Changed: startOfTest.Add(-time.Hour), Failures: 2}
	next := fetch(t, fetcherFor(nil), address, last, io.Discard).Next(last)
	if next.ETag != last.ETag || next.LastModified != last.LastModified || !next.Changed.Equal(last.Changed) {
		t.Errorf("%+v", next)
	}
	if next.Failures != 3 || next.Status != FetchMissing || !next.Checked.Equal(startOfTest) {
		t.Errorf("%+v", next)
	}
}

func TestFetchAsksAgainAfterTrouble(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n < 2 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		io.WriteString(w, "a,b\n")
	})
	var kept bytes.Buffer
	got := fetch(t, fetcherFor(nil), address, State{}, &kept)
	if got.Status != FetchNew || got.Tries != 3 || kept.String() != "a,b\n" {
		t.Errorf("%+v, kept %q", got, kept.String())
	}
}

// A body that breaks off is asked for again where the writer can begin again,
// and not where it cannot: half a file before a whole one would be worse.
func TestFetchBodyThatBreaksOff(t *testing.T) {
	answer := func(w http.ResponseWriter, _ *http.Request, n int) {
		w.Header().Set("Content-Length", "8")
		io.WriteString(w, "a,b\n")
		if n > 0 {
			io.WriteString(w, "1,2\n")
		}
	}
	t.Run("a writer that rewinds", func(t *testing.T) {
		var kept scratch
		got := fetch(t, fetcherFor(nil), serve(t, answer), State{}, &kept)
		if got.Status != FetchNew || kept.String() != "a,b\n1,2\n" || kept.rewound != 1 || got.Bytes != 8 {
			t.Errorf("%+v, kept %q, rewound %d times", got, kept.String(), kept.rewound)
		}
	})
	t.Run("a writer that does not", func(t *testing.T) {
		address := serve(t, answer)
		got := fetch(t, fetcherFor(nil), address, State{}, onlyWriter{io.Discard})
		if got.Status != FetchFailed || got.Tries != 1 || got.Reason != address+" broke off after 4 bytes: nothing of it is kept" {
			t.Errorf("%+v", got)
		}
	})
}

func TestFetchRedirects(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/new", http.StatusMovedPermanently) })
	mux.HandleFunc("/new", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a,b\n") })
	mux.HandleFunc("/circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle", http.StatusFound) })
	mux.HandleFunc("/file", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	f := fetcherFor(nil)
	if got := fetch(t, f, server.URL+"/old", State{}, io.Discard); got.Status != FetchNew || got.FinalURL != server.URL+"/new" {
		t.Errorf("moved: %+v", got)
	}
	circle := fetch(t, f, server.URL+"/circle", State{}, io.Discard)
	if circle.Class != ClassRedirect || circle.Tries != 1 ||
		circle.Reason != server.URL+"/circle redirects more than 10 times: it leads in a circle or too far" {
		t.Errorf("circle: %+v", circle)
	}
	file := fetch(t, f, server.URL+"/file", State{}, io.Discard)
	if file.Class != ClassRefused || !strings.Contains(file.Reason, "only http and https are fetched") {
		t.Errorf("to a file: %+v", file)
	}
}

func TestFetchSizeLimit(t *testing.T) {
	limited := func(o *FetchOptions) { o.MaxBytes = 1 << 10 }
	for _, test := range []struct {
		name   string
		bytes  int
		stated bool
		want   FetchStatus
		kept   int // none is written when the length is stated; none beyond the limit otherwise
	}{
		{"at the limit", 1 << 10, false, FetchNew, 1 << 10},
		{"one over, found while streaming", 1<<10 + 1, false, FetchFailed, 1 << 10},
		{"far over, found while streaming", 5 << 20, false, FetchFailed, 1 << 10},
		{"one over, stated", 1<<10 + 1, true, FetchFailed, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
				if test.stated {
					w.Header().Set("Content-Length", fmt.Sprint(test.bytes))
				}
				w.WriteHeader(http.StatusOK)
				w.(http.Flusher).Flush() // or a short body would state its length
				w.Write(make([]byte, test.bytes))
			})
			var kept bytes.Buffer
			got := fetch(t, fetcherFor(limited), address, State{}, &kept)
			if got.Status != test.want || kept.Len() != test.kept || got.Tries != 1 {
				t.Errorf("%+v, kept %d bytes, want %d", got, kept.Len(), test.kept)
			}
			if want := tooLarge(address, 1<<10); got.Status == FetchFailed && (got.Reason != want || got.Class != ClassLimit) {
				t.Errorf("reason %q (%s), want %q", got.Reason, got.Class, want)
			}
		})
	}
}

// A body that breaks off just where the limit is was not a whole file.
func TestFetchBreaksOffAtTheLimit(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		io.WriteString(w, "a,b\n")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	f := fetcherFor(func(o *FetchOptions) { o.MaxBytes = 4 })
	got := fetch(t, f, address, State{}, onlyWriter{io.Discard})
	if got.Status != FetchFailed || got.Class != ClassNetwork {
		t.Errorf("%+v", got)
	}
}

func TestFetchFollowsAsManyRedirectsAsItSays(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request, n int) {
		if left := strings.TrimPrefix(r.URL.Path, "/"); left != "" {
			http.Redirect(w, r, "/"+left[1:], http.StatusFound)
			return
		}
		io.WriteString(w, "a,b\n")
	})
	f := fetcherFor(func(o *FetchOptions) { o.MaxRedirects = 3 })
	if got := fetch(t, f, address+"/xxx", State{}, io.Discard); got.Status != FetchNew {
		t.Errorf("3 redirects: %+v", got)
	}
	if got := fetch(t, f, address+"/xxxx", State{}, io.Discard); got.Class != ClassRedirect {
		t.Errorf("4 redirects: %+v", got)
	}
}

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

type exchange func(*http.Request) (*http.Response, error)

func (f exchange) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
