package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"commonspend/store/disk"
)

// placing is written aside before the first object is placed, so that an
// interrupted release can be taken back: the objects it brought are named by
// no release unless its folder stands.
type placing struct {
	Number  string   `json:"number"`
	Objects []string `json:"objects"`
}

// place puts the objects where they are kept, then the release, then the
// pointer to it. A crash between any two leaves the old release or the new.
func (b *build) place(context.Context) error {
	note := placing{Number: b.next.Number}
	for _, sha := range slices.Sorted(maps.Keys(b.fresh)) {
		if _, err := os.Stat(filepath.Join(b.opts.Dir, ObjectPath(sha))); errors.Is(err, fs.ErrNotExist) {
			note.Objects = append(note.Objects, sha)
		}
	}
	err := writeJSON(filepath.Join(b.aside, placingName), note)
	if err != nil {
		return fmt.Errorf("note what is placed: %w", err)
	}
	for _, sha := range slices.Sorted(maps.Keys(b.fresh)) {
		to := filepath.Join(b.opts.Dir, ObjectPath(sha))
		if err := disk.MakeFolder(filepath.Dir(to)); err != nil {
			return fmt.Errorf("keep object %s: %w", sha, err)
		}
		if err := disk.Place(b.fresh[sha], to); err != nil {
			return fmt.Errorf("keep object %s: %w", sha, err)
		}
	}
	if err := disk.Place(filepath.Join(b.aside, "release"), b.next.Folder()); err != nil {
		return fmt.Errorf("place the release: %w", err)
	}
	return point(b.opts.Dir, b.next.Number)
}

// placingName is the note in a folder aside.
const placingName = "placing.json"

// point makes a release the latest, by one rename.
func point(dir, number string) error {
	releases := filepath.Join(dir, "releases")
	link := filepath.Join(releases, disk.TempPrefix+"latest")
	err := os.Remove(link)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("make %s the latest release: %w", number, err)
	}
	if err = os.Symlink(number, link); err == nil {
		err = disk.Place(link, filepath.Join(releases, "latest"))
	}
	if err != nil {
		return fmt.Errorf("make %s the latest release: %w", number, err)
	}
	return nil
}

// tidy finishes what an interrupted release left: one that stands whole but is
// not yet the latest becomes it; what was never finished is removed.
func tidy(dir string) error {
	left, err := disk.Unfinished(filepath.Join(dir, "releases"))
	if err != nil {
		return err
	}
	for _, aside := range left {
		if err := clearAside(dir, aside); err != nil {
			return err
		}
	}
	all, err := Numbers(dir)
	if err != nil || len(all) == 0 {
		return err
	}
	newest := all[len(all)-1]
	if latest, err := Latest(dir); err == nil && filepath.Base(latest) == newest {
		return nil
	}
	return point(dir, newest)
}

// clearAside removes a folder aside, and first the objects that it placed for
// a release that never came to stand.
func clearAside(dir, aside string) error {
	note, err := readPlacing(aside)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "releases", note.Number)); note.Number != "" && errors.Is(err, fs.ErrNotExist) {
		for _, sha := range note.Objects {
			if err := os.Remove(filepath.Join(dir, ObjectPath(sha))); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return os.RemoveAll(aside)
}

// readPlacing reads the note aside. Where there is none, nothing was placed.
func readPlacing(aside string) (note placing, err error) {
	text, err := os.ReadFile(filepath.Join(aside, placingName))
	if errors.Is(err, fs.ErrNotExist) {
		return placing{}, nil
	}
	if err != nil {
		return placing{}, err
	}
	return note, json.Unmarshal(text, &note)
}

// writeJSON writes a value as indented JSON, durably.
func writeJSON(path string, value any) error {
	return disk.Write(path, func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		out.SetIndent("", " ")
		return out.Encode(value)
	})
}
