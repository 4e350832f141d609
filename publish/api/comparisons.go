package api

import (
	"context"
	"errors"
	"net/http"

	"commonspend/publish/filter"
	"commonspend/store"

	"github.com/danielgtaylor/huma/v2"
)

// Comparer makes comparisons from a release's database, whose number is
// release; its answers are JSON. Where there is nothing to answer it returns a
// *Refusal.
type Comparer interface {
	Comparison(ctx context.Context, reader store.Reader, release string, q CompareQuery) (any, error)
	Buying(ctx context.Context, reader store.Reader, release string, q BuyingQuery) (any, error)
}

// CompareQuery is what to compare, as people write it.
type CompareQuery struct {
	Subject  string `query:"body" required:"true" minLength:"1" maxLength:"200" patternDescription:"the id or slug of a body" doc:"Id or slug of a body"`
	Category string `query:"category" maxLength:"10" doc:"CPV code; everything below it counts. None for the whole scope"`
	Scope    string `query:"scope" enum:"procurement,grant,transfer,individuals,tax,finance,mixed,unknown" default:"procurement" doc:"What payments are for"`
	Period   string `query:"period" required:"true" pattern:"^[0-9]{4}[-/][0-9]{2}([.]{2}[0-9]{4}-[0-9]{2})?$" patternDescription:"a financial year, a month or months: 2018-19, 2018-04, 2020-04..2020-11" doc:"A financial year, a month or months: 2018-19, 2018-04, 2020-04..2020-11"`
	Peers    string `query:"peers" maxLength:"2000" default:"nearest:15" doc:"nearest:15, kind, region, or ids of bodies with commas between"`
}

// BuyingQuery is a category or a supplier, and a period.
type BuyingQuery struct {
	Category string `query:"category" maxLength:"10" doc:"CPV code; everything below it counts"`
	Supplier string `query:"supplier" maxLength:"200" doc:"Id of a supplier"`
	Period   string `query:"period" pattern:"^([0-9]{4}[-/][0-9]{2}([.]{2}[0-9]{4}-[0-9]{2})?)?$" patternDescription:"a financial year, a month or months: 2018-19, 2018-04, 2020-04..2020-11" doc:"A financial year, a month or months; none for the latest year"`
}

// Refusal says in a sentence why there is no comparison, and what could be
// asked instead.
type Refusal struct {
	Sentence string
	Unclear  bool // what was asked could not be read
	Instead  []Alternative
}

func (r *Refusal) Error() string { return r.Sentence }

// Alternative is a part of the question that could be otherwise. Word is "" where
// words are all there is.
type Alternative struct{ Word, Value, Words string }

// problem is the refusal as a client is told it.
func (r *Refusal) problem() *huma.ErrorModel {
	status := http.StatusNotFound
	if r.Unclear {
		status = http.StatusBadRequest
	}
	told := problem(status, r.Sentence)
	for _, other := range r.Instead {
		detail := &huma.ErrorDetail{Message: "What could be asked instead: " + other.Words}
		if other.Word != "" {
			detail.Location, detail.Value = "query."+other.Word, other.Value
		}
		told.Errors = append(told.Errors, detail)
	}
	return told
}

// registerComparisons are the routes of comparisons and of fragmented buying.
func (s *Server) registerComparisons() {
	op := operation("/comparisons", "A body beside its peers, like for like", 404)
	op.Description = "What was made alike, who was left out and why, and each indicator with its bounds, its peers' distribution and a verdict: " +
		"as `commonspend compare --json` writes it. Money and numbers that are not whole are decimals in text."
	get(s, op, func(ctx context.Context, in *struct{ CompareQuery }) (*struct{ Body any }, error) {
		held, q := of(ctx), in.CompareQuery
		words := filter.New()
		words.Bodies = []string{q.Subject}
		ids, err := held.bodies(ctx, words)
		if err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			return nil, problem(http.StatusNotFound, "No body has this id or slug in release "+held.Number+".")
		}
		q.Subject = ids[0]
		made, err := s.options.Comparer.Comparison(ctx, held.db, held.Number, q)
		return &struct{ Body any }{made}, told(err)
	})
	op = operation("/fragmented", "Who buys a category, or from a supplier, separately", 404)
	op.Description = "As `commonspend fragmented --json` writes it. It shows what is published and accuses nobody."
	get(s, op, func(ctx context.Context, in *struct{ BuyingQuery }) (*struct{ Body any }, error) {
		held := of(ctx)
		made, err := s.options.Comparer.Buying(ctx, held.db, held.Number, in.BuyingQuery)
		return &struct{ Body any }{made}, told(err)
	})
}

// told makes a problem of a refusal.
func told(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.problem()
	}
	return err
}
