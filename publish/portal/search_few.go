package portal

import (
	"fmt"
	"slices"
	"strconv"
)

// common is from how many payments on words are looked for from the latest
// payment backwards: a page is soon full.
const common = 20_000

// few is how many payments are read once, and counted here, rather than asked
// for twice.
const few = 4000

// weigh finds about how many payments hold the words of a filter, and reports
// whether they are few.
func (r *request) weigh(f *SearchFilter) (bool, error) {
	if len(f.words) == 0 || r.as == "csv" {
		return false, nil
	}
	end, err := part("search_weight")
	if err != nil {
		return false, err
	}
	query := found{"WITH nothing AS (SELECT 1)", values{}}
	if err := query.addWords(f.words); err != nil {
		return false, err
	}
	hits, err := findOnce(r, &r.found, asKey(end, query.with), func() ([]hit, error) {
		return listText(r, r.db, query.text+"\n"+end, func(h *hit) []any { return []any{&h.payee, &h.text} }, query.with)
	})
	if err != nil {
		return false, fmt.Errorf("query search_weight: %w", err)
	}
	f.unnamed, f.untold, f.weight = hits[0].payee == 0, hits[0].text == 0, hits[0].payee+hits[0].text
	return f.weight <= few, nil
}

// searchFew reads all that was found at once, counts it, divides it, and lists
// a page of it.
func (r *request) searchFew(s *Search, limit int) error {
	whole := s.Filter
	whole.after = key{}
	query, err := whole.find()
	if err != nil {
		return err
	}
	query, latest, err := whole.latest(query, few)
	if err != nil {
		return err
	}
	rows, err := listHits(r, query, latest)
	if err != nil {
		return err
	}
	r.divide(s, parts(rows))
	if s.Filter.after.date != "" {
		at := slices.IndexFunc(rows, func(h hit) bool { return h.comesAfter(s.Filter.after) })
		if at < 0 {
			at = len(rows)
		}
		rows = rows[at:]
	}
	return r.listLines(s, rows[:min(len(rows), limit+1)], limit)
}

// comesAfter reports whether a payment is further down than a place.
func (h hit) comesAfter(k key) bool {
	switch {
	case h.counted != k.date:
		return h.counted < k.date
	case h.file != k.file:
		return h.file < k.file
	case h.sheet != k.sheet:
		return h.sheet < k.sheet
	}
	return h.row < k.row
}

// parts counts payments, in all and by what they are divided by.
func parts(rows []hit) []hit {
	type part struct {
		facet, word string
		number      int64
	}
	sums := map[part]hit{{}: {}}
	for _, h := range rows {
		year, _ := strconv.ParseInt(string(h.counted[:4]), 10, 64)
		if h.counted[5:7] < "04" {
			year--
		}
		for _, p := range []part{{}, {"body", "", h.number}, {"scope", h.word, 0}, {"category", "", h.cpv / 1_000_000 * 1_000_000}, {"year", "", year}} {
			sum := sums[p]
			sum.facet, sum.word, sum.number = p.facet, p.word, p.number
			sum.payments, sum.pence = sum.payments+1, sum.pence+h.pence
			sums[p] = sum
		}
	}
	list := make([]hit, 0, len(sums))
	for _, sum := range sums {
		list = append(list, sum)
	}
	slices.SortFunc(list, func(a, b hit) int {
		if a.facet+a.word != b.facet+b.word {
			if a.facet+a.word < b.facet+b.word {
				return -1
			}
			return 1
		}
		return int(a.number - b.number)
	})
	return list
}
