package main

import (
	"crypto/sha256"
	"encoding/hex"
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
	if err != nil {
		return err // told of already, when the journal was first read
	}
	for _, one := range published {
		text, err := os.ReadFile(filepath.Join(dir, "releases", one.Release, "manifest.json"))
		sum := sha256.Sum256(text)
		if err != nil || hex.EncodeToString(sum[:]) != one.Manifest {
			r.Problems = append(r.Problems, fmt.Sprintf("release %s: its manifest is missing or is not the one that the journal tells of: restore the release from a copy", one.Release))
		}
	}
	return r.points(dir, hashes)
}

// points checks the point of the journal that each release names.
func (r *verifyResult) points(dir string, hashes map[int]string) error {
	folders, err := filepath.Glob(filepath.Join(dir, "releases", "[0-9]*"))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		release, err := publish.Open(folder)
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
