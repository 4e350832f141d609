package portal

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"commonspend/schemas"
)

const paymentsAPage = 50

// Payments is one page of a body's payments, in the order of dates.
type Payments struct {
	Body   Body          `json:"body"`
	Filter Filter        `json:"filter"`
	Count  int64         `json:"payments"`
	Pence  int64         `json:"pence"`
	Rows   []PaymentLine `json:"rows"`
	Next   string        `json:"next"`
	First  string        `json:"first"` // address of the first page, "" on it
	Years  []string      `json:"financial_years"`
	Duties []string      `json:"duties"`
}

// Filter is what a list of payments is narrowed to; "" is all.
type Filter struct {
	Year        string `json:"financial_year"`
	Month       Day    `json:"month"`
	Duty        string `json:"duty"`
	Payee       string `json:"payee"`
	ExpenseType string `json:"expense_type"`

	undated bool
	period  schemas.Period
	after   key
}

// PaymentLine is a payment as a list shows it.
type PaymentLine struct {
	URL         string `json:"url"`
	Date        Day    `json:"date"`
	Pence       int64  `json:"amount_pence"`
	Duty        string `json:"duty"`
	VATBasis    string `json:"vat_basis"`
	Payee       string `json:"payee"`
	PayeeKey    string `json:"payee_key"`
	PayeeClass  string `json:"payee_class"`
	ExpenseType string `json:"expense_type"`
	Description string `json:"description"`
	File        string `json:"file"`
	FileNo      int64  `json:"file_no"`
	SheetNo     int64  `json:"sheet_no"`
	Row         int64  `json:"row"`

	shared bool
}

// key is a payment's place in the list: 2024-04-04.12.1.345.
type key struct {
	date             Day
	file, sheet, row int64
}

// lastDate is where payments without a date stand: at the end.
const lastDate = "9999-12-31"

func (k key) String() string {
	return fmt.Sprintf("%s.%d.%d.%d", k.date, k.file, k.sheet, k.row)
}

func readKey(text string) (key, error) {
	if text == "" {
		return key{date: "0001-01-01"}, nil
	}
	var k key
	date, rest, _ := strings.Cut(text, ".")
	_, dateErr := schemas.ParseDate(date)
	n, err := fmt.Sscanf(rest, "%d.%d.%d", &k.file, &k.sheet, &k.row)
	k.date = Day(date)
	if n != 3 || err != nil || dateErr != nil || k.String() != text {
		return key{}, badRequest("The place in the list that the address names cannot be read. Go back to the first page.")
	}
	return k, nil
}

// paymentURL is the address of a payment's page. file_no is named only where
// the same bytes were received more than once.
func paymentURL(file string, fileNo, sheet, row int64, shared bool) string {
	return address(fmt.Sprintf("/payments/%s-%d-%d", short(file), sheet, row), "file_no", onlyIf(shared, fileNo))
}

func fileURL(file string, fileNo int64, shared bool) string {
	return address("/files/"+short(file), "file_no", onlyIf(shared, fileNo))
}

func onlyIf(shared bool, fileNo int64) string {
	if !shared {
		return ""
	}
	return strconv.FormatInt(fileNo, 10)
}

// yearNone stands in an address for payments that count under no month.
const yearNone = "none"

func yearOrNone(year string) string {
	if year == "" {
		return yearNone
	}
	return yearSlug(year)
}

// readFilter reads the filter from an address.
func readFilter(query url.Values) (f Filter, err error) {
	f = Filter{Duty: query.Get("duty"), Payee: query.Get("payee"), ExpenseType: query.Get("expense_type"), period: schemas.NoPeriod}
	if f.after, err = readKey(query.Get("after")); err != nil {
		return f, err
	}
	if query.Get("year") == yearNone {
		f.undated = true
		return f, nil
	}
	if f.Year, err = readYear(query.Get("year")); err != nil {
		return f, err
	}
	if f.Year != "" {
		f.period, _ = schemas.ParsePeriod(f.Year)
	}
	if month := query.Get("month"); month != "" {
		first, err := schemas.ParseDate(month + "-01")
		if err != nil {
			return f, badRequest("The month in the address is not a month. Write it as 2024-04.")
		}
		f.Month, f.period = Day(first.String()), schemas.MonthOf(first)
	}
	return f, nil
}

// pairs are the filter as it stands in an address.
func (f Filter) pairs() []string {
	year := yearSlug(f.Year)
	if f.Year == "" {
		year = ""
	}
	if f.undated {
		year = yearNone
	}
	return []string{"year", year, "month", f.Month.MonthSlug(), "duty", f.Duty, "payee", f.Payee, "expense_type", f.ExpenseType}
}

// values are the filter as the queries take it.
func (f Filter) values(body string) values {
	from, to := "0001-01-01", lastDate
	if f.period.Known() {
		from, to = f.period.From.String(), f.period.To.String()
	}
	return values{"body": body, "duty": f.Duty, "payee": f.Payee, "type": f.ExpenseType,
		"all": !f.undated && !f.period.Known(), "undated": f.undated, "from": from, "to": to}
}

func (r *request) payments() (*page, error) {
	body, err := r.find(r.path["slug"])
	if err != nil {
		return nil, err
	}
	data := Payments{Body: body}
	if data.Filter, err = readFilter(r.query); err != nil {
		return nil, err
	}
	if err := r.listPayments(&data); err != nil {
		return nil, err
	}
	facts := r.facts[body.Slug]
	data.choices(facts.years)
	t := newTable("date", "payee", "payee_class", "amount_pounds", "duty", "vat_basis", "expense_type", "description", "file", "sheet_no", "row")
	for _, l := range data.Rows {
		t.add(l.Date, payeePlain(l.PayeeClass, l.Payee), l.PayeeClass, money(l.Pence), l.Duty, l.VATBasis, l.ExpenseType, l.Description, l.File, l.SheetNo, l.Row)
	}
	return &page{template: "payments", table: t, title: "Payments by " + shown(body.Name), section: "Bodies",
		trail:  []link{{"Home", "/"}, {"Bodies", "/bodies"}, {shown(body.Name), body.URL()}},
		absent: absences(facts.months, facts.files), data: data}, nil
}

func (p *Payments) choices(years []BodyYear) {
	p.Years, p.Duties = []string{}, []string{}
	for _, y := range years {
		p.Years = appendNew(p.Years, y.FinancialYear)
		p.Duties = appendNew(p.Duties, y.Duty)
	}
}

func appendNew(texts []string, text string) []string {
	for _, t := range texts {
		if t == text {
			return texts
		}
	}
	return append(texts, text)
}

func (r *request) listPayments(p *Payments) error {
	with := p.Filter.values(p.Body.Body)
	total, _, err := one(r, r.db, "payments_total", func(t *Totals) []any { return []any{&t.Payments, &t.Pence} }, with)
	if err != nil {
		return err
	}
	p.Count, p.Pence = total.Payments, total.Pence
	after := p.Filter.after
	with["date"], with["file_no"], with["sheet_no"], with["row"] = string(after.date), after.file, after.sheet, after.row
	most := paymentsAPage
	if r.as == "csv" {
		most = searchCSV
	}
	with["limit"] = most + 1
	p.Rows, err = list(r, r.db, "payments", func(l *PaymentLine) []any {
		return []any{&l.File, &l.FileNo, &l.SheetNo, &l.Row, &l.Date, &l.Pence, &l.Duty, &l.VATBasis,
			&l.Payee, &l.PayeeKey, &l.PayeeClass, &l.ExpenseType, &l.Description}
	}, with)
	for i := range p.Rows {
		p.Rows[i].shared = r.shared[p.Rows[i].File]
	}
	p.turn(most)
	return err
}

// turn drops the one payment too many that tells that there is a next page.
func (p *Payments) turn(most int) {
	base, pairs := p.Body.URL()+"/payments", p.Filter.pairs()
	if len(p.Rows) > most {
		p.Rows = p.Rows[:most]
		last := p.Rows[most-1]
		next := key{last.Date, last.FileNo, last.SheetNo, last.Row}
		if next.date == "" {
			next.date = lastDate
		}
		p.Next = address(base, append(pairs, "after", next.String())...)
	}
	if p.Filter.after.row != 0 {
		p.First = address(base, pairs...)
	}
	for i, l := range p.Rows {
		p.Rows[i].URL = paymentURL(l.File, l.FileNo, l.SheetNo, l.Row, l.shared)
	}
}
