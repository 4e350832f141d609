// Package disk writes files so that another process, or this one after a
// crash at any instant, sees the old state or the new one and nothing between.
//
// What comes in: a path and what to write. What goes out: a file that is whole
// and on the disk, under its name, before the call returns. What it refuses:
// to leave a half-written file under its final name, or to swallow an error.
package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Write replaces the file at path with what fill writes: into a temporary
// file beside it, synced, renamed over it, and the folder synced. The folder
// is made when absent. On an error the old file stands.
func Write(path string, fill func(io.Writer) error) (err error) {
	temp, err := Temp(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(temp.Name())
		}
	}()
	if err := fill(temp); err != nil {
		return err
	}
	if err := Place(temp.Name(), path); err != nil {
		return err
	}
	return temp.Close()
}

// TempPrefix begins the name of every unfinished file.
const TempPrefix = ".unfinished-"

// Temp opens a new file in folder, which it makes when absent. For as long as
// the file is open Sweep leaves it alone: place it first, and close it then.
func Temp(folder string) (*os.File, error) {
	if err := MakeFolder(folder); err != nil {
		return nil, err
	}
	temp, err := lockedTemp(folder)
	if err != nil {
		return nil, err
	}
	// A temporary file is for its owner alone; what it becomes is for all.
	if err := temp.Chmod(0o644); err != nil {
		temp.Close()
		return nil, errors.Join(err, os.Remove(temp.Name()))
	}
	return temp, nil
}

func lockedTemp(folder string) (*os.File, error) {
	for {
		temp, err := os.CreateTemp(folder, TempPrefix+"*")
		if err != nil {
			return nil, err
		}
		if err := unix.Flock(int(temp.Fd()), unix.LOCK_EX); err != nil {
			temp.Close()
			return nil, errors.Join(fmt.Errorf("lock %s: %w", temp.Name(), err), os.Remove(temp.Name()))
		}
		// A sweep may have come between the two: then the name is gone.
		if _, err := os.Lstat(temp.Name()); !errors.Is(err, os.ErrNotExist) {
			return temp, nil
		}
		temp.Close()
	}
}

// Place syncs the finished file or folder at from, renames it to path and
// syncs the folder that holds it.
func Place(from, path string) error {
	if err := Sync(from); err != nil {
		return err
	}
	if err := os.Rename(from, path); err != nil {
		return err
	}
	return Sync(filepath.Dir(path))
}

// Sync puts a file's bytes, or a folder's entries, on the disk.
func Sync(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	err = file.Sync()
	return errors.Join(err, file.Close())
}

// MakeFolder makes a folder and those above it, each of them synced into its
// parent, so that none is lost with the files put in it.
func MakeFolder(path string) error {
	if info, err := os.Stat(path); err == nil {
		if !info.IsDir() {
			return fmt.Errorf("%s is a file where a folder is needed", path)
		}
		return nil
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := MakeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return Sync(parent)
}

// Sweep removes the files that an interrupted Write or Temp left in a folder,
// and none that some process is still writing. A folder that is not there
// holds nothing to sweep.
func Sweep(folder string) error {
	left, err := Unfinished(folder)
	if err != nil {
		return err
	}
	for _, path := range left {
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if err := sweepFile(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Unfinished lists what lies in a folder under a name that begins with
// TempPrefix: files, and folders that are built aside. A folder that is not
// there holds none.
func Unfinished(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var left []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), TempPrefix) {
			left = append(left, filepath.Join(folder, entry.Name()))
		}
	}
	return left, nil
}

func sweepFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == unix.EWOULDBLOCK {
		return nil
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", path, err)
	}
	return os.Remove(path)
}
