package ingest

import "time"

// FetchStatus is what became of one address.
type FetchStatus string

const (
	FetchNew       FetchStatus = "new"       // the bytes are in the writer
	FetchUnchanged FetchStatus = "unchanged" // the server says they are as we have them
	FetchMissing   FetchStatus = "missing"   // 404 or 410
	FetchFailed    FetchStatus = "failed"
)

// FetchClass says what kind of failure it was; "" for none.
type FetchClass string

const (
	ClassMissing  FetchClass = "missing"  // 404, 410
	ClassAnswer   FetchClass = "answer"   // any other status that brings no file
	ClassRedirect FetchClass = "redirect" // too many, or to nowhere
	ClassRefused  FetchClass = "refused"  // our guard will not go there
	ClassLimit    FetchClass = "limit"    // larger than MaxBytes
	ClassTimeout  FetchClass = "timeout"
	ClassDNS      FetchClass = "dns"
	ClassTLS      FetchClass = "tls"
	ClassNetwork  FetchClass = "network" // refused, reset, broken off, or not HTTP
)

// Fetched is what came of asking for one address. Only when Status is FetchNew
// is what went to the writer a whole file; otherwise it is to be thrown away.
type Fetched struct {
	Status             FetchStatus
	Class              FetchClass
	Reason             string // one plain sentence that names the address; "" where all is well
	ETag, LastModified string
	ContentType        string // as the server says; never believed
	FinalURL           string // after redirects
	Bytes              int64
	Tries              int
	At                 time.Time // when the answer was complete
	NotBefore          time.Time // the host asks to be left alone until then; zero for none
}

// State is what is remembered of an address between visits. It is the caller's
// to keep, and is to be kept only once the file it tells of is safe.
type State struct {
	ETag         string      `json:"etag,omitempty"`
	LastModified string      `json:"last_modified,omitempty"`
	Checked      time.Time   `json:"checked"`
	Changed      time.Time   `json:"changed,omitzero"` // last new bytes
	NotBefore    time.Time   `json:"not_before,omitzero"`
	Status       FetchStatus `json:"status"`
	Reason       string      `json:"reason,omitempty"`
	Failures     int         `json:"failures,omitempty"` // in a row, missing included
}

// Next returns the state after this visit. A failure keeps what was known of
// the file, so that a server's bad day does not cost a second download.
func (f Fetched) Next(last State) State {
	next := State{ETag: last.ETag, LastModified: last.LastModified, Changed: last.Changed,
		Checked: f.At, NotBefore: f.NotBefore, Status: f.Status, Reason: f.Reason}
	switch f.Status {
	case FetchNew:
		next.ETag, next.LastModified, next.Changed = f.ETag, f.LastModified, f.At
	case FetchUnchanged:
		next.ETag, next.LastModified = firstOf(f.ETag, last.ETag), firstOf(f.LastModified, last.LastModified)
	default:
		next.Failures = last.Failures + 1
	}
	return next
}
