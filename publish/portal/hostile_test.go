package portal

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// naughty are texts that an address may hold.
func naughty() []string {
	return []string{`<script>alert("x")</script>`, `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "a\u202egnp.exe", "nul\x00l\x1b[31m", "bad \xff utf-8",
		"'; DROP TABLE payments; --", "%", strings.Repeat("long ", 2000), "🧾👩‍👩‍👧", "../../etc/passwd", "{{.}}", "-1", "9223372036854775808", "0", "2024-13", "1.", ".", "x.y.z"}
}

// TestNaughtyAddresses puts every naughty text into every part of every
// address: it is answered by a page or refused by one, and is only ever text.
func TestNaughtyAddresses(t *testing.T) {
	s := serving(t, Options{})
	words := map[string]string{ // that an address of the route may hold
		"/search": "q body kind region publisher duty supplier category scope payee expense_type file year month from to least most after", "/bodies": "sector kind after", "/bodies/{slug}": "year duty",
		"/bodies/{slug}/payments": "year duty month payee expense after", "/bodies/{slug}/files": "before", "/suppliers": "after", "/compare": "body category scope period peers years",
		"/fragmented": "category supplier period", "/coverage": "year after", "/quality": "after", "/datasets": "after", "/datasets/{dataset}": "after",
		"/files/{file}": "file_no", "/files/{file}/changes": "file_no", "/payments/{payment}": "file_no", "/payments/{payment}/judgement": "file_no",
	}
	for _, route := range routes() {
		paths := []string{strings.NewReplacer("{slug}", "northmere-district-council", "{payment}", shownPaymentPlain[len("/payments/"):], "{supplier}", "s00000000000000a1",
			"{cpv}", "45000000-7", "{file}", "63172fe81221", "{dataset}", "northmere-district-council", "{indicator}", "per_head").Replace(route.pattern)}
		plain := paths[0]
		for _, text := range naughty() {
			if before, _, ok := strings.Cut(route.pattern, "{"); ok {
				paths = append(paths, before+url.PathEscape(text))
			}
			for _, word := range strings.Fields(words[route.pattern]) {
				paths = append(paths, plain+"?"+word+"="+url.QueryEscape(text))
			}
		}
		for _, path := range paths {
			w := get(s, path)
			if w.Code >= 500 || w.Code < 200 {
				t.Errorf("%.200s answers %d", path, w.Code)
			}
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && w.Code != http.StatusMovedPermanently {
				checkPage(t, path[:min(len(path), 120)], w.Body.Bytes())
			}
		}
	}
}

// TestImpossible asks for what cannot be: each is told in words, with a way on.
func TestImpossible(t *testing.T) {
	s := serving(t, Options{})
	district := "/bodies/northmere-district-council"
	checkCases(t, s, []pageCase{
		{"/search?from=2025-03&to=2024-04", 400, []string{"There is a problem with the address"}},
		{"/search?least=10&most=5", 400, []string{"There is a problem with the address"}},
		{"/search?year=2024-25&from=2019-04&to=2019-05", 400, []string{"before it begins", "Search again"}},
		{"/search?after=2025-01-01.3", 400, []string{"place in the list"}},
		{"/search?after=1900-01-01.1.1.1", 200, []string{"No payment is like that"}},
		{"/suppliers?after=12", 400, []string{"See the first page"}},
		{"/suppliers?after=-9000000000000000000.z", 200, []string{"There are no more"}},
		{"/bodies?after=nobody", 404, []string{"No body of this name"}},
		{"/bodies?after=naughty", 200, nil},
		{"/quality?after=nobody", 400, []string{"See the first page"}},
		{"/datasets?after=nobody", 400, []string{"See the first page"}},
		{"/datasets/northmere-district-council?after=zz", 200, []string{"There are no more files"}},
		{district + "/payments?after=2025-01-01.3", 400, []string{"place in the list"}},
		{district + "/files?before=1", 200, []string{"There are no more files"}},
		{district + "/files?before=half", 400, []string{"See the first page"}},
		{"/coverage?year=2001-02", 200, []string{"No month of this year is held"}},
		{"/compare.csv?body=northmere-district-council&table=nothing", 404, []string{"no table of the name"}},
	})
}

// TestDamagedDownload is not sent, and the page says so; the others are.
func TestDamagedDownload(t *testing.T) {
	s := serving(t, Options{})
	damaged := filepath.Join(s.current.Load().data, "releases", "2026-11-22.1", "coverage.parquet")
	if w := get(s, "/downloads/coverage.parquet"); w.Code != http.StatusOK {
		t.Fatalf("answers %d", w.Code)
	}
	if err := os.WriteFile(damaged, []byte("PARQUEX"), 0o644); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(damaged, later, later); err != nil {
		t.Fatal(err)
	}
	w := get(s, "/downloads/coverage.parquet")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "This file is damaged and is not sent") || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("answers %d: %s", w.Code, w.Body)
	}
	if w := get(s, "/downloads/payments/d1/2024-25.parquet"); w.Code != http.StatusOK {
		t.Errorf("another answers %d", w.Code)
	}
}

// TestRefusedRelease is named on every page, also to those that hold the page
// without the notice, until the next release is served.
func TestRefusedRelease(t *testing.T) {
	s := serving(t, Options{})
	tag := get(s, "/bodies").Header().Get("ETag")
	s.Refuse("2026-11-23.1")
	for _, address := range []string{"/", "/bodies", "/nowhere"} {
		w := get(s, address)
		if !strings.Contains(w.Body.String(), "Release 2026-11-23.1 is damaged and is not shown.</strong> This is release 2026-11-22.1") || w.Header().Get("ETag") == tag {
			t.Errorf("%s does not say which release is damaged: %s", address, w.Header())
		}
	}
	folder := makeRelease(t, t.TempDir(), "2026-11-24.1")
	if err := s.Swap(context.Background(), open(t, folder), folder); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(get(s, "/").Body.String(), "damaged") {
		t.Error("the notice stays")
	}
	empty, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	empty.Refuse("2026-11-23.1")
	if w := get(empty, "/"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Release 2026-11-23.1 is damaged") {
		t.Errorf("without another it answers %d: %s", w.Code, w.Body)
	}
}

// pipes is a listener on connections in memory: ten thousand need no files.
type pipes struct {
	made   chan net.Conn
	closed chan struct{}
	once   *sync.Once
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.made:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p pipes) Addr() net.Addr { return place("portal") }

// place is an address in memory.
type place string

func (p place) Network() string { return "pipe" }
func (p place) String() string  { return string(p) }

// from is a connection that comes from a place.
type from struct {
	net.Conn
	place
}

func (f from) RemoteAddr() net.Addr { return f.place }

func (p pipes) dial(who string) net.Conn {
	ours, theirs := net.Pipe()
	p.made <- from{theirs, place(who)}
	return ours
}

// TestSlowClients answers a reader while ten thousand clients are on the line,
// of whom some never end their question and some never read the answer.
func TestSlowClients(t *testing.T) {
	s := serving(t, Options{AtOnce: 4})
	line := pipes{make(chan net.Conn), make(chan struct{}), new(sync.Once)}
	server := HTTPServer(s)
	go server.Serve(line)
	defer server.Close()
	var held []net.Conn
	defer func() {
		for _, c := range held {
			c.Close()
		}
	}()
	var asking sync.WaitGroup
	for i := range 10_000 {
		conn := line.dial(fmt.Sprintf("10.0.%d.%d:1", i/250, i%250))
		held = append(held, conn)
		asking.Go(func() {
			if i%20 != 0 {
				fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n") // and no more
				return
			}
			fmt.Fprint(conn, "GET /privacy HTTP/1.1\r\nHost: x\r\n\r\n")
			conn.Read(make([]byte, 1)) // of some thousand
		})
	}
	asking.Wait()
	client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return line.dial("10.1.1.1:1"), nil }}}
	for range 20 {
		answer, err := client.Get("http://portal/bodies")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(answer.Body).ReadString('>'); err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("a reader is answered %d, %v", answer.StatusCode, err)
		}
		answer.Body.Close()
	}
}
