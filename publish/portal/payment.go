package portal

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// PaymentPage is the data of a payment's page: what was published, and the
// way back to the cell it came from.
type PaymentPage struct {
	URL        string  `json:"url"`
	Body       Body    `json:"body"`
	Date       Day     `json:"date"`
	DateKind   string  `json:"date_kind"`
	Pence      int64   `json:"amount_pence"`
	Payee      string  `json:"payee"`
	PayeeKey   string  `json:"payee_key"`
	PayeeClass string  `json:"payee_class"`
	Year       string  `json:"financial_year"`
	VATBasis   string  `json:"vat_basis"`
	VATReason  string  `json:"vat_evidence"`
	Fields     []Field `json:"fields"`
	Other      []Pair  `json:"other"`
	Origin     Origin  `json:"origin"`
	Edition    Edition `json:"edition"`
	Issues     []Issue `json:"issues"`
	Judgement  string  `json:"judgement_url"` // "" where the release holds no judgements

	columns string
	other   string
}

// Field is a published text column of the payment.
type Field struct {
	Field string `json:"field"` // of the code list of fields
	Title string `json:"title"`
	Value string `json:"value"`
	Cell
}

// Pair is a column that the common schema has no place for.
type Pair struct {
	Header string `json:"header"`
	Value  string `json:"value"`
}

// Origin is where a payment was published.
type Origin struct {
	File    string `json:"file"`
	FileNo  int64  `json:"file_no"`
	Name    string `json:"name"`
	Member  string `json:"member"`
	Sheet   string `json:"sheet"`
	SheetNo int64  `json:"sheet_no"`
	Row     int64  `json:"row"`
	Book    bool   `json:"workbook"`
	Date    Cell   `json:"date"`
	Amount  Cell   `json:"amount"`
	Payee   Cell   `json:"payee"`
	URL     string `json:"url"`
}

// Cell is a column of the payment's row; Letters, as a spreadsheet has them,
// only in a workbook. Column is 0 where the file has no such column.
type Cell struct {
	Column  int    `json:"column"`
	Letters string `json:"letters"`
	Header  string `json:"header"`
}

// Edition is the file's claim to a period.
type Edition struct {
	Publisher string `json:"publisher"`
	Duty      string `json:"duty"`
	From      Day    `json:"period_from"`
	To        Day    `json:"period_to"`
	Basis     string `json:"period_basis"`
	Received  Day    `json:"received"`
	Words     string `json:"period"`
}

var paymentName = regexp.MustCompile(`^([0-9a-f]{12,64})-([1-9][0-9]{0,8})-([1-9][0-9]{0,8})$`)

func (r *request) payment() (*page, error) {
	data, _, _, _, err := r.pickPayment()
	if err != nil {
		return nil, err
	}
	title := "Payment of " + pounds(data.Pence) + " to " + cut(80, payeeWords(data.PayeeClass, data.Payee))
	return &page{template: "payment", title: title, section: "Bodies", data: data, table: data.table(),
		private: schemas.PayeeClass(data.PayeeClass) != schemas.PayeeOrganisation,
		absent:  paymentAbsences(),
		trail:   []link{{"Home", "/"}, {"Bodies", "/bodies"}, {shown(data.Body.Name), data.Body.URL()}, {"Payments", data.Body.URL() + "/payments"}}}, nil
}

func paymentAbsences() []string {
	return []string{"Other lines of the same transaction: a publisher may split one invoice over several.",
		"What the payment was for beyond the words above, and whether it was good value.",
		"VAT, unless the publisher says whether it is in the amount."}
}

// pickPayment reads the payment that the address names, and the place it has.
func (r *request) pickPayment() (data PaymentPage, file FilePage, sheet, row int64, err error) {
	name := paymentName.FindStringSubmatch(r.path["payment"])
	if name == nil {
		return data, file, 0, 0, notFound("A payment's address ends in the first 12 characters of its file's hash, the number of the sheet and the number of the row, as in 0123456789ab-1-42.")
	}
	sheet, _ = strconv.ParseInt(name[2], 10, 64)
	row, _ = strconv.ParseInt(name[3], 10, 64)
	if file, err = r.pick(name[1]); err != nil {
		return data, file, sheet, row, err
	}
	data, ok, err := one(r, r.db, "payment", (*PaymentPage).places, values{"publisher": file.Publisher, "file_no": file.FileNo, "sheet_no": sheet, "row": row})
	switch {
	case err != nil:
		return data, file, sheet, row, err
	case !ok:
		return data, file, sheet, row, notAPayment(file)
	}
	return data, file, sheet, row, r.tellPayment(&data, file)
}

// table is the payment as one line.
func (p PaymentPage) table() *table {
	columns := []string{"date", "body", "payee", "amount_pounds", "vat_basis", "file", "sheet_no", "row"}
	cells := []any{p.Date, p.Body.Name, payeePlain(p.PayeeClass, p.Payee), money(p.Pence), p.VATBasis, p.Origin.File, p.Origin.SheetNo, p.Origin.Row}
	for _, f := range p.Fields {
		columns, cells = append(columns, f.Field), append(cells, f.Value)
	}
	t := newTable(columns...)
	t.add(cells...)
	return t
}

func notAPayment(file FilePage) *problem {
	p := notFound("No published payment is at this row of the file. The file's page says what became of each row.")
	p.Next = append([]link{{"See the file", file.URL}}, p.Next...)
	return p
}

func (p *PaymentPage) places() []any {
	o := &p.Origin
	return []any{&p.Body.Slug, &p.Body.Name, &p.Body.Body, &p.Date, &p.DateKind, &p.Pence, &p.Payee, &p.PayeeKey, &p.PayeeClass, &p.Year,
		&p.VATBasis, &p.VATReason, &o.Member, &o.Sheet, &o.SheetNo, &o.Row, &o.Book,
		&o.Date.Column, &o.Amount.Column, &o.Payee.Column, &p.columns, &p.other, text(&p.Fields)}
}

// text reads the published text columns, which the query gives as one list.
func text(fields *[]Field) any { return (*fieldList)(fields) }

type fieldList []Field

// Scan takes the query's JSON object from field to text.
func (f *fieldList) Scan(value any) error {
	raw, ok := value.(string)
	if !ok {
		return fmt.Errorf("the payment's text columns came as %T", value)
	}
	texts := map[string]string{}
	if err := json.Unmarshal([]byte(raw), &texts); err != nil {
		return err
	}
	known, err := schemas.Codelist("fields")
	if err != nil {
		return err
	}
	for _, entry := range known {
		if value, ok := texts[entry["field"]]; ok {
			*f = append(*f, Field{Field: entry["field"], Title: entry["title"], Value: value})
		}
	}
	return nil
}

// tellPayment fills in what is told beside the payment itself.
func (r *request) tellPayment(p *PaymentPage, file FilePage) error {
	o := &p.Origin
	o.File, o.FileNo, o.Name, o.URL = file.File, file.FileNo, file.Name, file.URL
	p.URL = paymentURL(file.File, file.FileNo, o.SheetNo, o.Row, len(file.Also) > 0)
	p.Edition = Edition{Publisher: file.Publisher, Duty: file.Duty, From: file.From, To: file.To, Basis: basisWords(file.Basis),
		Received: file.ReceivedDay(), Words: periodWords(file.From, file.To)}
	if r.tables["line_judgements"] {
		path, query, _ := strings.Cut(p.URL, "?")
		p.Judgement = strings.TrimSuffix(path+"/judgement?"+query, "?")
	}
	if err := p.locate(); err != nil {
		return err
	}
	found, err := list(r, r.db, "payment_issues", func(i *Issue) []any { return []any{&i.Kind, &i.Count} },
		values{"file_no": file.FileNo, "sheet_no": o.SheetNo, "row": o.Row})
	p.Issues = []Issue{}
	for _, i := range found {
		p.Issues = append(p.Issues, r.server.explain(i.Kind, i.Count))
	}
	return err
}

// locate finds each field's column in the file, and keeps the fields that the
// file has a column or a text for.
func (p *PaymentPage) locate() error {
	columns, err := readColumns(p.columns)
	if err != nil {
		return err
	}
	o := &p.Origin
	for _, cell := range []*Cell{&o.Date, &o.Amount, &o.Payee} {
		*cell = cellAt(columns, cell.Column, o.Book)
	}
	kept := []Field{}
	for _, f := range p.Fields {
		for _, c := range columns {
			if c.Field == f.Field && f.Column == 0 {
				f.Cell = cellAt(columns, c.Column, o.Book)
			}
		}
		if f.Value != "" || f.Column > 0 {
			kept = append(kept, f)
		}
	}
	p.Fields = kept
	p.Other, err = readPairs(p.other)
	return err
}

// cellAt describes a column of the payment's row.
func cellAt(columns []Column, column int, book bool) Cell {
	cell := Cell{Column: column}
	if book {
		cell.Letters = columnLetters(column)
	}
	for _, c := range columns {
		if c.Column == column {
			cell.Header = c.Header
		}
	}
	return cell
}

// readPairs reads a JSON object of texts in its own order.
func readPairs(object string) ([]Pair, error) {
	pairs := []Pair{}
	if object == "" {
		return pairs, nil
	}
	decoder := json.NewDecoder(strings.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("the payment's other columns: %w", err)
	}
	for decoder.More() {
		header, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("the payment's other columns: %w", err)
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("the payment's other columns: %w", err)
		}
		pairs = append(pairs, Pair{fmt.Sprint(header), fmt.Sprint(value)})
	}
	return pairs, nil
}
