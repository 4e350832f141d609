package main

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"sync/atomic"

	"commonspend/publish/receipt"
	"commonspend/schemas"
)

// mostTold is how many receipts are kept to be shown again; beyond it all go.
const mostTold = 32

// read returns what is made of a submission, from the original that is kept.
func (d *desk) read(ctx context.Context, one *submission, publisher schemas.Publisher) (reading, error) {
	d.mu.Lock()
	found, ok := d.told[one.no]
	d.mu.Unlock()
	if ok {
		return found, nil
	}
	found, err := d.look(ctx, toCheck{path: d.ledger.Path(one.SHA), name: one.Name, publisher: publisher})
	if err != nil || found.outcome == schemas.OutcomeRefuse { // it could be read once: the machine is busy now
		return found, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.told) >= mostTold {
		clear(d.told)
	}
	d.told[one.no] = found
	return found, nil
}

// look reads a file as `check` does, and as it would be read once confirmed.
func (d *desk) look(ctx context.Context, file toCheck) (reading, error) {
	var report atomic.Pointer[schemas.FileReport] // reading may go on past its time
	c := *d.checker
	c.read = func(ctx context.Context, file toCheck, checked *receipt.Checked) error {
		err := d.checker.original(ctx, file, checked)
		made := checked.Report
		var refusal *schemas.Refusal
		if errors.As(err, &refusal) {
			made.Kind = refusal.Kind
		}
		report.Store(&made)
		return err
	}
	v := c.one(ctx, file)
	if v.err != nil {
		return reading{}, v.err
	}
	v.receipt.File = file.name
	var section bytes.Buffer
	if err := d.pages.Section(&section, v.receipt, "receipt"); err != nil {
		return reading{}, err
	}
	found := reading{outcome: v.receipt.Outcome, reason: v.receipt.Reason, headline: v.receipt.Headline(), period: schemas.NoPeriod,
		section: template.HTML(section.String())} // made by a template, which escapes
	if r := report.Load(); r != nil {
		found.duty, found.period, found.kind = r.Duty, r.Period, r.Kind
	}
	return found, nil
}
