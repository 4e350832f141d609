package ledger

import (
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
	if _, err := os.Stat(l.journal()); err == nil {
		return l, nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("journal: %w", err)
	}
	secret := make([]byte, 32)
	if _, err := io.ReadFull(random, secret); err != nil {
		return nil, fmt.Errorf("make the journal's secret: %w", err)
	}
	return l, l.Append(Event{By: "commonspend", Kind: "opened", Opened: &Opened{Secret: hex.EncodeToString(secret)}})
}

func (l *Ledger) journal() string { return filepath.Join(l.dir, "journal.jsonl") }
func (l *Ledger) head() string    { return filepath.Join(l.dir, "journal.head") }

// Append adds events to the journal, all or none, under the journal's lock.
// When it returns they are on the disk.
func (l *Ledger) Append(events ...Event) error {
	unlock, err := l.lock()
	if err != nil {
		return err
	}
	defer unlock()
	head, end, err := l.walk(func(Event) error { return nil })
	if err != nil {
		return err
	}
	if head.Length == 1 {
		// The very first append may have been interrupted before its head was
		// written; from here on a journal without a head is a damaged one.
		if err := l.writeHead(head); err != nil {
			return err
		}
	}
	if len(events) > 0 && events[0].Kind == "opened" && head.Length > 0 {
		return nil // another process opened this journal a moment before
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

// Exists reports whether a directory holds a journal.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "journal.jsonl"))
	return err == nil
}
