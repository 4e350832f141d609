package portal

import (
	"errors"
	"strings"

	"commonspend/publish/portal/chart"
)

// FragmentedPage is who buys separately, or the form by which to choose what.
type FragmentedPage struct {
	Asked     FragmentedAsked `json:"asked"`
	Refused   *CompareNo      `json:"refused"`
	Buying    any             `json:"buying"` // as commonspend fragmented --json writes it; null where there is none
	Shown     *Buying         `json:"-"`
	Figure    *chart.Bars     `json:"-"`
	Years     []string        `json:"-"`
	Divisions []Category      `json:"-"`
}

// FragmentedAsked is what is asked for.
type FragmentedAsked struct {
	Category string `json:"cpv"`
	Title    string `json:"title"` // of the category, or the supplier's name
	Supplier string `json:"supplier"`
	Period   string `json:"period"`
}

const fragmentedPath = "/fragmented"

func (r *request) fragmented() (*page, error) {
	if !r.comparable() {
		return nil, withheld("comparisons")
	}
	data := FragmentedPage{Years: r.coverYears}
	for _, code := range r.server.cpv.children[0] {
		data.Divisions = append(data.Divisions, r.server.cpv.node(code))
	}
	made := &page{template: "fragmented", title: "Who buys separately", section: "Compare", trail: []link{{"Home", "/"}, {"Compare", comparePath}}, private: len(r.query) > 0}
	err := r.readFragmented(&data.Asked)
	if err == nil && (data.Asked.Category != "" || data.Asked.Supplier != "") {
		err = r.makeFragmented(&data, made)
	}
	if r.as == "csv" && err == nil && made.table == nil {
		err = noTable(data.Refused)
	}
	made.data = data
	return made, err
}

func (r *request) readFragmented(a *FragmentedAsked) error {
	a.Supplier, a.Period = r.query.Get("supplier"), r.query.Get("period")
	if year, err := readYear(a.Period); err == nil {
		a.Period = year
	}
	again := link{"Choose again", fragmentedPath}
	if len(a.Period) > 40 {
		return badRequest("What is asked for is too long.", again)
	}
	if text := r.query.Get("category"); text != "" {
		code, ok := r.server.cpv.read(text)
		if !ok {
			return badRequest("The category in the address is not a CPV code. Write it as 72000000-5.", link{"See the categories", "/categories"}, again)
		}
		node := r.server.cpv.node(code)
		a.Category, a.Title = node.Code, node.Title
	}
	if a.Category != "" && a.Supplier != "" {
		return badRequest("Ask for a category or for a supplier, not for both.", again)
	}
	if a.Supplier == "" {
		return nil
	}
	found, err := r.findSupplier(a.Supplier)
	a.Title = found.Name
	return err
}

func (a FragmentedAsked) with(name, value string) string {
	pairs := []string{"category", a.Category, "supplier", a.Supplier, "period", strings.ReplaceAll(a.Period, "/", "-")}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			pairs[i+1] = value
		}
	}
	return address(fragmentedPath, pairs...)
}

func (r *request) makeFragmented(p *FragmentedPage, made *page) error {
	a := p.Asked
	code, _, _ := strings.Cut(a.Category, "-")
	b, err := r.server.options.Comparer.Fragmented(r, r.db, r.Number, BuyingQuery{Category: code, Supplier: a.Supplier, Period: a.Period})
	var refusal *Refusal
	if errors.As(err, &refusal) {
		if refusal.Unclear {
			return badRequest(refusal.Sentence, link{"Choose again", fragmentedPath})
		}
		p.Refused = &CompareNo{refusal.Sentence, r.instead(refusal, a.with)}
		return nil
	}
	if err != nil {
		return err
	}
	p.Buying, p.Shown = b.Object, b
	if err := r.linkBuyers(a, b); err != nil {
		return err
	}
	p.drawBuyers()
	made.title = "Who buys separately: " + cut(60, b.Title)
	made.absent = append(append([]string{}, b.CannotTell...), "Spending below each publisher's threshold, and of months that are not held.")
	made.table = newTable("body", "name", "kind", "amount_pounds", "transactions", "suppliers", "shared_suppliers", "unnamed_pounds")
	for _, x := range b.Buyers {
		made.table.add(x.Body, x.Name, x.Kind, money(x.Pence), x.Transactions, x.Suppliers, x.Shared, money(x.UnnamedPence))
	}
	return nil
}

// linkBuyers leads from each body to its page and to the payments behind its part.
func (r *request) linkBuyers(a FragmentedAsked, b *Buying) error {
	places, err := r.slugs()
	slugs := map[string]string{}
	for _, place := range places {
		slugs[place.id] = place.slug
	}
	scope := "procurement"
	if a.Supplier != "" {
		scope = ""
	}
	for i := range b.Buyers {
		x := &b.Buyers[i]
		if slug := slugs[x.Body]; slug != "" {
			x.URL = "/bodies/" + slug
			x.PaymentsURL = address("/search", "body", slug, "category", a.Category, "supplier", a.Supplier, "scope", scope, "from", b.From, "to", b.To)
		}
	}
	for i := range b.Sellers {
		b.Sellers[i].URL = "/suppliers/" + b.Sellers[i].Supplier
	}
	return err
}

func (p *FragmentedPage) drawBuyers() {
	b := p.Shown
	bars := chart.Bars{Unit: chart.Pounds, Labels: [2]string{"Body", "Payments"}}
	for i := range b.Buyers {
		if len(bars.Rows) < 10 && b.Buyers[i].Pence > 0 {
			bars.Rows = append(bars.Rows, chart.Bar{Label: shown(b.Buyers[i].Name), Value: &b.Buyers[i].Pence})
		}
	}
	if len(bars.Rows) < 2 {
		return
	}
	bars.Head = chart.Head{ID: "buyers", Title: counted(int64(len(b.Buyers)), "body pays", "bodies pay") + " for it separately",
		Subtitle: "Pounds, " + b.PeriodWords + "; the ten that pay most", Desc: "Bars of published payments by body. The table below has every number."}
	p.Figure = &bars
}
