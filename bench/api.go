package main

import (
	"bufio"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"commonspend/publish/api"
	"commonspend/publish/portal"
)

//go:embed api_release.sql
var apiRelease string

// apiFiles of 520 payments are ten million.
const apiFiles = 19_231

// serveAPI answers over one release until it is killed, with no client's share
// bounded, and prints its address.
func serveAPI(folder string) error {
	server, err := api.New(api.Options{Streams: 16, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	if err := server.Swap(context.Background(), folder); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return portal.HTTPServer(server).Serve(listener)
}

// copyCSV has DuckDB write what the API streams: query to path.
func copyCSV(database, query, path string) error {
	db, err := sql.Open("duckdb", database+"?access_mode=read_only")
	if err != nil {
		return err
	}
	defer db.Close()
	started := time.Now()
	_, err = db.Exec("COPY (" + query + ") TO '" + path + "' (FORMAT csv, HEADER)")
	fmt.Println(time.Since(started).Nanoseconds())
	return err
}

// openToMake opens a database to make a release's from, which is to lie at the
// path; none where it lies there already.
func openToMake(folder string) (db *sql.DB, path string, err error) {
	path = filepath.Join(folder, "serve.duckdb")
	if _, err := os.Stat(path); err == nil {
		return nil, path, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, path, err
	}
	if db, err = sql.Open("duckdb", "?memory_limit=6GB"); err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, path, err
}

// makeAPIRelease writes the made-up release, unless it is there already.
func makeAPIRelease(folder string) error {
	db, path, err := openToMake(folder)
	if db == nil || err != nil {
		return err
	}
	defer db.Close()
	text := "ATTACH '" + path + "' AS made (STORAGE_VERSION 'latest'); USE made; " + strings.ReplaceAll(apiRelease, "$files", strconv.Itoa(apiFiles)) + "; USE memory; DETACH made"
	if _, err = db.Exec(text); err != nil {
		os.Remove(path)
	}
	return err
}

// served is a server in a process of its own.
type served struct {
	cmd  *exec.Cmd
	out  *bufio.Reader
	base string
}

func (b *run) serveAPI(folder string) (*served, error) {
	cmd := exec.Command(b.self, "serve-api", folder)
	cmd.Stderr = os.Stderr
	s, err := started(cmd)
	if err != nil {
		return nil, err
	}
	line, err := s.line()
	if err != nil {
		s.stop()
	}
	s.base = "http://" + line + "/api/v1"
	return s, err
}

func (s *served) stop() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

// highest is the most memory the process ever held, in MB.
func (s *served) highest() float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

// busy is the processor time that the process used so far.
func (s *served) busy() time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// got is one download.
type got struct {
	first, all time.Duration
	bytes      int64
}

func (s *served) get(path string) (g got, err error) {
	started := time.Now()
	answer, err := http.Get(s.base + path)
	if err != nil {
		return g, err
	}
	defer answer.Body.Close()
	var one [1]byte
	if _, err = io.ReadFull(answer.Body, one[:]); err != nil {
		return g, err
	}
	g.first = time.Since(started)
	g.bytes, err = io.Copy(io.Discard, answer.Body)
	g.all = time.Since(started)
	if answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, answer.Status)
	}
	return g, err
}

// apiFilter is eleven bodies of 200: about 550,000 payments.
func apiFilter() (address, condition string) {
	var words, ids []string
	for i := range 11 {
		id := fmt.Sprintf("GB-XX-%03d", 17*i)
		words, ids = append(words, "body="+id), append(ids, "'"+id+"'")
	}
	return strings.Join(words, "&"), "p.body IN (" + strings.Join(ids, ", ") + ")"
}

// apiMeasured is what measureAPI saw.
type apiMeasured struct {
	one, whole        got
	copyOne, copyAll  time.Duration
	idle, eight       float64
	formats           map[string]got
	left              time.Duration
	rate              float64
	unchanged, failed int64
}

// measureAPI streams filters of ten million payments beside DuckDB's own COPY.
func measureAPI(b *run) (string, error) {
	folder := filepath.Join(b.folder, "api", "releases", "2026-11-23.1")
	if kept := os.Getenv("BENCH_API_RELEASE"); kept != "" {
		folder = kept
	}
	if err := makeAPIRelease(folder); err != nil {
		return "", err
	}
	s, err := b.serveAPI(folder)
	if err != nil {
		return "", err
	}
	defer s.stop()
	// Idle is a server that has answered: its code is in memory.
	for _, format := range []string{"csv", "ndjson", "parquet"} {
		if _, err := s.get("/payments." + format + "?body=GB-XX-001"); err != nil {
			return "", err
		}
	}
	m := apiMeasured{formats: map[string]got{}, idle: s.highest()}
	if err := b.streams(s, filepath.Join(folder, "serve.duckdb"), &m); err != nil {
		return "", err
	}
	if m.left, err = s.leave(); err != nil {
		return "", err
	}
	if err := s.asked(&m); err != nil {
		return "", err
	}
	return m.String(), nil
}

// streams measures downloads, one and eight at once, and DuckDB's COPY.
func (b *run) streams(s *served, database string, m *apiMeasured) (err error) {
	address, condition := apiFilter()
	if m.one, err = s.get("/payments.csv?" + address); err != nil {
		return err
	}
	if m.copyOne, err = b.copy(database, condition); err != nil {
		return err
	}
	if m.whole, err = s.get("/payments.csv"); err != nil {
		return err
	}
	if m.copyAll, err = b.copy(database, "true"); err != nil {
		return err
	}
	var all sync.WaitGroup
	var failed atomic.Pointer[error]
	for i := range 8 {
		all.Go(func() {
			if _, err := s.get("/payments." + []string{"csv", "ndjson", "parquet"}[i%3] + "?" + address); err != nil {
				failed.Store(&err)
			}
		})
	}
	all.Wait()
	if told := failed.Load(); told != nil {
		return *told
	}
	m.eight = s.highest()
	for _, format := range []string{"ndjson", "parquet"} {
		if m.formats[format], err = s.get("/payments." + format + "?" + address); err != nil {
			return err
		}
	}
	return nil
}

// copy times DuckDB's COPY of the same columns in a process of its own.
func (b *run) copy(database, condition string) (time.Duration, error) {
	query := "SELECT g.file, p.sheet_no, p.row, p.publisher, p.body, p.duty, p.financial_year, p.date, p.date_kind, CAST(p.amount AS DECIMAL(18, 2)) / 100 AS amount_pounds, p.vat_basis, " +
		"p.payee, p.payee_key, p.payee_class, p.supplier, p.supplier_name, p.scope, p.cpv, p.judged_by, p.confidence, p.department_family, p.entity, p.expense_type, p.expense_area, " +
		"p.description, p.transaction, p.category, p.supplier_id, p.vat_amount, p.postcode, p.contract_reference, p.other FROM payments p JOIN files g ON g.file_no = p.file_no WHERE " + condition
	path := filepath.Join(b.folder, "copy.csv")
	defer os.Remove(path)
	out, err := exec.Command(b.self, "copy-csv", database, query, path).Output()
	nanoseconds, _ := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	return time.Duration(nanoseconds), err
}

// leave begins the largest download, goes, and sees how long the process
// still works for it.
func (s *served) leave() (time.Duration, error) {
	ctx, cancel := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/payments.csv", nil)
	if err != nil {
		cancel()
		return 0, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		cancel()
		return 0, err
	}
	io.CopyN(io.Discard, answer.Body, 1<<20)
	cancel()
	answer.Body.Close()
	gone := time.Now()
	for time.Since(gone) < 10*time.Second {
		before := s.busy()
		time.Sleep(100 * time.Millisecond)
		if s.busy()-before <= 10*time.Millisecond {
			return time.Since(gone), nil
		}
	}
	return 0, errors.New("the download of a client that left was still worked for after ten seconds")
}

// asked asks for bodies and figures for five seconds from eight clients, half
// of the time with the tag of the answer they have.
func (s *served) asked(m *apiMeasured) error {
	const long = 5 * time.Second
	var count, unchanged, failed atomic.Int64
	var all sync.WaitGroup
	started := time.Now()
	for i := range 8 {
		all.Go(func() {
			tags := map[string]string{}
			for n := i; time.Since(started) < long; n += 8 {
				path := fmt.Sprintf("/figures?body=GB-XX-%03d", n/2%200)
				if n%2 == 0 {
					path = fmt.Sprintf("/bodies/GB-XX-%03d", n/2%200)
				}
				status, tag := s.tagged(path, tags[path])
				tags[path] = tag
				count.Add(1)
				switch status {
				case http.StatusOK:
				case http.StatusNotModified:
					unchanged.Add(1)
				default:
					failed.Add(1)
				}
			}
		})
	}
	all.Wait()
	m.rate = float64(count.Load()) / time.Since(started).Seconds()
	m.unchanged, m.failed = unchanged.Load(), failed.Load()
	return nil
}

func (s *served) tagged(path, tag string) (int, string) {
	request, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		return 0, ""
	}
	if tag != "" {
		request.Header.Set("If-None-Match", tag)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, ""
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, answer.Header.Get("ETag")
}

func (m apiMeasured) String() string {
	return fmt.Sprintf(`
## The API over 10,000,120 payments

| | measured | target |
|---|---|---|
| CSV of 11 bodies, %d MB: first byte | %d ms | 200 ms |
| the same, whole | %s, %s times DuckDB's COPY (%s) | 2 |
| CSV of all payments, %d MB | %s, %s times DuckDB's COPY (%s) | 2 |
| the 11 bodies as NDJSON, as Parquet | %s, %s | |
| most memory: idle, after all of it and eight at once | %.0f MB, %.0f MB more | 100 MB more |
| until nothing works for a client that left | %.1f s | 1 s |
| bodies and figures from eight clients | %.0f a second, %d unchanged (304), %d failed | 200 a second |

Each download is of one HTTP client on the same machine. COPY writes the same columns to a file, in a process of its own.
`, m.one.bytes>>20, m.one.first.Milliseconds(), seconds(m.one.all), ratio(m.one.all, m.copyOne), seconds(m.copyOne),
		m.whole.bytes>>20, seconds(m.whole.all), ratio(m.whole.all, m.copyAll), seconds(m.copyAll),
		seconds(m.formats["ndjson"].all), seconds(m.formats["parquet"].all), m.idle, m.eight-m.idle, m.left.Seconds(), m.rate, m.unchanged, m.failed)
}
