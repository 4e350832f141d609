package store

import (
	"time"

	"commonspend/schemas"

	"github.com/apache/arrow-go/v18/arrow"
)

// File is what the journal says of a file that is to be loaded.
type File struct {
	No                           int    // sequence number of its journal event
	Hash                         string // the journal's head at that event
	SHA, Publisher, Name, Source string
	Bytes                        int64
	Received                     time.Time
	Rules                        string // version of the rules it is read by
}

// Incoming carries one file from the goroutine that reads it to the one that
// loads it: its payments as they are made, in a channel of bounded length, then
// its issues and its report. It is the Sink that normalize writes to.
type Incoming struct {
	File     File
	payments paymentRecords
	issues   issueRecords
	full     chan arrow.RecordBatch
	stop     <-chan struct{}
	report   schemas.FileReport
	err      error
}

// waiting is how many record batches a file may be ahead of its loading.
const waiting = 4

// NewIncoming returns the way in for a file. When stop is closed, whoever
// writes to it is told so by ErrStopped instead of waiting for ever.
func NewIncoming(file File, stop <-chan struct{}) *Incoming {
	return &Incoming{
		File: file, stop: stop,
		payments: newPaymentRecords(file), issues: newIssueRecords(file.No),
		full: make(chan arrow.RecordBatch, waiting),
	}
}

// ErrStopped tells a writer that nobody loads what it writes any more.
type ErrStopped struct{}

func (ErrStopped) Error() string { return "the load was stopped" }

// Payments takes a batch of a sheet's payments.
func (in *Incoming) Payments(sheet schemas.Sheet, batch []schemas.Payment) error {
	for len(batch) > 0 {
		taken := in.payments.add(sheet.Number, batch)
		batch = batch[taken:]
		if !in.payments.isFull() {
			continue
		}
		if err := in.send(); err != nil {
			return err
		}
	}
	return nil
}

// Issues takes a batch of a sheet's issues.
func (in *Incoming) Issues(sheet schemas.Sheet, batch []schemas.Issue) error {
	in.issues.add(sheet.Number, batch)
	return nil
}

func (in *Incoming) send() error {
	record := in.payments.take()
	select {
	case in.full <- record:
		return nil
	case <-in.stop:
		record.Release()
		return ErrStopped{}
	}
}

// Close says that the file is read through, or why it could not be.
func (in *Incoming) Close(report schemas.FileReport, err error) {
	if err == nil && in.payments.rows > 0 {
		err = in.send()
	}
	in.report, in.err = report, err
	close(in.full)
}
