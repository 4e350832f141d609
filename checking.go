package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/publish/receipt"
	"commonspend/schemas"
)

// checker makes receipts of files. It keeps nothing.
type checker struct {
	rules   *normalize.Rules
	words   *receipt.Words
	limits  ingest.Limits
	timeout time.Duration
	grace   time.Duration // how long past its time a file may go on
	all     bool
	workers int
	read    func(ctx context.Context, file toCheck, c *receipt.Checked) error
	failed  func(path, failure string) // told of a defect of ours
}

// verdict is what became of one file: a receipt, or an error that is not the file's.
type verdict struct {
	receipt *receipt.Receipt
	err     error
}

// each checks files, several at a time, and tells of them in order. Only a few
// may be ahead of the telling, so that memory stays bounded.
func (c *checker) each(ctx context.Context, files []toCheck, tell func(toCheck, verdict) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	order := make(chan chan verdict, c.workers)
	free := make(chan struct{}, c.workers)
	go func() {
		defer close(order)
		for _, file := range files {
			done := make(chan verdict, 1)
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return
			}
			order <- done
			go func() {
				defer func() { <-free }()
				done <- c.one(ctx, file)
			}()
		}
	}()
	var first error
	at := 0
	for done := range order {
		v := <-done
		if first == nil {
			if first = tell(files[at], v); first != nil {
				stop()
			}
		}
		at++
	}
	if first != nil {
		return first
	}
	return ctx.Err()
}

// one checks one file in the time that a file may take. Reading looks at the
// clock at each batch of rows; where no batch comes in the time of grace, the
// file is left behind.
func (c *checker) one(ctx context.Context, file toCheck) verdict {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	done := make(chan verdict, 1)
	go func() { done <- c.guarded(ctx, file) }()
	select {
	case v := <-done:
		return v
	case <-ctx.Done():
	}
	select {
	case v := <-done:
		return v
	case <-time.After(c.grace):
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return verdict{err: ctx.Err()}
	}
	return c.verdict(receipt.Checked{File: file.path}, c.tooSlow())
}

// guarded checks one file. A failing reader is a refusal of that file alone.
func (c *checker) guarded(ctx context.Context, file toCheck) (v verdict) {
	checked := receipt.Checked{File: file.path}
	defer func() {
		if failure := recover(); failure != nil {
			c.failed(file.path, fmt.Sprintf("%v\n%s", failure, debug.Stack()))
			v = c.verdict(checked, &schemas.Refusal{Kind: "failure",
				Sentence: "Our reader failed on this file; please report it, with the file if you may. Saved anew from a spreadsheet program, as XLSX or CSV, it may read well."})
		}
	}()
	return c.verdict(checked, c.read(ctx, file, &checked))
}

// verdict turns what reading ended in into a receipt, unless it is an error of
// the machine's.
func (c *checker) verdict(checked receipt.Checked, err error) verdict {
	var refusal *schemas.Refusal
	if errors.Is(err, context.DeadlineExceeded) {
		err = c.tooSlow()
	}
	switch {
	case err == nil:
	case errors.As(err, &refusal):
		checked.Report, checked.Issues, checked.Skipped = schemas.FileReport{Outcome: schemas.OutcomeRefuse, Kind: refusal.Kind, Reason: refusal.Sentence}, nil, nil
		if checked.Format == "" {
			checked.Format = formatOf(refusal.Kind)
		}
	default:
		return verdict{err: err}
	}
	return verdict{receipt: c.words.Receipt(checked)}
}

// formatOf names the format of a file that was refused for it.
func formatOf(refusal string) string {
	switch refusal {
	case "html", "pdf", "image", "json", "xml":
		return refusal
	}
	return ""
}

func (c *checker) tooSlow() error {
	return &schemas.Refusal{Kind: "limit", Sentence: fmt.Sprintf(
		"The file was not read to its end, because that takes longer than %s; send it in smaller parts, or allow more with --timeout.", c.timeout)}
}

// original reads a file, as ingest would.
func (c *checker) original(ctx context.Context, file toCheck, checked *receipt.Checked) error {
	var err error
	if checked.SHA256, checked.Bytes, err = hashFile(ctx, file.path); err != nil {
		return err
	}
	opened, err := ingest.Open(file.path, checked.SHA256, c.limits)
	if err != nil {
		return err
	}
	defer opened.Close()
	checked.Format, checked.Issues = opened.Format, &receipt.Issues{}
	for _, s := range opened.Skipped {
		checked.Skipped = append(checked.Skipped, receipt.Skipped{Member: s.Member, Why: s.Why.Sentence})
	}
	for i := range opened.Sheets {
		opened.Sheets[i].Rows = inTime(ctx, opened.Sheets[i].Rows)
	}
	about := normalize.About{Publisher: file.publisher, FileName: file.name, Period: schemas.NoPeriod, AllIssues: c.all}
	checked.Report, err = c.rules.Normalize(opened.Sheets, about, checked.Issues)
	return err
}

// rowsOf is the Rows of a sheet.
type rowsOf = func(yield func([]schemas.Row) error) (int, error)

// inTime stops the reading of rows when time is up.
func inTime(ctx context.Context, rows rowsOf) rowsOf {
	return func(yield func([]schemas.Row) error) (int, error) {
		return rows(func(batch []schemas.Row) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return yield(batch)
		})
	}
}

// hashFile returns the SHA-256 and the length of a file's bytes.
func hashFile(ctx context.Context, path string) (sha string, bytes int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	sum := sha256.New()
	for {
		n, err := io.CopyN(sum, file, 4<<20)
		if bytes += n; err == io.EOF {
			return hex.EncodeToString(sum.Sum(nil)), bytes, nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return "", bytes, err
		}
	}
}
