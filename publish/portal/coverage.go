package portal

import (
	"fmt"
	"strconv"
	"strings"

	"commonspend/publish/portal/chart"
	"commonspend/schemas"
)

const coverageAPage = 15

// Coverage is a financial year of bodies by months.
type Coverage struct {
	FinancialYear string     `json:"financial_year"`
	Years         []string   `json:"years"`
	Months        []Day      `json:"months"`
	Rows          []CoverRow `json:"rows"`
	Next          string     `json:"next"`

	Figure *chart.Grid `json:"-"`
}

// CoverRow is twelve months, April to March, of a body under a duty.
type CoverRow struct {
	Name  string  `json:"name"`
	Slug  string  `json:"slug"`
	Year  string  `json:"financial_year"`
	Duty  string  `json:"duty"`
	URL   string  `json:"url"`
	Cells []Cover `json:"months"`
}

// Cover is how one month is held; Status is "" outside the body's dates.
type Cover struct {
	Month    Day    `json:"month"`
	Status   string `json:"status"`
	Payments int64  `json:"payments"`
}

type coverCell struct {
	name, slug, year, Duty string
	month                  Day
	status                 string
	payments               int64
}

func (c *coverCell) places() []any {
	return []any{&c.name, &c.slug, &c.year, &c.Duty, &c.month, &c.status, &c.payments}
}

// coverRows lays cells out as rows of twelve months, in the cells' order.
func coverRows(cells []coverCell) []CoverRow {
	rows := []CoverRow{}
	for _, c := range cells {
		last := len(rows) - 1
		if last < 0 || rows[last].Slug != c.slug || rows[last].Year != c.year || rows[last].Duty != c.Duty {
			rows = append(rows, CoverRow{Name: c.name, Slug: c.slug, Year: c.year, Duty: c.Duty, URL: "/bodies/" + c.slug, Cells: emptyYear(c.year)})
			last++
		}
		for i := range rows[last].Cells {
			if rows[last].Cells[i].Month == c.month {
				rows[last].Cells[i] = Cover{c.month, c.status, c.payments}
			}
		}
	}
	return rows
}

func emptyYear(year string) []Cover {
	months := monthsOf(year)
	cells := make([]Cover, len(months))
	for i, m := range months {
		cells[i].Month = m
	}
	return cells
}

// monthsOf lists the first days of the months of "2024/25".
func monthsOf(year string) []Day {
	period, err := schemas.ParsePeriod(year)
	if err != nil {
		return nil
	}
	var days []Day
	for _, m := range period.Months() {
		days = append(days, Day(m.String()))
	}
	return days
}

func (r *request) coverage() (*page, error) {
	asked, err := readYear(r.query.Get("year"))
	if err != nil {
		return nil, err
	}
	data := Coverage{FinancialYear: orElse(asked, r.coverYear), Years: append([]string{}, r.coverYears...)}
	data.Months = monthsOf(data.FinancialYear)
	after, err := r.begin(r.query.Get("after"))
	if err != nil {
		return nil, err
	}
	cells, err := list(r, r.db, "coverage", (*coverCell).places,
		values{"year": data.FinancialYear, "name": after.Name, "slug": after.Slug, "limit": coverageAPage + 1})
	if err != nil {
		return nil, err
	}
	data.Rows = coverRows(cells)
	data.turn()
	data.draw()
	t := newTable("body", "financial_year", "duty", "month", "status", "payments")
	for _, row := range data.Rows {
		for _, c := range row.Cells {
			t.add(row.Name, row.Year, row.Duty, c.Month, c.Status, c.Payments)
		}
	}
	return &page{template: "coverage", title: strings.TrimSpace("Coverage " + data.FinancialYear), section: "Coverage",
		trail: []link{{"Home", "/"}}, data: data, table: t, absent: coverageAbsences()}, nil
}

func coverageAbsences() []string {
	return []string{"Bodies of which no file is held: nobody can say here what they published.",
		"Whether a file that is held has every payment of its month. Only its publisher knows.",
		"Months before a body's first file and after its last: they are not counted as missing."}
}

// draw draws the rows as a grid.
func (c *Coverage) draw() {
	if len(c.Rows) == 0 || len(c.Rows) > 60 {
		return // more would be too large for a page
	}
	held, all := 0, 0
	grid := chart.Grid{Columns: []string{"Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"},
		States: []chart.GridState{{State: "held", Words: "Held", Draw: chart.Full}, {State: "nil", Words: "Nothing to report", Draw: chart.Hollow},
			{State: "missing", Words: "Missing", Draw: chart.Cross}, {State: "stray", Words: "Only strays", Draw: chart.Point}}}
	for i, row := range c.Rows {
		states := make([]string, len(row.Cells))
		for at, cell := range row.Cells {
			states[at] = cell.Status
			if cell.Status == "held" || cell.Status == "nil" {
				held++
			}
			if cell.Status != "" && cell.Status != "stray" {
				all++
			}
		}
		label := shown(row.Name)
		if i > 0 && c.Rows[i-1].Slug == row.Slug || i+1 < len(c.Rows) && c.Rows[i+1].Slug == row.Slug {
			label = dutyWords(row.Duty) + ", " + label
		}
		grid.Rows = append(grid.Rows, chart.GridRow{Label: label, States: states})
	}
	title := fmt.Sprintf("%d of the %d months due are held or nil", held, all)
	if all == 0 {
		title = "No file of this year is held or due"
	}
	grid.Head = chart.Head{ID: "map", Title: title,
		Subtitle: "Months of " + c.FinancialYear + ", a row for each body on this page and what it publishes under",
		Desc:     "A grid of bodies by months. The table below has each cell in words."}
	c.Figure = &grid
}

// turn drops the one body too many that tells that there is a next page.
func (c *Coverage) turn() {
	bodies, last := 0, ""
	for i, row := range c.Rows {
		if row.Slug == last {
			continue
		}
		if bodies++; bodies > coverageAPage {
			c.Rows = c.Rows[:i]
			c.Next = address("/coverage", "year", yearSlug(c.FinancialYear), "after", last)
			return
		}
		last = row.Slug
	}
}

// readYear reads a financial year from an address: 2024-25; "" is none.
func readYear(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	first, err := strconv.Atoi(text[:min(4, len(text))])
	year := schemas.FinancialYear(first)
	if err != nil || first < 1900 || first > 2200 || (year.Slug() != text && year.String() != text) {
		return "", badRequest("The year in the address is not a financial year. Write it as 2024-25.")
	}
	return year.String(), nil
}

func yearSlug(year string) string {
	first, _ := strconv.Atoi(year[:min(4, len(year))])
	return schemas.FinancialYear(first).Slug()
}
