package portal

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	loadRows    = flag.Int("rows", 0, "measure pages over a release of so many made-up payments")
	loadReaders = flag.Int("readers", 16, "who read at once, each with a second's thought between pages")
	loadPages   = flag.Int("pages", 400, "how many pages they read of each sort")
	loadFolder  = flag.String("folder", "", "a folder to keep the made-up release in, from one run to the next")
)

// TestLoad measures whole pages and searches with random identifiers, as many
// readers at once as asked for. It is a measurement: it fails only on an answer
// that is not one.
func TestLoad(t *testing.T) {
	if *loadRows == 0 {
		t.Skip("a measurement: go test -run TestLoad -args -rows 10000000")
	}
	folder := largeRelease(t)
	s, err := New(Options{Each: 1000})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Swap(context.Background(), open(t, folder), folder); err != nil {
		t.Fatal(err)
	}
	for _, sort := range []string{"page", "search", "prefix", "words"} {
		times := readAll(t, s, sort)
		slices.Sort(times)
		fmt.Printf("%-8s %d readers, %d answers: p50 %s, p95 %s, most %s\n", sort, *loadReaders, len(times),
			times[len(times)/2].Round(time.Millisecond/10), times[len(times)*95/100].Round(time.Millisecond/10), times[len(times)-1].Round(time.Millisecond/10))
	}
}

// readAll has every reader ask, think for a second, and ask again.
func readAll(t *testing.T, s http.Handler, sort string) []time.Duration {
	var mu sync.Mutex
	var times []time.Duration
	var readers sync.WaitGroup
	for n := range *loadReaders {
		readers.Go(func() {
			draw := rand.New(rand.NewPCG(uint64(n), 7))
			time.Sleep(time.Duration(draw.IntN(1000)) * time.Millisecond)
			for range *loadPages / *loadReaders {
				address := drawAddress(draw, sort)
				began := time.Now()
				w := httptest.NewRecorder()
				s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
				took := time.Since(began)
				if w.Code != http.StatusOK {
					t.Errorf("%s answers %d", address, w.Code)
				}
				mu.Lock()
				times = append(times, took)
				mu.Unlock()
				time.Sleep(time.Second)
			}
		})
	}
	readers.Wait()
	return times
}

// drawAddress draws a page or a search of the made-up release.
func drawAddress(draw *rand.Rand, sort string) string {
	things := []string{"boilers", "laptops", "placements", "lanterns", "vans", "pumps", "windows", "alder", "kestrel", "software", "catering"}
	thing := things[draw.IntN(len(things))]
	body := "/bodies/body-" + strconv.Itoa(1+draw.IntN(400))
	switch sort {
	case "search":
		return []string{"/search?q=" + thing, "/search?q=ref" + strconv.Itoa(draw.IntN(100000)), "/search?region=Region+" + strconv.Itoa(draw.IntN(9)) + "&year=2022-23",
			"/search?category=45000000-7&scope=procurement", "/search?q=" + thing + "&body=" + body[len("/bodies/"):]}[draw.IntN(5)]
	case "prefix":
		return "/search?q=" + thing[:4]
	case "words":
		return "/search?q=" + thing + "+ref" + strconv.Itoa(draw.IntN(1000))
	}
	supplier := fmt.Sprintf("/suppliers/s%016x", 5*draw.IntN(*loadRows/600)+1)
	return []string{"/", body, body + "/payments?year=2022-23", supplier, "/categories/45000000-7", "/coverage", "/search", body + "/files"}[draw.IntN(8)]
}

// largeRelease makes the release, or finds it where the last run left it.
func largeRelease(t *testing.T) string {
	t.Helper()
	dir := *loadFolder
	if dir == "" {
		dir = t.TempDir()
	}
	folder := filepath.Join(dir, strconv.Itoa(*loadRows), "releases", "2026-11-22.1")
	path := filepath.Join(folder, "serve.duckdb")
	if _, err := os.Stat(path); err == nil {
		return folder
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	began := time.Now()
	run(t, db, "SET threads = 2; SET memory_limit = '6GB'; SET preserve_insertion_order = true; SET temp_directory = '"+t.TempDir()+"'; ATTACH '"+path+"' AS serving; USE serving")
	rows := strconv.Itoa(*loadRows)
	run(t, db, strings.NewReplacer("ROWS", rows, "PAYEES", strconv.Itoa(*loadRows/15), "TEXTS", strconv.Itoa(*loadRows/3)).Replace(fileText(t, "testdata/large.sql")))
	run(t, db, "USE memory")
	run(t, db, fileText(t, "testdata/large_warehouse.sql"))
	fmt.Printf("made in %s; ", time.Since(began).Round(time.Second))
	run(t, db, "CHECKPOINT serving")
	before := fileSize(t, path)
	began = time.Now()
	for statement := range strings.SplitSeq(strings.TrimSuffix(fileText(t, "../sql/serve_search.sql"), ";\n"), ";\n") {
		each := time.Now()
		run(t, db, statement)
		_, made, _ := strings.Cut(statement, "CREATE OR REPLACE TABLE serving.")
		name, _, _ := strings.Cut(made, " ")
		fmt.Printf("%6.2fs %s\n", time.Since(each).Seconds(), name)
	}
	run(t, db, "CHECKPOINT serving")
	fmt.Printf("tables of searches in %s, %s more beside %s\n", time.Since(began).Round(time.Second), size(fileSize(t, path)-before), size(before))
	return folder
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
