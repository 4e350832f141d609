package main

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/publish/portal"
	"commonspend/publish/receipt"
	"commonspend/schemas"
	"commonspend/store/ledger"
)

// desk takes what publishers submit on the portal: bytes and every step go
// into the ledger before they are acknowledged. What is confirmed is picked up
// from there as any other file is.
type desk struct {
	app     *app
	ledger  *ledger.Ledger
	checker *checker
	limits  string // the checker's, as limitsText writes them
	pages   *receipt.Pages

	deciding sync.Mutex // held from looking at the journal to adding to it

	mu      sync.Mutex // of what follows
	known   state
	journal int64           // size of the journal when known was read
	told    map[int]reading // receipts shown before, by submission
}

// reading is what was made of a file.
type reading struct {
	outcome      schemas.Outcome
	kind, reason string // of a refusal
	headline     string
	duty         string
	period       schemas.Period
	section      template.HTML
}

func (a *app) newDesk(l *ledger.Ledger, limits ingest.Limits) (*desk, error) {
	rules, err := normalize.LoadRules()
	if err != nil {
		return nil, err
	}
	words, err := receipt.LoadWords()
	if err != nil {
		return nil, err
	}
	pages, err := receipt.LoadPages()
	if err != nil {
		return nil, err
	}
	text, err := limitsText(limits)
	if err != nil {
		return nil, err
	}
	return &desk{app: a, ledger: l, limits: text, pages: pages, told: map[int]reading{},
		checker: &checker{rules: rules, words: words, limits: limits, timeout: time.Minute, grace: checkGrace, workers: runtime.GOMAXPROCS(0),
			failed: func(path, failure string) {
				fmt.Fprintf(a.err, "commonspend: a reader failed on a submitted file (%s): %s\n", filepath.Base(path), failure)
			}}}, nil
}

// state is what the journal says now. It is read again when it has grown.
func (d *desk) state() (state, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	info, err := os.Stat(filepath.Join(d.app.dir, "journal.jsonl"))
	if err != nil {
		return state{}, fmt.Errorf("journal: %w", err)
	}
	if info.Size() == d.journal {
		return d.known, nil
	}
	known, err := readState(d.ledger)
	if err == nil {
		d.known, d.journal = known, info.Size()
	}
	return known, err
}

// Submit keeps a file that can be read, once its token is found to stand.
func (d *desk) Submit(ctx context.Context, typed, name string, file io.Reader) (key string, err error) {
	token := asTyped(typed)
	known, err := d.state()
	if err != nil {
		return "", err
	}
	issued, err := d.admit(known, token)
	if err != nil {
		return "", err
	}
	arrival, err := d.ledger.Receive()
	if err != nil {
		return "", err
	}
	defer arrival.Discard()
	if _, err := io.Copy(arrival, file); err != nil {
		return "", fmt.Errorf("receive a submission: %w", err)
	}
	path, original := arrival.Written()
	found, err := d.look(ctx, toCheck{path: path, name: name, publisher: known.publishers[issued.Publisher]})
	if err != nil {
		return "", err
	}
	if found.outcome == schemas.OutcomeRefuse {
		return "", d.refuse(issued, name, original, found)
	}
	return receiptKey(token, original.SHA), d.accept(token, name, arrival, found)
}

// admit returns the token, if it is one that may still bring something in. One
// that is used may bring the same bytes again: whether they are is seen later.
func (d *desk) admit(known state, token string) (*issued, error) {
	issued := known.byToken(token)
	if issued == nil {
		return nil, &portal.Declined{Field: "token", Sentence: "This token is not known – check that it is typed or pasted whole"}
	}
	switch issued.state(d.app.now()) {
	case "revoked":
		return nil, &portal.Declined{Field: "token", Sentence: "This token has been withdrawn – ask whoever gave it to you for another"}
	case "expired":
		return nil, &portal.Declined{Field: "token", Sentence: "This token has expired – ask whoever gave it to you for another"}
	}
	return issued, nil
}

// refuse journals that a file could not be read, and tells of it. Its bytes go.
func (d *desk) refuse(token *issued, name string, original ledger.Original, found reading) error {
	err := d.ledger.Append(ledger.Event{By: "submit", Kind: "submission_refused", SubmissionRefused: &ledger.SubmissionRefused{
		SHA: original.SHA, Bytes: original.Bytes, Name: name, Token: token.no, Kind: found.kind}})
	if err != nil {
		return err
	}
	return &portal.Declined{Field: "file", Sentence: "The selected file cannot be used. " + found.reason, Receipt: found.section}
}

// accept keeps a file and journals it, which spends the token. The same file
// sent twice with one token is the same submission.
func (d *desk) accept(token, name string, arrival *ledger.Arrival, found reading) error {
	d.deciding.Lock()
	defer d.deciding.Unlock()
	known, err := d.state()
	if err != nil {
		return err
	}
	issued, err := d.admit(known, token)
	if err != nil {
		return err
	}
	_, original := arrival.Written()
	if issued.sent != nil && issued.sent.SHA == original.SHA {
		return nil
	}
	if issued.sent != nil {
		return &portal.Declined{Field: "token", Sentence: "This token has been used for another file – ask whoever gave it to you for another"}
	}
	if err := heldAlready(known, issued.Publisher, original.SHA); err != nil {
		return err
	}
	if original, err = arrival.Keep(); err != nil {
		return err
	}
	return d.ledger.Append(ledger.Event{By: "submit", Kind: "submitted", Submitted: &ledger.Submitted{SHA: original.SHA,
		Bytes: original.Bytes, Name: name, Publisher: issued.Publisher, Token: issued.no, Key: hashText(receiptKey(token, original.SHA))}})
}

// heldAlready declines bytes that are in use already.
func heldAlready(known state, publisher, sha string) error {
	if _, ok := known.held[heldKey{publisher, sha}]; ok {
		return &portal.Declined{Field: "file", Sentence: "The selected file is held already, and does not need to be sent again"}
	}
	if _, ok := known.elsewhere[sha]; ok {
		return &portal.Declined{Field: "file", Sentence: "The selected file is held already, as another publisher’s – tell whoever gave you the token"}
	}
	return nil
}

// Find returns a submission with its receipt, made from the kept original.
func (d *desk) Find(ctx context.Context, key string) (*portal.Submission, error) {
	known, err := d.state()
	if err != nil {
		return nil, err
	}
	one := known.byKey(key)
	if one == nil {
		return nil, nil
	}
	publisher := known.publishers[one.Publisher]
	found, err := d.read(ctx, one, publisher)
	if err != nil {
		return nil, err
	}
	s := &portal.Submission{Name: one.Name, Publisher: publisher.ID, By: firstText(publisher.Name, publisher.ID), Sent: one.sent, State: one.state,
		Headline: found.headline, Duty: found.duty, Licensed: publisher.Licence != "", FileNo: int64(one.fileNo), Receipt: found.section}
	if found.period.Known() {
		s.From, s.To = portal.Day(found.period.From.String()), portal.Day(found.period.To.String())
	}
	return s, nil
}

// Confirm makes a submission a file like any other. A second time it does nothing.
func (d *desk) Confirm(key string) error {
	d.deciding.Lock()
	defer d.deciding.Unlock()
	known, one, err := d.submission(key)
	if err != nil {
		return err
	}
	switch {
	case one.state == stateConfirmed:
		return nil
	case one.state == stateWithdrawn:
		return &portal.Declined{Sentence: "This file was withdrawn, so it cannot be confirmed any more. To send it again you need a new token."}
	case one.token.revoked:
		return &portal.Declined{Sentence: "The token that this file was sent with has been withdrawn, so the file cannot be confirmed. Ask whoever gave it to you for another."}
	}
	events := []ledger.Event{{By: "submit", Kind: "confirmed", Confirmed: &ledger.Confirmed{Submission: one.no}}}
	if _, ok := known.held[heldKey{one.Publisher, one.SHA}]; !ok {
		if err := heldAlready(known, one.Publisher, one.SHA); err != nil {
			return err
		}
		events = append(events, ledger.Event{By: "submit", Kind: "file", File: &ledger.File{
			SHA: one.SHA, Bytes: one.Bytes, Name: one.Name, Publisher: one.Publisher, Submission: one.no, Limits: d.limits}})
	}
	return d.ledger.Append(events...)
}

// Withdraw ends a submission that is not confirmed. A second time it does nothing.
func (d *desk) Withdraw(key string) error {
	d.deciding.Lock()
	defer d.deciding.Unlock()
	_, one, err := d.submission(key)
	if err != nil {
		return err
	}
	switch one.state {
	case stateWithdrawn:
		return nil
	case stateConfirmed:
		return &portal.Declined{Sentence: "This file is confirmed. To have it taken down, ask whoever gave you the token."}
	}
	return d.ledger.Append(ledger.Event{By: "submit", Kind: "submission_withdrawn", SubmissionWithdrawn: &ledger.SubmissionWithdrawn{Submission: one.no}})
}

func (d *desk) submission(key string) (state, *submission, error) {
	known, err := d.state()
	if err != nil {
		return known, nil, err
	}
	one := known.byKey(key)
	if one == nil {
		return known, nil, &portal.Declined{Sentence: "There is no submission at this address."}
	}
	return known, one, nil
}
