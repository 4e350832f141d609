package portal

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"commonspend/schemas"
)

// listLines lists the payments among what was found, with the words for their numbers: those given, or those looked up.
func (r *request) listLines(s *Search, hits []hit, words wordsFor, limit int) error {
	s.Rows = []SearchLine{}
	numbers := map[string]map[int64]bool{"payee": {}, "supplier": {}, "text": {}}
	var rows []hit
	for _, h := range hits {
		if h.facet == "row" {
			rows = append(rows, h)
		}
	}
	if s.First = ""; s.Filter.after.date != "" {
		s.First = searchAddress(s.Filter.Asked)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		s.Next = s.Filter.with("after", key{last.counted, last.file, last.sheet, last.row}.String())
	}
	for _, h := range rows {
		numbers["payee"][h.payee], numbers["supplier"][h.supplier], numbers["text"][h.text] = true, true, true
	}
	if len(rows) == 0 {
		return nil
	}
	var err error
	if words == nil {
		words, err = r.details(numbers)
	}
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

// wordsFor are the words for the numbers of payees, suppliers and texts.
type wordsFor map[string]map[int64]detail

// details reads the words for the numbers of payees, suppliers and texts.
func (r *request) details(numbers map[string]map[int64]bool) (wordsFor, error) {
	found, err := list(r, r.db, "search_details", func(d *detail) []any { return []any{&d.what, &d.number, &d.one, &d.two} },
		values{"payees": joined(slices.Sorted(maps.Keys(numbers["payee"]))), "suppliers": joined(slices.Sorted(maps.Keys(numbers["supplier"]))),
			"texts": joined(slices.Sorted(maps.Keys(numbers["text"])))})
	words := wordsFor{"payee": {}, "supplier": {}, "text": {}}
	for _, d := range found {
		words[d.what][d.number] = d
	}
	return words, err
}

// joined lists numbers as text; -1, which is none's, where there are none.
func joined[N int32 | int64](numbers []N) string {
	if len(numbers) == 0 {
		return "-1"
	}
	var texts []string
	for _, n := range numbers {
		texts = append(texts, strconv.FormatInt(int64(n), 10))
	}
	return strings.Join(texts, ",")
}

func (r *request) searchLine(h hit, words wordsFor) SearchLine {
	file, supplier, text := r.hashes[h.file], words["supplier"][h.supplier], words["text"][h.text]
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
