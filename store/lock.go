package store

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"commonspend/store/disk"

	"golang.org/x/sys/unix"
)

// Lock is this process's hold on a data directory's warehouse.
type Lock struct{ file *os.File }

// Holder says which process holds a warehouse.
type Holder struct {
	PID     int    `json:"pid"`
	Command string `json:"command"`
}

// Locked says that another process holds the warehouse.
type Locked struct {
	Dir    string
	Holder Holder
}

func (l *Locked) Error() string {
	return fmt.Sprintf("the warehouse in %s is in use by process %d (%s): wait for it to end, or stop it", l.Dir, l.Holder.PID, l.Holder.Command)
}

// TakeLock takes the warehouse lock of dir, or returns a *Locked at once. The
// system gives the lock up when this process ends, however it ends.
func TakeLock(dir, who string) (*Lock, error) {
	if err := disk.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("data directory %s: %w", dir, err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "warehouse.lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock the warehouse: %w", err)
	}
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == unix.EWOULDBLOCK {
		defer file.Close()
		return nil, &Locked{Dir: dir, Holder: readHolder(file)}
	}
	if err == nil {
		err = writeHolder(file, Holder{PID: os.Getpid(), Command: who})
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("lock the warehouse: %w", err)
	}
	return &Lock{file: file}, nil
}

// readHolder reads who holds the lock; a holder that has not written its name
// yet is process 0.
func readHolder(file *os.File) Holder {
	var holder Holder
	if err := json.NewDecoder(file).Decode(&holder); err != nil {
		return Holder{Command: "starting"}
	}
	return holder
}

func writeHolder(file *os.File, holder Holder) error {
	text, err := json.Marshal(holder)
	if err != nil {
		return err
	}
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err = file.WriteAt(text, 0)
	return err
}

// Release gives the lock up.
func (l *Lock) Release() { l.file.Close() }

// install renames a finished warehouse over the one that stands. The old one's
// write-ahead log goes first: it must never be replayed into the new file.
func install(from, to string) error {
	if err := disk.Sync(from); err != nil {
		return err
	}
	if err := os.RemoveAll(to + ".wal"); err != nil {
		return err
	}
	return disk.Place(from, to)
}
