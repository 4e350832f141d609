package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"
	"commonspend/store/ledger"

	"golang.org/x/sync/errgroup"
)

// keeper puts files into the ledger: the bytes first, then, many at a time,
// the events that say what they are.
type keeper struct {
	ledger  *ledger.Ledger
	fetcher *ingest.Fetcher
	duty    string
	period  string
	by      string
	limits  string // as limitsText writes them
}

// limitsText writes limits for the journal: with them a file is read the same
// whenever the warehouse is made again. "" stands for the reader's own.
func limitsText(limits ingest.Limits) (string, error) {
	if limits == (ingest.Limits{}) {
		return "", nil
	}
	text, err := json.Marshal(limits)
	return string(text), err
}

// limitsOf reads what limitsText wrote.
func limitsOf(text string) (limits ingest.Limits, err error) {
	if text != "" {
		err = json.Unmarshal([]byte(text), &limits)
	}
	return limits, err
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

// withdrawnRelease is why and when a release was withdrawn.
type withdrawnRelease struct {
	why string
	at  time.Time
}

// withdrawnFile is by which event, and when, a file was withdrawn.
type withdrawnFile struct {
	sequence int
	at       time.Time
}

// state is what the journal says is known: publishers, and files by their bytes.
type state struct {
	publishers        map[string]schemas.Publisher
	held              map[heldKey]string // bytes held for a publisher, and under which name
	elsewhere         map[string]string  // bytes held, and for which publisher
	files             map[int]ledger.File
	withdrawn         map[int]withdrawnFile
	published         map[string]bool // releases by number
	withdrawnReleases map[string]withdrawnRelease
	overrides         []*standing
	imported          map[string]ledger.Imported // the latest of each register
	importedAs        map[string]int             // the number of its event
	importedOn        map[string]time.Time
	secret            string
	head              ledger.Head
	submissions
}

// readState reads the journal through.
func readState(l *ledger.Ledger) (state, error) {
	s := newState()
	head, err := l.Events(s.apply)
	s.head = head
	return s, err
}

func newState() state {
	return state{publishers: map[string]schemas.Publisher{}, held: map[heldKey]string{}, elsewhere: map[string]string{},
		files: map[int]ledger.File{}, withdrawn: map[int]withdrawnFile{}, published: map[string]bool{}, withdrawnReleases: map[string]withdrawnRelease{},
		imported: map[string]ledger.Imported{}, importedAs: map[string]int{}, importedOn: map[string]time.Time{}}
}

// apply takes in the next event. A withdrawn file is no longer held, so that
// the same bytes may come in again.
func (s *state) apply(event ledger.Event) error {
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
	case event.Overridden != nil:
		s.overrides = append(s.overrides, &standing{Number: event.Sequence, By: event.By, At: event.At, Overridden: *event.Overridden})
	case event.OverrideUndone != nil:
		for _, o := range s.overrides {
			if o.Number == event.OverrideUndone.Override {
				o.Undone, o.undone = true, event.Sequence
			}
		}
	case event.Imported != nil:
		register := event.Imported.Register
		s.imported[register], s.importedAs[register], s.importedOn[register] = *event.Imported, event.Sequence, event.At
	case event.Published != nil:
		s.published[event.Published.Release] = true
	case event.ReleaseWithdrawn != nil:
		s.withdrawnReleases[event.ReleaseWithdrawn.Release] = withdrawnRelease{event.ReleaseWithdrawn.Why, event.At}
	case event.Withdrawn != nil:
		file := s.files[event.Withdrawn.File]
		s.withdrawn[event.Withdrawn.File] = withdrawnFile{event.Sequence, event.At}
		delete(s.held, heldKey{file.Publisher, file.SHA})
		delete(s.elsewhere, file.SHA)
	}
	return nil
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
	known := newState()
	return all, k.ledger.AppendAfter(known.apply, func() (events []ledger.Event) {
		for i := range all {
			known.note(&all[i])
			if all[i].problem == "" && all[i].heldAs == "" {
				events = append(events, k.event(all[i]))
			}
		}
		return events
	})
}

func (k *keeper) event(one kept) ledger.Event {
	source := ""
	if one.url {
		source = one.path
	}
	return ledger.Event{By: k.by, Kind: "file", File: &ledger.File{
		SHA: one.original.SHA, Bytes: one.original.Bytes, Name: one.name, Publisher: one.publisher,
		Source: source, Duty: k.duty, Period: k.period, Limits: k.limits,
	}}
}

func (k *keeper) keepOne(ctx context.Context, file candidate) (kept, error) {
	if file.url {
		return k.keepURL(ctx, file)
	}
	in, err := openFile(file.path)
	if err != nil {
		return kept{candidate: file, problem: cannotRead(file.path, err)}, nil
	}
	defer in.Close()
	reading := &readFailure{Reader: in}
	original, err := k.ledger.Keep(reading)
	if err != nil && reading.err != nil {
		return kept{candidate: file, problem: cannotRead(file.path, reading.err)}, nil
	}
	if err != nil {
		return kept{}, err
	}
	return kept{candidate: file, original: original}, nil
}

// openFile opens a regular file to read. A pipe is refused before it is opened,
// which would wait for its other end for as long as that takes.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("it is a folder, and links to folders are not followed")
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is a pipe or a device; save what it yields as a file")
	}
	return os.Open(path)
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

// note compares a kept original with what is held already, and counts it as held.
func (s *state) note(one *kept) {
	if one.problem != "" || one.heldAs != "" {
		return
	}
	key := heldKey{one.publisher, one.original.SHA}
	if name, ok := s.held[key]; ok {
		one.heldAs = name
		return
	}
	if other, ok := s.elsewhere[one.original.SHA]; ok {
		one.problem = fmt.Sprintf("%s holds the very bytes that publisher %s sent: nothing was added; if they are %s's, withdraw them there first", one.name, other, one.publisher)
		return
	}
	s.held[key], s.elsewhere[one.original.SHA] = one.name, one.publisher
}
