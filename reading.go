package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/schemas"
	"commonspend/store"
)

// line is files being read by several workers and handed over in order. Only a
// few may be ahead of the loading, so that memory stays bounded.
type line struct {
	order   chan *store.Incoming
	stopped chan struct{}
	workers sync.WaitGroup
}

// ahead is how many files may be read, or be waiting, before they are loaded.
const ahead = 8

func (x *indexer) startReading(ctx context.Context, files []job) *line {
	l := &line{order: make(chan *store.Incoming, ahead), stopped: make(chan struct{})}
	type task struct {
		job job
		in  *store.Incoming
	}
	tasks := make(chan task)
	l.workers.Add(1 + x.workers)
	go func() {
		defer l.workers.Done()
		defer close(tasks)
		defer close(l.order)
		for _, job := range files {
			in := store.NewIncoming(job.info, l.stopped)
			select {
			case l.order <- in:
			case <-l.stopped:
				return
			}
			select {
			case tasks <- task{job, in}:
			case <-l.stopped:
				return
			}
		}
	}()
	for range x.workers {
		go func() {
			defer l.workers.Done()
			for task := range tasks {
				report, err := x.read(ctx, task.job, task.in)
				task.in.Close(report, err)
			}
		}()
	}
	return l
}

// next returns the next file in order, nil after the last.
func (l *line) next() *store.Incoming { return <-l.order }

// stop ends the reading and waits for it.
func (l *line) stop() {
	close(l.stopped)
	l.workers.Wait()
}

// readerFailure says that a reader of ours failed on a file: a defect of ours,
// for which that file is set aside.
type readerFailure struct{ text string }

func (r *readerFailure) Error() string { return r.text }

func isReaderFailure(err error) bool {
	var failure *readerFailure
	return errors.As(err, &failure)
}

// read reads one original into in and returns what was decided about it.
func (x *indexer) read(ctx context.Context, job job, in normalize.Sink) (report schemas.FileReport, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = &readerFailure{fmt.Sprintf("%v\n%s", failure, debug.Stack())}
		}
	}()
	if err := ctx.Err(); err != nil {
		return report, err
	}
	if x.failed[job.info.No] != nil {
		return refusedReport("defect", "Our reader failed on this file. It is kept, and will be read again by the next version; please report it."), nil
	}
	if x.check {
		if err := x.ledger.CheckOriginal(job.info.SHA); err != nil {
			return report, err
		}
	}
	report, err = x.normalize(job, in)
	var refusal *schemas.Refusal
	if errors.As(err, &refusal) {
		return refusedReport(refusal.Kind, refusal.Sentence), nil
	}
	return report, err
}

func (x *indexer) normalize(job job, in normalize.Sink) (schemas.FileReport, error) {
	limits, err := limitsOf(job.file.Limits)
	if err != nil {
		return schemas.FileReport{}, fmt.Errorf("read the limits of file %d: %w", job.info.No, err)
	}
	file, err := ingest.Open(x.ledger.Path(job.info.SHA), job.info.SHA, limits)
	if err != nil {
		return schemas.FileReport{}, err
	}
	defer file.Close()
	period, err := schemas.ParsePeriod(job.file.Period)
	if err != nil {
		return schemas.FileReport{}, err
	}
	about := normalize.About{Publisher: job.publisher, FileName: job.info.Name, Duty: job.file.Duty, Period: period, AllIssues: true}
	return x.rules.Normalize(file.Sheets, about, in)
}

func refusedReport(kind, sentence string) schemas.FileReport {
	return schemas.FileReport{Outcome: schemas.OutcomeRefuse, Reason: sentence, Kind: kind, Period: schemas.NoPeriod, PeriodBasis: "none"}
}
