package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
)

// layout is an official layout, and the threshold its duty sets.
type layout struct {
	name      string
	title     string
	query     string
	threshold int64 // pence
}

func layouts() []layout {
	return []layout{
		{"transparency-code", "the Local Government Transparency Code's layout, over £500", "layout_code", 50_000},
		{"treasury", "the Treasury's layout, over £25,000", "layout_treasury", 2_500_000},
	}
}

// registerLayouts are payments in the layouts that duties ask for.
func (s *Server) registerLayouts() {
	for _, l := range layouts() {
		f := forms()[0]
		op := operation("/payments/"+l.name+".csv", "Payments in "+l.title)
		op.Description = "The threshold is applied to transactions: lines of one file that share a reference count together. " +
			"Text that a spreadsheet would take for a formula is kept as text."
		described(&op, f)
		huma.Register(s.api, op, func(_ context.Context, in *struct{ Narrow }) (*huma.StreamResponse, error) {
			return s.export(f, l.query, &in.Narrow, true, map[string]any{"threshold": l.threshold})
		})
	}
}
