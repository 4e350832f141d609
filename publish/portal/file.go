package portal

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// FilePage is a file's receipt: what was received, what was decided about it,
// and what became of every row and penny.
type FilePage struct {
	URL       string   `json:"url"`
	FileNo    int64    `json:"file_no"`
	File      string   `json:"file"` // SHA-256
	Publisher string   `json:"publisher"`
	Body      string   `json:"body"`
	BodyName  string   `json:"body_name"`
	BodySlug  string   `json:"body_slug"`
	Name      string   `json:"name"`
	Source    string   `json:"source"`
	Bytes     int64    `json:"bytes"`
	Received  string   `json:"received"`
	Outcome   string   `json:"outcome"`
	Reason    string   `json:"reason"`
	Duty      string   `json:"duty"`
	From      Day      `json:"period_from"`
	To        Day      `json:"period_to"`
	Basis     string   `json:"period_basis"`
	Current   bool     `json:"current"`
	Replaced  string   `json:"superseded_by"` // address of the file that replaced it
	Also      []link   `json:"also_received"` // receipts of the same bytes
	Sheets    []Sheet  `json:"sheets"`
	Earlier   string   `json:"changes_url"` // the difference to the file it replaced
	Issues    []Issue  `json:"issues"`
	Account   *Account `json:"account"` // over all sheets; null where there is none

	replacedBy int64 // the file_no
}

// ReceivedDay is the day on which the file was received.
func (f FilePage) ReceivedDay() Day { return Day(f.Received[:min(10, len(f.Received))]) }

// SourceURL is where the file was fetched from, where that is on the web.
func (f FilePage) SourceURL() string {
	if at, err := url.Parse(f.Source); err == nil && at.Host != "" && (at.Scheme == "https" || at.Scheme == "http") {
		return at.String()
	}
	return ""
}

// Words writes the period that the file claims.
func (f FilePage) Words() string { return periodWords(f.From, f.To) }

// BasisWords says what the period rests on.
func (f FilePage) BasisWords() string { return basisWords(f.Basis) }

// Sheet is one sheet of the file, and what was decided about it.
type Sheet struct {
	Number      int64    `json:"sheet_no"`
	Member      string   `json:"member"`
	Name        string   `json:"sheet"`
	Encoding    string   `json:"encoding"`
	Delimiter   string   `json:"delimiter"`
	HeaderRow   int64    `json:"header_row"`
	Account     Account  `json:"account"`
	DateFrom    Day      `json:"date_from"`
	DateTo      Day      `json:"date_to"`
	DateOrder   string   `json:"date_order"`
	VATBasis    string   `json:"vat_basis"`
	VATEvidence string   `json:"vat_evidence"`
	Columns     []Column `json:"columns"`

	columns string
}

// Account is what became of each physical row and each readable penny.
type Account struct {
	Physical      int64 `json:"physical"`
	Preamble      int64 `json:"preamble"`
	Header        int64 `json:"header"`
	Payments      int64 `json:"payments"`
	Refused       int64 `json:"refused"`
	Blank         int64 `json:"blank"`
	Total         int64 `json:"total"`
	Note          int64 `json:"note"`
	ReadablePence int64 `json:"readable_pence"`
	PaymentPence  int64 `json:"payment_pence"`
	TotalPence    int64 `json:"total_pence"`
	NotePence     int64 `json:"note_pence"`
	Negative      int64 `json:"negative"`
}

// Rows is the sum of the parts, which must equal Physical.
func (a Account) Rows() int64 {
	return a.Preamble + a.Header + a.Payments + a.Refused + a.Blank + a.Total + a.Note
}

// Pence is the sum of the parts, which must equal ReadablePence.
func (a Account) Pence() int64 { return a.PaymentPence + a.TotalPence + a.NotePence }

// Balances reports whether every row and every penny is accounted for.
func (a Account) Balances() bool { return a.Rows() == a.Physical && a.Pence() == a.ReadablePence }

func (a *Account) add(b Account) {
	a.Physical += b.Physical
	a.Preamble += b.Preamble
	a.Header += b.Header
	a.Payments += b.Payments
	a.Refused += b.Refused
	a.Blank += b.Blank
	a.Total += b.Total
	a.Note += b.Note
	a.ReadablePence += b.ReadablePence
	a.PaymentPence += b.PaymentPence
	a.TotalPence += b.TotalPence
	a.NotePence += b.NotePence
	a.Negative += b.Negative
}

// Column says which field a published column became; "" where the common
// schema has no place for it.
type Column struct {
	Column  int    `json:"column"`
	Letters string `json:"letters"`
	Header  string `json:"header"`
	Field   string `json:"field"`
}

func readColumns(text string) ([]Column, error) {
	columns := []Column{}
	if text == "" {
		return columns, nil
	}
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		return nil, fmt.Errorf("a sheet's columns: %w", err)
	}
	return columns, nil
}

// Place is where an issue was found. Column and Letters are empty where it is
// of the row, Row where it is of the sheet. Value is "" where it is withheld.
type Place struct {
	SheetNo int64  `json:"sheet_no"`
	Sheet   string `json:"sheet"`
	Row     int64  `json:"row"`
	Column  int    `json:"column"`
	Letters string `json:"letters"`
	Field   string `json:"field"`
	Value   string `json:"value"`

	kind  string
	count int64
	book  bool
}

var fileName = regexp.MustCompile(`^[0-9a-f]{12,64}$`)

func (r *request) file() (*page, error) {
	if !fileName.MatchString(r.path["file"]) {
		return nil, notFound("A file's address ends in its SHA-256 hash, or at least the first 12 characters of it.")
	}
	data, err := r.pick(r.path["file"])
	if err != nil {
		return nil, err
	}
	if err := r.fileSheets(&data); err != nil {
		return nil, err
	}
	if err := r.fileIssues(&data); err != nil {
		return nil, err
	}
	if err := r.fileEarlier(&data); err != nil {
		return nil, err
	}
	trail := []link{{"Home", "/"}, {"Bodies", "/bodies"}}
	if data.BodySlug != "" {
		trail = append(trail, link{shown(data.BodyName), "/bodies/" + data.BodySlug}, link{"Files", "/bodies/" + data.BodySlug + "/files"})
	}
	return &page{template: "file", title: "File: " + cut(120, data.Name), section: "Bodies", trail: trail, data: data, table: data.table(),
		absent: []string{"Whether the file has every payment that it should: only its publisher knows.",
			"Total rows, notes and rows whose amount cannot be read: they are counted above, and are no payments.",
			"The file itself, which its publisher posts. The SHA-256 above tells whether a copy is the same, byte for byte."}}, nil
}

// fileEarlier says where the difference to the file that this one replaced is told.
func (r *request) fileEarlier(f *FilePage) error {
	numbers, err := list(r, r.db, "file_replaced", func(n *FileLine) []any { return []any{&n.FileNo, &n.File} }, values{"file_no": f.FileNo})
	if len(numbers) > 0 {
		path, query, _ := strings.Cut(f.URL, "?")
		f.Earlier = strings.TrimSuffix(path+"/changes?"+query, "?")
	}
	return err
}

// table is the file's account.
func (f FilePage) table() *table {
	t := newTable("part", "rows", "readable_pounds")
	if f.Account != nil {
		a := f.Account
		for _, line := range []struct {
			part        string
			rows, pence int64
		}{{"payments", a.Payments, a.PaymentPence}, {"total", a.Total, a.TotalPence}, {"note", a.Note, a.NotePence}, {"refused", a.Refused, 0},
			{"header", a.Header, 0}, {"preamble", a.Preamble, 0}, {"blank", a.Blank, 0}, {"physical", a.Physical, a.ReadablePence}} {
			t.add(line.part, line.rows, money(line.pence))
		}
	}
	return t
}

// pick finds a file by the beginning of its hash. The same bytes may have been
// received more than once: then ?file_no= says which receipt, and the current
// one, else the latest, is meant without it.
func (r *request) pick(prefix string) (FilePage, error) {
	numbers := r.receipts(prefix)
	if len(numbers) == 0 {
		return FilePage{}, notFound("No file with this hash is in release " + r.Number + ".")
	}
	found, err := r.readReceipts(numbers)
	if err != nil {
		return FilePage{}, err
	}
	chosen := -1
	for i, f := range found {
		if f.File != found[0].File {
			return FilePage{}, badRequest("More than one file's hash begins like this. Give more of its characters.")
		}
		if asked := r.query.Get("file_no"); asked == "" && i == 0 || asked == onlyIf(true, f.FileNo) {
			chosen = i
		}
	}
	if chosen < 0 {
		return FilePage{}, notFound("This file has no receipt of that number.")
	}
	file := found[chosen]
	file.URL = fileURL(file.File, file.FileNo, len(found) > 1)
	file.Also = []link{}
	for i, f := range found {
		if i != chosen {
			file.Also = append(file.Also, link{shown(f.Name), fileURL(f.File, f.FileNo, true)})
		}
	}
	return file, nil
}

// readReceipts reads receipts by their numbers, the current ones first, then
// the latest.
func (r *request) readReceipts(numbers []int64) ([]FilePage, error) {
	found, err := list(r, r.db, "file", (*FilePage).places, values{"files": joined(numbers)})
	for i := range found {
		if by := found[i].replacedBy; r.hashes[by] != "" {
			found[i].Replaced = fileURL(r.hashes[by], by, true)
		}
	}
	return found, err
}

func (f *FilePage) places() []any {
	return []any{&f.FileNo, &f.File, &f.Publisher, &f.Body, &f.BodyName, &f.BodySlug, &f.Name, &f.Source, &f.Bytes, &f.Received,
		&f.Outcome, &f.Reason, &f.Duty, &f.From, &f.To, &f.Basis, &f.Current, &f.replacedBy}
}

func (r *request) fileSheets(f *FilePage) (err error) {
	f.Sheets, err = list(r, r.db, "file_sheets", func(s *Sheet) []any {
		a := &s.Account
		return []any{&s.Number, &s.Member, &s.Name, &s.Encoding, &s.Delimiter, &s.HeaderRow,
			&a.Physical, &a.Preamble, &a.Header, &a.Payments, &a.Refused, &a.Blank, &a.Total, &a.Note,
			&a.ReadablePence, &a.PaymentPence, &a.TotalPence, &a.NotePence, &a.Negative,
			&s.DateFrom, &s.DateTo, &s.DateOrder, &s.VATBasis, &s.VATEvidence, &s.columns}
	}, values{"file_no": f.FileNo})
	if err != nil {
		return err
	}
	for i := range f.Sheets {
		s := &f.Sheets[i]
		if s.Columns, err = readColumns(s.columns); err != nil {
			return err
		}
		for j := range s.Columns {
			if s.Encoding == "" {
				s.Columns[j].Letters = columnLetters(s.Columns[j].Column)
			}
		}
		if f.Account == nil {
			f.Account = &Account{}
		}
		f.Account.add(s.Account)
	}
	return nil
}

// fileIssues counts the file's issues by kind, with up to three places each.
func (r *request) fileIssues(f *FilePage) error {
	found, err := list(r, r.db, "file_issues", func(p *Place) []any {
		return []any{&p.kind, &p.count, &p.SheetNo, &p.Sheet, &p.Row, &p.Column, &p.Field, &p.Value, &p.book}
	}, values{"file_no": f.FileNo})
	f.Issues = []Issue{}
	for _, p := range found {
		if last := len(f.Issues) - 1; last < 0 || f.Issues[last].Kind != p.kind {
			f.Issues = append(f.Issues, r.server.explain(p.kind, p.count))
		}
		if p.book {
			p.Letters = columnLetters(p.Column)
		}
		if p.Row > 0 || p.Column > 0 {
			last := &f.Issues[len(f.Issues)-1]
			last.Examples = append(last.Examples, p)
		}
	}
	return err
}
