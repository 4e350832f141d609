package portal

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"commonspend/publish/filter"
	"commonspend/schemas"
)

// SearchFilter is what a search is narrowed to. In JSON it is the words of its
// address, in one spelling.
type SearchFilter struct {
	Text  string
	Year  string // 2024/25, where the span is just that year
	Asked url.Values

	read     filter.Filter
	places   []int64 // numbers of the bodies, where it narrows by bodies
	words    []string
	supplier int64 // the number of the one supplier; 0 for none, or one that searches do not know by number
	after    key
	named    idSet // payees whose names hold the words
	told     idSet // texts that do
	known    bool  // named and told are so few that a query names each

	since     Day  // the page is found on this day and later; "" where that is not known
	backwards bool // it is looked for from the latest payment backwards
}

// MarshalJSON writes the words of the address.
func (f SearchFilter) MarshalJSON() ([]byte, error) { return json.Marshal(f.Asked) }

// Value is the first of a word's values, "" for none.
func (f SearchFilter) Value(name string) string { return f.Asked.Get(name) }

// mostText is how long a text may be that is searched for.
const mostText = 200

// readSearch reads the filter from an address, as the API does. What it cannot
// be is refused in a sentence, never left out silently.
func (r *request) readSearch(query url.Values) (f SearchFilter, err error) {
	if f.read, err = filter.Read(query, "after"); err == nil {
		f.Text = f.read.Query
		for _, step := range []func(*SearchFilter) error{r.readPlaces, r.readWords, r.readSupplied} {
			if err = step(&f); err != nil {
				break
			}
		}
	}
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		return f, badRequest(wrong.Sentence, link{"Search again", "/search"})
	}
	if err != nil {
		return f, err
	}
	f.spell()
	if text := query.Get("after"); text != "" {
		f.after, err = readKey(text)
	}
	return f, err
}

// readPlaces finds the bodies, by number, and refuses a kind that none is of.
func (r *request) readPlaces(f *SearchFilter) error {
	kinds, _ := r.placed()
	for _, kind := range f.read.Kinds {
		if !slices.Contains(kinds, kind) {
			return filter.NotAmong("kind", kind, kinds)
		}
	}
	of := func(list []string, values ...string) bool {
		return len(list) == 0 || slices.ContainsFunc(values, func(value string) bool { return slices.Contains(list, value) })
	}
	for number, b := range r.release.places {
		if of(f.read.Bodies, b.body, b.Slug) && of(f.read.Kinds, b.Kind) && of(f.read.Regions, b.Region) {
			f.places = append(f.places, number)
		}
	}
	slices.Sort(f.places)
	return nil
}

// placed lists the kinds and the regions of the bodies that searches know.
func (r *request) placed() (kinds, regions []string) {
	kind, region := map[string]bool{}, map[string]bool{}
	for _, b := range r.release.places {
		kind[b.Kind], region[b.Region] = true, true
	}
	return sortedKeys(kind), sortedKeys(region)
}

func (r *request) readWords(f *SearchFilter) (err error) {
	if f.Text == "" {
		return nil
	}
	if f.words, err = r.wordsOf(f.Text); err == nil {
		f.read, err = f.read.OfWords(f.words)
	}
	return err
}

// readSupplied finds the number of the one supplier asked for.
func (r *request) readSupplied(f *SearchFilter) error {
	if len(f.read.Suppliers) != 1 {
		return nil
	}
	found, err := r.findSupplier(f.read.Suppliers[0])
	var unknown *problem
	if errors.As(err, &unknown) {
		return nil
	}
	f.supplier = found.number
	return err
}

// spell writes the filter as an address, in one spelling: a span by its year or
// its months where it is of whole ones.
func (f *SearchFilter) spell() {
	f.Asked = f.read.Values()
	from, to := f.read.From, f.read.To
	if from != schemas.NoDate && to != schemas.NoDate && from.FinancialYear().Period() == (schemas.Period{From: from, To: to}) {
		f.Year = from.FinancialYear().String()
		f.Asked.Del("from")
		f.Asked.Del("to")
		f.Asked.Set("year", from.FinancialYear().Slug())
		return
	}
	if from != schemas.NoDate && schemas.MonthOf(from).From == from {
		f.Asked.Set("from", Day(from.String()).MonthSlug())
	}
	if to != schemas.NoDate && schemas.MonthOf(to).To == to {
		f.Asked.Set("to", Day(to.String()).MonthSlug())
	}
	for name, amount := range map[string]*schemas.Amount{"least": f.read.Least, "most": f.read.Most} {
		if amount != nil {
			f.Asked.Set(name, poundsPlain(amount))
		}
	}
}

// wordsOf lists the words of a text, folded as the tables of words are: by the
// database, which folded those, unless the text is plain ASCII, of which both
// make the same.
func (r *request) wordsOf(text string) ([]string, error) {
	if strings.ContainsFunc(text, func(c rune) bool { return c > unicode.MaxASCII }) {
		return list(r, r.db, "words", func(w *string) []any { return []any{w} }, values{"text": text})
	}
	words := slices.DeleteFunc(folded(text), func(word string) bool { return len(word) > 40 })
	slices.Sort(words)
	return slices.Compact(words), nil
}

func poundsPlain(amount *schemas.Amount) string { return strings.TrimSuffix(amount.String(), ".00") }

// searchFor is a filter of one word.
func searchFor(name, value string) SearchFilter {
	return SearchFilter{Asked: url.Values{name: {value}}}
}

// with is the address of the search with one word otherwise.
func (f SearchFilter) with(name, value string) string {
	asked := maps.Clone(f.Asked)
	asked[name] = []string{value}
	return searchAddress(asked)
}

// without is the address of the search without one value of a word.
func (f SearchFilter) without(name, value string) string {
	asked := maps.Clone(f.Asked)
	asked[name] = slices.DeleteFunc(slices.Clone(asked[name]), func(v string) bool { return v == value })
	return searchAddress(asked)
}

func searchAddress(asked url.Values) string {
	if query := asked.Encode(); query != "" {
		return "/search?" + query
	}
	return "/search"
}

// placed reports whether the filter narrows by bodies.
func (f SearchFilter) placed() bool {
	return len(f.read.Bodies)+len(f.read.Kinds)+len(f.read.Regions) > 0
}

// dated reports whether the filter narrows by days.
func (f SearchFilter) dated() bool {
	return f.read.Undated || f.read.From != schemas.NoDate || f.read.To != schemas.NoDate
}

// monthly reports whether the span is of whole months.
func (f SearchFilter) monthly() bool {
	from, to := f.read.From, f.read.To
	return (from == schemas.NoDate || schemas.MonthOf(from).From == from) && (to == schemas.NoDate || schemas.MonthOf(to).To == to)
}

// noDay is where payments that count under no month stand: they lie in no span.
const noDay = "1900-01-01"

// period is the first and the last day that the filter takes.
func (f SearchFilter) period() (from, to string) {
	if f.read.Undated {
		return noDay, noDay
	}
	from, to = "1900-01-02", lastDate
	if f.read.From != schemas.NoDate {
		from = max(from, f.read.From.String())
	}
	if f.read.To != schemas.NoDate {
		to = f.read.To.String()
	}
	return from, to
}

// codes are the CPV codes that the filter takes, each branch from first to
// last; 0 is not categorised.
func (f SearchFilter) codes() (branches [][2]int64) {
	for _, code := range f.read.Categories {
		if code == "none" {
			branches = append(branches, [2]int64{})
			continue
		}
		first, last := filter.Branch(code), filter.Branch(code)
		for len(first) < 8 {
			first, last = first+"0", last+"9"
		}
		from, _ := strconv.ParseInt(first, 10, 64) // digits alone: filter.Read took them
		to, _ := strconv.ParseInt(last, 10, 64)
		branches = append(branches, [2]int64{max(from, 1), to})
	}
	return branches
}
