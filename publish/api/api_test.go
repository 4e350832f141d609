package api

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"commonspend/publish/filter"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	_ "github.com/duckdb/duckdb-go/v2"
)

// makeRelease writes the made-up release that bench measures, smaller: 10,400
// payments. Its folder is also where releases are listed from.
func makeRelease(t testing.TB) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "releases", "2026-11-23.1")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../bench/api_release.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", filepath.Join(folder, "serve.duckdb")+"?storage_compatibility_version=latest")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(strings.ReplaceAll(string(text), "$files", "20")); err != nil {
		t.Fatal(err)
	}
	odd := `UPDATE payments SET payee = '=1+1, "quoted"' || chr(10) || 'é', description = '-2+3' WHERE row = 7 AND file_no < 9`
	if _, err := db.Exec(odd); err != nil {
		t.Fatal(err)
	}
	manifest := `{"number":"2026-11-23.1","published":"2026-11-23T10:00:00Z","previous":"","payments":10400,"pence":1}`
	if err := os.WriteFile(filepath.Join(folder, "manifest.json"), []byte(manifest), 0o644); err != nil {
		t.Fatal(err)
	}
	return folder
}

func serving(t testing.TB, options Options) *Server {
	t.Helper()
	s, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Swap(context.Background(), makeRelease(t)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func get1(s http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, Prefix+address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// payPage is a page of payments as a client reads it.
type payPage struct {
	Total struct{ Items, Pence int64 }
	Items []struct {
		Pence int64 `json:"amount_pence"`
		File  string
		Row   int64
	}
	Next string
}

func payPages(t *testing.T, s http.Handler, query url.Values) (total payPage, count, pence int64) {
	t.Helper()
	for pages := 0; ; pages++ {
		w := get1(s, "/payments?"+query.Encode())
		var page payPage
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s %v", query.Encode(), w.Code, w.Body, err)
		}
		if pages == 0 {
			total = page
		} else if page.Total != total.Total {
			t.Fatalf("the total changed from page to page: %+v", page.Total)
		}
		for _, item := range page.Items {
			count, pence = count+1, pence+item.Pence
		}
		if page.Next == "" {
			return total, count, pence
		}
		query.Set("cursor", page.Next)
	}
}

// csvSum reads a CSV download as any program would.
func csvSum(t *testing.T, text []byte) (count, pence int64) {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		var pounds, part int64
		if _, err := fmt.Sscanf(strings.TrimPrefix(line[9], "-"), "%d.%02d", &pounds, &part); err != nil {
			t.Fatalf("%q: %v", line[9], err)
		}
		if pounds = 100*pounds + part; line[9][0] == '-' {
			pounds = -pounds
		}
		count, pence = count+1, pence+pounds
	}
	return count, pence
}

func parquetSum(t *testing.T, text []byte) (count, pence int64) {
	t.Helper()
	reader, err := file.NewParquetReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	read, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := read.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, chunk := range table.Column(9).Data().Chunks() {
		for _, amount := range chunk.(*array.Int64).Int64Values() {
			count, pence = count+1, pence+amount
		}
	}
	return count, pence
}

// randomFilter asks for something that often has a few payments.
func randomFilter(r *rand.Rand) url.Values {
	words := url.Values{}
	choose := func(name string, from ...string) {
		if r.IntN(4) == 0 {
			words.Add(name, from[r.IntN(len(from))])
		}
	}
	choose("body", "GB-XX-000", "GB-XX-001", "made-up-district-005", "GB-XX-019")
	choose("kind", "Non-metropolitan district")
	choose("region", "North East", "London", "Wales")
	choose("publisher", "p-000", "p-005", "p-017")
	choose("duty", "LGTC500", "HMT25K")
	choose("category", "72", "72000000-5", "72200000", "45", "90", "none")
	choose("scope", "procurement", "grant", "individuals", "unknown")
	choose("from", "2016-04", "2016-04-10")
	choose("to", "2016-04", "2016-04-20")
	choose("least", "0", "500", "-1000", "25000.01")
	choose("most", "40000", "49999.99", "30000")
	choose("q", "firm", "thing 1", "Individual", "no such words", "PURCH serv", "partners 12")
	choose("expense_type", "Expense type 1", "Expense type 2")
	if r.IntN(20) == 0 {
		return url.Values{"year": {[]string{"2016-17", "none", "2015-16"}[r.IntN(3)]}}
	}
	return words
}

// TestTotalsAgree: what the API says, what its pages hold and what every
// download of the same filter holds come to the same, to the penny.
func TestTotalsAgree(t *testing.T) {
	s := serving(t, Options{Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	random := rand.New(rand.NewPCG(8, 2026))
	some := 0
	for i := range 500 {
		words := randomFilter(random)
		address := words.Encode()
		words.Set("limit", "1000")
		total, count, pence := payPages(t, s, words)
		if total.Total.Items != count || total.Total.Pence != pence {
			t.Fatalf("%s: total %+v, pages %d and %d", address, total.Total, count, pence)
		}
		file := get1(s, "/payments.csv?"+address)
		if file.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", address, file.Code, file.Body)
		}
		n, sum := csvSum(t, file.Body.Bytes())
		if n != count || sum != pence {
			t.Fatalf("%s: CSV has %d and %d, pages %d and %d", address, n, sum, count, pence)
		}
		if n > 0 {
			some++
		}
		if i%10 == 0 {
			n, sum = parquetSum(t, get1(s, "/payments.parquet?"+address).Body.Bytes())
			lines := bytes.Count(get1(s, "/payments.ndjson?"+address).Body.Bytes(), []byte("\n"))
			if n != count || sum != pence || int64(lines) != count {
				t.Fatalf("%s: Parquet has %d and %d, NDJSON %d, pages %d and %d", address, n, sum, lines, count, pence)
			}
		}
	}
	if some < 100 {
		t.Errorf("only %d of 500 filters let anything through", some)
	}
}

func TestProblems(t *testing.T) {
	s := serving(t, Options{Withdrawn: func(number string) (string, bool) {
		return "a publisher withdrew its licence", number == "2026-11-20.1"
	}})
	var first payPage
	if err := json.Unmarshal(get1(s, "/payments?limit=5").Body.Bytes(), &first); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]struct {
		status int
		text   string
	}{
		"/payments?cursor=" + first.Next[:len(first.Next)/2]: {400, "may have been cut"},
		"/payments?least=5&cursor=" + first.Next:             {400, "of another list"},
		"/payments?boddy=x":                                  {400, `The nearest is \"body\"`},
		"/payments.csv?supplyer=x":                           {400, `The nearest is \"supplier\"`},
		"/payments.csv?from=2024-05&to=2024-04":              {400, "before it begins"},
		"/payments?limit=0":                                  {422, `"detail":"\"limit\" cannot be \"0\": it takes a whole number from 1 to 1000."`},
		"/payments?limit=999999999":                          {422, `\"limit\" cannot be \"999999999\": it takes`},
		"/payments?limit=ten":                                {422, `\"limit\" cannot be \"ten\": it takes`},
		"/payments?limit=":                                   {422, `\"limit\" is empty: it takes a whole number`},
		"/payments?limit=1&limit=1":                          {400, `\"limit\" stands 2 times; it may stand once.`},
		"/payments?cursor=a&cursor=b":                        {400, `\"cursor\" stands 2 times`},
		"/payments.csv?for=excel&for=excel":                  {400, `\"for\" stands 2 times`},
		"/payments.csv?month=2024-04&month=2024-05":          {400, `\"month\" stands 2 times`},
		"/bodies?kind=&kind=x":                               {400, `\"kind\" stands once more without a value`},
		"/bodies?" + strings.Repeat("region=x&", 101):        {422, `\"region\" stands 101 times; ask for at most 100`},
		"/payments?least=1e3":                                {422, `\"least\" cannot be \"1e3\": it takes plain pounds, such as 25000 or -12.50.`},
		"/payments?year=26/27":                               {422, `\"year\" cannot be \"26/27\": it takes a financial year, such as 2024-25, or none.`},
		"/payments.parquet?scope=tax&scope=procurment":       {422, `\"scope\" cannot be \"procurment\". The nearest is \"procurement\".`},
		"/payments?scope=foo":                                {422, `\"scope\" cannot be \"foo\". There are: finance, `},
		"/payments?q=" + strings.Repeat("a", 201):            {422, `\"q\" has 201 characters: it takes at most 200.`},
		"/payments?kind=non-metropolitan+districts":          {400, `The nearest is \"Non-metropolitan district\"`},
		"/payments.csv?kind=x":                               {400, `\"kind\" cannot be \"x\". There are: Non-metropolitan district.`},
		"/bodies?kind=x":                                     {400, `\"kind\" cannot be \"x\"`},
		"/issues?kind=date_mising":                           {400, `The nearest is \"date_missing\"`},
		"/payments/xyz":                                      {422, `\"payment\" cannot be \"xyz\": it takes FILE-SHEET-ROW, `},
		"/categories/72":                                     {422, "a CPV code of 8 digits"},
		"/payments?q=%ff":                                    {400, "not UTF-8"},
		"/payments?q=-+%26":                                  {400, "no word"},
		"/payments.csv?q=a+b+c+d+e+f+g+h+i":                  {400, "Give the 8 that matter"},
		"/payments?q=%zz":                                    {400, "cannot be read"},
		"/releases/2020-01-01.1":                             {404, "never was"},
		"/releases/..%2f..%2fetc":                            {404, "never was"},
		"/releases/2026-11-20.1":                             {410, "withdrew its licence"},
		"/bodies/nobody":                                     {404, "No body"},
		"/payments/00000000-1-1":                             {404, "No payment"},
		"/nothing":                                           {404, "openapi.json"},
	} {
		w := get1(s, address)
		if w.Code != want.status || !strings.Contains(w.Body.String(), want.text) || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %s", address, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if w.Header().Get("ETag") != "" {
			t.Errorf("%s: a problem has an ETag", address)
		}
	}
}

func TestUnchangedIsNotSentAgain(t *testing.T) {
	s := serving(t, Options{})
	w := get1(s, "/bodies/GB-XX-003")
	tag := w.Header().Get("ETag")
	if w.Code != 200 || tag == "" || w.Header().Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(w.Header().Get("Link"), "service-desc") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	if again := get1(s, "/bodies/GB-XX-003", "If-None-Match", `"x", W/`+tag); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("%d %s", again.Code, again.Body)
	}
	for address, status := range map[string]int{"/bodies/GB-XX-003": 304, "/payments.csv?body=GB-XX-003": 304, "/bodies/nobody": 404} {
		if any := get1(s, address, "If-None-Match", "*"); any.Code != status || (any.Body.Len() == 0) != (status == 304) {
			t.Errorf("%s is %d to who wants it only where there is none: %s", address, any.Code, any.Body)
		}
	}
	if other := get1(s, "/bodies/GB-XX-004", "If-None-Match", tag); other.Code != 200 {
		t.Errorf("another body is %d", other.Code)
	}
	r := httptest.NewRequest(http.MethodPost, Prefix+"/bodies", nil)
	post := httptest.NewRecorder()
	if s.ServeHTTP(post, r); post.Code != 405 || post.Header().Get("Allow") != allowed {
		t.Errorf("POST is %d %v", post.Code, post.Header())
	}
}

func TestEachClientHasItsShare(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := serving(t, Options{Now: func() time.Time { return now }, EachAsks: 1, EachGets: 1})
	for i := range 10 {
		if w := get1(s, "/release"); w.Code != 200 {
			t.Fatalf("request %d: %d", i, w.Code)
		}
	}
	w := get1(s, "/release")
	if w.Code != 429 || w.Header().Get("Retry-After") != "1" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if back, ok := s.clients.get("other"); !ok {
		t.Error("another client has none")
	} else if _, more := s.clients.get("other"); more {
		t.Error("a client has two downloads at once")
	} else {
		back()
	}
	if now = now.Add(time.Second); get1(s, "/release").Code != 200 {
		t.Error("nothing is left after a second")
	}
}

// TestFailedStreamIsCut: a client never gets a whole answer that lacks rows.
func TestFailedStreamIsCut(t *testing.T) {
	s := serving(t, Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	held := s.current.Load()
	// The query fails once more payments were sent than fit a first window.
	text, err := text("stream")
	if err != nil {
		t.Fatal(err)
	}
	text = strings.NewReplacer("p.sheet_no", "CASE WHEN p.rowid > 9000 THEN error('broken') ELSE p.sheet_no END AS sheet_no", "{from}", "payments p", "{where}", "TRUE").Replace(text)
	broken := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), releaseKey{}, held))
		schema, err := held.stream.Schema(r.Context(), (&reading{query: text}).at(window{place: -1, until: -1}, false), nil)
		if err != nil {
			t.Error(err)
		}
		d := &download{w: w, r: r, files: newFileNames(schema, held.shas), headers: func(http.Header) {}, encoder: &csvEncoder{out: w}}
		s.stream(d, &reading{held: held, filter: filter.New(), query: text})
	})
	cut := httptest.NewServer(broken)
	defer cut.Close()
	answer, err := http.Get(cut.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err == nil || len(got) == 0 {
		t.Errorf("%d bytes came, and the end was %v", len(got), err)
	}
}

// TestEveryPatternHasItsWords: whoever gives what a parameter does not take is
// told in words what it takes.
func TestEveryPatternHasItsWords(t *testing.T) {
	s := serving(t, Options{Comparer: oneBody{}})
	for path, item := range s.api.OpenAPI().Paths {
		for _, parameter := range item.Get.Parameters {
			words := takes(parameter.Schema)
			if words == "" && (parameter.Schema.Pattern != "" || parameter.Required && parameter.In == "query") {
				t.Errorf("%s: no words for what %s takes", path, parameter.Name)
			}
		}
	}
}

// TestAnyPageMayAsk: a browser lets a page's script read what answers say of
// themselves.
func TestAnyPageMayAsk(t *testing.T) {
	s := serving(t, Options{})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodOptions, Prefix+"/payments.csv", nil))
	if w.Code != 204 || w.Header().Get("Access-Control-Allow-Methods") != allowed || w.Header().Get("Access-Control-Allow-Headers") != "If-None-Match" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	shown := strings.Split(get1(s, "/release").Header().Get("Access-Control-Expose-Headers"), ", ")
	for _, name := range []string{"Content-Disposition", "ETag", "Link", "Release", "Retry-After", "Rows"} {
		if !slices.Contains(shown, name) {
			t.Errorf("%s is not among %q", name, shown)
		}
	}
}
