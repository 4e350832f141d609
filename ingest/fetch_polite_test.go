package ingest

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// desk answers requests from memory, so that a test's time is its own: each
// body ends when the test lets it.
type desk struct {
	mu      sync.Mutex
	open    []string // addresses asked whose bodies are not closed, in order
	release chan struct{}
	answer  func(n int) (status int, header http.Header) // nil: 200
	asked   []time.Time
}

func (d *desk) RoundTrip(r *http.Request) (*http.Response, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	status, header := 200, http.Header{}
	if d.answer != nil {
		status, header = d.answer(len(d.asked))
	}
	d.asked = append(d.asked, time.Now())
	d.open = append(d.open, r.URL.String())
	return &http.Response{StatusCode: status, Header: header, Request: r, ContentLength: -1,
		Body: &deskBody{desk: d, address: r.URL.String()}}, nil
}

func (d *desk) busy() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.open)
}

type deskBody struct {
	desk    *desk
	address string
}

func (b *deskBody) Read([]byte) (int, error) {
	if b.desk.release != nil {
		<-b.desk.release
	}
	return 0, io.EOF
}

func (b *deskBody) Close() error {
	b.desk.mu.Lock()
	defer b.desk.mu.Unlock()
	if i := slices.Index(b.desk.open, b.address); i >= 0 {
		b.desk.open = slices.Delete(b.desk.open, i, i+1)
	}
	return nil
}

func deskFetcher(d *desk, change func(*FetchOptions)) *Fetcher {
	return fetcherFor(func(o *FetchOptions) {
		o.Transport, o.Now, o.Wait = d, time.Now, nil
		if change != nil {
			change(o)
		}
	})
}

func TestOneRequestAtATimeForEachHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{release: make(chan struct{})}
		f := deskFetcher(d, nil)
		var all sync.WaitGroup
		for _, address := range []string{"http://a.example/1", "http://A.example:8080/2", "http://b.example/3"} {
			all.Go(func() { fetch(t, f, address, State{}, io.Discard) })
			synctest.Wait()
		}
		if got, want := d.busy(), []string{"http://a.example/1", "http://b.example/3"}; !slices.Equal(got, want) {
			t.Errorf("under way: %v, want %v", got, want)
		}
		d.release <- struct{}{} // the first to read, a.example/1, ends
		synctest.Wait()
		if got, want := d.busy(), []string{"http://b.example/3", "http://A.example:8080/2"}; !slices.Equal(got, want) {
			t.Errorf("then under way: %v, want %v", got, want)
		}
		close(d.release)
		all.Wait()
	})
}

// The time in the queue is not the errand's: ten that take 9 s each, one after
// another, all keep a limit of 10 s.
func TestWaitingForOthersUsesUpNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{release: make(chan struct{})}
		f := deskFetcher(d, func(o *FetchOptions) { o.Timeout = 10 * time.Second })
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if got := fetch(t, f, "http://a.example/", State{}, io.Discard); got.Status != FetchNew {
					t.Errorf("%+v", got)
				}
			})
		}
		for range 10 {
			time.Sleep(9 * time.Second)
			d.release <- struct{}{}
		}
		all.Wait()
	})
}

func TestGapBetweenRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{}
		f := deskFetcher(d, func(o *FetchOptions) { o.Gap = 3 * time.Second })
		for range 3 {
			fetch(t, f, "http://a.example/", State{}, io.Discard)
		}
		wantPauses(t, d, 3*time.Second, 3*time.Second)
	})
}

func wantPauses(t *testing.T, d *desk, want ...time.Duration) {
	t.Helper()
	var got []time.Duration
	for i := 1; i < len(d.asked); i++ {
		got = append(got, d.asked[i].Sub(d.asked[i-1]))
	}
	if !slices.Equal(got, want) {
		t.Errorf("pauses %v, want %v", got, want)
	}
}

// Backoff doubles from 1 s; by chance c it is (0.5 + c/2) of that.
func TestBackoffDoublesWithJitter(t *testing.T) {
	for chance, want := range map[float64][]time.Duration{
		0:   {500 * time.Millisecond, time.Second, 2 * time.Second},
		0.5: {750 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := &desk{answer: func(int) (int, http.Header) { return 503, http.Header{} }}
			f := deskFetcher(d, func(o *FetchOptions) { o.Jitter = func() float64 { return chance } })
			if got := fetch(t, f, "http://a.example/", State{}, io.Discard); got.Tries != 4 || got.Status != FetchFailed {
				t.Errorf("%+v", got)
			}
			wantPauses(t, d, want...)
		})
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	for name, header := range map[string]func() string{
		"seconds": func() string { return "90" },
		"date":    func() string { return time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &desk{answer: func(n int) (int, http.Header) {
					if n == 0 {
						return 429, http.Header{"Retry-After": {header()}}
					}
					return 200, http.Header{}
				}}
				if got := fetch(t, deskFetcher(d, nil), "http://a.example/", State{}, io.Discard); got.Status != FetchNew || got.Tries != 2 {
					t.Errorf("%+v", got)
				}
				wantPauses(t, d, 90*time.Second)
			})
		})
	}
}

// A host that asks for an hour is left alone: this errand ends, others to the
// host are not begun, and the schedule waits the hour. The most is a day.
func TestRetryAfterBeyondOurPatience(t *testing.T) {
	for asked, until := range map[string]time.Duration{"3600": time.Hour, "99999999999999999999": 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			d := &desk{answer: func(int) (int, http.Header) { return 429, http.Header{"Retry-After": {asked}} }}
			f := deskFetcher(d, nil)
			want := time.Now().Add(until)
			first := fetch(t, f, "http://a.example/1", State{}, io.Discard)
			second := fetch(t, f, "http://a.example/2", State{}, io.Discard)
			if len(d.asked) != 1 || first.Status != FetchFailed || !first.NotBefore.Equal(want) {
				t.Errorf("asked %d times: %+v", len(d.asked), first)
			}
			if second.Status != FetchFailed || !second.NotBefore.Equal(want) || !strings.Contains(second.Reason, "a.example asks to be left alone until") {
				t.Errorf("%+v", second)
			}
		})
	}
}

// No errand waits beyond its own time for a host that keeps putting it off.
func TestRetriesEndWithTheErrandsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &desk{answer: func(int) (int, http.Header) { return 503, http.Header{"Retry-After": {"60"}} }}
		f := deskFetcher(d, func(o *FetchOptions) { o.Timeout = 90 * time.Second })
		got := fetch(t, f, "http://a.example/", State{}, io.Discard)
		if got.Class != ClassTimeout || len(d.asked) != 2 {
			t.Errorf("asked %d times: %+v", len(d.asked), got)
		}
	})
}
