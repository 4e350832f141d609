package portal

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// SearchFilter is what a search is narrowed to; "" and null are all.
type SearchFilter struct {
	Text     string `json:"text"`
	Body     string `json:"body_slug"`
	Kind     string `json:"kind"`
	Region   string `json:"region"`
	Supplier string `json:"supplier"`
	Category string `json:"cpv"`
	Scope    string `json:"scope"`
	Year     string `json:"financial_year"`
	From     Day    `json:"from"`
	To       Day    `json:"to"`
	Least    *int64 `json:"least_pence"`
	Most     *int64 `json:"most_pence"`

	names    map[string]string // of the body, supplier and category
	words    []string
	cpv      int64
	supplier int64
	after    key
	unnamed  bool  // no payee's name holds the words
	untold   bool  // no text does
	weight   int64 // about how many payments hold the words
}

// mostText is how long a text may be that is searched for.
const mostText, mostWords = 200, 8

// Scopes are what a payment can be, in the order in which they are offered.
func scopes() []string {
	return []string{"procurement", "grant", "transfer", "individuals", "tax", "finance", "mixed", "unknown"}
}

// readSearch reads the filter from an address. What it cannot be is refused in
// a sentence, never left out silently.
func (r *request) readSearch(query url.Values) (SearchFilter, error) {
	f := SearchFilter{Text: strings.TrimSpace(query.Get("q")), Body: query.Get("body"), Kind: query.Get("kind"), Region: query.Get("region"),
		Supplier: query.Get("supplier"), Category: query.Get("category"), Scope: query.Get("scope"), names: map[string]string{}}
	steps := []func(url.Values) error{f.readText, f.readScope, f.readPeriod, f.readAmounts, f.readAfter}
	for _, step := range steps {
		if err := step(query); err != nil {
			return f, err
		}
	}
	return f, r.nameFilter(&f)
}

func (f *SearchFilter) readText(url.Values) error {
	if len([]rune(f.Text)) > mostText {
		return badRequest("The text to search for is too long. Give the words that matter, at most "+count(mostText)+" characters.", link{"Search again", "/search"})
	}
	return nil
}

func (f *SearchFilter) readScope(url.Values) error {
	if f.Scope != "" && !slices.Contains(scopes(), f.Scope) {
		return badRequest("The scope in the address is not one of "+strings.Join(scopes(), ", ")+".", link{"Search again", "/search"})
	}
	return nil
}

// readPeriod takes a financial year, or months from and to.
func (f *SearchFilter) readPeriod(query url.Values) (err error) {
	if f.Year, err = readYear(query.Get("year")); err != nil {
		return err
	}
	if f.From, err = readMonth(query.Get("from"), false); err != nil {
		return err
	}
	if f.To, err = readMonth(query.Get("to"), true); err != nil {
		return err
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		return badRequest("The period ends before it begins.", link{"Search again", "/search"})
	}
	return nil
}

// readMonth reads 2024-04 as its first or last day.
func readMonth(text string, last bool) (Day, error) {
	if text == "" {
		return "", nil
	}
	first, err := schemas.ParseDate(text + "-01")
	if err != nil || len(text) != len("2024-04") {
		return "", badRequest("The month in the address is not a month. Write it as 2024-04.", link{"Search again", "/search"})
	}
	if last {
		return Day(schemas.MonthOf(first).To.String()), nil
	}
	return Day(first.String()), nil
}

func (f *SearchFilter) readAmounts(query url.Values) (err error) {
	if f.Least, err = readPounds(query.Get("least")); err != nil {
		return err
	}
	if f.Most, err = readPounds(query.Get("most")); err != nil {
		return err
	}
	if f.Least != nil && f.Most != nil && *f.Least > *f.Most {
		return badRequest("The least amount is more than the most.", link{"Search again", "/search"})
	}
	return nil
}

// readPounds reads pounds as people type them: 500, 1,234.50, £1000, -20.
func readPounds(text string) (*int64, error) {
	plain := strings.NewReplacer("£", "", ",", "", " ", "").Replace(text)
	if plain == "" {
		return nil, nil
	}
	whole, pence, point := strings.Cut(plain, ".")
	for len(pence) < 2 {
		pence += "0"
	}
	n, err := strconv.ParseInt(whole+pence, 10, 64)
	if err != nil || len(pence) > 2 || point && whole == "" || len(whole) > 13 {
		return nil, badRequest("The amount in the address is not an amount in pounds. Write it as 500 or 1234.50.", link{"Search again", "/search"})
	}
	return &n, nil
}

// readAfter reads the place that a page continues after.
func (f *SearchFilter) readAfter(query url.Values) (err error) {
	if text := query.Get("after"); text != "" {
		f.after, err = readKey(text)
	}
	return err
}

// nameFilter finds the body, supplier and category that the address names.
func (r *request) nameFilter(f *SearchFilter) (err error) {
	if f.Body != "" {
		body, err := r.release.placeOf(f.Body)
		if err != nil {
			return err
		}
		f.names["body"] = body.Name
	}
	if f.Supplier != "" {
		found, err := r.findSupplier(f.Supplier)
		if err != nil {
			return err
		}
		f.supplier, f.names["supplier"] = found.number, found.Name
	}
	if f.Category != "" && f.Category != "none" {
		code, ok := r.server.cpv.read(f.Category)
		if !ok {
			return badRequest("The category in the address is not a CPV code. Write it as 72000000-5.", link{"See the categories", "/categories"})
		}
		node := r.server.cpv.node(code)
		f.cpv, f.Category, f.names["category"] = code, node.Code, node.Title
	}
	if f.Text != "" {
		f.words, err = list(r, r.db, "words", func(w *string) []any { return []any{w} }, values{"text": f.Text})
		if err == nil && len(f.words) == 0 {
			return badRequest("There is no word in the text to search for.", link{"Search again", "/search"})
		}
		if len(f.words) > mostWords {
			return badRequest("There are too many words to search for. Give the "+count(mostWords)+" that matter.", link{"Search again", "/search"})
		}
	}
	return err
}

// placeOf finds a body by its slug.
func (r *release) placeOf(slug string) (SearchBody, error) {
	for _, b := range r.places {
		if b.Slug == slug {
			return b, nil
		}
	}
	return SearchBody{}, badRequest("The body in the address is not in release "+r.Number+".", link{"See the bodies", "/bodies"})
}

// pairs are the filter as it stands in an address.
func (f SearchFilter) pairs() []string {
	year := ""
	if f.Year != "" {
		year = yearSlug(f.Year)
	}
	return []string{"q", f.Text, "body", f.Body, "kind", f.Kind, "region", f.Region, "supplier", f.Supplier, "category", f.Category,
		"scope", f.Scope, "year", year, "from", f.From.MonthSlug(), "to", f.To.MonthSlug(), "least", poundsPlain(f.Least), "most", poundsPlain(f.Most)}
}

func poundsPlain(pence *int64) string {
	if pence == nil {
		return ""
	}
	return strings.TrimSuffix(schemas.Amount(*pence).String(), ".00")
}

// with is the address of the search with one part of the filter otherwise.
func (f SearchFilter) with(name, value string) string {
	pairs := f.pairs()
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			pairs[i+1] = value
		}
	}
	return address("/search", pairs...)
}

// period is the first and the last day that the filter takes.
func (f SearchFilter) period() (from, to string) {
	from, to = "0001-01-01", lastDate
	if f.Year != "" {
		if period, err := schemas.ParsePeriod(f.Year); err == nil {
			from, to = period.From.String(), period.To.String()
		}
	}
	if f.From != "" {
		from = max(from, string(f.From))
	}
	if f.To != "" {
		to = min(to, string(f.To))
	}
	return from, to
}
