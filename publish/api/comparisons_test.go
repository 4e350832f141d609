package api

import (
	"context"
	"strings"
	"testing"

	"commonspend/store"
)

// oneBody compares one body and no other.
type oneBody struct{}

func (oneBody) Comparison(_ context.Context, _ store.Reader, release string, q CompareQuery) (any, error) {
	if q.Period != "2016-17" {
		return nil, &Refusal{Sentence: "Nothing is held of that year.", Instead: []Alternative{{"period", "2016/17", "the period 2016/17"}}}
	}
	return map[string]any{"release": release, "body": q.Subject, "scope": q.Scope, "peers": q.Peers}, nil
}

func (oneBody) Buying(_ context.Context, _ store.Reader, release string, q BuyingQuery) (any, error) {
	if (q.Category == "") == (q.Supplier == "") {
		return nil, &Refusal{Sentence: "Name either a category or a supplier.", Unclear: true}
	}
	return map[string]any{"release": release, "category": q.Category}, nil
}

func TestComparisons(t *testing.T) {
	s := serving(t, Options{Comparer: oneBody{}})
	for address, want := range map[string]struct {
		status int
		text   string
	}{
		"/comparisons?body=made-up-district-003&period=2016-17": {200, `{"body":"GB-XX-003","peers":"nearest:15","release":"2026-11-23.1","scope":"procurement"}`},
		"/comparisons?body=GB-XX-003&period=2019-20":            {404, `"location":"query.period","value":"2016/17"`},
		"/comparisons?body=nobody&period=2016-17":               {404, "No body has this id or slug"},
		"/comparisons?period=2016-17":                           {422, `"detail":"\"body\" is missing: it takes the id or slug of a body."`},
		"/comparisons?body=GB-XX-003&period=last+year":          {422, `\"period\" cannot be \"last year\": it takes a financial year, a month or months: `},
		"/comparisons?boddy=GB-XX-003&period=2016-17":           {400, `The nearest is \"body\"`},
		"/fragmented?category=72000000":                         {200, `"category":"72000000"`},
		"/fragmented":                                           {400, "either a category or a supplier"},
	} {
		if w := get1(s, address); w.Code != want.status || !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
	}
	if w := get1(serving(t, Options{}), "/comparisons?body=GB-XX-003&period=2016-17"); w.Code != 404 {
		t.Errorf("comparisons that nobody makes are offered: %d", w.Code)
	}
}
