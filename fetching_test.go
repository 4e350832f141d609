package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonspend/ingest"
	"commonspend/store/ledger"
)

// broughtFile is a visit that brought new bytes.
func broughtFile(l *ledger.Ledger, t *testing.T) []visited {
	t.Helper()
	original, err := l.Keep(strings.NewReader("Date,Payee,Amount\n"))
	if err != nil {
		t.Fatal(err)
	}
	file := candidate{path: "https://a.example/april.csv", name: "april.csv", publisher: "wexcombe", url: true}
	return []visited{{
		errand: ingest.Errand{Source: ingest.Source{ID: "wexcombe", Publisher: "wexcombe"}, File: ingest.SourceFile{URL: file.path}},
		kept:   kept{candidate: file, original: original}, got: ingest.Fetched{Status: ingest.FetchNew},
	}}
}

// TestAVisitThatWasNotJournalledBringsItsFileAgain: what could not be
// journalled must not pass for held the next time.
func TestAVisitThatWasNotJournalledBringsItsFileAgain(t *testing.T) {
	dir := t.TempDir()
	l, err := ledger.Open(dir, time.Now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, seen, lock := &keeper{ledger: l, by: "test"}, visits{}, filepath.Join(dir, "journal.lock")
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(lock, 0o755); err != nil { // so that it cannot be opened
		t.Fatal(err)
	}
	var done round
	if err := k.settle(dir, broughtFile(l, t), seen, &done); err == nil || len(seen) != 0 {
		t.Fatalf("it could be journalled (%v), or is remembered: %v", err, seen)
	}
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	done = round{}
	if err := k.settle(dir, broughtFile(l, t), seen, &done); err != nil || done.New != 1 || len(seen) != 1 {
		t.Fatalf("the second time: %+v %v %v", done, seen, err)
	}
	// Another process took in the same bytes meanwhile, or this one did before.
	done = round{}
	if err := (&keeper{ledger: l, by: "other"}).settle(dir, broughtFile(l, t), seen, &done); err != nil || done.New != 0 || done.Unchanged != 1 {
		t.Fatalf("the third time: %+v %v", done, err)
	}
}

// TestIngestFetchesAsConfigured takes an address of this machine, which only
// the configuration lets it.
func TestIngestFetchesAsConfigured(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "Payment Date,Supplier Name,Amount\n03/04/2025,Hollin Paving Ltd,1000.00\n")
	}))
	defer site.Close()
	dir := t.TempDir()
	path := filepath.Join(dir, "commonspend.yaml")
	text := "fetch:\n  allow_loopback: true\npublishers:\n  - id: wexcombe\n    name: Wexcombe\n    sector: local\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := &app{out: &out, err: &out, now: time.Now, random: rand.Reader}
	args := []string{"ingest", site.URL + "/april.csv", "--publisher", "wexcombe", "-c", path, "--data", filepath.Join(dir, "data")}
	if code := a.run(context.Background(), args); code != exitFine || !strings.Contains(out.String(), "1 loaded") {
		t.Fatalf("exit code %d: %s", code, out.String())
	}
}
