package api

import (
	"errors"
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
	Duty        []string `query:"duty,explode" maxItems:"100" doc:"Why it was published, such as LGTC500"`
	Supplier    []string `query:"supplier,explode" maxItems:"100" doc:"Id of a supplier"`
	Category    []string `query:"category,explode" maxItems:"100" doc:"CPV code or its first digits; one ending in zeros is its whole branch"`
	Scope       []string `query:"scope,explode" maxItems:"100" enum:"procurement,grant,transfer,individuals,tax,finance,mixed,unknown" doc:"What the payment was judged to be"`
	Payee       []string `query:"payee,explode" maxItems:"100" doc:"Payee as published, to the letter"`
	ExpenseType []string `query:"expense_type,explode" maxItems:"100" doc:"Expense type as published, to the letter"`
	File        []string `query:"file,explode" maxItems:"100" doc:"SHA-256 of a file, or at least its first 8 characters"`
	Year        string   `query:"year" pattern:"^([0-9]{4}[-/][0-9]{2}|none)?$" doc:"Financial year, such as 2024-25; none for payments that count under no month"`
	Month       string   `query:"month" pattern:"^([0-9]{4}-[0-9]{2})?$" doc:"Month, such as 2024-04"`
	From        string   `query:"from" pattern:"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$" doc:"First day or month. A payment without a date to believe counts on the first day of its file's period"`
	To          string   `query:"to" pattern:"^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$" doc:"Last day or month"`
	Min         string   `query:"min" pattern:"^(-?[0-9]{1,13}([.][0-9]{1,2})?)?$" doc:"Least amount, in pounds"`
	Max         string   `query:"max" pattern:"^(-?[0-9]{1,13}([.][0-9]{1,2})?)?$" doc:"Most, in pounds"`
	Q           string   `query:"q" maxLength:"200" doc:"Text to find in payee, supplier or description, letter case aside"`

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
		err = errors.Join(filter.Known(query, names), formed(query))
	}
	if err != nil {
		s.refuse(ctx, err)
		return
	}
	next(ctx)
}

// formed refuses what huma lets pass: more values than a list may have, and a
// limit that is no number because it is empty.
func formed(query url.Values) error {
	for _, values := range query {
		if len(values) > mostValues {
			return problem(http.StatusUnprocessableEntity, "A word stands more than 100 times. Ask for at most 100 values at once.")
		}
	}
	if slices.Contains(query["limit"], "") {
		return problem(http.StatusUnprocessableEntity, "The limit is empty. Write a number from 1 to 1000, or leave it out.")
	}
	return nil
}

// mostValues is how many values a word of an address may have.
const mostValues = 100
