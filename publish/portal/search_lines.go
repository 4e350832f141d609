package portal

import (
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// listLines lists the payments among what was found, with the words for their numbers.
func (r *request) listLines(s *Search, hits []hit, limit int) error {
	s.Rows = []SearchLine{}
	numbers := map[string]map[int64]bool{"payee": {}, "supplier": {}, "text": {}, "file": {}}
	var rows []hit
	for _, h := range hits {
		if h.facet == "row" {
			rows = append(rows, h)
		}
	}
	if s.First = ""; s.Filter.after.date != "" {
		s.First = address("/search", s.Filter.pairs()...)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		s.Next = address("/search", append(s.Filter.pairs(), "after", key{last.counted, last.file, last.sheet, last.row}.String())...)
	}
	for _, h := range rows {
		numbers["payee"][h.payee], numbers["supplier"][h.supplier], numbers["text"][h.text], numbers["file"][h.file] = true, true, true, true
	}
	if len(rows) == 0 {
		return nil
	}
	words, err := r.details(numbers)
	for _, h := range rows {
		s.Rows = append(s.Rows, r.searchLine(h, words))
	}
	return err
}

// detail is the words for a number.
type detail struct {
	what     string
	number   int64
	one, two string
}

// details reads the words for the numbers of payees, suppliers, texts and files.
func (r *request) details(numbers map[string]map[int64]bool) (map[string]map[int64]detail, error) {
	found, err := list(r, r.db, "search_details", func(d *detail) []any { return []any{&d.what, &d.number, &d.one, &d.two} },
		values{"payees": joined(numbers["payee"]), "suppliers": joined(numbers["supplier"]), "texts": joined(numbers["text"]), "files": joined(numbers["file"])})
	words := map[string]map[int64]detail{"payee": {}, "supplier": {}, "text": {}, "file": {}}
	for _, d := range found {
		words[d.what][d.number] = d
	}
	return words, err
}

func joined(numbers map[int64]bool) string {
	var texts []string
	for n := range numbers {
		texts = append(texts, strconv.FormatInt(n, 10))
	}
	slices.Sort(texts)
	return strings.Join(texts, ",")
}

func (r *request) searchLine(h hit, words map[string]map[int64]detail) SearchLine {
	file, supplier, text := words["file"][h.file].one, words["supplier"][h.supplier], words["text"][h.text]
	l := SearchLine{URL: paymentURL(file, h.file, h.sheet, h.row, r.shared[file]), Date: h.counted, Body: r.places[h.number], Pence: h.pence,
		Payee: words["payee"][h.payee].one, PayeeClass: h.class, Supplier: supplier.one, Name: supplier.two, ExpenseType: text.one, Description: text.two,
		Scope: h.word, Category: r.server.cpv.node(h.cpv)}
	if h.counted < "1990" {
		l.Date = ""
	}
	if l.Supplier != "" {
		l.SupplierURL = "/suppliers/" + l.Supplier
	}
	return l
}

func searchTable(rows []SearchLine) *table {
	t := newTable("date", "body", "payee", "supplier", "supplier_name", "amount_pounds", "expense_type", "description", "scope", "cpv", "payment")
	for _, l := range rows {
		t.add(l.Date, l.Body.Name, payeePlain(l.PayeeClass, l.Payee), l.Supplier, l.Name, money(l.Pence), l.ExpenseType, l.Description, l.Scope, l.Category.Code, l.URL)
	}
	return t
}

// payeePlain is the payee for programs: as published, or its class.
func payeePlain(class, payee string) string {
	if schemas.PayeeClass(class) == schemas.PayeeOrganisation {
		return payee
	}
	return payeeWords(class, payee)
}
