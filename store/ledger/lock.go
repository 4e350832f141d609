package ledger

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// lock holds the journal for one append. It waits: appends are short.
func (l *Ledger) lock() (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(l.dir, "journal.lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock the journal: %w", err)
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX); err != nil {
		file.Close()
		return nil, fmt.Errorf("lock the journal: %w", err)
	}
	return func() { file.Close() }, nil
}
