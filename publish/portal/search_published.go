package portal

import (
	"fmt"
	"strings"

	"commonspend/publish/filter"
)

// indexed reports whether the tables that searches read have all that a filter
// narrows by. What it asks of other columns is looked for in the payments.
func (f SearchFilter) indexed() bool {
	r := f.read
	return len(r.Publishers)+len(r.Duties)+len(r.Payees)+len(r.ExpenseTypes)+len(r.Files) == 0 && (len(r.Suppliers) == 0 || f.supplier != 0)
}

// published puts together the payments that a filter is after, whatever it
// narrows by.
func (f SearchFilter) published() (found, error) {
	text, err := part("search_published")
	p := f.read.Predicate()
	text = strings.NewReplacer("{counted}", filter.Counted, "{where}", p.Where).Replace(text)
	return found{"WITH found AS (\n" + text + ")\n", p.Values}, err
}

// publishedHit is a payment with its words, not their numbers.
type publishedHit struct {
	hit
	payeeText, supplierID, supplierName, expenseType, description string
}

func (h *publishedHit) places() []any {
	return append(h.hit.places(), &h.payeeText, &h.supplierID, &h.supplierName, &h.expenseType, &h.description)
}

// latestPublished lists a page of what any filter finds, and one payment more
// where there is one; with the words for the numbers that it gives them.
func (r *request) latestPublished(f SearchFilter, limit int) ([]hit, wordsFor, error) {
	query, err := f.published()
	if err != nil {
		return nil, nil, err
	}
	query, end, err := f.latest(query, limit, "published")
	if err != nil {
		return nil, nil, err
	}
	order, err := part("search_order")
	if err != nil {
		return nil, nil, err
	}
	text := query.text + end + order
	rows, err := findOnce(r, &r.found, asKey(text, query.with), func() ([]publishedHit, error) {
		return listText(r, r.db, text, (*publishedHit).places, query.with)
	})
	if err != nil {
		return nil, nil, fmt.Errorf("query search: %w", err)
	}
	words := wordsFor{"payee": {}, "supplier": {}, "text": {}}
	hits := make([]hit, len(rows))
	for i, row := range rows {
		n := int64(i)
		row.payee, row.supplier, row.text = n, n, n
		words["payee"][n] = detail{one: row.payeeText}
		words["supplier"][n] = detail{one: row.supplierID, two: row.supplierName}
		words["text"][n] = detail{one: row.expenseType, two: row.description}
		hits[i] = row.hit
	}
	return hits, words, nil
}
