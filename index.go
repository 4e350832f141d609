package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"commonspend/normalize"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"
)

// indexer brings the warehouse up to the journal: every event after the last
// one applied, in order. It is the one way into the warehouse; a rebuild is
// the same from the first event on.
type indexer struct {
	ledger    *ledger.Ledger
	warehouse *store.Warehouse
	rules     *normalize.Rules
	workers   int
	check     bool // hash every original before it is read
	progress  *progress
	failed    map[int]error // files whose reading failed, by number: refused on the next try
}

// job is a file event with the publisher as described when it came in.
type job struct {
	file      ledger.File
	info      store.File
	publisher schemas.Publisher
}

// backlog is what the journal holds beyond the point that is indexed.
type backlog struct {
	publishers map[string]schemas.Publisher // described or changed since
	steps      []step
	head       ledger.Head
	bytes      int64
}

// step is a run of files, or one change to what is held.
type step struct {
	files  []job
	change func(context.Context, *sql.Conn) error
}

// catchUp applies the backlog and returns what became of each file in it.
func (x *indexer) catchUp(ctx context.Context) ([]store.Loaded, error) {
	todo, err := x.backlog(ctx)
	if err != nil {
		return nil, err
	}
	if err := x.putPublishers(ctx, todo.publishers); err != nil {
		return nil, err
	}
	x.progress.expect(todo.bytes)
	var loaded []store.Loaded
	for _, step := range todo.steps {
		done, err := x.apply(ctx, step)
		loaded = append(loaded, done...)
		if err != nil {
			return loaded, err
		}
	}
	return loaded, x.warehouse.Write(ctx, func(conn *sql.Conn) error {
		return store.SetIndexed(ctx, conn, todo.head.Length, todo.head.Hash)
	})
}

// backlog reads the journal through, which checks its chain, and compares it
// with what the warehouse says it was built from.
func (x *indexer) backlog(ctx context.Context) (backlog, error) {
	length, head, err := x.warehouse.Indexed(ctx)
	if err != nil {
		return backlog{}, err
	}
	todo := backlog{publishers: map[string]schemas.Publisher{}}
	known := map[string]schemas.Publisher{}
	todo.head, err = x.ledger.Events(func(event ledger.Event) error {
		if event.Sequence == length && event.Hash != head {
			return disagreement(length)
		}
		if event.Publisher != nil {
			known[event.Publisher.ID] = *event.Publisher
		}
		if event.Sequence > length {
			todo.add(event, known, x.rules.Version())
		}
		return nil
	})
	if err == nil && todo.head.Length < length {
		err = disagreement(length)
	}
	return todo, err
}

func disagreement(length int) error {
	return &ledger.Damage{What: "journal.jsonl", Why: fmt.Sprintf("the warehouse was made from %d events of it that it no longer holds: restore the journal from a copy", length)}
}

func (b *backlog) add(event ledger.Event, known map[string]schemas.Publisher, rules string) {
	switch {
	case event.Publisher != nil:
		b.publishers[event.Publisher.ID] = *event.Publisher
	case event.File != nil:
		if len(b.steps) == 0 || b.steps[len(b.steps)-1].change != nil {
			b.steps = append(b.steps, step{})
		}
		last := &b.steps[len(b.steps)-1]
		last.files = append(last.files, newJob(event, known[event.File.Publisher], rules))
		b.bytes += event.File.Bytes
	default:
		if change := changeOf(event); change != nil {
			b.steps = append(b.steps, step{change: change})
		}
	}
}

// changeOf is what an event changes in the warehouse, beside files and
// publishers; nil for one that changes nothing there.
func changeOf(event ledger.Event) func(context.Context, *sql.Conn) error {
	switch {
	case event.Withdrawn != nil:
		return func(ctx context.Context, conn *sql.Conn) error {
			return store.Withdraw(ctx, conn, event.Withdrawn.File, event.Withdrawn.Why)
		}
	case event.Overridden != nil:
		return func(ctx context.Context, conn *sql.Conn) error { return store.Override(ctx, conn, event) }
	case event.OverrideUndone != nil:
		return func(ctx context.Context, conn *sql.Conn) error {
			return store.UndoOverride(ctx, conn, event.OverrideUndone.Override)
		}
	case event.Imported != nil:
		return func(ctx context.Context, conn *sql.Conn) error { return store.Import(ctx, conn, event) }
	}
	return nil
}

func newJob(event ledger.Event, publisher schemas.Publisher, rules string) job {
	f := *event.File
	return job{file: f, publisher: publisher, info: store.File{
		No: event.Sequence, Hash: event.Hash, SHA: f.SHA, Publisher: f.Publisher, Name: f.Name, Source: f.Source,
		Bytes: f.Bytes, Received: event.At, Rules: rules,
	}}
}

func (x *indexer) putPublishers(ctx context.Context, publishers map[string]schemas.Publisher) error {
	if len(publishers) == 0 {
		return nil
	}
	return x.warehouse.Write(ctx, func(conn *sql.Conn) error {
		for _, id := range slices.Sorted(maps.Keys(publishers)) {
			if err := store.PutPublisher(ctx, conn, publishers[id]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (x *indexer) apply(ctx context.Context, step step) ([]store.Loaded, error) {
	if step.change == nil {
		return x.load(ctx, step.files)
	}
	return nil, x.warehouse.Write(ctx, func(conn *sql.Conn) error { return step.change(ctx, conn) })
}

// load loads files in order, group by group. A file on which a reader of ours
// failed is refused, saying so, and the group it was in is loaded again
// without it: one file must not hold up the rest.
func (x *indexer) load(ctx context.Context, files []job) ([]store.Loaded, error) {
	var loaded []store.Loaded
	for len(loaded) < len(files) {
		done, err := x.loadFrom(ctx, files[len(loaded):])
		loaded = append(loaded, done...)
		var failed *store.FileError
		if err == nil {
			continue
		}
		if !errors.As(err, &failed) || !isReaderFailure(failed.Err) || x.failed[failed.File.No] != nil {
			return loaded, err
		}
		x.failed[failed.File.No] = failed.Err
	}
	return loaded, nil
}

// loadFrom reads files with the workers and loads them until they end or an
// error stops it. It returns those that were committed.
func (x *indexer) loadFrom(ctx context.Context, files []job) ([]store.Loaded, error) {
	line := x.startReading(ctx, files)
	defer line.stop()
	var loaded []store.Loaded
	for {
		group, err := x.warehouse.Load(ctx, line.next)
		if err != nil || len(group) == 0 {
			return loaded, err
		}
		for _, file := range group {
			x.progress.add(file)
		}
		loaded = append(loaded, group...)
	}
}
