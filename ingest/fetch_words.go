package ingest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
)

// ownError is a failure on our side of the wire: the writer's.
type ownError struct{ err error }

func (e *ownError) Error() string { return e.err.Error() }
func (e *ownError) Unwrap() error { return e.err }

// ownWriter marks a writer's errors as ours.
type ownWriter struct{ io.Writer }

func (w ownWriter) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	if err != nil {
		err = &ownError{err}
	}
	return n, err
}

// brokenOff is a body that ended before its time.
type brokenOff struct {
	after int64
	err   error
}

func (e *brokenOff) Error() string { return e.err.Error() }
func (e *brokenOff) Unwrap() error { return e.err }

type redirectError struct{ limit int }

func (e *redirectError) Error() string {
	return fmt.Sprintf("redirects more than %d times", e.limit)
}

// plain puts a failed exchange into one sentence for the operator.
func (v *visit) plain(ctx context.Context, err error) (FetchClass, string) {
	class, words := v.account(ctx, err)
	return class, v.address + " " + words
}

// account says what failed, to follow the address; the certain before the likely.
func (v *visit) account(ctx context.Context, err error) (FetchClass, string) {
	var (
		guard    *guardError
		redirect *redirectError
		shut     *hostShut
		name     *net.DNSError
		timeout  net.Error
	)
	switch {
	case errors.As(err, &guard):
		return ClassRefused, guard.why
	case errors.As(err, &redirect):
		return ClassRedirect, redirect.Error() + ": it leads in a circle or too far"
	case errors.As(err, &shut):
		v.got.NotBefore = shut.until
		return ClassAnswer, "is not asked now: " + shut.Error()
	case errors.Is(context.Cause(ctx), errOutOfTime):
		return ClassTimeout, fmt.Sprintf("did not finish within %s", v.fetcher.opts.Timeout)
	case errors.As(err, &name) && name.IsNotFound:
		return ClassDNS, fmt.Sprintf("names a host that is not known: %s", name.Name)
	case errors.As(err, &name):
		return ClassDNS, fmt.Sprintf("cannot be found: the name service did not answer for %s", name.Name)
	case badCertificate(err):
		return ClassTLS, "cannot be trusted: " + certificateTrouble(err)
	case errors.As(err, &timeout) && timeout.Timeout():
		return ClassTimeout, "did not answer in time"
	}
	return ClassNetwork, networkTrouble(err)
}

func networkTrouble(err error) string {
	var broken *brokenOff
	switch {
	case errors.As(err, &broken):
		return fmt.Sprintf("broke off after %d bytes: nothing of it is kept", broken.after)
	case errors.Is(err, syscall.ECONNREFUSED):
		return "cannot be reached: its host refuses the connection"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "cannot be reached: there is no way to its host from here"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "closed the connection without an answer"
	}
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err // without the address, which the sentence has already
	}
	return "did not answer as a web server should: " + err.Error()
}

func badCertificate(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		header       tls.RecordHeaderError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
		alert        tls.AlertError
	)
	return errors.As(err, &verification) || errors.As(err, &header) || errors.As(err, &authority) ||
		errors.As(err, &host) || errors.As(err, &invalid) || errors.As(err, &alert)
}

func certificateTrouble(err error) string {
	var (
		header    tls.RecordHeaderError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &header):
		return "it does not speak TLS; try http:// if the publisher has no https"
	case errors.As(err, &authority):
		return "its certificate is signed by no authority this machine knows"
	case errors.As(err, &host):
		return "its certificate is for another host"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "its certificate is out of date, or this machine's clock is wrong"
	}
	return "its certificate or its TLS is not in order"
}

// meaning says what a status without a file means for the operator.
func meaning(status int) string {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusProxyAuthRequired:
		return "it does not let us have the file"
	case status == http.StatusNotModified:
		return "it says unchanged, though no copy was spoken of"
	case status == http.StatusTooManyRequests:
		return "it has been asked too often"
	case status >= 500 && status <= 599:
		return "its server is in trouble"
	case status >= 200 && status <= 299:
		return "it brings no whole file"
	}
	return "it does not give the file"
}

// tooLarge says that a file passes the size limit, and the way out.
func tooLarge(address string, limit int64) string {
	return fmt.Sprintf("%s is larger than the limit of %s: nothing of it is kept; raise fetch.max_size if the file is right", address, sizeInWords(limit))
}

// sizeInWords writes a size in the largest unit that divides it: "1 GiB", "1500 bytes".
func sizeInWords(n int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= unit.bytes && n%unit.bytes == 0 {
			return fmt.Sprintf("%d %s", n/unit.bytes, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
