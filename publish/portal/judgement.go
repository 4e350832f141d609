package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// JudgementPage is why a payment has its supplier, scope and category.
type JudgementPage struct {
	Payment     string    `json:"payment_url"`
	Pence       int64     `json:"amount_pence"`
	PayeeClass  string    `json:"payee_class"`
	Payee       string    `json:"payee"`
	Scope       string    `json:"scope"`
	Category    Category  `json:"category"`
	Likely      Category  `json:"likely_category"` // what the evidence points to, though not far enough
	Supplier    string    `json:"supplier"`
	Name        string    `json:"supplier_name"`
	SupplierURL string    `json:"supplier_url"`
	Line        Judgement `json:"line_judgement"`
	Who         Judgement `json:"payee_judgement"`

	publisher, postcode, entity, expenseType, expenseArea, description, cpv, likely string
	paged                                                                           bool // the supplier has a page: one that only others report payments to has none
}

// Judgement is one judgement: how sure it is, how it was made, and what hangs on it.
type Judgement struct {
	Confidence int64  `json:"confidence_thousandths"`
	Method     string `json:"method"` // "" where nothing was judged
	Reason     string `json:"reason"`
	Version    string `json:"version"`
	Payments   int64  `json:"payments"`
	Stake      int64  `json:"stake_pence"`
	Override   string `json:"override_command"`
}

// confidenceWords writes thousandths: "95.0 %".
func confidenceWords(thousandths int64) string {
	return fmt.Sprintf("%d.%d %%", thousandths/10, thousandths%10)
}

func (p *JudgementPage) places() []any {
	l, w := &p.Line, &p.Who
	return []any{&p.publisher, &p.PayeeClass, &p.Payee, &p.postcode, &p.entity, &p.expenseType, &p.expenseArea, &p.description,
		&p.Scope, &p.cpv, &p.Supplier, &p.Name, &p.paged,
		&p.likely, &l.Confidence, &l.Method, &l.Reason, &l.Version, &l.Payments, &l.Stake,
		&w.Confidence, &w.Method, &w.Reason, &w.Version, &w.Payments, &w.Stake}
}

func (r *request) judgement() (*page, error) {
	if !r.tables["line_judgements"] {
		return nil, withheld("judgements")
	}
	p, file, sheet, row, err := r.pickPayment()
	if err != nil {
		return nil, err
	}
	data, ok, err := one(r, r.db, "judgement", (*JudgementPage).places, values{"publisher": file.Publisher, "file_no": file.FileNo, "sheet_no": sheet, "row": row})
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notAPayment(file)
	}
	data.Payment, data.Pence = p.URL, p.Pence
	r.tellJudgement(&data)
	t := newTable("judged", "value", "confidence", "method", "reason", "version", "payments", "stake_pounds")
	t.add("scope", data.Scope, thousandths(data.Line.Confidence), data.Line.Method, data.Line.Reason, data.Line.Version, data.Line.Payments, money(data.Line.Stake))
	t.add("category", data.Category.Code, thousandths(data.Line.Confidence), data.Line.Method, data.Line.Reason, data.Line.Version, data.Line.Payments, money(data.Line.Stake))
	t.add("supplier", data.Supplier, thousandths(data.Who.Confidence), data.Who.Method, data.Who.Reason, data.Who.Version, data.Who.Payments, money(data.Who.Stake))
	return &page{template: "judgement", title: "Why this supplier, scope and category", section: "Search", data: data, table: t, private: true,
		trail:  []link{{"Home", "/"}, {shown(p.Body.Name), p.Body.URL()}, {"Payment of " + pounds(p.Pence), p.URL}},
		absent: []string{"A judgement is about the text of the line and no more: nobody was asked. It can be wrong, and can be overridden by a person, with the reason on record."}}, nil
}

func thousandths(n int64) string { return fmt.Sprintf("0.%03d", n) }

// tellJudgement names the categories, and writes the commands that override.
func (r *request) tellJudgement(p *JudgementPage) {
	if code, ok := r.server.cpv.read(p.cpv); ok {
		p.Category = r.server.cpv.node(code)
	}
	if code, ok := r.server.cpv.read(p.likely); ok && p.Category.Code == "" {
		p.Likely = r.server.cpv.node(code)
	}
	if p.paged {
		p.SupplierURL = "/suppliers/" + p.Supplier
	}
	if schemas.PayeeClass(p.PayeeClass) != schemas.PayeeOrganisation {
		return
	}
	category := p.Category.Code
	if category == "" {
		category = p.Likely.Code
	}
	p.Line.Override = overrideCommand("line", [2]string{"publisher", p.publisher}, [2]string{"payee", p.Payee}, [2]string{"expense-type", p.expenseType},
		[2]string{"description", p.description}, [2]string{"scope", p.Scope}, [2]string{"category", category})
	p.Who.Override = overrideCommand("payee", [2]string{"payee", p.Payee}, [2]string{"postcode", p.postcode}, [2]string{"same-as", schemas.Blank})
}

// overrideCommand writes an override; flags without a value are left out.
func overrideCommand(what string, parts ...[2]string) string {
	return schemas.OverrideCommand(what, slices.DeleteFunc(parts, func(part [2]string) bool { return part[1] == "" })...)
}

const reviewAPage = 30

// Review is one page of the judgements that are worth a person's look.
type Review struct {
	What  string       `json:"what"` // line, payee or "" for both
	Lines []ReviewLine `json:"judgements"`
	Next  string       `json:"next"`
}

// ReviewLine is a judgement on which much hangs with little confidence.
type ReviewLine struct {
	Place       int64  `json:"place"`
	What        string `json:"what"`
	Payee       string `json:"payee"`
	ExpenseType string `json:"expense_type"`
	Description string `json:"description"`
	Judged      string `json:"judged"` // a scope, or a supplier's identifier
	Detail      string `json:"cpv"`
	Name        string `json:"supplier_name"`
	Confidence  int64  `json:"confidence_thousandths"`
	Method      string `json:"method"`
	Reason      string `json:"reason"`
	Payments    int64  `json:"payments"`
	Stake       int64  `json:"stake_pence"`
	Doubt       int64  `json:"doubt_pence"` // stake times what confidence lacks
	URL         string `json:"url"`

	file                   string
	fileNo, sheetNo, rowNo int64
	shared                 bool
}

// Words says what was judged.
func (l ReviewLine) Words() string {
	switch {
	case l.What == "payee" && l.Judged == "":
		return "Supplier left open"
	case l.What == "payee":
		return "Supplier: " + shown(l.Name)
	}
	if l.Detail == "" {
		return scopeWords(l.Judged) + ", category left open"
	}
	return scopeWords(l.Judged) + ", " + l.Detail
}

func (l *ReviewLine) places() []any {
	return []any{&l.Place, &l.What, &l.Payee, &l.ExpenseType, &l.Description, &l.Judged, &l.Detail, &l.Name, &l.Confidence, &l.Method, &l.Reason,
		&l.Payments, &l.Stake, &l.Doubt, &l.file, &l.fileNo, &l.sheetNo, &l.rowNo, &l.shared}
}

func (r *request) review() (*page, error) {
	if !r.tables["review"] {
		return nil, withheld("judgements")
	}
	data := Review{What: r.query.Get("what")}
	after, err := int64(0), error(nil)
	if asked := r.query.Get("after"); asked != "" {
		after, err = strconv.ParseInt(asked, 10, 32)
	}
	if err != nil || after < 0 || data.What != "" && data.What != "line" && data.What != "payee" {
		return nil, badRequest("The place in the list that the address names cannot be read.", link{"See the first page", "/review"})
	}
	limit := reviewAPage
	if r.as == "csv" {
		limit = searchCSV
	}
	data.Lines, err = list(r, r.db, "review", (*ReviewLine).places, values{"after": after, "what": data.What, "limit": limit + 1})
	if err != nil {
		return nil, err
	}
	if len(data.Lines) > limit {
		data.Lines = data.Lines[:limit]
		data.Next = address("/review", "what", data.What, "after", strconv.FormatInt(data.Lines[limit-1].Place, 10))
	}
	t := newTable("place", "what", "payee", "expense_type", "description", "judged", "cpv", "confidence", "method", "reason", "payments", "stake_pounds", "doubt_pounds", "judgement")
	for i, l := range data.Lines {
		at := strings.SplitN(paymentURL(l.file, l.fileNo, l.sheetNo, l.rowNo, l.shared), "?", 2)
		data.Lines[i].URL = at[0] + "/judgement"
		if len(at) > 1 {
			data.Lines[i].URL += "?" + at[1]
		}
		t.add(l.Place, l.What, l.Payee, l.ExpenseType, l.Description, l.Judged, l.Detail, thousandths(l.Confidence), l.Method, l.Reason, l.Payments, money(l.Stake), money(l.Doubt), data.Lines[i].URL)
	}
	return &page{template: "review", title: "Judgements to look at first", section: "Methods", data: data, table: t, private: true,
		trail:  []link{{"Home", "/"}, {"Methods", "/methods"}},
		absent: []string{"Judgements on which little hangs, or of which there is little doubt: the list ends after the 2,000 that matter most.", "Payments to people and redacted payees: nothing about who they are is judged here."}}, nil
}
