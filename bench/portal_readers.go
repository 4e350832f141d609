package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// drawing is a page to read: the address of it with us and with Datasette.
type drawing struct{ class, ours, theirs string }

// class is a kind of page, and how fast it is to be.
type class struct {
	name   string
	search bool
}

func classes() []class {
	return []class{{"body", false}, {"body's payments", false}, {"supplier", false}, {"category", false}, {"payment", false}, {"coverage", false},
		{"search, one word", true}, {"search, several words", true}, {"search, beginning of a word", true}, {"search, word and filters", true}, {"search, filters", true}}
}

func (c class) target(readers int) string {
	switch {
	case c.search && readers > 16:
		return "250 ms"
	case c.search:
		return "120 ms"
	case readers > 16:
		return "150 ms"
	}
	return "75 ms"
}

// drawn is a random payment, by which pages are drawn.
type drawn struct {
	body, supplier, cpv, file, payee, text, region, year string
	row                                                  int
}

// drawPages draws pages of each class from random payments, so that what is
// paid often is read often; words are those of distinct payees and texts.
func drawPages(path string) (pages []drawing, err error) {
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query(`WITH p AS (FROM payments WHERE payee_class = 'organisation' AND supplier <> '' USING SAMPLE reservoir(2000 ROWS) REPEATABLE (7)),
		w AS (SELECT row_number() OVER () AS n, payee FROM search_payees USING SAMPLE reservoir(2000 ROWS) REPEATABLE (7)),
		t AS (SELECT row_number() OVER () AS n, description FROM search_texts USING SAMPLE reservoir(2000 ROWS) REPEATABLE (7))
		SELECT b.slug, p.supplier, p.cpv, f.file, p.row, w.payee, t.description, b.region, p.financial_year
		FROM (SELECT *, row_number() OVER () AS n FROM p) p JOIN w ON w.n = p.n JOIN t ON t.n = p.n
		JOIN search_bodies b ON b.body = p.body JOIN files f ON f.file_no = p.file_no
		ORDER BY hash(p.n)`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d drawn
		if err := rows.Scan(&d.body, &d.supplier, &d.cpv, &d.file, &d.row, &d.payee, &d.text, &d.region, &d.year); err != nil {
			return nil, err
		}
		pages = append(pages, d.page(classes()[len(pages)%len(classes())].name))
	}
	return pages, rows.Err()
}

// page is the page of a class that a payment draws.
func (d drawn) page(class string) drawing {
	payee, text := strings.Fields(d.payee), strings.Fields(d.text)
	word, other := payee[len(d.text)%len(payee)], text[len(d.payee)%len(text)]
	year := d.year[:4] + "-" + d.year[5:]
	table := func(pairs ...string) string { return addressOf("/spend/payments", pairs...) }
	found := func(ours, theirs []string) drawing {
		return drawing{class, addressOf("/search", ours...), table(append(theirs, "_sort_desc", "date", "_facet", "body", "_facet", "scope")...)}
	}
	switch class {
	case "body":
		return drawing{class, "/bodies/" + d.body, table("body", d.body, "_sort_desc", "date", "_facet", "year", "_facet", "expense_type")}
	case "body's payments":
		return drawing{class, addressOf("/bodies/"+d.body+"/payments", "year", year), table("body", d.body, "year", d.year, "_sort", "date")}
	case "supplier":
		return drawing{class, "/suppliers/" + d.supplier, table("supplier", d.supplier, "_sort_desc", "date", "_facet", "body", "_facet", "year")}
	case "category":
		return drawing{class, "/categories/" + d.cpv, table("cpv", d.cpv, "_sort_desc", "date", "_facet", "body")}
	case "payment":
		return drawing{class, fmt.Sprintf("/payments/%s-1-%d", d.file[:12], d.row), table("file", d.file, "row", fmt.Sprint(d.row))}
	case "coverage":
		return drawing{class, addressOf("/coverage", "year", year), table("year", d.year, "_facet", "body", "_size", "1")}
	case "search, one word":
		return found([]string{"q", word}, []string{"_search", word})
	case "search, several words":
		return found([]string{"q", word + " " + payee[(len(d.text)+1)%len(payee)]}, []string{"_search", word + " " + payee[(len(d.text)+1)%len(payee)]})
	case "search, beginning of a word":
		begun := other[:min(4, len(other))]
		return found([]string{"q", begun}, []string{"_searchmode", "raw", "_search", begun + "*"})
	case "search, word and filters":
		return found([]string{"q", other, "year", year, "region", d.region}, []string{"_search", other, "year", d.year, "region", d.region})
	}
	return found([]string{"region", d.region, "year", year, "category", d.cpv}, []string{"region", d.region, "year", d.year, "cpv", d.cpv})
}

func addressOf(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// reading is what so many readers at once saw.
type reading struct {
	readers, failed int
	busy            time.Duration // of the server's processors
	seen            map[string]*sightings
}

// sightings are the pages of one class.
type sightings struct {
	times   []time.Duration
	largest int64 // bytes
}

// read has every reader ask, think for a second, and ask again.
func (s *served) read(base string, readers int, pages []drawing, address func(drawing) string) reading {
	r := reading{readers: readers, seen: map[string]*sightings{}}
	for _, class := range classes() {
		r.seen[class.name] = &sightings{}
	}
	before := s.busy()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers, DisableCompression: true}, Timeout: time.Minute}
	var lock sync.Mutex
	var all sync.WaitGroup
	ends := time.Now().Add(portalReading)
	for n := range readers {
		all.Go(func() {
			draw := rand.New(rand.NewPCG(uint64(n), uint64(readers)))
			time.Sleep(time.Duration(draw.IntN(1000)) * time.Millisecond)
			for time.Now().Before(ends) {
				page := pages[draw.IntN(len(pages))]
				began := time.Now()
				size, err := readPage(client, base+address(page))
				took := time.Since(began)
				lock.Lock()
				if err != nil {
					r.failed++
					fmt.Fprintln(os.Stderr, "bench:", err)
				}
				seen := r.seen[page.class]
				seen.times, seen.largest = append(seen.times, took), max(seen.largest, size)
				lock.Unlock()
				time.Sleep(time.Second)
			}
		})
	}
	all.Wait()
	r.busy = s.busy() - before
	return r
}

func readPage(client *http.Client, address string) (int64, error) {
	answer, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	size, err := io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, answer.Status)
	}
	return size, err
}

func (r reading) of(class string) *sightings { return r.seen[class] }

// processor is the server's processor time for one page.
func (r reading) processor() time.Duration {
	pages := 0
	for _, seen := range r.seen {
		pages += len(seen.times)
	}
	return r.busy / time.Duration(max(1, pages))
}

// at is the time below which so many of a hundred pages were.
func (s *sightings) at(percent int) time.Duration {
	if len(s.times) == 0 {
		return 0
	}
	slices.Sort(s.times)
	return s.times[min(len(s.times)-1, len(s.times)*percent/100)]
}

func failures(all []reading) string {
	failed := 0
	for _, r := range all {
		failed += r.failed
	}
	return fmt.Sprint(failed)
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
}

func kilobytes(bytes int64) string { return fmt.Sprintf("%.0f KB", float64(bytes)/1e3) }

// started starts a server that prints its address.
func started(cmd *exec.Cmd) (*served, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &served{cmd: cmd, out: bufio.NewReader(out)}, cmd.Start()
}

// line is the next line that the server prints.
func (s *served) line() (string, error) {
	line, err := s.out.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("the server does not answer: %w", err)
	}
	return strings.TrimSpace(line), nil
}

// forget has the kernel keep nothing of a file in memory.
func forget(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return unix.Fadvise(int(file.Fd()), 0, 0, unix.FADV_DONTNEED)
}
