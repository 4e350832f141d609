package portal

import (
	"html/template"
	"strconv"

	"commonspend/publish/portal/chart"
	"commonspend/schemas"
)

const qualityAPage = 30

// Quality is one page of publishers, with how their files were to read.
type Quality struct {
	Publishers []PublisherQuality `json:"publishers"`
	Next       string             `json:"next"`
}

// PublisherQuality is a publisher's files over the years.
type PublisherQuality struct {
	Name  string        `json:"name"`
	Slug  string        `json:"slug"`
	URL   string        `json:"url"`
	Years []QualityYear `json:"years"`
	All   QualityYear   `json:"all_years"`

	Spark *sparkView `json:"-"`
}

// QualityYear counts what was odd in the files of a financial year.
type QualityYear struct {
	Year     string `json:"financial_year"` // "" where no period is known
	Files    int64  `json:"files_received"`
	Refused  int64  `json:"files_refused"`
	Replaced int64  `json:"files_replaced"`
	Payments int64  `json:"payments"`
	Rows     int64  `json:"refused_rows"`
	Issues   int64  `json:"issue_count"`
	Dates    int64  `json:"date_issues"`
	// PerTenThousand is the issues for each ten thousand payments; null without payments.
	PerTenThousand *int64 `json:"issues_per_ten_thousand"`
}

// Rate writes issues for each ten thousand payments.
func (y QualityYear) Rate() string {
	if y.PerTenThousand == nil {
		return "no payments"
	}
	return count(*y.PerTenThousand)
}

func (y *QualityYear) rate() {
	if y.Payments > 0 {
		rate := (y.Issues*10_000 + y.Payments/2) / y.Payments
		y.PerTenThousand = &rate
	}
}

type qualityRow struct {
	name, slug string
	first      int64
	QualityYear
}

func (q *qualityRow) places() []any {
	return []any{&q.name, &q.slug, &q.first, &q.Files, &q.Refused, &q.Replaced, &q.Payments, &q.Rows, &q.Issues, &q.Dates}
}

// listQuality lists publishers after a place, or the one with a slug.
func (r *request) listQuality(slug, name, after string, limit int) ([]PublisherQuality, error) {
	rows, err := list(r, r.db, "quality", (*qualityRow).places, values{"slug": slug, "name": name, "after": after, "limit": limit})
	found := []PublisherQuality{}
	for _, row := range rows {
		last := len(found) - 1
		if last < 0 || found[last].Slug != row.slug {
			found = append(found, PublisherQuality{Name: row.name, Slug: row.slug, URL: "/quality/" + row.slug, Years: []QualityYear{}})
			last++
		}
		if row.Files == 0 {
			continue
		}
		if row.first > 0 {
			row.Year = schemas.FinancialYear(row.first).String()
		}
		row.rate()
		p := &found[last]
		p.Years = append(p.Years, row.QualityYear)
		p.All.add(row.QualityYear)
	}
	for i := range found {
		found[i].All.rate()
		found[i].draw()
	}
	return found, err
}

func (y *QualityYear) add(b QualityYear) {
	y.Files, y.Refused, y.Replaced = y.Files+b.Files, y.Refused+b.Refused, y.Replaced+b.Replaced
	y.Payments, y.Rows, y.Issues, y.Dates = y.Payments+b.Payments, y.Rows+b.Rows, y.Issues+b.Issues, y.Dates+b.Dates
}

// draw sets the issues for each ten thousand payments side by side.
func (p *PublisherQuality) draw() {
	spark := chart.Spark{Unit: chart.Count, Head: chart.Head{ID: "q-" + p.Slug, Title: "Issues for each ten thousand payments, by financial year",
		Subtitle: "Issues for each ten thousand payments", Desc: shown(p.Name) + ". The numbers are on the publisher's own page."}}
	for _, y := range p.Years {
		if y.Year != "" {
			spark.Labels, spark.Values = append(spark.Labels, y.Year), append(spark.Values, y.PerTenThousand)
		}
	}
	if len(spark.Values) > 1 {
		p.Spark = &sparkView{&spark}
	}
}

// sparkWidth is that of a table's cell.
const sparkWidth = 120

// sparkView is a line in a cell of a table.
type sparkView struct{ *chart.Spark }

// Draw draws the line.
func (s sparkView) Draw() template.HTML { return template.HTML(s.SVG(sparkWidth)) }

func (r *request) quality() (*page, error) {
	after := PublisherQuality{}
	if slug := r.query.Get("after"); slug != "" {
		found, err := r.listQuality(slug, "", "", 1)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, badRequest("The place in the list that the address names is not in this release.", link{"See the first page", "/quality"})
		}
		after = found[0]
	}
	found, err := r.listQuality("", after.Name, after.Slug, qualityAPage+1)
	if err != nil {
		return nil, err
	}
	data := Quality{Publishers: found}
	if len(found) > qualityAPage {
		data.Publishers = found[:qualityAPage]
		data.Next = address("/quality", "after", found[qualityAPage-1].Slug)
	}
	t := newTable("publisher", "financial_year", "files_received", "files_refused", "files_replaced", "payments", "refused_rows", "issues", "date_issues", "issues_per_ten_thousand")
	for _, p := range data.Publishers {
		p.fill(t)
	}
	return &page{template: "quality", title: "Quality of what was published", section: "Coverage", trail: []link{{"Home", "/"}, {"Coverage", "/coverage"}},
		data: data, table: t, absent: qualityAbsences()}, nil
}

func (p PublisherQuality) fill(t *table) {
	for _, y := range p.Years {
		rate := ""
		if y.PerTenThousand != nil {
			rate = strconv.FormatInt(*y.PerTenThousand, 10)
		}
		t.add(p.Name, y.Year, y.Files, y.Refused, y.Replaced, y.Payments, y.Rows, y.Issues, y.Dates, rate)
	}
}

func qualityAbsences() []string {
	return []string{"Oddities that nothing in a file shows, such as a payment that is not in it.",
		"Files that were replaced: only those that count are counted for payments and issues."}
}

// PublisherPage is a publisher's quality, year by year and kind by kind.
type PublisherPage struct {
	Publisher PublisherQuality `json:"publisher_quality"`
	Kinds     []KindYears      `json:"issue_kinds"`
	Years     []string         `json:"financial_years"`
	Figure    *chart.Bars      `json:"-"`
}

// KindYears is a kind of issue, counted in each of the years.
type KindYears struct {
	Issue
	Counts []int64 `json:"counts"`
}

func (r *request) publisherQuality() (*page, error) {
	found, err := r.listQuality(r.path["dataset"], "", "", 1)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		absent := notFound("No publisher of this name is in release " + r.Number + ".")
		absent.Next = append([]link{{"See the publishers", "/quality"}}, absent.Next...)
		return nil, absent
	}
	data := PublisherPage{Publisher: found[0], Kinds: []KindYears{}, Years: []string{}}
	at := map[string]int{}
	for i, y := range data.Publisher.Years {
		data.Years = append(data.Years, y.Year)
		at[y.Year] = i
	}
	if err := r.qualityKinds(&data, at); err != nil {
		return nil, err
	}
	data.draw()
	t := newTable("publisher", "financial_year", "files_received", "files_refused", "files_replaced", "payments", "refused_rows", "issues", "date_issues", "issues_per_ten_thousand")
	data.Publisher.fill(t)
	return &page{template: "publisher", title: "Quality: " + shown(data.Publisher.Name), section: "Coverage", data: data, table: t, absent: qualityAbsences(),
		trail: []link{{"Home", "/"}, {"Coverage", "/coverage"}, {"Quality", "/quality"}}}, nil
}

func (r *request) qualityKinds(p *PublisherPage, at map[string]int) error {
	type kindYear struct {
		kind         string
		first, count int64
	}
	rows, err := list(r, r.db, "quality_kinds", func(k *kindYear) []any { return []any{&k.kind, &k.first, &k.count} }, values{"slug": p.Publisher.Slug})
	for _, row := range rows {
		last := len(p.Kinds) - 1
		if last < 0 || p.Kinds[last].Kind != row.kind {
			p.Kinds = append(p.Kinds, KindYears{r.server.explain(row.kind, 0), make([]int64, len(p.Years))})
			last++
		}
		year := ""
		if row.first > 0 {
			year = schemas.FinancialYear(row.first).String()
		}
		if i, ok := at[year]; ok {
			p.Kinds[last].Counts[i] = row.count
		}
		p.Kinds[last].Count += row.count
	}
	for i := range p.Kinds {
		p.Kinds[i].Issue = r.server.explain(p.Kinds[i].Kind, p.Kinds[i].Count)
	}
	return err
}

func (p *PublisherPage) draw() {
	bars := chart.Bars{Unit: chart.Count, Labels: [2]string{"Financial year", "Issues for each ten thousand payments"}}
	for _, y := range p.Publisher.Years {
		if y.Year != "" {
			bars.Rows = append(bars.Rows, chart.Bar{Label: y.Year, Value: y.PerTenThousand, Why: "no payments"})
		}
	}
	if len(bars.Rows) < 2 {
		return
	}
	bars.Head = chart.Head{ID: "issues-by-year", Title: "Oddities in each year's files", Subtitle: "Issues for each ten thousand payments, by the financial year of the file's period",
		Desc: "Bars of issues for each ten thousand payments. The table below has the counts."}
	p.Figure = &bars
}
