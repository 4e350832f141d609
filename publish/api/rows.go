package api

import "strconv"

// Payment is a published payment.
type Payment struct {
	File       string  `json:"file" doc:"SHA-256 of the file it was published in"`
	SheetNo    int64   `json:"sheet_no" doc:"Sheet of the file; the first is 1"`
	Sheet      string  `json:"sheet" doc:"Name of the sheet; empty for CSV"`
	Row        int64   `json:"row" doc:"Physical line or row; the first is 1"`
	Publisher  string  `json:"publisher"`
	Body       string  `json:"body" doc:"Body that spent"`
	Duty       string  `json:"duty"`
	Year       string  `json:"financial_year" doc:"Of the file's edition"`
	Date       *string `json:"date" format:"date" doc:"Null where missing or unreadable"`
	DateKind   string  `json:"date_kind"`
	Pence      int64   `json:"amount_pence" doc:"Negative for a credit or refund"`
	VATBasis   string  `json:"vat_basis"`
	Payee      string  `json:"payee" doc:"As published; a class where it may be a private person or was redacted"`
	PayeeKey   *string `json:"payee_key"`
	PayeeClass string  `json:"payee_class"`
	Supplier   *string `json:"supplier" doc:"Null where it was left open"`
	Supplied   *string `json:"supplier_name"`
	Scope      *string `json:"scope" doc:"Null where it was not judged"`
	CPV        *string `json:"cpv" doc:"Judged category; null where it was left open"`
	JudgedBy   *string `json:"judged_by"`
	Confidence *string `json:"confidence" doc:"Of the judgement, 0 to 1, as a decimal"`
	Family     *string `json:"department_family"`
	Entity     *string `json:"entity"`
	Expense    *string `json:"expense_type"`
	Area       *string `json:"expense_area"`
	Words      *string `json:"description"`
	Reference  *string `json:"transaction"`
	Category   *string `json:"category" doc:"The publisher's own"`
	Contract   *string `json:"contract_reference"`

	fileNo int64
}

func (p *Payment) places() []any {
	return []any{&p.File, &p.fileNo, &p.SheetNo, &p.Sheet, &p.Row, &p.Publisher, &p.Body, &p.Duty, &p.Year, &p.Date, &p.DateKind, &p.Pence, &p.VATBasis,
		&p.Payee, &p.PayeeKey, &p.PayeeClass, &p.Supplier, &p.Supplied, &p.Scope, &p.CPV, &p.JudgedBy, &p.Confidence,
		&p.Family, &p.Entity, &p.Expense, &p.Area, &p.Words, &p.Reference, &p.Category, &p.Contract}
}

// lastDate is where payments without a date stand: at the end of their body's.
const lastDate = "9999-12-31"

func (p *Payment) key() []string {
	return []string{p.Body, or(p.Date, lastDate), number(p.fileNo), number(p.SheetNo), number(p.Row)}
}

func payments() list[Payment] {
	return list[Payment]{name: "payments", money: true, into: (*Payment).places, at: (*Payment).key, key: []column{
		{"p.body", "VARCHAR"}, {"COALESCE(p.date, DATE '9999-12-31')", "DATE"}, {"p.file_no", "INTEGER"}, {"p.sheet_no", "INTEGER"}, {"p.row", "INTEGER"}}}
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func or(text *string, absent string) string {
	if text == nil {
		return absent
	}
	return *text
}

// Body is a public body that published payments are counted under.
type Body struct {
	ID        string  `json:"body"`
	Name      string  `json:"name"`
	Slug      string  `json:"slug"`
	Sector    string  `json:"sector"`
	Kind      string  `json:"kind"`
	Region    *string `json:"region" doc:"Null where the register has none"`
	Publisher string  `json:"publisher" doc:"Who describes it"`
	Licence   string  `json:"licence"`
	Words     string  `json:"attribution"`
	Payments  int64   `json:"payments"`
	Pence     int64   `json:"pence"`
	Held      int64   `json:"months_held"`
	Missing   int64   `json:"months_missing"`
}

func (b *Body) places() []any {
	return []any{&b.ID, &b.Name, &b.Slug, &b.Sector, &b.Kind, &b.Region, &b.Publisher, &b.Licence, &b.Words, &b.Payments, &b.Pence, &b.Held, &b.Missing}
}

func bodies() list[Body] {
	return list[Body]{name: "bodies", into: (*Body).places, at: func(b *Body) []string { return []string{b.ID} }, key: []column{{"b.body", "VARCHAR"}}}
}

// Supplier is who was paid, under one name.
type Supplier struct {
	ID       string  `json:"supplier"`
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	Body     *string `json:"body" doc:"Where it is a public body itself"`
	Company  *string `json:"company_number"`
	Charity  *string `json:"charity_number"`
	Payments int64   `json:"payments"`
	Pence    int64   `json:"pence"`
	Bodies   int64   `json:"bodies" doc:"Bodies that paid it"`
}

func (s *Supplier) places() []any {
	return []any{&s.ID, &s.Name, &s.Kind, &s.Body, &s.Company, &s.Charity, &s.Payments, &s.Pence, &s.Bodies}
}

func suppliers() list[Supplier] {
	return list[Supplier]{name: "suppliers", into: (*Supplier).places, at: func(s *Supplier) []string { return []string{s.ID} }, key: []column{{"s.supplier", "VARCHAR"}}}
}

// Category is a CPV code that payments were judged to be of.
type Category struct {
	CPV      string `json:"cpv"`
	Title    string `json:"title"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	Bodies   int64  `json:"bodies"`
}

func (c *Category) places() []any { return []any{&c.CPV, &c.Payments, &c.Pence, &c.Bodies} }

func categories() list[Category] {
	return list[Category]{name: "categories", into: (*Category).places, at: func(c *Category) []string { return []string{c.CPV} }, key: []column{{"c.cpv", "VARCHAR"}}}
}

// Month is a body's month under a duty, and how well it is held.
type Month struct {
	Body       string  `json:"body"`
	Year       string  `json:"financial_year"`
	Month      *string `json:"month" format:"date" doc:"First day; null for payments that count under no month"`
	Duty       string  `json:"duty"`
	Status     string  `json:"status" enum:"held,nil,missing,stray"`
	Files      int64   `json:"files"`
	Superseded int64   `json:"superseded"`
	Payments   int64   `json:"payments"`
	Pence      int64   `json:"pence"`
	Undated    int64   `json:"undated"`
	VATBasis   string  `json:"vat_basis"`
}

func (m *Month) places() []any {
	return []any{&m.Body, &m.Year, &m.Month, &m.Duty, &m.Status, &m.Files, &m.Superseded, &m.Payments, &m.Pence, &m.Undated, &m.VATBasis}
}

func (m *Month) key() []string { return []string{m.Body, or(m.Month, lastDate), m.Duty, m.Status} }

func coverage() list[Month] {
	return list[Month]{name: "coverage", into: (*Month).places, at: (*Month).key, key: []column{
		{"c.body", "VARCHAR"}, {"COALESCE(c.month, DATE '9999-12-31')", "DATE"}, {"c.duty", "VARCHAR"}, {"c.status", "VARCHAR"}}}
}

// Figure is what a body published for a month, in all or for one key.
type Figure struct {
	Body      string  `json:"body"`
	Year      string  `json:"financial_year"`
	Month     *string `json:"month" format:"date"`
	Duty      string  `json:"duty"`
	Dimension string  `json:"dimension" enum:"total,payee,expense_type"`
	Key       string  `json:"key" doc:"Payee or expense type; empty for total"`
	Payments  int64   `json:"payments"`
	Pence     int64   `json:"pence"`
	Credit    int64   `json:"credit_pence" doc:"Sum of the negative amounts"`
}

func (f *Figure) places() []any {
	return []any{&f.Body, &f.Year, &f.Month, &f.Duty, &f.Dimension, &f.Key, &f.Payments, &f.Pence, &f.Credit}
}

func (f *Figure) key() []string {
	return []string{f.Body, or(f.Month, lastDate), f.Duty, f.Dimension, f.Key}
}

func figures() list[Figure] {
	return list[Figure]{name: "figures", money: true, into: (*Figure).places, at: (*Figure).key, key: []column{
		{"x.body", "VARCHAR"}, {"COALESCE(x.month, DATE '9999-12-31')", "DATE"}, {"x.duty", "VARCHAR"}, {"x.dimension", "VARCHAR"}, {"x.key", "VARCHAR"}}}
}

// Issue is something odd at a place in a published file.
type Issue struct {
	File    string `json:"file"`
	SheetNo int64  `json:"sheet_no"`
	Row     int64  `json:"row" doc:"0 where it is of the sheet or file"`
	Column  int64  `json:"column_no" doc:"0 where it is of the row"`
	Field   string `json:"field"`
	Kind    string `json:"kind"`
	Value   string `json:"value" doc:"The cell as published, for dates and amounts only"`

	fileNo int64
}

func (i *Issue) places() []any {
	return []any{&i.fileNo, &i.File, &i.SheetNo, &i.Row, &i.Column, &i.Field, &i.Kind, &i.Value}
}

func (i *Issue) key() []string {
	return []string{number(i.fileNo), number(i.SheetNo), number(i.Row), number(i.Column), i.Field, i.Kind, i.Value}
}

func issues() list[Issue] {
	return list[Issue]{name: "issues", into: (*Issue).places, at: (*Issue).key, key: []column{{"i.file_no", "INTEGER"}, {"i.sheet_no", "INTEGER"},
		{"i.row", "INTEGER"}, {"i.column_no", "INTEGER"}, {"i.field", "VARCHAR"}, {"i.kind", "VARCHAR"}, {"i.value", "VARCHAR"}}}
}

// File is a file as it was received.
type File struct {
	No        int64   `json:"file_no" doc:"Its place in the journal"`
	SHA256    string  `json:"file" doc:"SHA-256 of its bytes"`
	Publisher string  `json:"publisher"`
	Body      string  `json:"body"`
	Name      string  `json:"name"`
	Source    string  `json:"source" doc:"Where it was published; empty where that is no web address"`
	Bytes     int64   `json:"bytes"`
	Received  string  `json:"received" format:"date-time"`
	Outcome   string  `json:"outcome"`
	Reason    string  `json:"reason" doc:"Why it was refused"`
	Duty      string  `json:"duty"`
	From      *string `json:"period_from" format:"date"`
	To        *string `json:"period_to" format:"date"`
	Basis     string  `json:"period_basis"`
	Replaced  *int64  `json:"superseded_by" doc:"file_no of the file that replaced it"`
	Current   bool    `json:"current"`
}

func (f *File) places() []any {
	return []any{&f.No, &f.SHA256, &f.Publisher, &f.Body, &f.Name, &f.Source, &f.Bytes, &f.Received, &f.Outcome, &f.Reason, &f.Duty, &f.From, &f.To, &f.Basis, &f.Replaced, &f.Current}
}

func files() list[File] {
	return list[File]{name: "files", into: (*File).places, at: func(f *File) []string { return []string{number(f.No)} }, key: []column{{"f.file_no", "INTEGER"}}}
}
