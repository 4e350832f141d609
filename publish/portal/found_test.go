package portal

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// pageCase is an address, its status, and what a reader must find there.
type pageCase struct {
	address string
	status  int
	holds   []string
}

func checkCases(t *testing.T, s http.Handler, cases []pageCase) {
	t.Helper()
	for _, c := range cases {
		w := get(s, c.address)
		if w.Code != c.status {
			t.Errorf("%s answers %d, not %d", c.address, w.Code, c.status)
		}
		for _, text := range c.holds {
			if !strings.Contains(html.UnescapeString(w.Body.String()), html.UnescapeString(text)) {
				t.Errorf("%s does not say %q", c.address, text)
			}
		}
	}
}

// TestFound holds searches, and the pages of suppliers, categories and
// judgements, to what a reader must find on them.
func TestFound(t *testing.T) {
	s := serving(t, Options{})
	checkCases(t, s, []pageCase{
		{"/search", 200, []string{"1,463 payments", "Narrow the search", "Bodies", "Non-metropolitan district", "North", "2024/25", "Not categorised"}},
		// Seven districts, 23 months, two payments of nine to Alder & Ash; its supplier's name has AND for the sign.
		{"/search?q=alder+ash", 200, []string{"322 payments", "ALDER AND ASH LIMITED", "Names that match"}},
		{"/search?q=alder+and+limit", 200, []string{"322 payments"}},
		{"/search?q=Wicks+oil", 200, []string{"2 payments", "£2,469.00", "Fernley Care Ltd"}},
		{"/search?q=roads&body=northmere-district-council", 200, []string{"23 payments", "Northmere District Council"}},
		{"/search?q=individual", 200, []string{"0 payments", "No payment is like that"}},
		{"/search?region=West&scope=individuals", 200, []string{"69 payments", "Individual (name withheld)"}},
		{"/search?category=45000000&year=2023-24", 200, []string{"252 payments"}},
		{"/search?supplier=s00000000000000a1", 200, []string{"322 payments", "ALDER AND ASH LIMITED"}},
		{"/search?least=-200&most=0", 200, []string{"161 payments, together -£20,205.50"}},
		{"/search?q=%00", 400, []string{"is not UTF-8 text"}},
		{"/search?q=nothing+like+this", 200, []string{"No payment is like that"}},
		{"/search?q=%21", 400, []string{"no word"}},
		{"/search?scope=procurment", 400, []string{`The nearest is "procurement"`}},
		{"/search?kind=Countyy", 400, []string{`"kind" cannot be "Countyy"`}},
		{"/search?catgory=45", 400, []string{`There is no filter "catgory". The nearest is "category"`}},
		{"/search?cursor=abc", 400, []string{`There is no filter "cursor"`}},
		{"/search?file=zz", 400, []string{"is not the hash of a file"}},
		{"/search?q=a;b", 400, []string{"cannot be read"}},
		{"/search?category=computers", 400, []string{"not a CPV code"}},
		{"/search?category=12345678", 200, []string{"No payment is like that", "category 12345678"}},
		{"/search?category=45", 200, []string{"Construction work"}},
		{"/search?from=2024", 400, []string{"Write it as 2024-04"}},
		{"/search?from=2024-05&to=2024-04", 400, []string{"The span ends on 2024-04-30, before it begins"}},
		{"/search?least=ten", 400, []string{"not an amount"}},
		{"/search?least=10&most=5", 400, []string{"is above the most"}},
		{"/search?after=2024-04-04.1", 400, []string{"place in the list"}},
		{"/search?after=1899-01-01.1.1.1", 200, []string{"No payment is like that"}},
		{"/search?body=nobody", 200, []string{"0 payments", "body nobody"}},
		{"/search?supplier=nobody", 200, []string{"0 payments", "supplier nobody"}},
		{"/search?publisher=nobody", 200, []string{"0 payments", "publisher nobody"}},
		{"/search?payee=Individual", 200, []string{"161 payments", "payee Individual", "Individual (name withheld)", "Leave out"}},
		{"/search?payee=Individual&payee=Alder+%26+Ash+Ltd&year=2023-24", 200, []string{"252 payments", "payee Alder &amp; Ash Ltd", `name="payee" value="Individual"`}},
		{"/search?expense_type=Roads&month=2024-04", 200, []string{"7 payments", "Dunmore Roads plc", "from April 2024", "to April 2024"}},
		{"/search?duty=LGTC500&scope=individuals&scope=tax", 200, []string{"161 payments", "Over £500", `name="scope" value="tax"`}},
		{"/search?file=63172fe81221", 200, []string{"file 63172fe81221"}},
		{"/search?year=none", 200, []string{"12 payments", "No month known"}},
		{"/search?least=%C2%A31%2C000", 200, []string{"at least £1000"}},
		{"/search?q=" + strings.Repeat("x", 201), 400, []string{"longer than 200 characters"}},
		{"/suppliers", 200, []string{"ALDER AND ASH LIMITED", "Company"}},
		{"/suppliers?after=x", 400, nil},
		{"/suppliers/s00000000000000a1", 200, []string{"Who pays it", "Alder & Ash Ltd", "01234567", "DUNMORE ROADS PLC", "Related, and not the same"}},
		{"/suppliers/nobody", 404, []string{"No supplier with this identifier"}},
		{"/categories", 200, []string{"Construction work", "Not categorised"}},
		{"/categories/45000000-7", 200, []string{"Who sells it", "DUNMORE ROADS PLC", "45200000-9"}},
		{"/categories/45000000-1", 404, []string{"No category has this code"}},
		{shownPaymentPlain + "/judgement?file_no=1002", 200, []string{"Goods, works and services", "the same name without its legal form", "commonspend override line", "--by &#39;…&#39; --why &#39;…&#39;", "--same-as &#39;…&#39;"}},
		{"/payments/nonsense/judgement", 404, nil},
		{"/review", 200, []string{"Judgements to look at first", "Elm Consulting"}},
		{"/review?what=x", 400, nil},
		{"/files/63172fe81221/changes?file_no=1002", 200, []string{"lanterns april.xlsx", "Their accounts side by side"}},
		{"/files/118011bef6c6/changes", 404, []string{"replaced no earlier one"}},
		{"/quality", 200, []string{"Lanterns", "for each ten thousand payments"}},
		{"/quality/northmere-district-council", 200, []string{"What was odd"}},
		{"/quality/nobody", 404, nil},
		{"/methods", 200, []string{"Searching"}},
		{"/privacy", 200, []string{"no cookies"}},
		{"/accessibility", 200, []string{"axe-core"}},
	})
}

// TestCSV holds tables to what spreadsheets and programs need: the same rows as
// the page, money in plain pounds, nothing that would run as a formula.
func TestCSV(t *testing.T) {
	s := serving(t, Options{})
	w := get(s, "/search.csv?q=alder+ash&year=2023-24")
	lines := strings.Split(strings.TrimSuffix(w.Body.String(), "\r\n"), "\r\n")
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || len(lines) != 169 { // 7 districts, 12 months, 2 each
		t.Errorf("answers %d with %d lines, %v", w.Code, len(lines), w.Header())
	}
	if w.Header().Get("Content-Disposition") != `attachment; filename="commonspend-2026-11-22.1-search.csv"` {
		t.Errorf("the file is called %s", w.Header().Get("Content-Disposition"))
	}
	naughty := get(s, "/bodies/naughty/payments.csv").Body.String()
	if !strings.Contains(naughty, `'=cmd|'/c calc'!A1`) || strings.Contains(naughty, "\n=") || strings.Contains(naughty, ",=") {
		t.Error("a formula could run")
	}
	if w := get(s, "/methods.csv"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "no table") {
		t.Errorf("a page without a table answers %d", w.Code)
	}
}

// TestPeople holds private payees to their class, out of searches and out of
// search engines.
func TestPeople(t *testing.T) {
	s := serving(t, Options{})
	page := get(s, "/search?scope=individuals")
	at := strings.Index(page.Body.String(), `href="/payments/`)
	end := strings.Index(page.Body.String()[at+6:], `"`)
	person := html.UnescapeString(page.Body.String()[at+6 : at+6+end])
	w := get(s, person)
	if w.Header().Get("X-Robots-Tag") != "noindex" || !strings.Contains(w.Body.String(), "Individual (name withheld)") {
		t.Errorf("%s answers %v", person, w.Header())
	}
	if w := get(s, shownPayment); w.Header().Get("X-Robots-Tag") != "" {
		t.Error("a payment to an organisation is kept from search engines")
	}
	var words int
	if err := s.current.Load().db.QueryRow(`SELECT count(*) FROM search_payee_words w JOIN search_payees y ON y.payee_id = w.payee_id
		WHERE y.payee IN (SELECT payee FROM payments WHERE payee_class <> 'organisation')`).Scan(&words); err != nil || words != 0 {
		t.Errorf("%d words of payees who are no organisations, %v", words, err)
	}
}

// TestEachClient refuses, in a sentence, one address that asks for too much at
// once, while others are answered.
func TestEachClient(t *testing.T) {
	s := serving(t, Options{Each: 1, Wait: time.Millisecond})
	held := httptest.NewRequest(http.MethodGet, "/bodies", nil)
	if !s.clients.enter(t.Context(), client(held), time.Millisecond) {
		t.Fatal("no place for the first")
	}
	w := get(s, "/bodies")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Too many requests at once") {
		t.Errorf("answers %d", w.Code)
	}
	other := httptest.NewRequest(http.MethodGet, "/bodies", nil)
	other.RemoteAddr = "198.51.100.7:99"
	w = httptest.NewRecorder()
	s.ServeHTTP(w, other)
	if w.Code != http.StatusOK {
		t.Errorf("another client is answered %d", w.Code)
	}
	s.clients.leave(client(held))
	if w := get(s, "/bodies"); w.Code != http.StatusOK || len(s.clients.busy) != 0 {
		t.Errorf("answers %d afterwards; %d clients are remembered", w.Code, len(s.clients.busy))
	}
}
