package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"commonspend/publish/portal/chart"
)

const suppliersAPage = 50

// Supplier is who was paid, as far as names and numbers tell. A private person
// is never one.
type Supplier struct {
	Supplier string `json:"supplier"` // "" for a payee whose supplier is left open
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	Bodies   int64  `json:"bodies_paying"`
	Last     Day    `json:"last"`
	URL      string `json:"url"`

	Reason string `json:"reason"` // of a link to another supplier

	number int64
}

func (s *Supplier) namePlaces() []any {
	return []any{&s.Supplier, &s.Name, &s.Kind, &s.Payments, &s.Pence, &s.Bodies, &s.Last}
}

func (s *Supplier) linkPlaces() []any {
	return []any{&s.Supplier, &s.Name, &s.Kind, &s.Payments, &s.Pence, &s.Bodies, &s.Reason}
}

// tell says where a supplier, or a payee without one, is told of.
func (s *Supplier) tell() {
	if s.Supplier != "" {
		s.URL = "/suppliers/" + s.Supplier
		return
	}
	s.URL = address("/search", "q", s.Name)
}

// Suppliers is one page of suppliers, those paid most first.
type Suppliers struct {
	Suppliers []Supplier `json:"suppliers"`
	Next      string     `json:"next"`
}

// SupplierPage is the data of a supplier's page.
type SupplierPage struct {
	Supplier      Supplier    `json:"supplier"`
	Body          string      `json:"body"` // the register's identifier, where it is a public body
	CompanyNumber string      `json:"company_number"`
	CharityNumber string      `json:"charity_number"`
	Payees        int64       `json:"payees"`
	First         Day         `json:"first"`
	Names         []Name      `json:"names"`
	ByBody        []FacetLine `json:"by_body"`
	ByYear        []FacetLine `json:"by_year"`
	ByCategory    []FacetLine `json:"by_category"`
	Links         []Supplier  `json:"related"`
	PaymentsURL   string      `json:"payments_url"`
	Figure        *chart.Bars `json:"-"`
	YearsCSV      string      `json:"-"`
}

// Name is a payee as published.
type Name struct {
	Payee    string `json:"payee"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	Bodies   int64  `json:"bodies_paying"`
}

func (r *request) suppliers() (*page, error) {
	if !r.searchable() {
		return nil, withheld("suppliers")
	}
	pence, id, err := readPlace(r.query.Get("after"))
	if err != nil {
		return nil, err
	}
	data := Suppliers{}
	data.Suppliers, err = list(r, r.db, "suppliers", (*Supplier).namePlaces, values{"pence": pence, "supplier": id, "limit": suppliersAPage + 1})
	if err != nil {
		return nil, err
	}
	if len(data.Suppliers) > suppliersAPage {
		data.Suppliers = data.Suppliers[:suppliersAPage]
		last := data.Suppliers[suppliersAPage-1]
		data.Next = address("/suppliers", "after", fmt.Sprintf("%d.%s", last.Pence, last.Supplier))
	}
	t := newTable("supplier", "name", "kind", "payments", "amount_pounds", "bodies_paying", "last_payment")
	for i := range data.Suppliers {
		data.Suppliers[i].tell()
		s := data.Suppliers[i]
		t.add(s.Supplier, s.Name, s.Kind, s.Payments, money(s.Pence), s.Bodies, s.Last)
	}
	return &page{template: "suppliers", title: "Suppliers", section: "Suppliers", trail: []link{{"Home", "/"}}, data: data, table: t,
		absent: supplierAbsences()}, nil
}

// readPlace reads a place in the order of amounts: 123456.s0123.
func readPlace(text string) (pence int64, id string, err error) {
	if text == "" {
		return 1<<63 - 1, "", nil
	}
	amount, id, ok := strings.Cut(text, ".")
	pence, parseErr := strconv.ParseInt(amount, 10, 64)
	if !ok || parseErr != nil {
		return 0, "", badRequest("The place in the list that the address names cannot be read. Go back to the first page.", link{"See the first page", "/suppliers"})
	}
	return pence, id, nil
}

func supplierAbsences() []string {
	return []string{"Payees whose name alone does not tell who they are: they have no supplier, and are found by searching.",
		"Payments to people, and payees that the publisher redacted: they are never suppliers here.",
		"Payments below each publisher's threshold, and what bodies that are not in this release paid.",
		notReported, twice,
		"Group companies: a parent and its subsidiaries are different suppliers, linked where that is known."}
}

// findSupplier finds a supplier by its identifier.
func (r *request) findSupplier(id string) (Supplier, error) {
	found, _, err := r.readSupplier(id)
	return found.Supplier, err
}

func (r *request) readSupplier(id string) (SupplierPage, bool, error) {
	p, ok, err := one(r, r.db, "supplier", func(p *SupplierPage) []any {
		s := &p.Supplier
		return []any{&s.number, &s.Supplier, &s.Name, &s.Kind, &p.Body, &p.CompanyNumber, &p.CharityNumber, &s.Payments, &s.Pence, &s.Bodies, &p.Payees, &p.First, &s.Last}
	}, values{"supplier": id})
	if err == nil && !ok {
		absent := notFound("No supplier with this identifier is in release " + r.Number + ". Suppliers may be told apart better in a later release; search for the name.")
		absent.Next = append([]link{{"Search for a name", "/search"}}, absent.Next...)
		return p, false, absent
	}
	return p, ok, err
}

func (r *request) supplier() (*page, error) {
	if !r.searchable() {
		return nil, withheld("suppliers")
	}
	p, _, err := r.readSupplier(r.path["supplier"])
	if err != nil {
		return nil, err
	}
	p.Supplier.tell()
	p.PaymentsURL = address("/search", "supplier", p.Supplier.Supplier)
	for _, step := range []func(*SupplierPage) error{r.supplierSpend, r.supplierNames} {
		if err := step(&p); err != nil {
			return nil, err
		}
	}
	p.draw()
	p.YearsCSV = tableURL(p.Supplier.URL, "", tableYears)
	return &page{template: "supplier", title: shown(p.Supplier.Name), section: "Suppliers", data: p, table: spendTable("body", p.ByBody),
		tables: map[string]*table{tableYears: spendTable("financial_year", p.ByYear), "categories": spendTable("category", p.ByCategory)},
		trail:  []link{{"Home", "/"}, {"Suppliers", "/suppliers"}}, absent: supplierAbsences()}, nil
}

func spendTable(first string, lines []FacetLine) *table {
	t := newTable(first, "payments", "amount_pounds")
	for _, l := range lines {
		t.add(l.Words, l.Payments, money(l.Pence))
	}
	return t
}

// facetRow is a body, category or year with what was paid.
type facetRow struct {
	facet                string
	key, payments, pence int64
}

func (f *facetRow) places() []any { return []any{&f.facet, &f.key, &f.payments, &f.pence} }

func (r *request) supplierSpend(p *SupplierPage) error {
	rows, err := list(r, r.db, "supplier_spend", (*facetRow).places, values{"supplier": p.Supplier.number})
	filter := searchFor("supplier", p.Supplier.Supplier)
	p.ByBody, p.ByYear, p.ByCategory = []FacetLine{}, []FacetLine{}, []FacetLine{}
	for _, row := range rows {
		line := r.facetLine(filter, row)
		switch row.facet {
		case "body":
			p.ByBody = append(p.ByBody, line)
		case "year":
			p.ByYear = append(p.ByYear, line)
		default:
			p.ByCategory = append(p.ByCategory, line)
		}
	}
	slices.SortFunc(p.ByYear, func(a, b FacetLine) int { return strings.Compare(a.Key, b.Key) })
	return err
}

// facetLine names what a row stands for, and leads to its payments.
func (r *request) facetLine(f SearchFilter, row facetRow) FacetLine {
	line := FacetLine{Key: strconv.FormatInt(row.key, 10), Payments: row.payments, Pence: row.pence}
	if row.facet != "body" {
		r.tellFacet(f, row.facet, &line)
		return line
	}
	body := r.places[row.key]
	line.Key, line.Words, line.URL = body.Slug, body.Name, f.with("body", body.Slug)
	return line
}

func (r *request) supplierNames(p *SupplierPage) (err error) {
	p.Names, err = list(r, r.db, "supplier_names", func(n *Name) []any { return []any{&n.Payee, &n.Payments, &n.Pence, &n.Bodies} },
		values{"supplier": p.Supplier.number, "limit": 20})
	if err != nil {
		return err
	}
	p.Links, err = list(r, r.db, "supplier_links", (*Supplier).linkPlaces, values{"supplier": p.Supplier.number, "limit": 20})
	for i := range p.Links {
		p.Links[i].tell()
	}
	return err
}

// draw sets the years side by side.
func (p *SupplierPage) draw() {
	p.Figure = yearBars(p.ByYear, shown(p.Supplier.Name))
}

// yearBars draws what was paid in each financial year; nil where there is but one.
func yearBars(years []FacetLine, whom string) *chart.Bars {
	bars := chart.Bars{Unit: chart.Pounds, Labels: [2]string{"Financial year", "Published payments"}}
	most := FacetLine{}
	for _, y := range years {
		if y.Key == "" {
			continue
		}
		if y.Pence > most.Pence {
			most = y
		}
		bars.Rows = append(bars.Rows, chart.Bar{Label: y.Words, Value: &y.Pence})
	}
	if len(bars.Rows) < 2 || most.Key == "" {
		return nil
	}
	bars.Head = chart.Head{ID: "years", Title: "Most was published for " + most.Words + ": " + chart.Pounds.Short(most.Pence),
		Subtitle: "Pounds by financial year, as published, all bodies held",
		Desc:     fmt.Sprintf("Bars of published payments, %s, for %s. The table beside has every number.", whom, counted(int64(len(bars.Rows)), "financial year", "financial years"))}
	return &bars
}
