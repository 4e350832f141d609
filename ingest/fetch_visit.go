package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/hashicorp/go-retryablehttp"
)

// visit is one errand to one address, with all its tries. It belongs to one
// goroutine.
type visit struct {
	fetcher *Fetcher
	address string
	last    State
	into    io.Writer
	begun   bool   // bytes have gone to into
	host    string // the one last asked, which a redirect may have changed
	got     Fetched
}

// run asks, with its retries, and turns what came of it into a Fetched. outer
// is the caller's context, limited the one that also ends when time is out.
func (v *visit) run(outer, limited context.Context, limit *countdown) (Fetched, error) {
	request, err := v.request(limited)
	if err != nil {
		return v.fail(ClassRefused, fmt.Sprintf("%s cannot be asked for: %s", v.address, err)), nil
	}
	response, err := v.client(limit).Do(request)
	if response != nil {
		response.Body.Close()
	}
	var own *ownError
	switch {
	case errors.As(err, &own):
		return Fetched{}, fmt.Errorf("%s: %w", v.address, own.err)
	case v.got.Status != "": // receive has judged it
	case outer.Err() != nil:
		return Fetched{}, fmt.Errorf("%s: %w", v.address, context.Cause(outer))
	case err != nil:
		v.fail(v.plain(limited, err))
	default:
		v.judge(response)
	}
	v.got.At = v.fetcher.opts.Now()
	return v.got, nil
}

func (v *visit) request(ctx context.Context) (*retryablehttp.Request, error) {
	request, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, v.address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", v.fetcher.opts.UserAgent)
	request.Header.Set("Accept", "*/*")
	if v.last.ETag != "" {
		request.Header.Set("If-None-Match", v.last.ETag)
	}
	if v.last.LastModified != "" {
		request.Header.Set("If-Modified-Since", v.last.LastModified)
	}
	request.SetResponseHandler(v.receive)
	return request, nil
}

func (v *visit) client(limit *countdown) *retryablehttp.Client {
	f := v.fetcher
	took := func(host string) {
		v.host = host
		limit.start()
	}
	return &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport:     &politeTransport{base: f.opts.Transport, turns: f.turns, took: took},
			CheckRedirect: v.redirect,
		},
		RetryMax:       f.opts.Tries - 1,
		RequestLogHook: func(_ retryablehttp.Logger, _ *http.Request, try int) { v.got.Tries = try + 1 },
		CheckRetry:     v.again,
		Backoff:        v.backoff,
		ErrorHandler:   retryablehttp.PassthroughErrorHandler,
	}
}

func (v *visit) redirect(next *http.Request, before []*http.Request) error {
	if len(before) > v.fetcher.opts.MaxRedirects {
		return &redirectError{limit: v.fetcher.opts.MaxRedirects}
	}
	if err := CheckURL(next.URL.String()); err != nil {
		return &guardError{why: "redirects to where we do not go: " + err.Error()}
	}
	return nil
}

// receive takes an answer that is not to be asked for again. Its error is of
// a body that broke off, which may be; what else there is to say is in got.
// The body is closed by run, or by the client before it asks again.
func (v *visit) receive(response *http.Response) error {
	if response.StatusCode != http.StatusOK {
		v.judge(response)
		return nil
	}
	v.describe(response)
	limit := v.fetcher.opts.MaxBytes
	if response.ContentLength > limit {
		v.fail(ClassLimit, tooLarge(v.address, limit))
		return nil
	}
	if how := response.Header.Get("Content-Encoding"); how != "" && !strings.EqualFold(how, "identity") {
		v.fail(ClassAnswer, fmt.Sprintf("%s sends its file packed as %q, which was not asked for", v.address, how))
		return nil
	}
	return v.keep(response.Body, limit)
}

// keep streams a body to the writer. Nothing beyond limit is written.
func (v *visit) keep(body io.Reader, limit int64) error {
	if err := v.rewind(); err != nil {
		return &ownError{err}
	}
	n, err := io.Copy(ownWriter{v.into}, io.LimitReader(body, limit))
	v.got.Bytes = n
	if err == nil && n == limit {
		var beyond [1]byte
		if got, probe := io.ReadFull(body, beyond[:]); got > 0 {
			v.fail(ClassLimit, tooLarge(v.address, limit))
			return nil
		} else if probe != io.EOF {
			err = probe
		}
	}
	var own *ownError
	switch {
	case err == nil:
		v.got.Status = FetchNew
		return nil
	case errors.As(err, &own):
		return err
	}
	return &brokenOff{after: n, err: err}
}

func (v *visit) rewind() error {
	begun := v.begun
	v.begun = true
	if !begun {
		return nil
	}
	return v.into.(Rewinder).Rewind() // again() lets no other writer come here
}

// describe notes what an answer says about the file.
func (v *visit) describe(response *http.Response) {
	v.got.ETag = response.Header.Get("ETag")
	v.got.LastModified = response.Header.Get("Last-Modified")
	v.got.ContentType = response.Header.Get("Content-Type")
	v.got.FinalURL = response.Request.URL.String()
}

// judge puts an answer without a file into words.
func (v *visit) judge(response *http.Response) {
	v.got.FinalURL = response.Request.URL.String()
	v.got.ContentType = response.Header.Get("Content-Type")
	if asked, ok := retryAfter(response, v.fetcher.opts.Now()); ok {
		v.got.NotBefore = v.fetcher.opts.Now().Add(asked)
		v.fetcher.turns.hold(v.host, v.got.NotBefore)
	}
	status := response.StatusCode
	switch {
	case status == http.StatusNotModified && (v.last.ETag != "" || v.last.LastModified != ""):
		v.describe(response)
		v.got.Status = FetchUnchanged
	case status == http.StatusNotFound || status == http.StatusGone:
		v.fail(ClassMissing, fmt.Sprintf("%s answers %d: the file is not there", v.address, status))
	case status >= 300 && status < 400 && status != http.StatusNotModified:
		v.fail(ClassRedirect, fmt.Sprintf("%s answers %d and does not say where the file went", v.address, status))
	default:
		v.fail(ClassAnswer, fmt.Sprintf("%s answers %d: %s", v.address, status, meaning(status)))
	}
}

// fail completes the visit with a failure.
func (v *visit) fail(class FetchClass, words string) Fetched {
	v.got.Status, v.got.Class, v.got.Reason = FetchFailed, class, words
	if class == ClassMissing {
		v.got.Status = FetchMissing
	}
	v.got.At = v.fetcher.opts.Now()
	return v.got
}
