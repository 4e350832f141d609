package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"commonspend/publish/filter"

	"github.com/danielgtaylor/huma/v2"
)

// Narrow is what payments are narrowed by. Its fields describe the words; the
// words themselves are read by package filter, as pages read them.
type Narrow struct {
	Bodies      []string `query:"body,explode" maxItems:"100" doc:"Id or slug of a body; may stand more than once"`
	Kind        []string `query:"kind,explode" maxItems:"100" doc:"Kind of body"`
	Region      []string `query:"region,explode" maxItems:"100" doc:"Region of the body"`
	Publisher   []string `query:"publisher,explode" maxItems:"100" doc:"Id of a publisher"`
	Duty        []string `query:"duty,explode" maxItems:"100" doc:"Why it was published, such as LGTC500. REPORTED is what others report of a body, such as a list of sales to it: it is left out unless it, or a file, is asked for"`
	Supplier    []string `query:"supplier,explode" maxItems:"100" doc:"Id of a supplier"`
	Category    []string `query:"category,explode" maxItems:"100" doc:"CPV code or its first digits; one ending in zeros is its whole branch; none for what is not categorised"`
	Scope       []string `query:"scope,explode" maxItems:"100" enum:"procurement,grant,transfer,individuals,tax,finance,mixed,unknown" doc:"What the payment was judged to be"`
	Payee       []string `query:"payee,explode" maxItems:"100" doc:"Payee as published, to the letter"`
	ExpenseType []string `query:"expense_type,explode" maxItems:"100" doc:"Expense type as published, to the letter"`
	File        []string `query:"file,explode" maxItems:"100" doc:"SHA-256 of a file, or at least its first 8 characters"`
	Year        string   `query:"year" pattern:"^([0-9]{4}[-/][0-9]{2}|none)?$" patternDescription:"a financial year, such as 2024-25, or none" doc:"Financial year, such as 2024-25; none for payments that count under no month"`
	Month       string   `query:"month" pattern:"^([0-9]{4}-[0-9]{2})?$" patternDescription:"a month, such as 2024-04" doc:"Month, such as 2024-04"`
	From        string   `query:"from" pattern:"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$" patternDescription:"a day or a month, such as 2024-04-30 or 2024-04" doc:"First day or month. A payment without a date to believe counts on the first day of its file's period"`
	To          string   `query:"to" pattern:"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$" patternDescription:"a day or a month, such as 2024-04-30 or 2024-04" doc:"Last day or month"`
	Least       string   `query:"least" pattern:"^(-?[0-9]{1,13}([.][0-9]{1,2})?)?$" patternDescription:"plain pounds, such as 25000 or -12.50" doc:"Least amount, in pounds"`
	Most        string   `query:"most" pattern:"^(-?[0-9]{1,13}([.][0-9]{1,2})?)?$" patternDescription:"plain pounds, such as 25000 or -12.50" doc:"Most amount, in pounds"`
	Q           string   `query:"q" maxLength:"200" doc:"Words that the payee's or supplier's name, or expense type and description, must all hold, as the pages' search finds them; at most 8. A word of three letters or more may be the beginning of one"`

	read filter.Filter
	bad  error
}

// Resolve reads the words.
func (n *Narrow) Resolve(ctx huma.Context) []error {
	address := ctx.URL()
	n.read, n.bad = filter.Read(address.Query(), "limit", "cursor", "for", "threshold")
	return nil
}

// nearest refuses, before anything else, a word that the operation does not have.
func (s *Server) nearest(ctx huma.Context, next func(huma.Context)) {
	var names []string
	for _, parameter := range ctx.Operation().Parameters {
		if parameter.In == "query" {
			names = append(names, parameter.Name)
		}
	}
	address := ctx.URL()
	query, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		err = &filter.Error{Sentence: "The address after the question mark cannot be read: write each value percent-encoded, as in q=Hill%20%26%20Dale."}
	} else {
		err = errors.Join(filter.Known(query, names), formed(ctx.Operation().Parameters, query))
	}
	if err != nil {
		s.refuse(ctx, err)
		return
	}
	next(ctx)
}

// formed refuses what huma lets pass: values that it would leave aside without a
// word, more of them than a list may have, and a number that is empty.
func formed(parameters []*huma.Param, query url.Values) error {
	for _, parameter := range parameters {
		if parameter.In != "query" {
			continue
		}
		name, values, kind := parameter.Name, query[parameter.Name], parameter.Schema.Type
		switch {
		case len(values) > 1 && kind != huma.TypeArray:
			return &filter.Error{Name: name, Value: values[1], Sentence: fmt.Sprintf("%q stands %d times; it may stand once.", name, len(values))}
		case len(values) > mostValues:
			return problem(http.StatusUnprocessableEntity, fmt.Sprintf("%q stands %d times; ask for at most %d values at once.", name, len(values), mostValues))
		case len(values) > 1 && slices.Contains(values, ""):
			return &filter.Error{Name: name, Sentence: fmt.Sprintf("%q stands once more without a value; leave that out.", name)}
		case kind == huma.TypeInteger && slices.Contains(values, ""):
			return problem(http.StatusUnprocessableEntity, fmt.Sprintf("%q is empty: it takes %s, or leave it out.", name, takes(parameter.Schema)))
		}
	}
	return nil
}

// among refuses a value of a word that is not one of a list.
func among(name string, values, list []string) error {
	for _, value := range values {
		if value != "" && !slices.Contains(list, value) {
			return filter.NotAmong(name, value, list)
		}
	}
	return nil
}

// mostValues is how many values a word of an address may have.
const mostValues = 100
