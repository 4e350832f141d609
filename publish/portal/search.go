package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"commonspend/publish/filter"
	"commonspend/schemas"
)

const (
	searchAPage = 25
	searchCSV   = 5000 // rows of a search as CSV; one of more is sent to the API's
	facetLines  = 8
)

// Search is one page of what was found.
type Search struct {
	Filter   SearchFilter `json:"filter"`
	Count    int64        `json:"payments"`
	Pence    int64        `json:"pence"`
	Payees   []Supplier   `json:"suppliers"` // whose names hold every word
	Bodies   []SearchBody `json:"bodies"`    // whose names do
	Subjects []Category   `json:"categories"`
	Facets   []Facet      `json:"facets"`
	Rows     []SearchLine `json:"rows"`
	Next     string       `json:"next"`
	First    string       `json:"first"`
	Chips    []link       `json:"-"` // each part of the filter, and the search without it
	Kinds    []string     `json:"-"`
	Regions  []string     `json:"-"`
	Years    []string     `json:"-"`
	// Downloads is the address of all that was found as CSV.
	Downloads string `json:"-"`
}

// noMonth is said of payments that count under no month.
const noMonth = "No month known"

// Facet is one way of dividing what was found.
type Facet struct {
	Facet string      `json:"facet"`
	Words string      `json:"title"`
	Lines []FacetLine `json:"lines"`
}

// FacetLine is one part of a facet, and the search narrowed to it.
type FacetLine struct {
	Key      string `json:"key"`
	Words    string `json:"title"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	URL      string `json:"url"`
}

// ScopeChoices are what the form offers.
func (Search) ScopeChoices() []string { return filter.Scopes() }

// SearchLine is a payment as a search shows it.
type SearchLine struct {
	URL         string     `json:"url"`
	Date        Day        `json:"date"` // the day it counts under
	Body        SearchBody `json:"body"`
	Pence       int64      `json:"amount_pence"`
	Payee       string     `json:"payee"`
	PayeeClass  string     `json:"payee_class"`
	Supplier    string     `json:"supplier"`
	Name        string     `json:"supplier_name"`
	ExpenseType string     `json:"expense_type"`
	Description string     `json:"description"`
	Scope       string     `json:"scope"`
	Category    Category   `json:"category"`
	SupplierURL string     `json:"supplier_url"`
}

// SearchBody is a body as searches know it.
type SearchBody struct {
	Name   string `json:"name"`
	Slug   string `json:"slug"`
	Sector string `json:"sector"`
	Kind   string `json:"kind"`
	Region string `json:"region"`
	URL    string `json:"url"`

	number int64
	body   string // its id
	words  []string
}

func (b *SearchBody) places() []any {
	return []any{&b.number, &b.body, &b.Name, &b.Slug, &b.Sector, &b.Kind, &b.Region}
}

func (r *request) search() (*page, error) {
	if !r.searchable() {
		return nil, withheld("tables to search by")
	}
	narrowed, err := r.readSearch(r.query)
	if err != nil {
		return nil, err
	}
	data := Search{Filter: narrowed}
	steps := []func(*Search) error{r.searchAll, r.searchNames}
	for _, step := range steps {
		if err := step(&data); err != nil {
			return nil, err
		}
	}
	r.searchChoices(&data)
	elsewhere := ""
	if data.Count > searchCSV && r.as == "csv" {
		elsewhere = data.Downloads
	}
	return &page{elsewhere: elsewhere, template: "search", title: data.title(), section: "Search", trail: []link{{"Home", "/"}}, data: data, private: true,
		absent: absences(r.allMonths, r.allFiles), table: searchTable(data.Rows)}, nil
}

func (s Search) title() string {
	if s.Filter.Text == "" {
		return "Search payments"
	}
	return "Search: " + cut(60, s.Filter.Text)
}

// hit is a line of what a search found: a part of a facet, or a payment.
type hit struct {
	facet, word             string
	number, payments, pence int64
	counted                 Day
	file, sheet, row        int64
	payee, supplier, text   int64
	cpv                     int64
	class                   string
}

func (h *hit) places() []any {
	return []any{&h.facet, &h.word, &h.number, &h.payments, &h.pence, &h.counted, &h.file, &h.sheet, &h.row, &h.payee, &h.supplier, &h.text, &h.cpv, &h.class}
}

// searchAll counts what was found, divides it, and lists a page of it: by the
// index where that has what the filter narrows by, and only the page from
// payments.
func (r *request) searchAll(s *Search) error {
	limit := searchAPage
	if r.as == "csv" {
		limit = searchCSV
	}
	narrowed := s.Filter
	narrowed.named, narrowed.told = r.index.payees.holding(narrowed.words), r.index.texts.holding(narrowed.words)
	narrowed.known = max(narrowed.named.count(), narrowed.told.count()) <= mostIDs
	if narrowed.indexed() && narrowed.tallied() {
		tally := r.tally(narrowed)
		r.divide(s, tally.hits(r.index))
		narrowed = r.narrow(narrowed, tally, limit+1)
	} else {
		hits, err := r.total(narrowed)
		if err != nil {
			return err
		}
		r.divide(s, hits)
		narrowed.backwards = !narrowed.known
	}
	if s.Count == 0 {
		return r.listLines(s, nil, nil, limit)
	}
	if !narrowed.indexed() {
		rows, words, err := r.latestPublished(narrowed, limit)
		if err != nil {
			return err
		}
		return r.listLines(s, rows, words, limit)
	}
	rows, err := r.latest(narrowed, limit)
	if err != nil {
		return err
	}
	return r.listLines(s, rows, nil, limit)
}

// total has the database count what a filter finds.
func (r *request) total(f SearchFilter) ([]hit, error) {
	query, err := f.total()
	if err != nil {
		return nil, err
	}
	facets, err := part("search_facets")
	if err != nil {
		return nil, err
	}
	return listHits(r, query, facets)
}

// latest lists a page of what a filter finds, and one payment more where there
// is one.
func (r *request) latest(f SearchFilter, limit int) ([]hit, error) {
	query, err := f.findLatest()
	if err != nil {
		return nil, err
	}
	query, end, err := f.latest(query, limit)
	if err != nil {
		return nil, err
	}
	return listHits(r, query, end)
}

// listHits runs the end of a query over what a search found.
func listHits(r *request, query found, end string) ([]hit, error) {
	order, err := part("search_order")
	if err != nil {
		return nil, err
	}
	text := query.text + end + order
	hits, err := findOnce(r, &r.found, asKey(text, query.with), func() ([]hit, error) {
		return listText(r, r.db, text, (*hit).places, query.with)
	})
	if err != nil {
		return nil, fmt.Errorf("query search: %w", err)
	}
	return hits, nil
}

// divide lays out the facets; the largest part of each comes first.
func (r *request) divide(s *Search, hits []hit) {
	facets := map[string][]FacetLine{}
	kinds, regions := map[string]FacetLine{}, map[string]FacetLine{}
	for _, h := range hits {
		line := FacetLine{Key: strconv.FormatInt(h.number, 10), Payments: h.payments, Pence: h.pence}
		switch h.facet {
		case "row":
			continue
		case "":
			s.Count, s.Pence = h.payments, h.pence
			continue
		case "body":
			body := r.places[h.number]
			addTo(kinds, body.Kind, line)
			addTo(regions, body.Region, line)
			line.Key, line.Words, line.URL = body.Slug, body.Name, s.Filter.with("body", body.Slug)
		case "scope":
			line.Key = h.word
			r.tellFacet(s.Filter, h.facet, &line)
		default:
			r.tellFacet(s.Filter, h.facet, &line)
		}
		facets[h.facet] = append(facets[h.facet], line)
	}
	facets["kind"], facets["region"] = s.gathered(kinds, "kind"), s.gathered(regions, "region")
	s.layFacets(facets)
}

// tellFacet names a scope, category or year, and where it leads.
func (r *request) tellFacet(f SearchFilter, facet string, line *FacetLine) {
	code, _ := strconv.ParseInt(line.Key, 10, 64)
	switch facet {
	case "scope":
		line.Words, line.URL = scopeWords(line.Key), f.with("scope", line.Key)
	case "category":
		node := r.server.cpv.node(code)
		line.Key, line.Words, line.URL = node.Code, node.Title, f.with("category", node.Code)
		if node.Code == "" {
			line.Key, line.URL = "none", f.with("category", "none")
		}
	case "year":
		line.Key, line.Words, line.URL = "", noMonth, f.with("year", "none")
		if code > 1900 {
			year := schemas.FinancialYear(code)
			line.Key, line.Words, line.URL = year.Slug(), year.String(), f.with("year", year.Slug())
		}
	}
}

func addTo(lines map[string]FacetLine, key string, add FacetLine) {
	line := lines[key]
	line.Key, line.Payments, line.Pence = key, line.Payments+add.Payments, line.Pence+add.Pence
	lines[key] = line
}

// gathered lists what bodies were put together by, the largest first.
func (s *Search) gathered(lines map[string]FacetLine, name string) (list []FacetLine) {
	for key, line := range lines {
		line.Words, line.URL = shown(key), s.Filter.with(name, key)
		if key == "" {
			line.Words, line.URL = "Not recorded", ""
		}
		list = append(list, line)
	}
	slices.SortFunc(list, func(a, b FacetLine) int {
		if a.Pence != b.Pence {
			return compareDown(a.Pence, b.Pence)
		}
		return strings.Compare(a.Key, b.Key)
	})
	return list
}

func compareDown(a, b int64) int {
	if a > b {
		return -1
	}
	return 1
}

// layFacets keeps the facets that divide anything, in their order.
func (s *Search) layFacets(facets map[string][]FacetLine) {
	s.Facets = []Facet{}
	if years := facets["year"]; len(years) > 0 {
		slices.SortFunc(years, func(a, b FacetLine) int { return strings.Compare(b.Key, a.Key) })
	}
	for _, f := range []struct{ name, words string }{{"body", "Bodies"}, {"kind", "Kinds of body"}, {"region", "Regions"},
		{"scope", "Scope"}, {"category", "Categories"}, {"year", "Financial years"}} {
		lines := facets[f.name]
		if len(lines) > facetLines {
			lines = lines[:facetLines]
		}
		if len(lines) > 0 {
			s.Facets = append(s.Facets, Facet{f.name, f.words, lines})
		}
	}
}

// searchNames lists the suppliers, bodies and categories whose names hold every
// word of the text.
func (r *request) searchNames(s *Search) (err error) {
	s.Payees, s.Bodies, s.Subjects = []Supplier{}, []SearchBody{}, []Category{}
	if len(s.Filter.words) == 0 || r.query.Get("after") != "" {
		return nil
	}
	suppliers, payees := r.index.paidMost(r.index.payees.holding(s.Filter.words), facetLines)
	if len(suppliers)+len(payees) > 0 {
		if s.Payees, err = list(r, r.db, "search_payees", (*Supplier).namePlaces, values{"suppliers": joined(suppliers), "payees": joined(payees)}); err != nil {
			return err
		}
	}
	for i := range s.Payees {
		s.Payees[i].tell()
	}
	for _, b := range r.places {
		if holdsAll(b.words, s.Filter.words) {
			s.Bodies = append(s.Bodies, b)
		}
	}
	slices.SortFunc(s.Bodies, func(a, b SearchBody) int { return strings.Compare(a.Name+a.Slug, b.Name+b.Slug) })
	s.Bodies = s.Bodies[:min(len(s.Bodies), facetLines)]
	s.Subjects = r.server.cpv.matching(s.Filter.words, facetLines)
	return nil
}

func sortedKeys(set map[string]bool) (keys []string) {
	for key := range set {
		if key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
