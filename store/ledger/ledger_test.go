package ledger

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, dir string) *Ledger {
	t.Helper()
	clock := func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }
	l, err := Open(dir, clock, bytes.NewReader(make([]byte, 64)))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func fileEvent(name string) Event {
	return Event{By: "test", Kind: "file", File: &File{SHA: strings.Repeat("a", 64), Name: name, Publisher: "p"}}
}

func TestKeepNamesByHashAndKeepsOnce(t *testing.T) {
	l := open(t, t.TempDir())
	for range 2 {
		kept, err := l.Keep(strings.NewReader("abc"))
		if err != nil {
			t.Fatal(err)
		}
		// The SHA-256 of "abc" is the first example of FIPS 180-2.
		if kept.SHA != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" || kept.Bytes != 3 {
			t.Fatalf("kept as %+v", kept)
		}
		if err := l.CheckOriginal(kept.SHA); err != nil {
			t.Fatal(err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(l.dir, "originals", ".unfinished-*"))
	if len(left) != 0 {
		t.Fatalf("temporary files left: %v", left)
	}
}

func TestCheckOriginalNoticesAnyChange(t *testing.T) {
	l := open(t, t.TempDir())
	kept, err := l.Keep(strings.NewReader("abc"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.Path(kept.SHA), []byte("abd"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.CheckOriginal(kept.SHA); !damaged(err) {
		t.Fatalf("an altered original passes: %v", err)
	}
	os.Remove(l.Path(kept.SHA))
	if err := l.CheckOriginal(kept.SHA); !damaged(err) {
		t.Fatalf("a missing original passes: %v", err)
	}
}

func damaged(err error) bool {
	var d *Damage
	return errors.As(err, &d)
}

func TestEveryAlteredByteAndEveryCutIsNoticed(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	if err := l.Append(fileEvent("one"), fileEvent("two")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "journal.jsonl")
	whole, _ := os.ReadFile(path)
	for i := range whole {
		altered := bytes.Clone(whole)
		altered[i] ^= 1
		os.WriteFile(path, altered, 0o644)
		if _, err := l.Head(); !damaged(err) {
			t.Fatalf("byte %d of %d altered, and the journal still reads: %v", i, len(whole), err)
		}
		os.WriteFile(path, whole[:i], 0o644)
		if _, err := l.Head(); !damaged(err) {
			t.Fatalf("cut to %d of %d bytes, and the journal still reads: %v", i, len(whole), err)
		}
	}
	os.WriteFile(path, whole, 0o644)
	if head, err := l.Head(); err != nil || head.Length != 3 {
		t.Fatalf("the whole journal: %+v, %v", head, err)
	}
	os.Remove(filepath.Join(dir, "journal.head"))
	if _, err := l.Head(); !damaged(err) {
		t.Fatalf("the head is removed, and the journal still reads: %v", err)
	}
}

func TestAnInterruptedAppendIsForgottenByTheNext(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	if err := l.Append(fileEvent("one")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "journal.jsonl")
	file, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	file.WriteString(`{"seq":3,"prev":"half a li`)
	file.Close()
	if head, err := l.Head(); err != nil || head.Length != 2 {
		t.Fatalf("with half a line at the end: %+v, %v", head, err)
	}
	if err := l.Append(fileEvent("two")); err != nil {
		t.Fatal(err)
	}
	var names []string
	head, err := l.Events(func(e Event) error {
		if e.File != nil {
			names = append(names, e.File.Name)
		}
		return nil
	})
	if err != nil || head.Length != 3 || strings.Join(names, " ") != "one two" {
		t.Fatalf("after the repair: %+v %v %v", head, names, err)
	}
}

func TestTwoLedgersAppendToOneJournal(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	done := make(chan error)
	for range 4 {
		go func() {
			l, err := Open(dir, time.Now, bytes.NewReader(make([]byte, 64)))
			for range 10 {
				if err == nil {
					err = l.Append(fileEvent("x"))
				}
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if head, err := open(t, dir).Head(); err != nil || head.Length != 41 {
		t.Fatalf("%+v, %v", head, err)
	}
}

func TestSettleFinishesWhatWasInterrupted(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	path, head := filepath.Join(dir, "journal.jsonl"), filepath.Join(dir, "journal.head")
	before, _ := os.ReadFile(head)
	if err := l.Append(fileEvent("whole, but not acknowledged")); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(head, before, 0o644)
	file, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	file.WriteString(`{"seq":3,"prev":"half a li`)
	file.Close()
	left := filepath.Join(dir, "originals", ".unfinished-1")
	os.MkdirAll(filepath.Dir(left), 0o755)
	os.WriteFile(left, nil, 0o644)
	for range 2 { // the second finds nothing to do
		if err := l.Settle(); err != nil {
			t.Fatal(err)
		}
	}
	if acknowledged, err := l.readHead(); err != nil || acknowledged.Length != 2 {
		t.Errorf("acknowledged are %+v, %v", acknowledged, err)
	}
	if text, _ := os.ReadFile(path); bytes.Count(text, []byte("\n")) != 2 || !bytes.HasSuffix(text, []byte("}\n")) {
		t.Errorf("the journal is now %q", text)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the unfinished file is still there: %v", err)
	}
}

func TestAnInterruptedOpeningIsMadeGood(t *testing.T) {
	for _, left := range []string{"", `{"seq":1,"prev":"half a li`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "journal.jsonl"), []byte(left), 0o600); err != nil {
			t.Fatal(err)
		}
		l := open(t, dir)
		if err := l.Append(fileEvent("one")); err != nil {
			t.Fatal(err)
		}
		secret := ""
		head, err := l.Events(func(e Event) error {
			if e.Opened != nil && e.Sequence == 1 {
				secret = e.Opened.Secret
			}
			return nil
		})
		if err != nil || head.Length != 2 || len(secret) != 64 {
			t.Errorf("after %q: %+v, a secret of %d digits, %v", left, head, len(secret), err)
		}
	}
}

func TestALostJournalIsNotBegunAnew(t *testing.T) {
	for _, lost := range [][]string{{"journal.jsonl"}, {"journal.jsonl", "journal.head"}} {
		dir := t.TempDir()
		if _, err := open(t, dir).Keep(strings.NewReader("abc")); err != nil {
			t.Fatal(err)
		}
		for _, name := range lost {
			os.Remove(filepath.Join(dir, name))
		}
		if !Exists(dir) {
			t.Errorf("without %v there is nothing there", lost)
		}
		if _, err := Open(dir, time.Now, bytes.NewReader(make([]byte, 64))); !damaged(err) {
			t.Errorf("without %v: %v", lost, err)
		}
	}
}

func TestAppendAfterLetsNobodyBetween(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	done := make(chan error)
	for range 4 {
		go func() {
			l, err := Open(dir, time.Now, bytes.NewReader(make([]byte, 64)))
			for i := 0; i < 10 && err == nil; i++ {
				err = addOnce(l, strings.Repeat("x", i))
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if head, err := open(t, dir).Head(); err != nil || head.Length != 11 {
		t.Fatalf("each of 10 files is to be there once: %+v, %v", head, err)
	}
}

// addOnce adds a file unless one of that name is there.
func addOnce(l *Ledger, name string) error {
	there := false
	look := func(e Event) error {
		there = there || e.File != nil && e.File.Name == name
		return nil
	}
	return l.AppendAfter(look, func() []Event {
		if there {
			return nil
		}
		return []Event{fileEvent(name)}
	})
}
