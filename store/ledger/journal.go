package ledger

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"commonspend/store/disk"
)

// Ledger is the originals and the journal of one data directory.
type Ledger struct {
	dir    string
	clock  func() time.Time
	random io.Reader
}

// Head is how far a journal goes: how many events, and the hash of the last line.
type Head struct {
	Length int    `json:"length"`
	Hash   string `json:"hash"`
}

// Damage says that what was kept has been altered or lost.
type Damage struct{ What, Why string }

func (d *Damage) Error() string { return d.What + ": " + d.Why }

// Open returns the ledger of a data directory, which it makes, with the first
// event of its journal, when there is none yet. random yields the secret.
func Open(dir string, clock func() time.Time, random io.Reader) (*Ledger, error) {
	l := &Ledger{dir: dir, clock: clock, random: random}
	if err := disk.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("data directory %s: %w", dir, err)
	}
	begun, err := l.begun()
	if err != nil || begun {
		return l, err
	}
	return l, l.Append()
}

// begun reports whether the journal's first event was written whole.
func (l *Ledger) begun() (bool, error) {
	file, err := os.Open(l.journal())
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("journal: %w", err)
	}
	defer file.Close()
	_, err = bufio.NewReader(file).ReadSlice('\n')
	if err == io.EOF {
		return false, nil
	}
	if err != nil && err != bufio.ErrBufferFull { // a line that is longer still is for walk to judge
		return false, fmt.Errorf("read the journal: %w", err)
	}
	return true, nil
}

// opening is the first event of a journal. Where originals are kept already,
// there was a journal before, and it is lost.
func (l *Ledger) opening() (Event, error) {
	if _, err := os.Stat(filepath.Join(l.dir, "originals")); err == nil {
		return Event{}, &Damage{What: "journal.jsonl", Why: "it is missing: restore it from a copy"}
	}
	secret := make([]byte, 32)
	if _, err := io.ReadFull(l.random, secret); err != nil {
		return Event{}, fmt.Errorf("make the journal's secret: %w", err)
	}
	return Event{By: "commonspend", Kind: "opened", Opened: &Opened{Secret: hex.EncodeToString(secret)}}, nil
}

func (l *Ledger) journal() string { return filepath.Join(l.dir, "journal.jsonl") }
func (l *Ledger) head() string    { return filepath.Join(l.dir, "journal.head") }

// Append adds events to the journal, all or none, under the journal's lock.
// When it returns they are on the disk.
func (l *Ledger) Append(events ...Event) error {
	return l.locked(func(Event) error { return nil }, func(head Head, end int64) error { return l.add(events, head, end) })
}

// AppendAfter yields every event there is, and then adds what decide returns,
// if anything: no other process adds an event between the two.
func (l *Ledger) AppendAfter(yield func(Event) error, decide func() []Event) error {
	return l.locked(yield, func(head Head, end int64) error {
		events := decide()
		if len(events) == 0 {
			return nil
		}
		return l.add(events, head, end)
	})
}

// locked holds the journal's lock while it yields every event and then does
// what follows from where the journal ends.
func (l *Ledger) locked(yield func(Event) error, do func(head Head, end int64) error) error {
	unlock, err := l.lock()
	if err != nil {
		return err
	}
	defer unlock()
	head, end, err := l.walk(yield)
	if err != nil {
		return err
	}
	return do(head, end)
}

// add writes events at the end of the journal, whose lock is held. The first
// event is always that it was opened: an interrupted opening is made good here.
func (l *Ledger) add(events []Event, head Head, end int64) error {
	switch head.Length {
	case 0:
		opened, err := l.opening()
		if err != nil {
			return err
		}
		events = append([]Event{opened}, events...)
	case 1:
		// The very first append may have been interrupted before its head was
		// written; from here on a journal without a head is a damaged one.
		if err := l.writeHead(head); err != nil {
			return err
		}
	}
	lines, head, err := l.chain(events, head)
	if err != nil {
		return err
	}
	if err := l.write(lines, end); err != nil {
		return fmt.Errorf("append to the journal: %w", err)
	}
	return l.writeHead(head)
}

// Settle finishes what an interrupted command left: events that were appended
// and not acknowledged are put on the disk and acknowledged, half an event
// goes, and so do the files that nobody is writing any more. Whatever builds
// on the journal settles it first.
func (l *Ledger) Settle() error {
	for _, folder := range []string{l.dir, filepath.Join(l.dir, "originals")} {
		if err := disk.Sweep(folder); err != nil {
			return fmt.Errorf("clear what an interrupted command left: %w", err)
		}
	}
	acknowledged, err := l.readHead()
	if err != nil {
		return err
	}
	head, end, err := l.walk(func(Event) error { return nil })
	if err != nil {
		return err
	}
	info, err := os.Stat(l.journal())
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if head == acknowledged && info.Size() == end {
		return nil
	}
	return l.Append()
}

func (l *Ledger) chain(events []Event, head Head) ([]byte, Head, error) {
	var lines bytes.Buffer
	for _, event := range events {
		event.Sequence, event.Previous, event.At = head.Length+1, head.Hash, l.clock().UTC()
		line, err := event.line()
		if err != nil {
			return nil, head, fmt.Errorf("write journal event: %w", err)
		}
		head = Head{Length: event.Sequence, Hash: hashOf(line)}
		lines.Write(line)
		lines.WriteByte('\n')
	}
	return lines.Bytes(), head, nil
}

// write puts lines at the end of the whole lines of the journal: what an
// interrupted append left behind that point was never acknowledged, and goes.
func (l *Ledger) write(lines []byte, end int64) error {
	// The journal holds the secret of the private payees' keys.
	file, err := os.OpenFile(l.journal(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.Truncate(end); err != nil {
		return err
	}
	if _, err := file.WriteAt(lines, end); err != nil {
		return errors.Join(err, file.Truncate(end))
	}
	if err := file.Sync(); err != nil {
		return errors.Join(err, file.Truncate(end))
	}
	if err := file.Close(); err != nil {
		return err
	}
	return disk.Sync(l.dir)
}

func (l *Ledger) writeHead(head Head) error {
	err := disk.Write(l.head(), func(w io.Writer) error { return json.NewEncoder(w).Encode(head) })
	if err != nil {
		return fmt.Errorf("write the journal's head: %w", err)
	}
	return nil
}

func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// Exists reports whether a directory holds a ledger, or what is left of one
// whose journal is gone: that is damage, which Open tells of.
func Exists(dir string) bool {
	for _, part := range []string{"journal.jsonl", "journal.head", "originals"} {
		if _, err := os.Stat(filepath.Join(dir, part)); err == nil {
			return true
		}
	}
	return false
}
