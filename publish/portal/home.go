package portal

import (
	"cmp"
	"slices"
)

// Home is the data of the first page.
type Home struct {
	Payments   int64  `json:"payments"`
	Pence      int64  `json:"pence"`
	Bodies     int64  `json:"bodies"`
	Publishers int64  `json:"publishers"`
	Months     Months `json:"months"`
	Kinds      []Kind `json:"kinds"`
	Years      []Year `json:"years"`
	Files      Files  `json:"file_outcomes"`

	Largest         []Kind `json:"-"` // what the page shows of the kinds, and of the years
	Recent, Earlier []Year `json:"-"`
}

// What the first page shows before a reader asks for more.
const (
	kindsAtHome = 12
	yearsAtHome = 4
)

// shorten keeps the kinds with most payments, and sets the earlier years apart.
func (h *Home) shorten() {
	h.Largest = slices.Clone(h.Kinds)
	if len(h.Largest) > kindsAtHome {
		slices.SortStableFunc(h.Largest, func(a, b Kind) int { return cmp.Compare(b.Payments, a.Payments) })
		h.Largest = h.Largest[:kindsAtHome]
	}
	seen := map[string]bool{}
	for _, y := range h.Years {
		if seen[y.FinancialYear] = true; len(seen) <= yearsAtHome {
			h.Recent = append(h.Recent, y)
		} else {
			h.Earlier = append(h.Earlier, y)
		}
	}
}

// Months counts body-months under a duty by how they are held.
type Months struct {
	Held    int64 `json:"held"`
	Nil     int64 `json:"nil"`
	Missing int64 `json:"missing"`
	Undated int64 `json:"undated_payments"` // payments without a date to believe
	NoMonth int64 `json:"payments_without_month"`
	First   Day   `json:"first"`
	Last    Day   `json:"last"`
}

// Kind is what bodies are compared within, and what its bodies published.
type Kind struct {
	Sector   string `json:"sector"`
	Kind     string `json:"kind"`
	Bodies   int64  `json:"bodies"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	Held     int64  `json:"months_held"`
	Missing  int64  `json:"months_missing"`
	Words    string `json:"title"`
	URL      string `json:"url"`
}

// Year is a financial year over all bodies.
type Year struct {
	FinancialYear string `json:"financial_year"`
	Duty          string `json:"duty"`
	Bodies        int64  `json:"bodies"`
	Payments      int64  `json:"payments"`
	Pence         int64  `json:"pence"`
	CreditPence   int64  `json:"credit_pence"`
	URL           string `json:"url"`
}

// Files counts files by what became of them.
type Files struct {
	Received int64 `json:"received"`
	Current  int64 `json:"current"`
	Replaced int64 `json:"replaced"`
	Empty    int64 `json:"empty"`
	Refused  int64 `json:"refused"`
	Rows     int64 `json:"refused_rows"` // rows of current files whose amount cannot be read
}

func (r *request) home() (*page, error) {
	home := Home{Payments: r.Totals.Payments - r.reported.payments, Pence: r.Totals.Pence - r.reported.pence, Bodies: r.Totals.Bodies,
		Publishers: r.Totals.Publishers}
	var err error
	home.Months, home.Files = r.allMonths, r.allFiles
	if home.Kinds, err = r.kinds(); err != nil {
		return nil, err
	}
	if home.Years, err = r.years(); err != nil {
		return nil, err
	}
	home.shorten()
	t := newTable("sector", "kind", "bodies", "payments", "amount_pounds", "months_held", "months_missing")
	for _, k := range home.Kinds {
		t.add(k.Sector, k.Kind, k.Bodies, k.Payments, money(k.Pence), k.Held, k.Missing)
	}
	return &page{template: "home", table: t, title: "What public bodies spend, like with like", section: "Home",
		absent: absences(home.Months, home.Files), data: home}, nil
}

func (r *request) kinds() ([]Kind, error) {
	found, err := list(r, r.db, "kinds", func(k *Kind) []any {
		return []any{&k.Sector, &k.Kind, &k.Bodies, &k.Payments, &k.Pence, &k.Held, &k.Missing}
	}, nil)
	for i := range found {
		found[i].Words = kindWords(found[i].Kind)
		found[i].URL = address("/bodies", "sector", found[i].Sector, "kind", kindSlug(found[i].Kind))
	}
	return found, err
}

func (r *request) years() ([]Year, error) {
	found, err := list(r, r.db, "years", func(y *Year) []any {
		return []any{&y.FinancialYear, &y.Duty, &y.Bodies, &y.Payments, &y.Pence, &y.CreditPence}
	}, nil)
	for i := range found {
		if found[i].FinancialYear != "" {
			found[i].URL = address("/coverage", "year", yearSlug(found[i].FinancialYear))
		}
	}
	return found, err
}

// notReported says what no total of payments has.
const notReported = "Payments that another publisher reports of a body, as a list of sales to it does: they stand under a duty of their own, and are never added."

// twice says of a total over duties what it has two times.
const twice = "Links between duties: the same payment may be published both over a threshold and as a card payment, and is then counted under each."

// absences says what a total leaves out, from what the release knows. Every
// sentence is true of published spending in general or counted here.
func absences(m Months, f Files) []string {
	out := []string{"Spending below each publisher's threshold, and pay: public bodies need not publish them payment by payment."}
	if m.Missing > 0 {
		out = append(out, counted(m.Missing, "month", "months")+" for which no file is held, between a body's first and last. Missing is not nil.")
	}
	if f.Refused > 0 {
		out = append(out, counted(f.Refused, "file", "files")+" that could not be taken. The file's own page says why.")
	}
	if f.Rows > 0 {
		out = append(out, counted(f.Rows, "row", "rows")+" with an amount that cannot be read.")
	}
	if f.Replaced > 0 {
		out = append(out, counted(f.Replaced, "file", "files")+" that a later file for the same period replaced. The payments of the later file are counted.")
	}
	return append(out, notReported,
		"Deductions: credits and refunds are counted as negative payments, and VAT is left as published. Most publishers do not say whether amounts include it.",
		twice)
}
