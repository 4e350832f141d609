package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// FetchOptions are the manners and the limits of a Fetcher. Now and UserAgent
// must be given; a zero of any other takes the default named beside it.
type FetchOptions struct {
	UserAgent     string                                     // see UserAgent
	Now           func() time.Time                           // the clock
	Jitter        func() float64                             // in [0, 1); called by one goroutine at a time; none: 0.5
	Wait          func(context.Context, time.Duration) error // none: a timer
	Transport     http.RoundTripper                          // none: GuardedTransport(Guard)
	Guard         Guard
	Gap           time.Duration // between the end of one request to a host and the next; 0 is none
	Timeout       time.Duration // for one address with all its tries, from its first turn at the host; 10 minutes
	MaxBytes      int64         // of one file; 1 GiB
	MaxRedirects  int           // 10
	Tries         int           // 4
	BackoffMin    time.Duration // before the second try, doubled for each after; 1 second
	BackoffMax    time.Duration // 30 seconds
	RetryAfterMax time.Duration // longest wait for a host that names one; beyond it the errand is left for later; 2 minutes
}

// UserAgent says who we are: "commonspend/1.0 (+mailto:data@example.org)".
func UserAgent(version, contact string) string {
	return fmt.Sprintf("commonspend/%s (+%s)", version, contact)
}

// Rewinder is a writer that can begin again. A body that breaks off is asked
// for again only when the writer is one; else the errand fails there.
type Rewinder interface {
	io.Writer
	Rewind() error
}

// Fetcher fetches files over HTTP: one request at a time for each host, only
// what changed, and nothing beyond its limits. It may be used by many
// goroutines at once.
type Fetcher struct {
	opts   FetchOptions
	turns  *turns
	jitter sync.Mutex
}

// NewFetcher returns a Fetcher with the defaults filled in.
func NewFetcher(opts FetchOptions) *Fetcher {
	if opts.Wait == nil {
		opts.Wait = waitTimer
	}
	if opts.Jitter == nil {
		opts.Jitter = func() float64 { return 0.5 }
	}
	setDefault(&opts.Timeout, 10*time.Minute)
	setDefault(&opts.MaxBytes, 1<<30)
	setDefault(&opts.MaxRedirects, 10)
	setDefault(&opts.Tries, 4)
	setDefault(&opts.BackoffMin, time.Second)
	setDefault(&opts.BackoffMax, 30*time.Second)
	setDefault(&opts.RetryAfterMax, 2*time.Minute)
	if opts.Transport == nil {
		opts.Transport = GuardedTransport(opts.Guard)
	}
	return &Fetcher{opts: opts, turns: newTurns(opts)}
}

func setDefault[T int | int64 | time.Duration](value *T, otherwise T) {
	if *value == 0 {
		*value = otherwise
	}
}

func waitTimer(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

// errOutOfTime is why an errand's context ends when its Timeout has passed.
var errOutOfTime = errors.New("out of time")

// Fetch asks for an address and streams a new file to into. What the publisher
// or the network does wrong is told in Fetched, and the run goes on; an error
// is of our own side: the writer fails, or ctx is cancelled.
func (f *Fetcher) Fetch(ctx context.Context, address string, last State, into io.Writer) (Fetched, error) {
	visit := &visit{fetcher: f, address: address, last: last, into: into}
	visit.got.FinalURL = address
	if err := CheckURL(address); err != nil {
		return visit.fail(ClassRefused, err.Error()), nil
	}
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	limit := &countdown{after: f.opts.Timeout, then: func() { cancel(errOutOfTime) }}
	defer limit.stop()
	return visit.run(ctx, limited, limit)
}
