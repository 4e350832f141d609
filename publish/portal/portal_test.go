package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write json_fields.csv with the names that the answers have, to be explained by hand")

// TestPages holds each page to its status and to what a reader must find on it.
func TestPages(t *testing.T) {
	s := serving(t, Options{})
	district := "/bodies/northmere-district-council"
	cases := []pageCase{
		{"/", 200, []string{"Release 2026-11-22.1", "published 22 November 2026", "1,463", "Non-metropolitan district", "What is not in this number", "Cite as"}},
		{"/bodies", 200, []string{"Department for Lanterns", "Kind not recorded"}},
		{"/bodies?kind=Non-metropolitan+district", 200, []string{"Lowmarsh District Council"}},
		{"/bodies?sector=nhs&kind=not-recorded", 200, []string{"Bodies: NHS: Kind not recorded"}},
		{"/bodies?sector=local&kind=not-recorded", 400, nil},
		{"/bodies?kind=nothing", 400, []string{"No body in this release is of the kind asked for", "See all bodies"}},
		{district, 200, []string{"2024/25, Over £500", "Median of its kind", "● Held", "Alder &amp; Ash Ltd", "Individuals (names withheld)", "23 payments have no date"}},
		{district + "?year=2023-24&duty=LGTC500", 200, []string{"April 2023"}},
		{district + "?year=1999-00", 400, []string{"Nothing is held of this body"}},
		{district + "?year=2024", 400, []string{"Write it as 2024-25"}},
		{"/bodies/department-for-lanterns", 200, []string{"Withheld: no other body of the kind", "○ Nil", "✕ Missing", "not held"}},
		{"/bodies/nobody", 404, []string{"No body of this name is in release 2026-11-22.1"}},
		// May 2024 of the first district: nine payments, one of them undated and counted by its file's period. File
		// number 14: 8 x (60000 + 14 x 1000) + 1234 x (1+2+3+4+6+7+8+9) - 12550 pence = 592000 + 49360 - 12550.
		{district + "/payments?month=2024-05", 200, []string{"9 payments, together £6,288.10", "counted in May 2024", "Individual (name withheld)", "no date"}},
		{district + "/payments?month=2024-13", 400, []string{"Write it as 2024-04"}},
		{district + "/payments?after=x", 400, []string{"place in the list"}},
		{district + "/payments?payee=BRIGHT++Lamps+Ltd", 200, []string{"23 payments", "BRIGHT  Lamps Ltd"}},
		{district + "/payments?payee=Individual", 200, []string{"23 payments", "<bdi>Individuals (names withheld)"}},
		{district + "/payments?payee=nobody", 200, []string{"0 payments", "There is no payment here"}},
		{"/bodies/naughty/payments?year=none", 200, []string{"12 payments"}},
		{"/coverage?year=2023-24", 200, []string{"Westcombe District Council", "● Held"}},
		{"/coverage?year=soon", 400, []string{"Write it as 2024-25"}},
		{"/datasets", 200, []string{"OGL-UK-3.0", "The whole release"}},
		{"/datasets/d1", 404, []string{"No publisher of this name"}},
		{"/datasets/northmere-district-council", 200, []string{"payments/d1/2024-25.parquet", "SHA-256"}},
		{"/payments/nonsense", 404, []string{"first 12 characters"}},
		{"/payments/000000000000-1-1", 404, []string{"No file with this hash"}},
		{"/files/zz", 404, []string{"SHA-256"}},
		{"/nowhere", 404, []string{"There is no page at this address"}},
		{"/bodies/", 301, nil},
		{"/health", 200, []string{"Status: ok"}},
	}
	checkCases(t, s, cases)
}

// TestLongLists walks the pages of long lists by their next links: each entry
// comes once, in order, and no page is large.
func TestLongLists(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	folder := makeRelease(t, t.TempDir(), "2026-11-22.1", "testdata/many.sql")
	if err := s.Swap(context.Background(), open(t, folder), folder); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cases := map[string]int{ // the first page, and how many addresses of entries its list has
		"/bodies": 259, "/bodies?sector=other&kind=not-recorded": 250, "/coverage?year=2023-24": 257,
		"/datasets": 260, "/datasets/many-1": 130, "/bodies/many-1/files": 250, "/bodies/northmere-district-council/payments": 208,
	}
	for first, want := range cases {
		seen := map[string]bool{}
		for at := first; at != ""; {
			w := get(s, at)
			checkPage(t, at, w.Body.Bytes())
			entries := regexp.MustCompile(`<th scope="row"><a class="govuk-link" href="([^"]*)"|<li><a class="govuk-link" href="(/datasets/[^"]*)"`).FindAllStringSubmatch(w.Body.String(), -1)
			for _, e := range entries {
				if entry := e[1] + e[2]; seen[entry] && first != "/coverage?year=2023-24" {
					t.Errorf("%s comes twice in %s", entry, first)
				} else {
					seen[entry] = true
				}
			}
			at = ""
			if next := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(w.Body.String()); next != nil {
				at = html.UnescapeString(next[1])
			}
		}
		if len(seen) != want {
			t.Errorf("%s lists %d entries, not %d", first, len(seen), want)
		}
	}
}

// TestEveryLink follows every link from the home page and holds every page to
// the same: it answers, is well formed, small, loads nothing from elsewhere,
// shows no markup that was published, and has its twin.
func TestEveryLink(t *testing.T) {
	s := serving(t, Options{})
	seen := map[string]bool{"/": true}
	names := map[string]bool{}
	for queue := []string{"/", "/search?q=lamps&least=1&most=900000&from=2023-04&to=2025-03"}; len(queue) > 0; queue = queue[1:] {
		w := get(s, queue[0])
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d", queue[0], w.Code)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		checkPage(t, queue[0], w.Body.Bytes())
		checkTwin(t, s, queue[0], names)
		for _, address := range links(t, queue[0], w.Body.Bytes()) {
			if !seen[address] && !crowded(address) {
				seen[address] = true
				queue = append(queue, address)
			}
		}
	}
	for _, want := range []string{"/payments/", "/files/", "/downloads/", "/coverage?year=2023-24", "/about/json"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(seen)), func(a string) bool { return strings.HasPrefix(a, want) }) {
			t.Errorf("no link led to %s", want)
		}
	}
	checkNames(t, s, names)
}

// crowded leaves out the districts but two, and most payments and files of
// these, which are all alike.
func crowded(address string) bool {
	if strings.HasPrefix(address, programsPath) {
		return true // another package answers there
	}
	for _, name := range []string{"easterby", "westcombe", "southwold", "midholme", "farrowdale"} {
		if strings.Contains(address, name+"-") {
			return true
		}
	}
	if path, query, _ := strings.Cut(address, "?"); path == "/search" && strings.Count(query, "&") > 0 {
		return true // searches narrow each other without end
	}
	of, row, payment := strings.Cut(strings.TrimPrefix(address, "/payments/"), "-1-")
	return payment && len(of) == 12 && of[0] > '0' && of != naughtyFile[len("/files/"):] && row != "4"
}

const mostBytes = 60_000

// void elements have no end tag.
var void = []string{"meta", "link", "br", "input", "img", "hr"}

func checkPage(t *testing.T, address string, body []byte) {
	t.Helper()
	if len(body) > mostBytes {
		t.Errorf("%s has %d bytes, over %d", address, len(body), mostBytes)
	}
	var open []string
	drawing := 0
	counts := map[string]int{}
	tokens := html.NewTokenizer(bytes.NewReader(body))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		token := tokens.Token()
		switch kind {
		case html.StartTagToken:
			if token.Data == "svg" {
				drawing++
			}
			if drawing == 0 || token.Data == "svg" { // a chart has a title of its own
				counts[token.Data]++
			}
			checkTag(t, address, token)
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.SelfClosingTagToken:
			checkTag(t, address, token)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("%s: </%s> ends %v", address, token.Data, open)
			}
			open = open[:len(open)-1]
			if token.Data == "svg" {
				drawing--
			}
		case html.TextToken:
			if text := strings.ReplaceAll(token.Data, "\n", " "); shown(text) != text {
				t.Errorf("%s shows a hidden character in %.80q", address, text)
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: left open: %v", address, open)
	}
	checkFrame(t, address, body, counts)
}

// checkFrame holds a page to what every page has, by the tags counted on it.
func checkFrame(t *testing.T, address string, body []byte, counts map[string]int) {
	t.Helper()
	if counts["h1"] != 1 || counts["main"] != 1 || counts["title"] != 1 || counts["table"] != counts["caption"] {
		t.Errorf("%s: a page has one h1, one main, one title and a caption for each table: %v", address, counts)
	}
	for _, need := range []string{`<html lang="en" `, "govuk-skip-link", " – commonspend</title>", "Release 2026-11-22.1"} {
		if !bytes.Contains(body, []byte(need)) {
			t.Errorf("%s lacks %s", address, need)
		}
	}
}

// checkTag refuses whatever runs, loads from elsewhere, or leaves a table
// heading without its scope.
func checkTag(t *testing.T, address string, token html.Token) {
	t.Helper()
	if slices.Contains([]string{"script", "img", "style", "iframe", "object", "base", "b"}, token.Data) {
		t.Errorf("%s holds <%s>", address, token.Data)
	}
	scoped := false
	for _, a := range token.Attr {
		scoped = scoped || a.Key == "scope"
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
			t.Errorf("%s holds %s=", address, a.Key)
		}
		external := token.Data == "a" && strings.HasPrefix(a.Val, "https://") && slices.ContainsFunc(token.Attr, func(b html.Attribute) bool { return b.Key == "rel" && strings.Contains(b.Val, "noreferrer") })
		if slices.Contains([]string{"href", "src", "action"}, a.Key) && !external && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") {
			t.Errorf("%s links to %q", address, a.Val)
		}
	}
	if token.Data == "th" && !scoped {
		t.Errorf("%s has a <th> without a scope", address)
	}
}

// checkTwin asks for the page as JSON and notes the names in it.
func checkTwin(t *testing.T, s http.Handler, address string, names map[string]bool) {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	w := get(s, twin(at.Path, at.RawQuery, ".json"))
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK {
		t.Errorf("%s as JSON answers %d, %v", address, w.Code, err)
	}
	if answer["data"] == nil || answer["release"].(map[string]any)["number"] != "2026-11-22.1" {
		t.Errorf("%s as JSON has no data or no release", address)
	}
	noteNames(answer, names)
}

func noteNames(value any, names map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			names[name] = true
			noteNames(inner, names)
		}
	case []any:
		for _, inner := range v {
			noteNames(inner, names)
		}
	}
}

// checkNames holds json_fields.csv to the names that the answers have.
func checkNames(t *testing.T, s *Server, names map[string]bool) {
	t.Helper()
	explained := map[string]string{}
	for _, f := range s.fields {
		explained[f.Name] = f.Meaning
		if !names[f.Name] || f.Meaning == "" {
			t.Errorf("json_fields.csv: %q is in no answer, or is not explained", f.Name)
		}
	}
	var out strings.Builder
	out.WriteString("name,meaning\n")
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if _, ok := explained[name]; !ok {
			t.Errorf("json_fields.csv does not explain %q", name)
		}
		out.WriteString(name + ",\"" + explained[name] + "\"\n")
	}
	if *update {
		if err := os.WriteFile("json_fields.csv", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// links lists where a page's links and style sheet lead, without the part
// after #, which must be on the page it is for.
func links(t *testing.T, address string, body []byte) []string {
	t.Helper()
	here, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ids := map[string]bool{}
	var parts []string
	tokens := html.NewTokenizer(bytes.NewReader(body))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		for _, a := range tokens.Token().Attr {
			switch a.Key {
			case "id":
				if ids[a.Val] {
					t.Errorf("%s has two #%s", address, a.Val)
				}
				ids[a.Val] = true
			case "aria-labelledby", "for":
				parts = append(parts, strings.Fields(a.Val)...)
			case "href":
				to, err := here.Parse(a.Val)
				if err != nil {
					t.Fatal(err)
				}
				if to.Path == here.Path && to.Fragment != "" {
					parts = append(parts, to.Fragment)
				}
				to.Fragment = ""
				if to.Host == here.Host {
					found = append(found, to.String())
				}
			}
		}
	}
	for _, part := range parts {
		if !ids[part] {
			t.Errorf("%s names #%s, which is not on it", address, part)
		}
	}
	return found
}

// TestFiguresWalkBack lists the payments behind each figure of a body's page:
// they are as many, and come to as much, as the page says.
func TestFiguresWalkBack(t *testing.T) {
	s := serving(t, Options{})
	var body struct {
		Data struct {
			Years    []BodyYear  `json:"years"`
			ByMonth  []BodyMonth `json:"by_month"`
			Payees   []Share     `json:"payees"`
			Expenses []Share     `json:"expense_types"`
		}
	}
	read(t, s, "/bodies/northmere-district-council", &body)
	type claim struct {
		url             string
		payments, pence int64
	}
	var claims []claim
	for _, y := range body.Data.Years {
		claims = append(claims, claim{y.PaymentsURL, y.Payments, y.Pence})
	}
	for _, m := range body.Data.ByMonth {
		claims = append(claims, claim{m.URL, m.Payments, m.Pence})
	}
	for _, share := range append(body.Data.Payees, body.Data.Expenses...) {
		claims = append(claims, claim{share.URL, share.Payments, share.Pence})
	}
	if len(claims) < 25 {
		t.Fatalf("only %d figures on the page", len(claims))
	}
	for _, c := range claims {
		var list struct{ Data Payments }
		if read(t, s, c.url, &list); list.Data.Count != c.payments || list.Data.Pence != c.pence {
			t.Errorf("%s lists %d payments and %d pence, not %d and %d", c.url, list.Data.Count, list.Data.Pence, c.payments, c.pence)
		}
	}
}

// read asks for a page as JSON.
func read(t *testing.T, s http.Handler, address string, into any) {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(get(s, twin(at.Path, at.RawQuery, ".json")).Body.Bytes(), into); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}
