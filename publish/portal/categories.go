package portal

import (
	"fmt"
	"slices"
	"strings"

	"commonspend/publish/portal/chart"
)

// mostSellers is how many suppliers of a category a release lists.
const mostSellers = 500

// CategoryTotals is a category with what was spent at and below it.
type CategoryTotals struct {
	Category  Category `json:"category"`
	Payments  int64    `json:"payments"`
	Pence     int64    `json:"pence"`
	Bodies    int64    `json:"bodies_paying"`
	Suppliers int64    `json:"suppliers_paid"`

	code int64
}

// CategoryPage is the data of a category's page, or of the divisions.
type CategoryPage struct {
	Chosen      *CategoryTotals  `json:"chosen"` // null for the divisions
	Nodes       []CategoryTotals `json:"nodes"`
	Sellers     []Supplier       `json:"suppliers"`
	Buyers      []FacetLine      `json:"by_body"`
	ByYear      []FacetLine      `json:"by_year"`
	PaymentsURL string           `json:"payments_url"`
	BuyingURL   string           `json:"fragmented_url"` // who buys it separately; "" where that is not known
	Figure      *chart.Bars      `json:"-"`
	YearsCSV    string           `json:"-"`
}

func (c *CategoryTotals) places() []any {
	return []any{&c.code, &c.Payments, &c.Pence, &c.Bodies, &c.Suppliers}
}

func categoryAbsences() []string {
	return []string{"Payments that no category could be given with enough confidence: they are under Not categorised.",
		"Payments that are not buying, such as grants, transfers and tax, as far as that is known: they have no category.",
		notReported, twice,
		"Spending below each publisher's threshold, and of bodies and months that are not held.",
		"A payment has one category, that of its own line: a supplier or an invoice may hold more."}
}

func (r *request) categories() (*page, error) {
	if !r.searchable() {
		return nil, withheld("categories")
	}
	data := CategoryPage{Sellers: []Supplier{}, Buyers: []FacetLine{}, ByYear: []FacetLine{}}
	var err error
	if data.Nodes, err = r.nodes(0, 99999999, 1_000_000); err != nil {
		return nil, err
	}
	data.drawNodes()
	return &page{template: "categories", title: "Categories: what was bought", section: "Categories", trail: []link{{"Home", "/"}}, data: data,
		absent: categoryAbsences(), table: nodeTable(data.Nodes)}, nil
}

// nodes lists a level of the tree, with what was spent under each node.
func (r *request) nodes(first, last, unit int64) ([]CategoryTotals, error) {
	found, err := list(r, r.db, "category_nodes", (*CategoryTotals).places, values{"first": first, "last": last, "unit": unit})
	for i := range found {
		found[i].Category = r.server.cpv.node(found[i].code)
		if found[i].Category.Code == "" {
			found[i].Category.URL = address("/search", "category", "none")
		}
	}
	return found, err
}

func nodeTable(nodes []CategoryTotals) *table {
	t := newTable("cpv", "title", "payments", "amount_pounds", "bodies_paying", "suppliers_paid")
	for _, n := range nodes {
		t.add(n.Category.Code, n.Category.Title, n.Payments, money(n.Pence), n.Bodies, n.Suppliers)
	}
	return t
}

func (p *CategoryPage) drawNodes() {
	bars := chart.Bars{Unit: chart.Pounds, Labels: [2]string{"Category", "Published payments"}}
	for _, n := range p.Nodes {
		if n.code != 0 && len(bars.Rows) < 10 && n.Pence > 0 {
			bars.Rows = append(bars.Rows, chart.Bar{Label: n.Category.Title, Value: &n.Pence})
		}
	}
	if len(bars.Rows) < 2 {
		return
	}
	bars.Head = chart.Head{ID: "nodes", Title: bars.Rows[0].Label + " is the largest category, with " + chart.Pounds.Short(*bars.Rows[0].Value),
		Subtitle: "Pounds, all years and bodies held; the largest categories that are known", Desc: "Bars of published payments by category. The table below has every number."}
	p.Figure = &bars
}

func (r *request) category() (*page, error) {
	if !r.searchable() {
		return nil, withheld("categories")
	}
	code, ok := r.server.cpv.read(r.path["cpv"])
	if !ok {
		absent := notFound("No category has this code. Codes are those of the Common Procurement Vocabulary of 2008, as in 72000000-5.")
		absent.Next = append([]link{{"See the categories", "/categories"}}, absent.Next...)
		return nil, absent
	}
	data := CategoryPage{Chosen: &CategoryTotals{Category: r.server.cpv.node(code), code: code}}
	for _, step := range []func(*CategoryPage) error{r.categoryTotals, r.categorySellers, r.categoryBuyers} {
		if err := step(&data); err != nil {
			return nil, err
		}
	}
	data.PaymentsURL = address("/search", "category", data.Chosen.Category.Code)
	if r.comparable() {
		data.BuyingURL = address(fragmentedPath, "category", data.Chosen.Category.Code)
	}
	t := newTable("supplier", "name", "payments", "amount_pounds", "bodies_paying")
	for _, s := range data.Sellers {
		t.add(s.Supplier, s.Name, s.Payments, money(s.Pence), s.Bodies)
	}
	data.YearsCSV = tableURL(data.Chosen.Category.URL, "", tableYears)
	return &page{template: "category", tables: map[string]*table{tableYears: spendTable("financial_year", data.ByYear), "bodies": spendTable("body", data.Buyers), "categories": nodeTable(data.Nodes)}, title: data.Chosen.Category.Title, section: "Categories", data: data, table: t, absent: categoryAbsences(),
		trail: append([]link{{"Home", "/"}, {"Categories", "/categories"}}, r.server.cpv.above(code)...)}, nil
}

func (r *request) categoryTotals(p *CategoryPage) error {
	total, _, err := one(r, r.db, "category_total", func(c *CategoryTotals) []any { return []any{&c.Payments, &c.Pence, &c.Bodies, &c.Suppliers} },
		values{"node": p.Chosen.code})
	if err != nil {
		return err
	}
	total.Category, total.code = p.Chosen.Category, p.Chosen.code
	p.Chosen, p.Nodes = &total, []CategoryTotals{}
	if n := digits(total.code); n < 8 {
		first, last := span(total.code)
		found, err := r.nodes(first, last, unit(n+1))
		if err != nil {
			return err
		}
		for _, node := range found {
			if node.Category.Code != "" && node.code != total.code {
				p.Nodes = append(p.Nodes, node)
			}
		}
	}
	return nil
}

func (r *request) categorySellers(p *CategoryPage) (err error) {
	limit := 20
	if r.as == "csv" {
		limit = mostSellers
	}
	p.Sellers, err = list(r, r.db, "category_sellers", (*Supplier).linkPlaces, values{"node": p.Chosen.code, "limit": limit})
	for i := range p.Sellers {
		p.Sellers[i].tell()
	}
	return err
}

func (r *request) categoryBuyers(p *CategoryPage) error {
	first, last := span(p.Chosen.code)
	rows, err := list(r, r.db, "category_bodies", (*facetRow).places, values{"first": first, "last": last})
	filter := searchFor("category", p.Chosen.Category.Code)
	p.Buyers, p.ByYear = []FacetLine{}, []FacetLine{}
	for _, row := range rows {
		line := r.facetLine(filter, row)
		if row.facet == "year" {
			p.ByYear = append(p.ByYear, line)
		} else if len(p.Buyers) < 20 {
			p.Buyers = append(p.Buyers, line)
		}
	}
	slices.SortFunc(p.ByYear, func(a, b FacetLine) int { return strings.Compare(a.Key, b.Key) })
	p.Figure = yearBars(p.ByYear, fmt.Sprintf("category %s", p.Chosen.Category.Code))
	return err
}
