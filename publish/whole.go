package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Whole remembers which files were held to their hash, so that each is read to
// its end once before it is sent. The zero value remembers none.
type Whole struct {
	known sync.Map // path to wholeFile
}

// wholeFile is a file as it was when it was read.
type wholeFile struct {
	sha     string
	changed time.Time
}

// Check reads a file to its end, the first time that it is asked for and again
// when it has changed, and holds it to its SHA-256. path is what it is
// remembered by. What is sent is read from the beginning.
func (w *Whole) Check(path string, file *os.File, sha string) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	now := wholeFile{sha, info.ModTime()}
	if before, ok := w.known.Load(path); ok && before == now {
		return nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if actual := hex.EncodeToString(sum.Sum(nil)); actual != sha {
		return fmt.Errorf("its hash is %s, not %s: `commonspend verify` says what else is damaged", actual, sha)
	}
	w.known.Store(path, now)
	_, err = file.Seek(0, io.SeekStart)
	return err
}
