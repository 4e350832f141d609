package main

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"commonspend/demo"
	"commonspend/publish"
	"commonspend/publish/api"
	"commonspend/publish/dataset"
	filters "commonspend/publish/filter"
	"commonspend/publish/portal"
	"commonspend/schemas"
	"commonspend/store"
)

// total is what one answer says a filter's payments come to.
type total struct{ payments, pence int64 }

// TestTotalsAgree asks 500 random filters of the search page, the API and each
// download: all must come to the same, to the penny.
func TestTotalsAgree(t *testing.T) {
	dir := t.TempDir()
	publishWorld(t, demo.Generate(7), dir)
	handler := siteOf(t, dir)
	ask := askOf(t, handler)
	db, err := store.OpenReadOnly(t.Context(), filepath.Join(dir, "releases", "latest", "serve.duckdb"), portal.Settings())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	vocabulary := readVocabulary(t, db)
	random := rand.New(rand.NewPCG(8, 2026))
	parquet := parquetTotals(t)
	some := 0
	for i := range 500 {
		words := vocabulary.filter(random).Encode()
		want := pageTotal(t, ask("/search.json?"+words))
		for want.payments > 5000 && i%25 > 0 { // a large one now and then
			words = vocabulary.filter(random).Encode()
			want = pageTotal(t, ask("/search.json?"+words))
		}
		if want.payments > 0 {
			some++
		}
		for what, got := range map[string]total{
			"the API":        listTotal(t, ask(api.Prefix+"/payments?limit=1&"+words)),
			"the page's CSV": csvTotal(t, ask(pageCSV(t, handler, words, want))),
			"the CSV":        csvTotal(t, ask(api.Prefix+"/payments.csv?"+words)),
			"the NDJSON":     linesTotal(t, ask(api.Prefix+"/payments.ndjson?"+words)),
			"the Parquet":    parquet(ask(api.Prefix + "/payments.parquet?" + words)),
		} {
			if got != want {
				t.Errorf("%s: the page has %+v, %s %+v", words, want, what, got)
			}
		}
	}
	t.Run("examples of files", func(t *testing.T) { runFileExamples(t, handler) })
	if some < 200 {
		t.Errorf("only %d of 500 filters let anything through", some)
	}
}

// pageCSV is where the search page's CSV is had: there, or for more rows than it
// holds, where it sends the asker.
func pageCSV(t *testing.T, handler http.Handler, words string, want total) string {
	t.Helper()
	address := "/search.csv?" + words
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	if want.payments <= 5000 {
		return address
	}
	if w.Code != http.StatusTemporaryRedirect {
		t.Fatalf("%s: %d rows, and an answer of %d", address, want.payments, w.Code)
	}
	return w.Header().Get("Location")
}

// siteOf serves a data directory's latest release, and its files, in this process.
func siteOf(t *testing.T, dir string) http.Handler {
	t.Helper()
	latest, err := filepath.EvalSymlinks(filepath.Join(dir, "releases", "latest"))
	if err != nil {
		t.Fatal(err)
	}
	people, err := portal.New(portal.Options{Comparer: comparer{}})
	if err != nil {
		t.Fatal(err)
	}
	programs, err := api.New(api.Options{Comparer: comparer{}, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Reading: portal.Settings()})
	if err != nil {
		t.Fatal(err)
	}
	p := &site{dir: dir, server: people, api: programs}
	if err := errors.Join(programs.Swap(t.Context(), latest), p.swapPages(t.Context(), latest)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { people.Close(); programs.Close() })
	release, err := publish.Open(latest)
	if err != nil {
		t.Fatal(err)
	}
	if err := dataset.Build(t.Context(), release, ""); err != nil {
		t.Fatal(err)
	}
	return withPrograms(programs, &dataset.Server{Dir: dir, Latest: people.Serving}, people)
}

func askOf(t *testing.T, handler http.Handler) func(address string) []byte {
	return func(address string) []byte {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", address, w.Code, w.Body)
		}
		return w.Body.Bytes()
	}
}

// runFileExamples runs the examples of docs/api.md that take files away, in an
// empty folder.
func runFileExamples(t *testing.T, handler http.Handler) {
	for _, program := range []string{"curl", "sha256sum"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is absent")
		}
	}
	text, err := os.ReadFile(filepath.Join("docs", "api.md"))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	ran := 0
	for _, example := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		if !strings.Contains(example[1], "/data/") {
			continue
		}
		ran++
		cmd := exec.Command("sh", "-euc", example[1])
		cmd.Dir, cmd.Env = t.TempDir(), append(os.Environ(), "API="+server.URL+api.Prefix)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s\n%s%v", example[1], out, err)
		}
	}
	if ran == 0 {
		t.Error("there is no example of files")
	}
}

// vocabulary is what random filters are made of: values that a release holds.
type vocabulary map[string][]string

func readVocabulary(t *testing.T, db *sql.DB) vocabulary {
	t.Helper()
	v := vocabulary{"scope": {"procurement", "grant", "transfer", "individuals", "unknown"}, "least": {"0", "500", "-1000", "25000.01"},
		"most": {"100", "40000", "499.99"}, "year": {"2023-24", "2024-25", "none"}, "month": {"2023-11", "2024-05"}, "from": {"2023-06", "2024-01-17", "2024-10"}, "to": {"2024-12", "2025-03-10"}}
	for word, query := range map[string]string{ // the made-up world has no regions
		"body":         "SELECT slug FROM bodies UNION SELECT body FROM bodies UNION SELECT 'nosuch'",
		"publisher":    "SELECT DISTINCT publisher FROM payments",
		"duty":         "SELECT DISTINCT duty FROM payments",
		"payee":        "SELECT payee FROM payments GROUP BY payee ORDER BY count(*) DESC, payee LIMIT 40",
		"expense_type": "SELECT expense_type FROM payments WHERE expense_type <> '' GROUP BY expense_type ORDER BY count(*) DESC, expense_type LIMIT 40",
		"file":         "SELECT left(file, 12) FROM files",
		"kind":         "SELECT DISTINCT kind FROM search_bodies WHERE kind <> ''",
		"supplier":     "SELECT supplier FROM search_suppliers",
		"category":     "SELECT DISTINCT cpv FROM payments WHERE cpv <> '' UNION SELECT DISTINCT left(cpv, 2) || '000000' FROM payments WHERE cpv <> '' UNION SELECT DISTINCT left(cpv, 3) FROM payments WHERE cpv <> '' UNION SELECT 'none'",
		"q": `SELECT DISTINCT word FROM search_payee_words UNION SELECT DISTINCT left(word, 3) FROM search_text_words
			UNION (SELECT payee FROM search_payees ORDER BY payee LIMIT 200) UNION (SELECT upper(description) FROM search_texts WHERE len(words(description)) BETWEEN 1 AND 8 ORDER BY 1 LIMIT 200)`,
	} {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var value string
			if err := rows.Scan(&value); err != nil {
				t.Fatal(err)
			}
			v[word] = append(v[word], value)
		}
		rows.Close()
		slices.Sort(v[word])
	}
	return v
}

// filter is one to three random words of an address, of which some stand twice.
func (v vocabulary) filter(r *rand.Rand) url.Values {
	names := slices.Sorted(maps.Keys(v))
	filter := url.Values{}
	for range 1 + r.IntN(3) {
		name := names[r.IntN(len(names))]
		filter.Set(name, v[name][r.IntN(len(v[name]))])
		if r.IntN(3) == 0 && slices.Contains(filters.Names()[:11], name) {
			filter.Add(name, v[name][r.IntN(len(v[name]))])
		}
	}
	// A span that ends before it begins is refused.
	if filter.Has("least") {
		filter.Del("most")
	}
	if filter.Has("year") {
		filter.Del("month")
	}
	if filter.Has("year") || filter.Has("month") {
		filter.Del("from")
		filter.Del("to")
	}
	return filter
}

func pageTotal(t *testing.T, text []byte) total {
	t.Helper()
	var page struct {
		Data struct{ Payments, Pence int64 }
	}
	if err := json.Unmarshal(text, &page); err != nil {
		t.Fatal(err)
	}
	return total{page.Data.Payments, page.Data.Pence}
}

func listTotal(t *testing.T, text []byte) total {
	t.Helper()
	var list struct {
		Total struct{ Items, Pence int64 }
	}
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	return total{list.Total.Items, list.Total.Pence}
}

func csvTotal(t *testing.T, text []byte) (sum total) {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(lines[0], "amount_pounds")
	for _, line := range lines[1:] {
		var pounds, part int64
		if _, err := fmt.Sscanf(strings.TrimPrefix(line[at], "-"), "%d.%02d", &pounds, &part); err != nil {
			t.Fatalf("%q: %v", line[at], err)
		}
		if pounds = 100*pounds + part; line[at][0] == '-' {
			pounds = -pounds
		}
		sum.payments, sum.pence = sum.payments+1, sum.pence+pounds
	}
	return sum
}

func linesTotal(t *testing.T, text []byte) (sum total) {
	t.Helper()
	for line := range bytes.Lines(text) {
		var payment struct {
			Pence schemas.Amount `json:"amount_pence"`
		}
		if err := json.Unmarshal(line, &payment); err != nil {
			t.Fatal(err)
		}
		sum.payments, sum.pence = sum.payments+1, sum.pence+int64(payment.Pence)
	}
	return sum
}

// parquetTotals has DuckDB read files.
func parquetTotals(t *testing.T) func(text []byte) total {
	db, err := store.OpenScratch(store.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	path := filepath.Join(t.TempDir(), "payments.parquet")
	return func(text []byte) (sum total) {
		t.Helper()
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow("SELECT count(*), CAST(COALESCE(sum(amount_pence), 0) AS BIGINT) FROM read_parquet(?)", path).Scan(&sum.payments, &sum.pence); err != nil {
			t.Fatal(err)
		}
		return sum
	}
}
