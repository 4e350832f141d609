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
		"min=500&max=25000.5":              "max=25000.50&min=500.00",
		"min=-0.07":                        "min=-0.07",
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
		"zzzzzz=1":                      "There are: body,",
		"from=2024-05&to=2024-04":       "The span ends on 2024-04-30, before it begins on 2024-05-01.",
		"from=yesterday":                `"yesterday" is not a date.`,
		"month=2024-13":                 "is not a month",
		"year=2024-26":                  "is not a financial year",
		"year=none&from=2024-04":        "lies in no span",
		"min=5e3":                       "is not an amount in pounds",
		"min=1.005":                     "is not an amount in pounds",
		"min=10&max=9":                  "The least amount, £10.00, is above the most, £9.00.",
		"max=1&max=2":                   `"max" stands 2 times`,
		"scope=procurment":              "There are: procurement, grant",
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
	address := "body=%27%3B+DROP&kind=:k&region=r&publisher=p&duty=d&supplier=s&category=03110000&scope=tax&payee=%3Fx&expense_type=e&file=0123abcd&q=A%27b&min=1&max=2&from=2024-04-01&to=2024-04-30"
	p := read(t, address).Predicate()
	text, args, err := p.Into("SELECT count(*) FROM {from} WHERE {where} LIMIT :limit", map[string]any{"limit": 3})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "DROP") || strings.Contains(text, "?x") || strings.ContainsAny(p.Where, "?") {
		t.Errorf("a value stands in the query:\n%s", text)
	}
	// body is named twice and q three times; limit comes last.
	if want := len(p.Values) + 1 + 2 + 1; len(args) != want || args[len(args)-1] != 3 {
		t.Errorf("%d values bound, want %d", len(args), want)
	}
	if !strings.Contains(p.Where, "starts_with(p.cpv, ") || p.From != withFiles {
		t.Errorf("unexpected predicate: %+v", p)
	}
	if all := New().Predicate(); all.Where != "TRUE" || all.From != alone {
		t.Errorf("the empty filter narrows: %+v", all)
	}
}

func TestBranches(t *testing.T) {
	for code, want := range map[string]string{"72000000-5": "72", "30000000": "30", "03110000": "0311", "03111000-2": "03111", "30": "30", "72212345-1": "72212345"} {
		if got := branches([]string{code})[0]; got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}
