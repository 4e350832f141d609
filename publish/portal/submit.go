package portal

import (
	"context"
	"errors"
	"html/template"
	"io"
	"net/http"
	"strings"
	"time"
)

// Desk takes what publishers submit: main's keeps it in the ledger. An error
// that is a *Declined is told to the person who asks; any other is ours.
type Desk interface {
	// Submit reads a file to its end and returns the key in the address of its receipt. It reads nothing where
	// the token does not stand.
	Submit(ctx context.Context, token, name string, file io.Reader) (key string, err error)
	// Find returns the submission with that key, nil where there is none.
	Find(ctx context.Context, key string) (*Submission, error)
	Confirm(key string) error
	Withdraw(key string) error
}

// Declined says why the desk does not do what was asked.
type Declined struct {
	Field    string // of the form: "token" or "file"; "" where it is none
	Sentence string
	Receipt  template.HTML // of a file that cannot be read
}

func (d *Declined) Error() string { return d.Sentence }

// Submission is a file that was sent in, and what became of it.
type Submission struct {
	Name      string
	Publisher string // its id
	By        string // its name
	Sent      time.Time
	State     string // waiting confirmed withdrawn
	Headline  string // what it holds, in a line
	Duty      string
	From, To  Day           // of the period that it claims; "" where not known
	Licensed  bool          // a licence of the publisher is on record, so that it can be published
	FileNo    int64         // of the file that it became when it was confirmed; 0 where its bytes were held already
	Receipt   template.HTML // a section whose headings begin at h2; published text in it is text
}

// Waiting and the others are the states, for the templates.
func (s *Submission) Waiting() bool { return s.State == "waiting" }

// Confirmed reports whether the publisher has said that it is meant.
func (s *Submission) Confirmed() bool { return s.State == "confirmed" }

const submitPath = "/submit"

// submit answers for the pages of submissions, and reports whether it did.
// What they show is for one person: no copy is kept, and nobody is told of
// their addresses.
func (a reply) submit() bool {
	rest, ok := strings.CutPrefix(a.r.URL.Path, submitPath)
	if !ok || rest != "" && rest[0] != '/' {
		return false
	}
	a.as = ""
	h := a.w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	// Under "no-referrer" a browser would send "Origin: null" with our own forms, by which they could not be told
	// from another site's. So the origin is sent, and never the address.
	h.Set("Referrer-Policy", "strict-origin")
	parts := strings.Split(rest, "/")
	switch {
	case a.server.options.Desk == nil:
		a.fail(noDesk())
	case rest == "":
		a.only(a.form, a.receive)
	case rest == "/":
		http.Redirect(a.w, a.r, submitPath, http.StatusMovedPermanently)
	case len(parts) == 2:
		a.only(func() { a.receipt(parts[1]) }, nil)
	case len(parts) == 3 && parts[2] == "confirm":
		a.only(func() { a.toReceipt(parts[1]) }, func() { a.decide(parts[1], a.server.options.Desk.Confirm) })
	case len(parts) == 3 && parts[2] == "withdraw":
		a.only(func() { a.toReceipt(parts[1]) }, func() { a.decide(parts[1], a.server.options.Desk.Withdraw) })
	default:
		a.fail(notFound("There is no page at this address."))
	}
	return true
}

// only answers by the method: to read, or to send where that can be done. A
// form of another site is turned away.
func (a reply) only(read, send func()) {
	switch {
	case a.r.Method == http.MethodGet || a.r.Method == http.MethodHead:
		read()
	case send == nil || a.r.Method != http.MethodPost:
		a.w.Header().Set("Allow", map[bool]string{true: "GET, HEAD", false: "GET, HEAD, POST"}[send == nil])
		a.fail(notAllowed())
	case http.NewCrossOriginProtection().Check(a.r) != nil:
		a.fail(foreignForm())
	default:
		send()
	}
}

// logged is the part of a path that may stand in a log: not the key of a
// receipt, which whoever has it can use.
func logged(path string) string {
	if before, _, ok := strings.Cut(strings.ToLower(path), "submit/"); ok {
		path = path[:len(before)] + "submit/[key]"
	}
	return cut(200, path)
}

func noDesk() *problem {
	return &problem{Status: http.StatusNotFound, Title: "Files cannot be submitted here",
		Detail: "This portal takes no submissions.", Next: []link{{"Go to the home page", "/"}}}
}

func foreignForm() *problem {
	return &problem{Status: http.StatusForbidden, Title: "This form came from another site",
		Detail: "Nothing was done. Open the page on this site and use the form there.", Next: []link{{"Submit a spend file", submitPath}}}
}

func noSubmission() *problem {
	return &problem{Status: http.StatusNotFound, Title: "Page not found",
		Detail: "There is no submission at this address. Check that it is pasted whole.", Next: []link{{"Submit a spend file", submitPath}}}
}

// declined returns what the desk says, nil where the error is another.
func declined(err error) *Declined {
	var told *Declined
	errors.As(err, &told)
	return told
}
