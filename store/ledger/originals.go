package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// Keep stores what r yields and returns its name. Bytes that are kept already
// are not written again. When it returns, the original is on the disk.
func (l *Ledger) Keep(r io.Reader) (Original, error) {
	folder := filepath.Join(l.dir, "originals")
	temp, err := disk.Temp(folder)
	if err != nil {
		return Original{}, fmt.Errorf("keep an original: %w", err)
	}
	defer os.Remove(temp.Name())
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(temp, hash), r)
	if err != nil {
		temp.Close()
		return Original{}, fmt.Errorf("keep an original: %w", err)
	}
	if err := temp.Close(); err != nil {
		return Original{}, fmt.Errorf("keep an original: %w", err)
	}
	kept := Original{SHA: hex.EncodeToString(hash.Sum(nil)), Bytes: size}
	return kept, l.place(temp.Name(), kept)
}

func (l *Ledger) place(temp string, original Original) error {
	path := l.Path(original.SHA)
	if info, err := os.Stat(path); err == nil && info.Size() == original.Bytes {
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
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return fmt.Errorf("read original %s: %w", sha, err)
	}
	if found := hex.EncodeToString(hash.Sum(nil)); found != sha {
		return &Damage{What: "original " + sha, Why: "its bytes have changed (they now hash to " + found + "): restore it from a copy"}
	}
	return nil
}
