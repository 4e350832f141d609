package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"commonspend/publish"
	"commonspend/store/ledger"
)

// journalled compares journal and releases both ways: every release that the
// journal tells of is there with the manifest it had, and every release names
// a point of the journal that the journal still holds.
func (r *verifyResult) journalled(dir string, l *ledger.Ledger) error {
	hashes := map[int]string{}
	var published []ledger.Published
	_, err := l.Events(func(event ledger.Event) error {
		hashes[event.Sequence] = event.Hash
		if event.Published != nil {
			published = append(published, *event.Published)
		}
		return nil
	})
	var damage *ledger.Damage
	if errors.As(err, &damage) {
		return nil // told of already, when the journal was first read
	}
	if err != nil {
		return err
	}
	for _, one := range published {
		text, err := os.ReadFile(filepath.Join(dir, "releases", one.Release, "manifest.json"))
		sum := sha256.Sum256(text)
		if err != nil || hex.EncodeToString(sum[:]) != one.Manifest {
			r.Problems = append(r.Problems, fmt.Sprintf("release %s: its manifest is missing or is not the one that the journal tells of: restore the release from a copy", one.Release))
		}
	}
	r.latest(dir, published)
	return r.points(dir, hashes)
}

// latest checks that the pointer has not been put back to an older release. A
// newer one than the journal tells of was placed a moment before a crash.
func (r *verifyResult) latest(dir string, published []ledger.Published) {
	folder, err := publish.Latest(dir)
	if err != nil || len(published) == 0 {
		return // a pointer that is missing is told of by publish.Verify
	}
	named, last := filepath.Base(folder), published[len(published)-1].Release
	for _, one := range published {
		if one.Release == named && named != last {
			r.Problems = append(r.Problems, fmt.Sprintf("releases/latest: it points at %s where %s was published last: point it there again", named, last))
		}
	}
}

// points checks the point of the journal that each release names.
func (r *verifyResult) points(dir string, hashes map[int]string) error {
	numbers, err := publish.Numbers(dir)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		release, err := publish.Open(filepath.Join(dir, "releases", number))
		if err != nil {
			continue // publish.Verify has told of it
		}
		r.Releases++
		if hashes[release.JournalLength] != release.JournalHead {
			r.Problems = append(r.Problems, fmt.Sprintf("journal.jsonl: release %s was made from %d events of it that it no longer holds: restore the journal from a copy", release.Number, release.JournalLength))
		}
	}
	return nil
}
