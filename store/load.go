package store

import (
	"context"
	"database/sql"
	"fmt"

	"commonspend/schemas"

	"github.com/apache/arrow-go/v18/arrow"
)

// A group of files that share a transaction ends after so many rows or files:
// a transaction costs milliseconds, which small files should not each pay.
const (
	groupRows  = 250_000
	groupFiles = 400
)

// Loaded is what became of one file, once it is committed.
type Loaded struct {
	File   File
	Report schemas.FileReport
}

// FileError says that one file's reading failed, not the warehouse.
type FileError struct {
	File File
	Err  error
}

func (f *FileError) Error() string { return f.File.Name + ": " + f.Err.Error() }
func (f *FileError) Unwrap() error { return f.Err }

// Imbalance says that a file's rows or pence do not add up: a defect of ours,
// and a reason to stop.
type Imbalance struct{ File, Why string }

func (i *Imbalance) Error() string {
	return "the line account of " + i.File + " does not balance (" + i.Why + "): nothing of it was loaded; please report this"
}

// group is the files of one transaction.
type group struct {
	next  func() *Incoming // nil after the last
	files []*Incoming
	at    *Incoming
	rows  int64
}

// Load takes files from next, in order, until the group is full or there are
// no more, and commits them whole: payments, issues, accounts and head, the
// point of the journal they bring the warehouse to. Every file's account is
// checked against what the table then holds. It returns nil at the end.
func (w *Warehouse) Load(ctx context.Context, next func() *Incoming) ([]Loaded, error) {
	g := &group{next: next}
	err := w.Write(ctx, func(conn *sql.Conn) error {
		stream := &recordStream{schema: paymentSchema(), next: g.record}
		if err := insert(ctx, conn, "payments", stream); err != nil {
			return err
		}
		return g.finish(ctx, conn)
	})
	if err != nil {
		return nil, err
	}
	loaded := make([]Loaded, len(g.files))
	for i, in := range g.files {
		loaded[i] = Loaded{File: in.File, Report: in.report}
	}
	return loaded, nil
}

// Write runs do in one transaction, on a connection of its own.
func (w *Warehouse) Write(ctx context.Context, do func(*sql.Conn) error) error {
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open a connection to the warehouse: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	if err := do(conn); err != nil {
		// The transaction's own error is the one to tell; a rollback that
		// fails too leaves nothing committed either.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// record yields the group's next record batch, moving on from file to file.
func (g *group) record() (arrow.RecordBatch, error) {
	for {
		if g.at == nil && !g.advance() {
			return nil, nil
		}
		if record, more := <-g.at.full; more {
			g.rows += record.NumRows()
			return record, nil
		}
		if g.at.err != nil {
			return nil, &FileError{File: g.at.File, Err: g.at.err}
		}
		g.files = append(g.files, g.at)
		g.at = nil
	}
}

func (g *group) advance() bool {
	if g.rows >= groupRows || len(g.files) >= groupFiles {
		return false
	}
	g.at = g.next()
	return g.at != nil
}

// finish stores what belongs beside the payments and checks the accounts.
func (g *group) finish(ctx context.Context, conn *sql.Conn) error {
	if len(g.files) == 0 {
		return nil
	}
	if err := g.insertIssues(ctx, conn); err != nil {
		return err
	}
	if err := insertFiles(ctx, conn, g.files); err != nil {
		return err
	}
	if err := insertSheets(ctx, conn, g.files); err != nil {
		return err
	}
	if err := checkAccounts(ctx, conn, g.files); err != nil {
		return err
	}
	last := g.files[len(g.files)-1].File
	return SetIndexed(ctx, conn, last.No, last.Hash)
}

func (g *group) insertIssues(ctx context.Context, conn *sql.Conn) error {
	var with []*Incoming
	for _, in := range g.files {
		if in.issues.rows > 0 {
			with = append(with, in)
		}
	}
	if len(with) == 0 {
		return nil
	}
	next := func() (arrow.RecordBatch, error) {
		if len(with) == 0 {
			return nil, nil
		}
		record := with[0].issues.builder.NewRecordBatch()
		with = with[1:]
		return record, nil
	}
	return insert(ctx, conn, "issues", &recordStream{schema: issueSchema(), next: next})
}
