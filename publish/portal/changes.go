package portal

import (
	"slices"
	"strings"
)

// ChangesPage is the difference between a file and the one it replaced: what
// their accounts, columns and periods tell. The rows of the earlier one are not
// in the release.
type ChangesPage struct {
	Now     FileLine       `json:"now"`
	Before  FileLine       `json:"before"`
	Lines   []ChangeLine   `json:"account"`
	Columns []ColumnChange `json:"columns"`
}

// ChangeLine is a number of both accounts. Money is in pence.
type ChangeLine struct {
	What   string `json:"what"`
	Words  string `json:"title"`
	Before int64  `json:"before_number"`
	Now    int64  `json:"now_number"`
	Money  bool   `json:"is_money"`
}

// Change is how much more it is now.
func (c ChangeLine) Change() int64 { return c.Now - c.Before }

// ColumnChange is a header that one of the two has, or what it became in each.
type ColumnChange struct {
	Header string `json:"header"`
	Before string `json:"before"` // the field it became; "absent", or "kept" under its own header
	Now    string `json:"now_field"`
}

func (r *request) changes() (*page, error) {
	if !fileName.MatchString(r.path["file"]) {
		return nil, notFound("A file's address ends in its SHA-256 hash, or at least the first 12 characters of it.")
	}
	now, err := r.pick(r.path["file"])
	if err != nil {
		return nil, err
	}
	type earlier struct {
		no   int64
		file string
	}
	last, ok, err := one(r, r.db, "file_replaced", func(e *earlier) []any { return []any{&e.no, &e.file} }, values{"file_no": now.FileNo})
	if err != nil {
		return nil, err
	}
	if !ok {
		absent := notFound("This file replaced no earlier one, so there is no difference to show.")
		absent.Next = append([]link{{"See the file", now.URL}}, absent.Next...)
		return nil, absent
	}
	before, err := r.pickNumber(last.file, last.no)
	if err != nil {
		return nil, err
	}
	data := ChangesPage{Now: now.line(), Before: before.line()}
	if err := r.compareFiles(&data, &before, &now); err != nil {
		return nil, err
	}
	t := newTable("what", "before", "now", "change")
	for _, l := range data.Lines {
		if l.Money {
			t.add(l.What+"_pounds", money(l.Before), money(l.Now), money(l.Change()))
		} else {
			t.add(l.What, l.Before, l.Now, l.Change())
		}
	}
	return &page{template: "changes", title: "What changed: " + cut(100, now.Name), section: "Bodies", data: data, table: t,
		trail:  []link{{"Home", "/"}, {"File: " + cut(60, now.Name), now.URL}},
		absent: []string{"Single payments: a release holds only those of the file that counts now. The earlier file itself is kept, under its hash."}}, nil
}

// pickNumber finds one receipt of a file.
func (r *request) pickNumber(file string, no int64) (FilePage, error) {
	found, err := r.readReceipts([]int64{no})
	if err != nil || len(found) == 0 {
		return FilePage{}, err
	}
	found[0].URL = fileURL(file, no, r.shared[file])
	return found[0], nil
}

// line is the file as a list shows it.
func (f FilePage) line() FileLine {
	return FileLine{URL: f.URL, FileNo: f.FileNo, File: f.File, Name: f.Name, Duty: f.Duty, From: f.From, To: f.To, Outcome: f.Outcome,
		Current: f.Current, Replaced: f.Replaced != "", Received: f.ReceivedDay()}
}

func (r *request) compareFiles(p *ChangesPage, before, now *FilePage) error {
	for _, f := range []*FilePage{before, now} {
		if err := r.fileSheets(f); err != nil {
			return err
		}
		if f.Account == nil {
			f.Account = &Account{}
		}
	}
	a, b := before.Account, now.Account
	p.Now.Payments, p.Now.Pence, p.Before.Payments, p.Before.Pence = b.Payments, b.PaymentPence, a.Payments, a.PaymentPence
	p.Lines = []ChangeLine{
		{"payments", "Payments", a.Payments, b.Payments, false}, {"payment", "Paid, together", a.PaymentPence, b.PaymentPence, true},
		{"negative", "of which credits and refunds, how many", a.Negative, b.Negative, false},
		{"refused", "Rows whose amount cannot be read", a.Refused, b.Refused, false}, {"total", "Total rows", a.Total, b.Total, false},
		{"note", "Notes and other rows", a.Note, b.Note, false}, {"physical", "All rows", a.Physical, b.Physical, false},
		{"readable", "All readable amounts", a.ReadablePence, b.ReadablePence, true}}
	p.Columns = columnChanges(fieldsOf(before), fieldsOf(now))
	return nil
}

// fieldsOf says what each header of a file became.
func fieldsOf(f *FilePage) map[string]string {
	fields := map[string]string{}
	for _, s := range f.Sheets {
		for _, c := range s.Columns {
			if fields[c.Header] = c.Field; c.Field == "" {
				fields[c.Header] = "kept"
			}
		}
	}
	return fields
}

func columnChanges(before, now map[string]string) []ColumnChange {
	changes := []ColumnChange{}
	for header, field := range before {
		if now[header] != field {
			changes = append(changes, ColumnChange{header, field, orAbsent(now[header])})
		}
	}
	for header, field := range now {
		if before[header] == "" {
			changes = append(changes, ColumnChange{header, "absent", field})
		}
	}
	slices.SortFunc(changes, func(a, b ColumnChange) int { return strings.Compare(a.Header, b.Header) })
	return changes
}

func orAbsent(field string) string {
	if field == "" {
		return "absent"
	}
	return field
}
