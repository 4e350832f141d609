package portal

import (
	"context"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// tallyCases are searches that the index counts; the last find nothing.
func tallyCases() []url.Values {
	return []url.Values{
		{"q": {"alder"}}, {"q": {"bright lamps"}}, {"q": {"lamps"}}, {"q": {"al"}}, {"q": {"alder and limit"}}, {"q": {"roads"}, "body": {"northmere-district-council"}},
		{"q": {"alder"}, "region": {"West"}, "year": {"2023-24"}}, {"q": {"alder"}, "scope": {"procurement"}}, {"q": {"lamps"}, "category": {"none"}},
		{"q": {"dunmore"}, "category": {"45000000"}}, {"supplier": {"s00000000000000a1"}}, {"supplier": {"s00000000000000a1"}, "q": {"alder"}, "kind": {"Non-metropolitan district"}},
		{"supplier": {"s00000000000000a1"}, "q": {"lamps"}}, {"q": {"lamps"}, "year": {"none"}}, {"q": {"alder"}, "region": {"West", "North"}, "scope": {"procurement", "grant"}, "category": {"45", "none"}}, {"q": {"nothing"}}, {"q": {"individual"}},
	}
}

// TestTallyEqualsCount holds what the index counts, and the page that is found
// by it, to what the database counts and lists payment by payment.
func TestTallyEqualsCount(t *testing.T) {
	s := serving(t, Options{})
	held := s.take()
	defer held.done()
	found := 0
	for _, asked := range tallyCases() {
		r := &request{Context: context.Background(), release: held, server: s, query: asked}
		filter := filterOf(t, r, asked)
		if !filter.tallied() {
			t.Fatalf("%v is not counted by the index", asked)
		}
		want, err := r.total(filter)
		if err != nil {
			t.Fatal(err)
		}
		tally := r.tally(filter)
		if got := tally.hits(held.index); !reflect.DeepEqual(got, want) {
			t.Errorf("%v: the index counts %v, the database %v", asked, got, want)
		}
		rows, err := r.latest(filter, 5000)
		if err != nil {
			t.Fatal(err)
		}
		found += len(rows)
		if int64(len(rows)) != want[0].payments {
			t.Errorf("%v: %d payments are listed and %d counted", asked, len(rows), want[0].payments)
		}
		checkPages(t, r, filter, rows)
	}
	if found == 0 {
		t.Error("nothing is found")
	}
}

// TestPublishedEqualsIndexed holds what is looked for in the payments themselves,
// whatever a filter narrows by, to what the tables for searches give.
func TestPublishedEqualsIndexed(t *testing.T) {
	s := serving(t, Options{})
	held := s.take()
	defer held.done()
	for _, asked := range append(tallyCases(), url.Values{}, url.Values{"year": {"none"}}, url.Values{"from": {"2023-05-10"}, "to": {"2024-06"}},
		url.Values{"scope": {"individuals", "unknown"}, "region": {"West", "North"}}, url.Values{"category": {"45", "none"}, "least": {"600"}}) {
		r := &request{Context: context.Background(), release: held, server: s, query: asked}
		f := filterOf(t, r, asked)
		want, err := r.total(f)
		if err != nil {
			t.Fatal(err)
		}
		f.backwards = true
		listed, err := r.latest(f, 40)
		if err != nil {
			t.Fatal(err)
		}
		byNumber, byWord := Search{Filter: f}, Search{Filter: f}
		if err := r.listLines(&byNumber, listed, nil, 40); err != nil {
			t.Fatal(err)
		}
		rows, words, err := r.latestPublished(f, 40)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.listLines(&byWord, rows, words, 40); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(byWord.Rows, byNumber.Rows) {
			t.Errorf("%v: the payments give\n%+v\nthe tables\n%+v", asked, byWord.Rows, byNumber.Rows)
		}
		query, err := f.published()
		if err != nil {
			t.Fatal(err)
		}
		facets, _ := part("search_facets")
		if got, err := listHits(r, query, facets); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v: the payments come to\n%v, %v\nthe tables to\n%v", asked, got, err, want)
		}
	}
}

// filterOf reads a filter and finds whose names hold its words.
func filterOf(t *testing.T, r *request, asked url.Values) SearchFilter {
	t.Helper()
	filter, err := r.readSearch(asked)
	if err != nil {
		t.Fatal(err)
	}
	filter.named, filter.told, filter.known = r.index.payees.holding(filter.words), r.index.texts.holding(filter.words), true
	return filter
}

// checkPages holds pages of seven, one after the other, to the whole list, whichever
// way they are looked for.
func checkPages(t *testing.T, r *request, filter SearchFilter, rows []hit) {
	t.Helper()
	for _, way := range []string{"narrowed", "backwards", "by name", "whole"} {
		f, at := filter, 0
		for {
			page := f
			switch way {
			case "narrowed":
				page = r.narrow(f, r.tally(f), 8)
			case "backwards":
				page = r.narrow(f, r.tally(f), 8)
				page.backwards = true
			case "by name":
				page = r.narrow(f, r.tally(f), 8)
				page.backwards = false
			default:
				page.known, page.backwards = false, true
			}
			list, err := r.latest(page, 7)
			if err != nil {
				t.Fatal(err)
			}
			if end := min(at+8, len(rows)); !slices.EqualFunc(list, rows[at:end], func(a, b hit) bool { return a == b }) {
				t.Fatalf("%q from %d on, %s: %v, not %v", f.Text, at, way, list, rows[at:end])
			}
			if len(list) < 8 || at > 60 {
				break
			}
			last := list[6]
			at, f.after = at+7, key{last.counted, last.file, last.sheet, last.row}
		}
	}
}

// TestHolding holds the words that the index looks up to those that the
// database does.
func TestHolding(t *testing.T) {
	s := serving(t, Options{})
	held := s.take()
	defer held.done()
	for _, text := range []string{"alder", "al", "ald", "alder ash", "alder and lim", "a", "zzz", "\U0010ffff", "lamps", "2024"} {
		r := &request{Context: context.Background(), release: held, server: s, query: url.Values{}}
		query := found{"WITH nothing AS (SELECT 1)", values{}}
		filter := SearchFilter{words: folded(text)}
		if len(filter.words) == 0 {
			filter.words = []string{text}
		}
		if err := query.addWords(filter); err != nil {
			t.Fatal(err)
		}
		for _, side := range []struct {
			name string
			got  idSet
		}{{"named", held.index.payees.holding(filter.words)}, {"told", held.index.texts.holding(filter.words)}} {
			want, err := listText(r, r.db, query.text+"\nSELECT DISTINCT id FROM "+side.name+" ORDER BY id", func(n *int32) []any { return []any{n} }, query.with)
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.Collect(side.got.all()); !slices.Equal(got, want) || side.got.count() != len(want) {
				t.Errorf("%q, %s: %v, the database finds %v", text, side.name, got, want)
			}
		}
	}
}

// TestPaidMost holds the names that match to the suppliers paid most.
func TestPaidMost(t *testing.T) {
	x := &index{suppliers: []int32{0, 7, 7, 0, 9, 0}, paid: []int64{0, 50, 50, 80, 20, 50}}
	all := idSet{0b111110}
	for most, want := range map[int]string{8: "7,9 of 3,5", 2: "7 of 3"} {
		suppliers, open := x.paidMost(all, most)
		if got := joined(suppliers) + " of " + joined(open); got != want {
			t.Errorf("the %d most paid are %s, not %s", most, got, want)
		}
	}
	if suppliers, open := x.paidMost(idSet{}, 8); len(suppliers)+len(open) != 0 {
		t.Errorf("of none %v, %v", suppliers, open)
	}
}

// TestWordsOf holds the words of plain text to those that the database makes.
func TestWordsOf(t *testing.T) {
	s := serving(t, Options{})
	held := s.take()
	defer held.done()
	r := &request{Context: context.Background(), release: held, server: s, query: url.Values{}}
	for _, text := range []string{"Alder & Ash Ltd", "O'Brien's  o'brien", "a-b_c/d 12.5%", "!", "ref00012 REF", "x" + strings.Repeat("y", 40) + " z", "tab\tline\nend\x00nul"} {
		want, err := list(r, r.db, "words", func(w *string) []any { return []any{w} }, values{"text": text})
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.wordsOf(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, the database makes %q, %v", text, got, want, err)
		}
	}
}
