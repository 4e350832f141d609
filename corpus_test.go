package main

import (
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"commonspend/normalize"
	"commonspend/schemas"
)

// TestCorpusAccounts reads the real files and holds every sheet's account to
// its equations: each physical row in one place, each readable penny in one
// place. With -short it reads one file in eight, by a hash of its path. It
// prints paths and numbers, never cells.
func TestCorpusAccounts(t *testing.T) {
	const corpus = "../shared/data/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("../shared/data is absent")
	}
	rules, err := normalize.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	paths := corpusFiles(t, corpus)
	if len(paths) == 0 {
		t.Fatal("the corpus holds no files")
	}
	outcomes := map[schemas.Outcome]int{}
	var mu sync.Mutex
	var workers sync.WaitGroup
	queue := make(chan string)
	for range 2 {
		workers.Go(func() {
			for path := range queue {
				report, err := normalizeFile(path, rules, true)
				mu.Lock()
				checkAccounts(t, strings.TrimPrefix(path, corpus+"/"), report, err)
				outcomes[report.Outcome]++
				mu.Unlock()
			}
		})
	}
	for _, path := range paths {
		queue <- path
	}
	close(queue)
	workers.Wait()
	t.Logf("%d files: %v", len(paths), outcomes)
}

func checkAccounts(t *testing.T, path string, report schemas.FileReport, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	if report.Outcome != schemas.OutcomeLoad && report.Reason == "" {
		t.Errorf("%s: %s without a reason", path, report.Outcome)
	}
	payments := 0
	for _, sheet := range report.Sheets {
		payments += sheet.Account.Payments
		if !sheet.Account.Balances() {
			t.Errorf("%s sheet %d: the account does not balance: %+v", path, sheet.Number, sheet.Account)
		}
	}
	if (report.Outcome == schemas.OutcomeLoad) != (payments > 0) {
		t.Errorf("%s: outcome %s with %d payments", path, report.Outcome, payments)
	}
}

// corpusFiles lists the publishers' files; the catalogues beside their folders
// are none.
func corpusFiles(t *testing.T, corpus string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(corpus, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Dir(path) == corpus {
			return err
		}
		hash := fnv.New32a()
		hash.Write([]byte(path))
		if !testing.Short() || hash.Sum32()%8 == 0 {
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
