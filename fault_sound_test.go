package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"commonspend/publish"
	"commonspend/store/disk"
	"commonspend/store/ledger"
)

// acknowledged is what was acknowledged before a command: it must still be there after.
type acknowledged struct {
	head    ledger.Head
	release string // the folder that latest names
	outcome outcome
	sums    string // SHA-256 of its SHA256SUMS
}

func acknowledge(dir string) (acknowledged, error) {
	head, _, err := readJournal(dir, 0)
	if err != nil {
		return acknowledged{}, err
	}
	folder, outcome, err := release(dir)
	if err != nil {
		return acknowledged{}, err
	}
	return acknowledged{head: head, release: filepath.Base(folder), outcome: outcome, sums: hashOf(filepath.Join(folder, "SHA256SUMS"))}, nil
}

// release reads what the latest release amounts to.
func release(dir string) (folder string, o outcome, err error) {
	folder, err = publish.Latest(dir)
	if err != nil {
		return "", o, err
	}
	r, err := publish.Open(folder)
	if err != nil {
		return folder, o, err
	}
	return folder, outcome{r.Payments, r.Pence}, nil
}

// readJournal reads a journal through without changing it, and with it every
// original. It returns its head, and the event numbered at.
func readJournal(dir string, at int) (ledger.Head, ledger.Event, error) {
	var wanted ledger.Event
	l, err := ledger.Open(dir, time.Now, bytes.NewReader(nil))
	if err != nil {
		return ledger.Head{}, wanted, err
	}
	head, err := l.Events(func(event ledger.Event) error {
		if event.Sequence == at {
			wanted = event
		}
		if event.File != nil {
			return l.CheckOriginal(event.File.SHA)
		}
		return nil
	})
	return head, wanted, err
}

// sound looks at a data directory as a disturbed command left it: what was
// held is held, and whatever is to be seen is whole. Where the command said
// that it was done, it is.
func (s *scenario) sound(dir string, after *stage, done bool) []string {
	var problems []string
	found := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	head, last, err := readJournal(dir, after.held.head.Length)
	switch {
	case err != nil:
		found("the journal or an original is damaged: %s", err)
	case last.Hash != after.held.head.Hash:
		found("journal event %d is not the one that was acknowledged", after.held.head.Length)
	case done && after.name == "ingest" && head.Length != after.held.head.Length+2:
		found("ingest is done, and the journal holds %d events after %d", head.Length, after.held.head.Length)
	}
	for _, folder := range []string{"originals", "objects"} {
		problems = append(problems, namedByHash(filepath.Join(dir, folder))...)
	}
	if sum := hashOf(filepath.Join(dir, "releases", after.held.release, "SHA256SUMS")); sum != after.held.sums {
		found("the release that there was is not there as it was")
	}
	problems = append(problems, wholeReleases(dir)...)
	folder, now, err := release(dir)
	switch {
	case err != nil:
		found("the latest release cannot be read: %s", err)
	case filepath.Base(folder) == after.held.release && now != after.held.outcome, filepath.Base(folder) != after.held.release && now != s.want:
		found("release %s is neither the one before nor the one to come", filepath.Base(folder))
	case done && after.name == "publish" && now != s.want:
		found("publish is done, and the latest release is still the one before")
	}
	return problems
}

// namedByHash checks that every file in the folders of a folder that is named
// by a hash has that hash: none stands half written under a final name.
func namedByHash(folder string) (problems []string) {
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), disk.TempPrefix) {
			return err
		}
		if hashOf(path) != entry.Name() {
			problems = append(problems, "the bytes of "+path+" do not agree with its name")
		}
		return nil
	})
	if err != nil {
		problems = append(problems, err.Error())
	}
	return problems
}

// wholeReleases checks every release that can be seen, by its own checksums.
func wholeReleases(dir string) (problems []string) {
	entries, err := os.ReadDir(filepath.Join(dir, "releases"))
	if err != nil {
		return []string{err.Error()}
	}
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			problems = append(problems, whole(filepath.Join(dir, "releases", entry.Name()))...)
		}
	}
	return problems
}

// whole does as `sha256sum -c SHA256SUMS` in a release's folder.
func whole(folder string) (problems []string) {
	sums, err := os.ReadFile(filepath.Join(folder, "SHA256SUMS"))
	if err != nil {
		return []string{err.Error()}
	}
	for line := range strings.Lines(string(sums)) {
		sum, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if hashOf(filepath.Join(folder, path)) != sum {
			problems = append(problems, fmt.Sprintf("in release %s, %s is not as SHA256SUMS has it", filepath.Base(folder), path))
		}
	}
	return problems
}

// untold lists the releases that stand and that the journal does not tell of.
func untold(dir string) (problems []string) {
	told := map[string]bool{}
	l, err := ledger.Open(dir, time.Now, bytes.NewReader(nil))
	if err == nil {
		_, err = l.Events(func(event ledger.Event) error {
			if event.Published != nil {
				told[event.Published.Release] = true
			}
			return nil
		})
	}
	entries, failed := os.ReadDir(filepath.Join(dir, "releases"))
	if err := errors.Join(err, failed); err != nil {
		return []string{err.Error()}
	}
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") && !told[entry.Name()] {
			problems = append(problems, "the journal does not tell of release "+entry.Name())
		}
	}
	return problems
}

// hashOf returns a file's SHA-256, "" where it cannot be read.
func hashOf(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
