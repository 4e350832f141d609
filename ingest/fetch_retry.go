package ingest

import (
	"context"
	"errors"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter is the longest a host can put us off: one that asks for more
// is asked again after a day.
const maxRetryAfter = 24 * time.Hour

// again decides whether to ask once more: after 429, after 5xx, and when the
// network failed; never when the answer would be the same.
func (v *visit) again(ctx context.Context, response *http.Response, err error) (bool, error) {
	switch {
	case v.got.Status != "":
		return false, nil
	case ctx.Err() != nil:
		return false, context.Cause(ctx)
	case err != nil:
		return v.mayPass(err), nil
	case !busy(response.StatusCode):
		return false, nil
	}
	asked, ok := retryAfter(response, v.fetcher.opts.Now())
	return !ok || asked <= v.fetcher.opts.RetryAfterMax, nil
}

// busy tells the answers that may be different soon. 501 and 505 will not be.
func busy(status int) bool {
	switch status {
	case http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= 500 && status <= 599
}

// mayPass tells the failures that may be gone on the next try from those that
// are ours, or a decision, or a certificate, or a name that is not known.
func (v *visit) mayPass(err error) bool {
	var (
		guard    *guardError
		redirect *redirectError
		own      *ownError
		shut     *hostShut
		name     *net.DNSError
		broken   *brokenOff
	)
	switch {
	case errors.As(err, &guard), errors.As(err, &redirect), errors.As(err, &own), errors.As(err, &shut):
		return false
	case badCertificate(err):
		return false
	case errors.As(err, &name):
		return !name.IsNotFound
	case errors.As(err, &broken):
		_, can := v.into.(Rewinder)
		return can
	}
	return true
}

// backoff puts the host on hold for as long as it asks, and at least for a
// time that doubles with each try, half of it by chance. The waiting is done
// in the host's queue, so every errand to that host waits; hence no time here.
func (v *visit) backoff(_, _ time.Duration, try int, response *http.Response) time.Duration {
	opts := v.fetcher.opts
	longest := float64(opts.BackoffMin) * math.Pow(2, float64(try))
	longest = min(longest, float64(opts.BackoffMax))
	wait := time.Duration(longest * (0.5 + v.fetcher.chance()/2))
	if asked, ok := retryAfter(response, opts.Now()); ok {
		wait = max(wait, asked)
	}
	v.fetcher.turns.hold(v.host, opts.Now().Add(wait))
	return 0
}

func (f *Fetcher) chance() float64 {
	f.jitter.Lock()
	defer f.jitter.Unlock()
	return f.opts.Jitter()
}

// retryAfter reads how long a busy host asks to be left alone, in seconds or
// as an HTTP date; at most a day, never less than nothing.
func retryAfter(response *http.Response, now time.Time) (time.Duration, bool) {
	if response == nil || !busy(response.StatusCode) {
		return 0, false
	}
	text := strings.TrimSpace(response.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(text, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second, true
	} else if errors.Is(err, strconv.ErrRange) {
		return maxRetryAfter, true
	}
	if date, err := http.ParseTime(text); err == nil {
		return max(0, min(date.Sub(now), maxRetryAfter)), true
	}
	return 0, false
}
