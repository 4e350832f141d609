package ingest

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestFetchSlowBodyRunsOutOfTime(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		io.WriteString(w, "a,b\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	got := fetch(t, fetcherFor(func(o *FetchOptions) { o.Timeout = 50 * time.Millisecond }), address, State{}, &scratch{})
	if got.Status != FetchFailed || got.Class != ClassTimeout || got.Reason != address+" did not finish within 50ms" {
		t.Errorf("%+v", got)
	}
}

func TestFetchHugeHeader(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		io.WriteString(w, "a,b\n")
	})
	got := fetch(t, fetcherFor(nil), address, State{}, io.Discard)
	if got.Status != FetchFailed || got.Class != ClassNetwork || strings.Contains(got.Reason, "\n") {
		t.Errorf("%+v", got)
	}
}

// What a page is instead of a spreadsheet is for the reader to say; the
// fetcher keeps the bytes and tells what the server called them.
func TestFetchPageInPlaceOfAFile(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<!doctype html><title>Sign in</title>")
	})
	got := fetch(t, fetcherFor(nil), address, State{}, io.Discard)
	if got.Status != FetchNew || got.ContentType != "text/html; charset=utf-8" {
		t.Errorf("%+v", got)
	}
}

func TestFetchPackedUnasked(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Encoding", "br")
		io.WriteString(w, "packed")
	})
	if got := fetch(t, fetcherFor(nil), address, State{}, io.Discard); got.Class != ClassAnswer || !strings.Contains(got.Reason, `packed as "br"`) {
		t.Errorf("%+v", got)
	}
}

func TestFetchUntrustedCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	got := fetch(t, fetcherFor(nil), server.URL, State{}, io.Discard)
	if got.Class != ClassTLS || got.Tries != 1 || !strings.Contains(got.Reason, "signed by no authority this machine knows") {
		t.Errorf("%+v", got)
	}
}

func TestFetchNobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	listener.Close()
	got := fetch(t, fetcherFor(nil), address, State{}, io.Discard)
	if got.Class != ClassNetwork || got.Tries != 4 || got.Reason != address+" cannot be reached: its host refuses the connection" {
		t.Errorf("%+v", got)
	}
}

func TestFetchUnknownHost(t *testing.T) {
	noName := exchange(func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Name: "nowhere.example", IsNotFound: true}}
	})
	f := fetcherFor(func(o *FetchOptions) { o.Transport = noName })
	got := fetch(t, f, "https://nowhere.example/a.csv", State{}, io.Discard)
	want := "https://nowhere.example/a.csv names a host that is not known: nowhere.example"
	if got.Class != ClassDNS || got.Tries != 1 || got.Reason != want {
		t.Errorf("%+v", got)
	}
}

func TestFetchOwnTroubleIsAnError(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { io.WriteString(w, "a,b\n") })
	full := errors.New("no space left")
	asked := 0
	_, err := fetcherFor(nil).Fetch(t.Context(), address, State{}, writerFunc(func([]byte) (int, error) { asked++; return 0, full }))
	if !errors.Is(err, full) || asked != 1 || !strings.Contains(err.Error(), address) {
		t.Errorf("error %v after %d writes", err, asked)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := fetcherFor(nil).Fetch(ctx, address, State{}, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

type writerFunc func([]byte) (int, error)
