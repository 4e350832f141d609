package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"commonspend/ingest"
	"commonspend/schemas"
	"commonspend/store/ledger"

	"golang.org/x/sync/errgroup"
)

// keeper puts files into the ledger: the bytes first, then, many at a time,
// the events that say what they are.
type keeper struct {
	ledger    *ledger.Ledger
	fetcher   *ingest.Fetcher
	duty      string
	period    string
	by        string
	held      map[heldKey]string // bytes held for a publisher, and under which name
	elsewhere map[string]string  // bytes held, and for which publisher
}

type heldKey struct{ publisher, sha string }

// kept is what became of a candidate on its way into the ledger.
type kept struct {
	candidate
	original ledger.Original
	heldAs   string // "" when new
	problem  string // a plain sentence; "" when kept
	limit    bool   // the problem is that it is too large
}

// eventsPerAppend is how many files may be kept before the journal says so:
// an interruption costs at most the hashing of so many files.
const eventsPerAppend = 200

// state is what the journal says is known: publishers, and files by their bytes.
type state struct {
	publishers map[string]schemas.Publisher
	held       map[heldKey]string
	elsewhere  map[string]string
	files      map[int]ledger.File
	withdrawn  map[int]bool
	published  map[string]bool // releases by number
	secret     string
	head       ledger.Head
	submissions
}

// readState reads the journal through. A withdrawn file is no longer held, so
// that the same bytes may come in again.
func readState(l *ledger.Ledger) (state, error) {
	s := state{publishers: map[string]schemas.Publisher{}, held: map[heldKey]string{}, elsewhere: map[string]string{},
		files: map[int]ledger.File{}, withdrawn: map[int]bool{}, published: map[string]bool{}}
	head, err := l.Events(func(event ledger.Event) error {
		s.submissions.apply(event)
		switch {
		case event.Opened != nil:
			s.secret = event.Opened.Secret
		case event.Publisher != nil:
			s.publishers[event.Publisher.ID] = *event.Publisher
		case event.File != nil:
			s.files[event.Sequence] = *event.File
			s.held[heldKey{event.File.Publisher, event.File.SHA}] = event.File.Name
			s.elsewhere[event.File.SHA] = event.File.Publisher
		case event.Published != nil:
			s.published[event.Published.Release] = true
		case event.Withdrawn != nil:
			file := s.files[event.Withdrawn.File]
			s.withdrawn[event.Withdrawn.File] = true
			delete(s.held, heldKey{file.Publisher, file.SHA})
			delete(s.elsewhere, file.SHA)
		}
		return nil
	})
	s.head = head
	return s, err
}

// keep takes the candidates in, a few hundred at a time: their bytes, several
// at once, then in their order the events that tell of them. A file that
// cannot be had is told of and left; trouble with our own disk ends it.
func (k *keeper) keep(ctx context.Context, files []candidate) ([]kept, error) {
	var all []kept
	for batch := range slices.Chunk(files, eventsPerAppend) {
		done, err := k.keepBatch(ctx, batch)
		all = append(all, done...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// writersAtOnce is how many originals are written at a time: most of the time
// goes in waiting for the disk to say that they are there.
const writersAtOnce = 8

func (k *keeper) keepBatch(ctx context.Context, files []candidate) ([]kept, error) {
	all := make([]kept, len(files))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(writersAtOnce)
	for i, file := range files {
		group.Go(func() (err error) {
			if err = ctx.Err(); err == nil {
				all[i], err = k.keepOne(ctx, file)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var events []ledger.Event
	for i := range all {
		k.note(&all[i])
		if all[i].problem == "" && all[i].heldAs == "" {
			events = append(events, k.event(all[i]))
		}
	}
	if len(events) == 0 {
		return all, nil
	}
	return all, k.ledger.Append(events...)
}

func (k *keeper) event(one kept) ledger.Event {
	source := ""
	if one.url {
		source = one.path
	}
	return ledger.Event{By: k.by, Kind: "file", File: &ledger.File{
		SHA: one.original.SHA, Bytes: one.original.Bytes, Name: one.name, Publisher: one.publisher,
		Source: source, Duty: k.duty, Period: k.period,
	}}
}

func (k *keeper) keepOne(ctx context.Context, file candidate) (kept, error) {
	if file.url {
		return k.keepURL(ctx, file)
	}
	in, err := os.Open(file.path)
	if err != nil {
		return kept{candidate: file, problem: fmt.Sprintf("%s cannot be read: %s", file.path, plainCause(err))}, nil
	}
	defer in.Close()
	reading := &readFailure{Reader: in}
	original, err := k.ledger.Keep(reading)
	if err != nil && reading.err != nil {
		return kept{candidate: file, problem: fmt.Sprintf("%s cannot be read: %s", file.path, plainCause(reading.err))}, nil
	}
	if err != nil {
		return kept{}, err
	}
	return kept{candidate: file, original: original}, nil
}

// readFailure remembers that reading failed, as against the writing.
type readFailure struct {
	io.Reader
	err error
}

func (r *readFailure) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// note compares a kept original with what is held already.
func (k *keeper) note(one *kept) {
	if one.problem != "" || one.heldAs != "" {
		return
	}
	key := heldKey{one.publisher, one.original.SHA}
	if name, ok := k.held[key]; ok {
		one.heldAs = name
		return
	}
	if other, ok := k.elsewhere[one.original.SHA]; ok {
		one.problem = fmt.Sprintf("%s holds the very bytes that publisher %s sent: nothing was added; if they are %s's, withdraw them there first", one.name, other, one.publisher)
		return
	}
	k.held[key], k.elsewhere[one.original.SHA] = one.name, one.publisher
}
