package filter

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"commonspend/schemas"
)

// Filter is what payments are narrowed to. Its zero value, made by New, is all
// of them. Of several values of one word any will do; different words must all
// hold.
type Filter struct {
	Bodies       []string // ids or slugs
	Kinds        []string // of bodies
	Regions      []string // of bodies
	Publishers   []string
	Duties       []string
	Suppliers    []string // ids
	Categories   []string // CPV codes: a code ending in zeros means its whole branch; none for not categorised
	Scopes       []string
	Payees       []string // as a figure's key has it: to the letter
	ExpenseTypes []string // to the letter
	Files        []string // SHA-256, or its beginning
	Query        string   // words, as the pages' search finds them
	From, To     schemas.Date
	Undated      bool // only payments that count under no date
	Least, Most  *schemas.Amount

	ids   []string // of bodies: what Bodies, Kinds and Regions come to, once found
	words []string // of Query, once folded
}

// OfBodies is the filter with its bodies, kinds and regions as the ids that
// they come to: what a query for a large download is spared to find. None is
// no payment at all.
func (f Filter) OfBodies(ids []string) Filter {
	f.Bodies, f.Kinds, f.Regions, f.ids = nil, nil, nil, append([]string{}, ids...)
	return f
}

// mostWords is how many words a filter may look for.
const mostWords = 8

// OfWords is the filter with the words of its Query, folded as a release's
// tables of words are. Its error is an *Error: those tables hold
// nothing of what others report of a body.
func (f Filter) OfWords(words []string) (Filter, error) {
	switch {
	case slices.Contains(f.Duties, schemas.Reported):
		return f, &Error{"q", f.Query, "Words are not looked for in what others report of a body, duty " + schemas.Reported + ". Leave out q, or the duty."}
	case len(words) == 0:
		return f, &Error{"q", f.Query, "There is no word in the text to search for."}
	case len(words) > mostWords:
		return f, &Error{"q", f.Query, fmt.Sprintf("There are too many words to search for. Give the %d that matter.", mostWords)}
	}
	f.words = words
	return f, nil
}

// New is a filter that lets everything through.
func New() Filter { return Filter{From: schemas.NoDate, To: schemas.NoDate} }

// word is a word of an address and where its values go.
type word struct {
	name string
	list func(*Filter) *[]string
}

// words are those that take any text, and may stand more than once.
func words() []word {
	return []word{
		{"body", func(f *Filter) *[]string { return &f.Bodies }},
		{"kind", func(f *Filter) *[]string { return &f.Kinds }},
		{"region", func(f *Filter) *[]string { return &f.Regions }},
		{"publisher", func(f *Filter) *[]string { return &f.Publishers }},
		{"duty", func(f *Filter) *[]string { return &f.Duties }},
		{"supplier", func(f *Filter) *[]string { return &f.Suppliers }},
		{"category", func(f *Filter) *[]string { return &f.Categories }},
		{"scope", func(f *Filter) *[]string { return &f.Scopes }},
		{"payee", func(f *Filter) *[]string { return &f.Payees }},
		{"expense_type", func(f *Filter) *[]string { return &f.ExpenseTypes }},
		{"file", func(f *Filter) *[]string { return &f.Files }},
	}
}

// Names are the words of a filter in an address. year and month are short for
// from and to.
func Names() []string {
	var names []string
	for _, w := range words() {
		names = append(names, w.name)
	}
	return append(names, "year", "month", "from", "to", "least", "most", "q")
}

// Values writes the filter as an address, in one spelling: two addresses that
// ask for the same give the same Values().Encode().
func (f Filter) Values() url.Values {
	values := url.Values{}
	for _, w := range words() {
		list := slices.Sorted(slices.Values(*w.list(&f)))
		if list = slices.Compact(list); len(list) > 0 {
			values[w.name] = list
		}
	}
	if f.Undated {
		values.Set("year", noYear)
	}
	for name, date := range map[string]schemas.Date{"from": f.From, "to": f.To} {
		if date != schemas.NoDate {
			values.Set(name, date.String())
		}
	}
	for name, amount := range map[string]*schemas.Amount{"least": f.Least, "most": f.Most} {
		if amount != nil {
			values.Set(name, amount.String())
		}
	}
	if f.Query != "" {
		values.Set("q", f.Query)
	}
	return values
}

// String is the filter's address without the question mark, "" for all.
func (f Filter) String() string { return f.Values().Encode() }

// Scopes are what a payment may have been judged to be.
func Scopes() []string {
	return []string{"procurement", "grant", "transfer", "individuals", "tax", "finance", "mixed", "unknown"}
}

func quoted(text string) string { return strconv.Quote(text) }
