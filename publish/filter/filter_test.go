package filter

import (
	"net/url"
	"strings"
	"testing"
)

func read(t *testing.T, address string) Filter {
	t.Helper()
	query, err := url.ParseQuery(address)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(query, "cursor")
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return f
}

func TestReadOneSpelling(t *testing.T) {
	for address, want := range map[string]string{
		"":                                 "",
		"q=&body=":                         "",
		"cursor=abc":                       "",
		"body=b&body=a&body=b":             "body=a&body=b",
		"month=2024-04":                    "from=2024-04-01&to=2024-04-30",
		"year=2023-24":                     "from=2023-04-01&to=2024-03-31",
		"year=2023/24&month=2024-03":       "from=2024-03-01&to=2024-03-31",
		"year=none":                        "year=none",
		"from=2024-02&to=2024-02":          "from=2024-02-01&to=2024-02-29",
		"least=500&most=25000.5":           "least=500.00&most=25000.50",
		"least=-0.07":                      "least=-0.07",
		"least=%C2%A31%2C234.5":            "least=1234.50",
		"q=++wicks++and++oil+":             "q=wicks+and+oil",
		"category=72000000-5&scope=tax":    "category=72000000-5&scope=tax",
		"from=2024-04-10&month=2024-04":    "from=2024-04-10&to=2024-04-30",
		"supplier=GB-COH-1&supplier=org-2": "supplier=GB-COH-1&supplier=org-2",
	} {
		if got := read(t, address).String(); got != want {
			t.Errorf("%q is %q, want %q", address, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for address, want := range map[string]string{
		"boddy=a":                       `There is no filter "boddy". The nearest is "body".`,
		"sup=a":                         `The nearest is "supplier".`,
		"min=500":                       `There is no filter "min". The nearest is "least".`,
		"Max=500":                       `There is no filter "Max". The nearest is "most".`,
		"zzzzzz=1":                      "There are: body,",
		"from=2024-05&to=2024-04":       "The span ends on 2024-04-30, before it begins on 2024-05-01.",
		"from=yesterday":                `"yesterday" is not a date.`,
		"month=2024-13":                 "is not a month",
		"year=2024-26":                  "is not a financial year",
		"year=none&from=2024-04":        "lies in no span",
		"least=5e3":                     "is not an amount in pounds",
		"least=1.005":                   "is not an amount in pounds",
		"least=10&most=9":               "The least amount, £10.00, is above the most, £9.00.",
		"most=1&most=2":                 `"most" stands 2 times`,
		"scope=procurment":              `"scope" cannot be "procurment". The nearest is "procurement".`,
		"category=computers":            "is not a CPV code",
		"file=ABC":                      "is not the hash of a file",
		"q=" + strings.Repeat("a", 201): "longer than 200 characters",
		"payee=%ff":                     "not UTF-8",
		"q=%00":                         "not UTF-8",
	} {
		query, err := url.ParseQuery(address)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Read(query)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
}

func TestPredicateBindsEveryValue(t *testing.T) {
	address := "body=%27%3B+DROP&kind=:k&region=r&publisher=p&duty=d&supplier=s&category=03110000&scope=tax&payee=%3Fx&expense_type=e&file=0123abcd&q=A%27b&least=1&most=2&from=2024-04-01&to=2024-04-30"
	f, err := read(t, address).OfWords([]string{"a", "bcd"})
	if err != nil {
		t.Fatal(err)
	}
	p := f.Predicate()
	text, args, err := p.Into("SELECT count(*) FROM {from} WHERE {where} LIMIT :limit", map[string]any{"limit": 3})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "DROP") || strings.Contains(text, "?x") || strings.ContainsAny(p.Where, "?") {
		t.Errorf("a value stands in the query:\n%s", text)
	}
	// body is named twice and each end of a word twice; limit comes last.
	if want := len(p.Values) + 1 + 4 + 1; len(args) != want || args[len(args)-1] != 3 {
		t.Errorf("%d values bound, want %d", len(args), want)
	}
	if !strings.Contains(p.Where, "starts_with(p.cpv, ") || p.From != withFiles {
		t.Errorf("unexpected predicate: %+v", p)
	}
}

// TestReportedByName: what others report is let through where its duty or a
// file is asked for, and never by words.
func TestReportedByName(t *testing.T) {
	for address, want := range map[string]bool{"": false, "body=a": false, "publisher=a": false, "file=0123abcd&q=x": false, "file=0123abcd": true, "duty=CARD": true, "duty=REPORTED": true} {
		f := read(t, address)
		if f.Query != "" {
			f, _ = f.OfWords([]string{"x"})
		}
		if got := f.Predicate(); strings.Contains(got.Where, "p.duty <> ") == want || got.From != alone {
			t.Errorf("%q: %+v", address, got)
		}
	}
	if _, err := read(t, "q=x&duty=REPORTED").OfWords([]string{"x"}); err == nil || !strings.Contains(err.Error(), "Leave out q, or the duty") {
		t.Errorf("words are looked for in what others report: %v", err)
	}
	if p := New().OnlyBodies(); p.Where != "TRUE" || p.From != "bodies p" {
		t.Errorf("the empty filter narrows bodies: %+v", p)
	}
}

// TestOfWords: what cannot be searched for is refused in a sentence.
func TestOfWords(t *testing.T) {
	for words, want := range map[string]string{"": "There is no word", "a b c d e f g h i": "Give the 8 that matter"} {
		if _, err := read(t, "q=x").OfWords(strings.Fields(words)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", words, err)
		}
	}
}

func TestBranch(t *testing.T) {
	for code, want := range map[string]string{"72000000-5": "72", "30000000": "30", "03110000": "0311", "03111000-2": "03111", "30": "30", "72212345-1": "72212345"} {
		if got := Branch(code); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}
