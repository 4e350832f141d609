package receipt

import (
	"strconv"

	"commonspend/schemas"
)

// Checked is a file and what was found out about it.
type Checked struct {
	File    string // its name, as the person who asks knows it
	SHA256  string
	Bytes   int64
	Format  string // csv xlsx xls ods zip gzip; html and the like where refused for it; ""
	Report  schemas.FileReport
	Issues  *Issues
	Skipped []Skipped
}

// Skipped is a member of a zip that was passed over, and why.
type Skipped struct{ Member, Why string }

// Receipt is the report on one file. Its JSON is the shape that `check --json`
// writes.
type Receipt struct {
	File    string          `json:"file"`
	SHA256  string          `json:"sha256"`
	Bytes   int64           `json:"bytes"`
	Format  string          `json:"format"`
	Outcome schemas.Outcome `json:"outcome"`
	Reason  string          `json:"reason"`
	Tables  []Table         `json:"-"` // "tables", which MarshalJSON adds

	skipped []Skipped
	words   *Words
}

// Table is the report on one sheet, or on a whole CSV.
type Table struct {
	Member      string                    `json:"member"`
	Sheet       string                    `json:"sheet"`
	Encoding    string                    `json:"encoding"`
	Delimiter   string                    `json:"delimiter"`
	HeaderRow   Place                     `json:"header_row"`
	Rows        Rows                      `json:"rows"`
	AmountPence schemas.Amount            `json:"amount_pence"`
	Negative    int                       `json:"negative"`
	DateFrom    Day                       `json:"date_from"`
	DateTo      Day                       `json:"date_to"`
	DateOrder   string                    `json:"date_order"`
	VATBasis    schemas.VATBasis          `json:"vat_basis"`
	VATEvidence string                    `json:"vat_evidence"`
	Columns     map[string]string         `json:"columns"`
	Unmapped    []string                  `json:"unmapped"`
	IssueCounts map[schemas.IssueKind]int `json:"issue_counts"`

	columns []schemas.ColumnMap
	account schemas.Account
	located []located // "issues": there may be millions, so each is worded as it is told
}

// Rows says what became of each physical row: the others add up to Physical.
type Rows struct {
	Physical int `json:"physical"`
	Payments int `json:"payments"`
	Blank    int `json:"blank"`
	Preamble int `json:"preamble"`
	Header   int `json:"header"`
	Total    int `json:"total"`
	Note     int `json:"note"`
	Refused  int `json:"refused"`
}

// Issue is one located issue. Row and Column are null where it is of the whole.
type Issue struct {
	Row     Place             `json:"row"`
	Column  Place             `json:"column"`
	Kind    schemas.IssueKind `json:"kind"`
	Value   string            `json:"value"`
	Message string            `json:"message"`
}

// Place is a 1-based row or column; 0 is none, and null in JSON.
type Place int

// MarshalJSON writes null for none.
func (p Place) MarshalJSON() ([]byte, error) {
	if p == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(p), 10), nil
}

// Day is a date that is ISO 8601 in JSON, null where there is none.
type Day schemas.Date

// MarshalJSON writes null for no date.
func (d Day) MarshalJSON() ([]byte, error) {
	if schemas.Date(d) == schemas.NoDate {
		return []byte("null"), nil
	}
	return strconv.AppendQuote(nil, schemas.Date(d).String()), nil
}

// Receipt puts a file's report into the shape and the words in which it is told.
func (w *Words) Receipt(c Checked) *Receipt {
	r := &Receipt{File: c.File, SHA256: c.SHA256, Bytes: c.Bytes, Format: c.Format, Outcome: c.Report.Outcome,
		Reason: c.Report.Reason, Tables: make([]Table, 0, len(c.Report.Sheets)), skipped: c.Skipped, words: w}
	for _, sheet := range c.Report.Sheets {
		r.Tables = append(r.Tables, w.table(sheet, c.Issues.of(sheet.Number)))
	}
	return r
}

func (w *Words) table(s schemas.SheetReport, issues []located) Table {
	a := s.Account
	t := Table{Member: s.Member, Sheet: s.Name, Encoding: s.Encoding, Delimiter: s.Delimiter, HeaderRow: Place(s.HeaderRow),
		Rows:        Rows{a.Physical, a.Payments, a.Blank, a.Preamble, a.Header, a.Total, a.Note, a.Refused},
		AmountPence: a.PaymentPence, Negative: a.Negative, DateFrom: Day(s.DateFrom), DateTo: Day(s.DateTo),
		DateOrder: s.DateOrder, VATBasis: s.VAT, VATEvidence: s.VATEvidence, Columns: map[string]string{}, Unmapped: []string{},
		IssueCounts: s.IssueCounts, columns: s.Columns, account: a, located: issues}
	if t.IssueCounts == nil {
		t.IssueCounts = map[schemas.IssueKind]int{}
	}
	uses := map[string]int{}
	for _, c := range s.Columns {
		uses[c.Header]++
		if _, taken := t.Columns[c.Field]; c.Field == "" || taken {
			t.Unmapped = append(t.Unmapped, keptAs(c, uses[c.Header]))
			continue
		}
		t.Columns[c.Field] = c.Header
	}
	return t
}

// keptAs is the name under which a column without a field is kept: its header,
// numbered where it repeats, or its number where it is blank.
func keptAs(c schemas.ColumnMap, use int) string {
	switch {
	case c.Header == "":
		return "column " + strconv.Itoa(c.Column)
	case use > 1:
		return c.Header + " (" + strconv.Itoa(use) + ")"
	}
	return c.Header
}
