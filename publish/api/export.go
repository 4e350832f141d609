package api

import (
	"context"
	"io"
	"net/http"
	"strings"

	"commonspend/publish/filter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// form is a format that payments stream in.
type form struct {
	ext, kind string
	encoder   func(out io.Writer, excel bool) encoder
}

func forms() []form {
	return []form{
		{"csv", "text/csv; charset=utf-8", func(out io.Writer, excel bool) encoder { return &csvEncoder{out: out, excel: excel} }},
		{"ndjson", "application/x-ndjson", func(out io.Writer, _ bool) encoder { return &jsonEncoder{out: out} }},
		{"parquet", "application/vnd.apache.parquet", func(out io.Writer, _ bool) encoder { return &parquetEncoder{out: out} }},
	}
}

// registerStreams are the routes of downloads.
func (s *Server) registerStreams() {
	for _, f := range forms() {
		op := operation("/payments."+f.ext, "Exactly the payments of a filter, as "+strings.ToUpper(f.ext))
		op.Description = "All of them, however many; money in pounds in CSV, in pence otherwise. A download that fails is cut, so that it cannot be taken for whole. " +
			"The trailer Rows says how many there are."
		described(&op, f)
		if f.ext == "csv" {
			huma.Register(s.api, op, func(_ context.Context, in *struct {
				Narrow
				For string `query:"for" enum:"excel" doc:"For a spreadsheet: marked as UTF-8, and text that would become a formula kept as text"`
			}) (*huma.StreamResponse, error) {
				return s.export(f, "stream", &in.Narrow, in.For == "excel", nil)
			})
			continue
		}
		huma.Register(s.api, op, func(_ context.Context, in *struct{ Narrow }) (*huma.StreamResponse, error) {
			return s.export(f, "stream", &in.Narrow, false, nil)
		})
	}
	s.registerLayouts()
}

// described says of an operation that it streams, and what.
func described(op *huma.Operation, f form) {
	kind, _, _ := strings.Cut(f.kind, ";")
	op.Metadata = map[string]any{"stream": true}
	op.Responses = map[string]*huma.Response{"200": {Description: "The rows", Content: map[string]*huma.MediaType{
		kind: {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}
}

// export answers with the rows of sql/name.sql, narrowed.
func (s *Server) export(f form, name string, in *Narrow, excel bool, with map[string]any) (*huma.StreamResponse, error) {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		err := in.bad
		if err == nil {
			err = s.admitted(w, r, func() error { return s.send(f, name, in.read, excel, with, w, r) })
		}
		if err != nil {
			tell(w, r, s.failed(r.Context(), r.URL.Path, err))
		}
	}}, nil
}

// admitted does a download when there is a place for it, and the client has
// not taken its share of places.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request, do func() error) error {
	back, ok := s.clients.get(s.options.Client(r))
	if !ok {
		w.Header().Set("Retry-After", "10")
		return problem(http.StatusTooManyRequests, "Your other downloads are still under way. Take one after the other.")
	}
	defer back()
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		w.Header().Set("Retry-After", "30")
		return problem(http.StatusServiceUnavailable, "All places for downloads are taken. Try again in half a minute, or take a dataset's file.")
	}
	return do()
}

func (s *Server) send(f form, name string, read filter.Filter, excel bool, with map[string]any, w http.ResponseWriter, r *http.Request) error {
	query, err := text(name)
	if err != nil {
		return err
	}
	held := of(r.Context())
	if read, err = held.worded(r.Context(), read); err == nil {
		read, err = held.chosen(r.Context(), read)
	}
	if err != nil {
		return err
	}
	unworded := read
	unworded.Query = ""
	bound, args, err := unworded.Predicate().Into(query, with)
	if err != nil {
		return err
	}
	schema, err := held.schema(r.Context(), name, bound, args)
	if err != nil {
		return err
	}
	d := &download{w: w, r: r, files: newFileNames(schema, held.shas), headers: func(h http.Header) {
		h.Set("Content-Type", f.kind)
		h.Set("Content-Disposition", `attachment; filename="`+savedAs(r.URL.Path)+`"`)
		h.Set("Accept-Ranges", "none")
	}}
	if r.Method == http.MethodHead || anyHeld(r) {
		d.headers(w.Header())
		w.WriteHeader(http.StatusOK)
		return nil
	}
	d.encoder = f.encoder(steady{w: w, now: s.options.Now, stalled: s.options.Stalled}, excel)
	return s.stream(d, &reading{held: held, filter: read, query: bound, args: args, groups: with != nil})
}

// worded folds the words of a filter's query as the release's tables of words
// are, and refuses a kind that none of its bodies is of.
func (r *release) worded(ctx context.Context, f filter.Filter) (filter.Filter, error) {
	if err := among("kind", f.Kinds, r.kinds); err != nil || f.Query == "" {
		return f, err
	}
	words, err := rows(ctx, r.db, "words", func(w *string) []any { return []any{w} }, map[string]any{"text": f.Query})
	if err != nil {
		return f, err
	}
	return f.OfWords(words)
}

// chosen finds on the side of pages what a filter's words come to: downloads
// then join no bodies.
func (r *release) chosen(ctx context.Context, f filter.Filter) (filter.Filter, error) {
	if len(f.Bodies)+len(f.Kinds)+len(f.Regions) == 0 {
		return f, nil
	}
	ids, err := r.bodies(ctx, f)
	return f.OfBodies(ids), err
}

// bodies lists the ids that a filter's words for bodies come to.
func (r *release) bodies(ctx context.Context, f filter.Filter) ([]string, error) {
	query, err := text("chosen_bodies")
	if err != nil {
		return nil, err
	}
	return ask(ctx, r.db, query, f.OnlyBodies(), func(id *string) []any { return []any{id} }, nil)
}

// savedAs is what a download is saved as.
func savedAs(path string) string { return "commonspend-" + path[strings.LastIndex(path, "/")+1:] }

// schema returns the columns of a stream's query, which the values bound to it
// do not change.
func (r *release) schema(ctx context.Context, name, bound string, args []any) (*arrow.Schema, error) {
	r.mu.Lock()
	known := r.schemas[name]
	r.mu.Unlock()
	if known != nil {
		return known, nil
	}
	found, err := r.stream.Schema(ctx, (&reading{query: bound}).at(window{place: -1, until: -1}, false), args)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.schemas[name] = found
	return found, nil
}
