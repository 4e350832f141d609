package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"commonspend/store/disk"
)

// Original names bytes that are kept: their SHA-256 in hex, and their number.
type Original struct {
	SHA   string
	Bytes int64
}

// Arrival is an original on its way in: write to it, then Keep or Discard it.
type Arrival struct {
	ledger *Ledger
	temp   *os.File
	hash   hash.Hash
	bytes  int64
}

// Receive opens the way in for one original.
func (l *Ledger) Receive() (*Arrival, error) {
	temp, err := disk.Temp(filepath.Join(l.dir, "originals"))
	if err != nil {
		return nil, fmt.Errorf("keep an original: %w", err)
	}
	return &Arrival{ledger: l, temp: temp, hash: sha256.New()}, nil
}

func (a *Arrival) Write(p []byte) (int, error) {
	n, err := a.temp.Write(p)
	a.hash.Write(p[:n])
	a.bytes += int64(n)
	return n, err
}

// Rewind forgets what was written, for a download that begins again.
func (a *Arrival) Rewind() error {
	a.hash.Reset()
	a.bytes = 0
	if _, err := a.temp.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return a.temp.Truncate(0)
}

// Discard throws away what was written, unless it was kept.
func (a *Arrival) Discard() {
	a.temp.Close()
	os.Remove(a.temp.Name())
}

// Written is where the bytes lie until they are kept or discarded, and what
// they are so far.
func (a *Arrival) Written() (path string, so Original) {
	return a.temp.Name(), Original{SHA: hex.EncodeToString(a.hash.Sum(nil)), Bytes: a.bytes}
}

// Keep puts what was written on the disk under the name it returns. Bytes that
// are kept already are not written again.
func (a *Arrival) Keep() (Original, error) {
	kept := Original{SHA: hex.EncodeToString(a.hash.Sum(nil)), Bytes: a.bytes}
	if err := a.ledger.place(a.temp.Name(), kept); err != nil {
		return Original{}, err
	}
	if err := a.temp.Close(); err != nil {
		return Original{}, fmt.Errorf("keep an original: %w", err)
	}
	return kept, nil
}

// Keep receives and keeps all that r yields.
func (l *Ledger) Keep(r io.Reader) (Original, error) {
	arrival, err := l.Receive()
	if err != nil {
		return Original{}, err
	}
	defer arrival.Discard()
	if _, err := io.Copy(arrival, r); err != nil {
		return Original{}, fmt.Errorf("keep an original: %w", err)
	}
	return arrival.Keep()
}

func (l *Ledger) place(temp string, original Original) error {
	path := l.Path(original.SHA)
	if info, err := os.Stat(path); err == nil && info.Size() == original.Bytes {
		// It may have been renamed, and not synced, by a command that was interrupted then.
		if err := errors.Join(disk.Sync(path), disk.Sync(filepath.Dir(path))); err != nil {
			return fmt.Errorf("keep original %s: %w", original.SHA, err)
		}
		return nil
	}
	if err := disk.MakeFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("keep original %s: %w", original.SHA, err)
	}
	if err := disk.Place(temp, path); err != nil {
		return fmt.Errorf("keep original %s: %w", original.SHA, err)
	}
	return nil
}

// Path returns where the original of that SHA-256 is kept.
func (l *Ledger) Path(sha string) string {
	return filepath.Join(l.dir, "originals", sha[:2], sha)
}

// CheckOriginal reads an original through and compares it with its name.
func (l *Ledger) CheckOriginal(sha string) error {
	file, err := os.Open(l.Path(sha))
	if err != nil {
		return &Damage{What: "original " + sha, Why: "it is missing: restore it from a copy"}
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return fmt.Errorf("read original %s: %w", sha, err)
	}
	if found := hex.EncodeToString(sum.Sum(nil)); found != sha {
		return &Damage{What: "original " + sha, Why: "its bytes have changed (they now hash to " + found + "): restore it from a copy"}
	}
	return nil
}
