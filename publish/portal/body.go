package portal

import (
	"slices"

	"commonspend/schemas"
)

// Body is a public body as its publisher describes it.
type Body struct {
	Body        string `json:"body"`
	Name        string `json:"name"`
	Slug        string `json:"slug"`
	Sector      string `json:"sector"`
	Kind        string `json:"kind"`
	Publisher   string `json:"publisher"`
	Licence     string `json:"licence"`
	Attribution string `json:"attribution"`
	Dataset     string `json:"dataset"` // the publisher's slug
}

// URL is the address of the body's page.
func (b Body) URL() string { return "/bodies/" + b.Slug }

// BodyPage is the data of a body's page. Months, payees and expense types are
// those of the chosen financial year and duty.
type BodyPage struct {
	Body       Body        `json:"body"`
	Payments   int64       `json:"payments"`
	Pence      int64       `json:"pence"`
	Months     Months      `json:"months"`
	Years      []BodyYear  `json:"years"`
	Chosen     *BodyYear   `json:"chosen"`
	ByMonth    []BodyMonth `json:"by_month"`
	Payees     []Share     `json:"payees"`
	Types      []Share     `json:"expense_types"`
	Coverage   []CoverRow  `json:"coverage"`
	FileCounts Files       `json:"file_outcomes"`
	Files      []FileLine  `json:"files"`
	FilesURL   string      `json:"files_url"`
	CompareURL string      `json:"compare_url"` // "" where nothing can be compared
	Issues     []Issue     `json:"issues"`
}

// BodyYear is a financial year of a body under a duty; ” for payments that
// count under no month.
type BodyYear struct {
	FinancialYear string `json:"financial_year"`
	Duty          string `json:"duty"`
	Held          int64  `json:"months_held"`
	Payments      int64  `json:"payments"`
	Pence         int64  `json:"pence"`
	CreditPence   int64  `json:"credit_pence"`
	URL           string `json:"url"`
	PaymentsURL   string `json:"payments_url"`
}

// BodyMonth is a month of a body beside the median of other bodies of its
// kind. MedianPence is null where it is withheld, and Withheld says why.
type BodyMonth struct {
	Month       Day    `json:"month"`
	Status      string `json:"status"`
	Payments    int64  `json:"payments"`
	Pence       int64  `json:"pence"`
	CreditPence int64  `json:"credit_pence"`
	VATBasis    string `json:"vat_basis"`
	Peers       int64  `json:"peers"`
	MedianPence *int64 `json:"median_pence"`
	Withheld    string `json:"withheld"`
	URL         string `json:"url"`
}

// Share is what went to a payee, or on an expense type.
type Share struct {
	Key      string `json:"key"`
	Words    string `json:"title"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	URL      string `json:"url"` // "" where the payments cannot be listed by it
}

// find returns the body with a slug.
func (r *request) find(slug string) (Body, error) {
	facts, ok := r.facts[slug]
	if !ok {
		return Body{}, notFound("No body of this name is in release " + r.Number + ".")
	}
	return facts.body, nil
}

func (r *request) body() (*page, error) {
	body, err := r.find(r.path["slug"])
	if err != nil {
		return nil, err
	}
	data := BodyPage{Body: body, FilesURL: body.URL() + "/files"}
	if r.comparable() {
		data.CompareURL = address(comparePath, "body", body.Slug)
	}
	steps := []func(*BodyPage) error{r.bodyYears, r.bodyChosen, r.bodyMonths, r.bodyShares, r.bodyCoverage, r.bodyFiles, r.bodyIssues}
	for _, step := range steps {
		if err := step(&data); err != nil {
			return nil, err
		}
	}
	t := newTable("month", "status", "payments", "amount_pounds", "credit_pounds", "vat_basis", "peers", "median_pounds", "withheld")
	for _, m := range data.ByMonth {
		t.add(m.Month, m.Status, m.Payments, money(m.Pence), money(m.CreditPence), m.VATBasis, m.Peers, m.MedianPence, m.Withheld)
	}
	return &page{template: "body", table: t, title: shown(body.Name), section: "Bodies", trail: []link{{"Home", "/"}, {"Bodies", "/bodies"}},
		absent: absences(data.Months, data.FileCounts), data: data}, nil
}

func (r *request) bodyYears(p *BodyPage) error {
	facts := r.facts[p.Body.Slug]
	p.Months, p.FileCounts, p.Years = facts.months, facts.files, append([]BodyYear{}, facts.years...)
	for i := range p.Years {
		y := &p.Years[i]
		if y.Duty != schemas.Reported {
			p.Payments += y.Payments
			p.Pence += y.Pence
		}
		if y.FinancialYear != "" {
			y.URL = address(p.Body.URL(), "year", yearSlug(y.FinancialYear), "duty", y.Duty)
		}
		y.PaymentsURL = address(p.Body.URL()+"/payments", "year", yearOrNone(y.FinancialYear), "duty", y.Duty)
	}
	return nil
}

// bodyChosen is the year and duty asked for, else the latest year.
func (r *request) bodyChosen(p *BodyPage) error {
	year, err := readYear(r.query.Get("year"))
	if err != nil {
		return err
	}
	duty := r.query.Get("duty")
	at := slices.IndexFunc(p.Years, func(y BodyYear) bool {
		return y.FinancialYear != "" && (year == "" || y.FinancialYear == year) && (duty == "" || y.Duty == duty)
	})
	if at < 0 && (year != "" || duty != "") {
		return badRequest("Nothing is held of this body for the year and kind of publication asked for.", link{"See what is held", p.Body.URL()})
	}
	if at >= 0 {
		p.Chosen = &p.Years[at]
	}
	return nil
}

func (r *request) bodyMonths(p *BodyPage) (err error) {
	p.ByMonth = []BodyMonth{}
	if p.Chosen == nil {
		return nil
	}
	p.ByMonth, err = list(r, r.db, "body_months", func(m *BodyMonth) []any {
		return []any{&m.Month, &m.Status, &m.Payments, &m.Pence, &m.CreditPence, &m.VATBasis, &m.Peers, &m.MedianPence, &m.Withheld}
	}, values{"body": p.Body.Body, "year": p.Chosen.FinancialYear, "duty": p.Chosen.Duty})
	for i := range p.ByMonth {
		if p.ByMonth[i].Payments > 0 {
			p.ByMonth[i].URL = address(p.Body.URL()+"/payments", "month", p.ByMonth[i].Month.MonthSlug(), "duty", p.Chosen.Duty)
		}
	}
	return err
}

// bodyShares lists the ten largest payees and expense types of the chosen year.
func (r *request) bodyShares(p *BodyPage) error {
	p.Payees, p.Types = []Share{}, []Share{}
	if p.Chosen == nil {
		return nil
	}
	type row struct {
		dimension string
		Share
	}
	found, err := list(r, r.db, "body_shares", func(s *row) []any {
		return []any{&s.dimension, &s.Key, &s.Payments, &s.Pence}
	}, values{"body": p.Body.Body, "year": p.Chosen.FinancialYear, "duty": p.Chosen.Duty})
	for _, s := range found {
		s.Words = keyWords(s.dimension, s.Key)
		if listed(s.Key) {
			s.URL = address(p.Body.URL()+"/payments", "year", yearSlug(p.Chosen.FinancialYear), "duty", p.Chosen.Duty, s.dimension, s.Key)
		}
		if s.dimension == "payee" {
			p.Payees = append(p.Payees, s.Share)
		} else {
			p.Types = append(p.Types, s.Share)
		}
	}
	return err
}

func (r *request) bodyCoverage(p *BodyPage) error {
	cells, err := list(r, r.db, "body_coverage", (*coverCell).places, values{"body": p.Body.Body})
	p.Coverage = coverRows(cells)
	return err
}

func (r *request) bodyFiles(p *BodyPage) (err error) {
	p.Files, err = r.listFiles(p.Body.Body, 0, 10)
	return err
}

func (r *request) bodyIssues(p *BodyPage) error {
	p.Issues = []Issue{}
	for _, i := range r.facts[p.Body.Slug].issues {
		p.Issues = append(p.Issues, r.server.explain(i.Kind, i.Count))
	}
	return nil
}
