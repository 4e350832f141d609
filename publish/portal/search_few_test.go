package portal

import (
	"context"
	"net/url"
	"reflect"
	"slices"
	"testing"
)

// TestFewEqualsMany holds what is counted here, of searches that find little,
// to what the database counts.
func TestFewEqualsMany(t *testing.T) {
	s := serving(t, Options{})
	held := s.take()
	defer held.done()
	for _, text := range []string{"alder", "bright lamps", "lamps", "nothing"} {
		r := &request{Context: context.Background(), release: held, server: s, query: url.Values{}}
		filter, err := r.readSearch(url.Values{"q": {text}})
		if err != nil {
			t.Fatal(err)
		}
		query, err := filter.find()
		if err != nil {
			t.Fatal(err)
		}
		facets, err := part("search_facets")
		if err != nil {
			t.Fatal(err)
		}
		asked, err := listHits(r, query, facets)
		if err != nil {
			t.Fatal(err)
		}
		latest, end, err := filter.latest(query, few)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := listHits(r, latest, end)
		if err != nil {
			t.Fatal(err)
		}
		counted := parts(rows)
		byName := func(a, b hit) int {
			if a.facet+a.word < b.facet+b.word || a.facet+a.word == b.facet+b.word && a.number < b.number {
				return -1
			}
			return 1
		}
		slices.SortFunc(asked, byName)
		slices.SortFunc(counted, byName)
		if !reflect.DeepEqual(asked, counted) {
			t.Errorf("%q: the database counts %v, we count %v", text, asked, counted)
		}
		byDate, err := heavy(filter).findLatest()
		if err != nil {
			t.Fatal(err)
		}
		again, end, err := filter.latest(byDate, few)
		if err != nil {
			t.Fatal(err)
		}
		if backwards, err := listHits(r, again, end); err != nil || !reflect.DeepEqual(rows, backwards) {
			t.Errorf("%q: %d payments by the words and %d backwards from the latest, %v", text, len(rows), len(backwards), err)
		}
	}
}

// heavy is the filter as if its words were in very many payments.
func heavy(f SearchFilter) SearchFilter {
	f.weight = common
	return f
}
