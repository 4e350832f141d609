package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

const (
	searchAPage = 25
	searchCSV   = 5000 // rows of a search as CSV
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
	All      int64        `json:"-"` // rows that the CSV has at most
}

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
func (Search) ScopeChoices() []string { return scopes() }

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
	words  []string
}

func (b *SearchBody) places() []any {
	return []any{&b.number, &b.Name, &b.Slug, &b.Sector, &b.Kind, &b.Region}
}

func (r *request) search() (*page, error) {
	if !r.searchable() {
		return nil, withheld("tables to search by")
	}
	filter, err := r.readSearch(r.query)
	if err != nil {
		return nil, err
	}
	data := Search{Filter: filter, All: searchCSV}
	steps := []func(*Search) error{r.searchAll, r.searchNames}
	for _, step := range steps {
		if err := step(&data); err != nil {
			return nil, err
		}
	}
	r.searchChoices(&data)
	months, files, err := r.held("")
	return &page{template: "search", title: data.title(), section: "Search", trail: []link{{"Home", "/"}}, data: data, private: true,
		absent: absences(months, files), table: searchTable(data.Rows)}, err
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

// searchAll counts what was found, divides it, and lists a page of it. Where the
// roll-up has the totals they come from there, and only the page from payments.
func (r *request) searchAll(s *Search) error {
	limit := searchAPage
	if r.as == "csv" {
		limit = searchCSV
	}
	few, err := r.weigh(&s.Filter)
	if err != nil {
		return err
	}
	if few {
		return r.searchFew(s, limit)
	}
	query, err := s.Filter.find()
	if s.Filter.rolled() {
		query, err = s.Filter.rollup()
	}
	if err != nil {
		return err
	}
	facets, err := part("search_facets")
	if err != nil {
		return err
	}
	hits, err := listHits(r, query, facets)
	if err != nil {
		return err
	}
	r.divide(s, hits)
	if query, err = s.Filter.findLatest(); err != nil {
		return err
	}
	query, latest, err := s.Filter.latest(query, limit)
	if err != nil {
		return err
	}
	rows, err := listHits(r, query, latest)
	if err != nil {
		return err
	}
	return r.listLines(s, rows, limit)
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

// divide lays out the facets, the largest part first.
func (r *request) divide(s *Search, hits []hit) {
	facets := map[string][]FacetLine{}
	kinds, regions := map[string]FacetLine{}, map[string]FacetLine{}
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.facet == "row" || a.pence == b.pence || a.facet != b.facet {
			return 0
		}
		return compareDown(a.pence, b.pence)
	})
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
		line.Key, line.Words = "", "No month known"
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
	query := found{"WITH nothing AS (SELECT 1)", values{}}
	if err := query.addWords(s.Filter.words); err != nil {
		return err
	}
	if s.Payees, err = listFound(r, "search_payees", query.and(values{"limit": facetLines}), (*Supplier).namePlaces); err != nil {
		return err
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

// searchChoices lists what the form offers, and each part of the filter with
// the search without it.
func (r *request) searchChoices(s *Search) {
	kinds, regions := map[string]bool{}, map[string]bool{}
	for _, b := range r.places {
		kinds[b.Kind], regions[b.Region] = true, true
	}
	s.Kinds, s.Regions = sortedKeys(kinds), sortedKeys(regions)
	s.Years = r.coverYears
	f := s.Filter
	for _, chip := range []struct{ name, value, words string }{
		{"q", f.Text, "“" + cut(60, f.Text) + "”"}, {"body", f.Body, shown(f.names["body"])}, {"kind", f.Kind, shown(f.Kind)}, {"region", f.Region, shown(f.Region)},
		{"supplier", f.Supplier, shown(f.names["supplier"])}, {"category", f.Category, categoryWords(f)}, {"scope", f.Scope, scopeWords(f.Scope)},
		{"year", f.Year, f.Year}, {"from", string(f.From), "from " + f.From.Month()}, {"to", string(f.To), "to " + f.To.Month()},
		{"least", poundsPlain(f.Least), "at least £" + poundsPlain(f.Least)}, {"most", poundsPlain(f.Most), "at most £" + poundsPlain(f.Most)}} {
		if chip.value != "" {
			s.Chips = append(s.Chips, link{chip.words, f.with(chip.name, "")})
		}
	}
}

func categoryWords(f SearchFilter) string {
	if f.Category == "none" {
		return "Not categorised"
	}
	return f.names["category"]
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

// listFound runs the end of a query over what a search found.
func listFound[T any](r *request, name string, query found, into func(*T) []any) ([]T, error) {
	end, err := part(name)
	if err != nil {
		return nil, err
	}
	text := query.text + "\n" + end
	rows, err := findOnce(r, &r.found, asKey(text, query.with), func() ([]T, error) { return listText(r, r.db, text, into, query.with) })
	if err != nil {
		return nil, fmt.Errorf("query %s: %w", name, err)
	}
	return rows, nil
}
