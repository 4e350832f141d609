package api

import (
	"context"
	"net/http"
	"strings"

	"commonspend/publish/filter"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// register sets up the routes; the description is made from them.
func (s *Server) register() {
	config := huma.DefaultConfig("commonspend", "1")
	config.Info.Description = "What public bodies published of their spending, in common terms. Money is in pence. Every answer is of one release, named in it."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = Prefix+"/openapi", "", ""
	config.CreateHooks = nil // no schema links in answers
	config.Transformers = []huma.Transformer{plainly}
	s.api = humago.New(s.mux, config)
	s.api.UseMiddleware(s.nearest, s.timed)
	s.registerLists()
	s.registerOnes()
	s.registerReleases()
	s.registerStreams()
	if s.options.Comparer != nil {
		s.registerComparisons()
	}
}

// operation describes a route.
func operation(path, summary string, errors ...int) huma.Operation {
	id := strings.Trim(strings.NewReplacer("/", "-", "{", "", "}", "", ".", "-").Replace(path), "-")
	op := huma.Operation{OperationID: "get-" + id, Method: http.MethodGet, Path: Prefix + path, Summary: summary,
		Errors: append([]int{400, 429, 500, 503}, errors...)}
	return op
}

// refuse answers with an error before an operation is asked.
func (s *Server) refuse(ctx huma.Context, err error) {
	r, w := humago.Unwrap(ctx)
	tell(w, r, s.failed(r.Context(), r.URL.Path, err))
}

// timed gives an answer its place and its time. Downloads have their own.
func (s *Server) timed(ctx huma.Context, next func(huma.Context)) {
	if ctx.Operation().Metadata["stream"] != nil {
		next(ctx)
		return
	}
	limited, cancel := context.WithTimeout(ctx.Context(), s.options.Timeout)
	defer cancel()
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	case <-limited.Done():
		ctx.SetHeader("Retry-After", "5")
		s.refuse(ctx, problem(http.StatusServiceUnavailable, "Too many are asking at once. Try again in a few seconds."))
		return
	}
	next(huma.WithContext(ctx, limited))
}

// get registers a route that answers JSON, and turns its errors into problems.
func get[I, O any](s *Server, op huma.Operation, answer func(context.Context, *I) (*O, error)) {
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := answer(ctx, in)
		if err != nil {
			return nil, s.failed(ctx, op.Path, err)
		}
		return out, nil
	})
}

func (s *Server) registerLists() {
	get(s, operation("/payments", "Payments", 410), func(ctx context.Context, in *struct {
		Narrow
		Paging
	}) (*listed[Payment], error) {
		if in.bad != nil {
			return nil, in.bad
		}
		read, err := of(ctx).worded(ctx, in.read)
		if err != nil {
			return nil, err
		}
		return page(ctx, payments(), read.Predicate(), in.Paging)
	})
	get(s, operation("/bodies", "Bodies, with what they published", 410), func(ctx context.Context, in *struct {
		Kind   []string `query:"kind,explode" maxItems:"100"`
		Region []string `query:"region,explode" maxItems:"100"`
		Sector []string `query:"sector,explode" maxItems:"100"`
		Q      string   `query:"q" maxLength:"200" doc:"Text to find in the name, letter case aside"`
		Paging
	}) (*listed[Body], error) {
		if err := among("kind", in.Kind, of(ctx).kinds); err != nil {
			return nil, err
		}
		c := filter.NewConditions()
		c.In("b.kind IN (%s)", in.Kind)
		c.In("s.region IN (%s)", in.Region)
		c.In("b.sector IN (%s)", in.Sector)
		holds(c, "b.name", in.Q)
		return page(ctx, bodies(), c.Predicate(""), in.Paging)
	})
	s.registerPaid()
	s.registerHeld()
	s.registerFiles()
}

// registerPaid are the lists of who was paid and for what.
func (s *Server) registerPaid() {
	get(s, operation("/suppliers", "Suppliers, with what they were paid", 410), func(ctx context.Context, in *struct {
		Kind []string `query:"kind,explode" maxItems:"100"`
		Q    string   `query:"q" maxLength:"200" doc:"Text to find in the name, letter case aside"`
		Paging
	}) (*listed[Supplier], error) {
		c := filter.NewConditions()
		c.In("s.kind IN (%s)", in.Kind)
		holds(c, "s.name", in.Q)
		return page(ctx, suppliers(), c.Predicate(""), in.Paging)
	})
	get(s, operation("/categories", "Categories that payments were judged to be of", 410), func(ctx context.Context, in *struct {
		Category []string `query:"category,explode" maxItems:"100" doc:"First digits of a CPV code"`
		Paging
	}) (*listed[Category], error) {
		c := filter.NewConditions()
		c.Any("starts_with(c.cpv, %s)", in.Category)
		return s.titled(page(ctx, categories(), c.Predicate(""), in.Paging))
	})
}

// registerHeld are the lists of what is held of bodies.
func (s *Server) registerHeld() {
	get(s, operation("/coverage", "Which months are held", 410), func(ctx context.Context, in *struct {
		Bodies []string `query:"body,explode" maxItems:"100"`
		Duty   []string `query:"duty,explode" maxItems:"100"`
		Status []string `query:"status,explode" maxItems:"100" enum:"held,nil,missing,stray"`
		Paging
	}) (*listed[Month], error) {
		c := filter.NewConditions()
		c.In("c.body IN (%s)", in.Bodies)
		c.In("c.duty IN (%s)", in.Duty)
		c.In("c.status IN (%s)", in.Status)
		return page(ctx, coverage(), c.Predicate(""), in.Paging)
	})
	get(s, operation("/figures", "What bodies published for a month", 410), func(ctx context.Context, in *struct {
		Bodies    []string `query:"body,explode" maxItems:"100"`
		Duty      []string `query:"duty,explode" maxItems:"100"`
		Dimension string   `query:"dimension" enum:"total,payee,expense_type" default:"total"`
		Key       []string `query:"key,explode" maxItems:"100" doc:"Payee or expense type, to the letter"`
		Paging
	}) (*listed[Figure], error) {
		c := filter.NewConditions()
		c.In("x.dimension IN (%s)", []string{in.Dimension})
		c.In("x.body IN (%s)", in.Bodies)
		c.In("x.duty IN (%s)", in.Duty)
		c.In("x.key IN (%s)", in.Key)
		return page(ctx, figures(), c.Predicate(""), in.Paging)
	})
}

// registerFiles are the lists of files and what is odd in them.
func (s *Server) registerFiles() {
	get(s, operation("/issues", "Oddities at a place in a file", 410), func(ctx context.Context, in *struct {
		Bodies []string `query:"body,explode" maxItems:"100"`
		Kind   []string `query:"kind,explode" maxItems:"100"`
		File   []string `query:"file,explode" maxItems:"100" doc:"SHA-256, or its beginning"`
		Paging
	}) (*listed[Issue], error) {
		if err := among("kind", in.Kind, s.issueKinds); err != nil {
			return nil, err
		}
		c := filter.NewConditions()
		c.In("f.body IN (%s)", in.Bodies)
		c.In("i.kind IN (%s)", in.Kind)
		c.Any("starts_with(f.file, %s)", in.File)
		return page(ctx, issues(), c.Predicate(""), in.Paging)
	})
	get(s, operation("/files", "Files as received", 410), func(ctx context.Context, in *struct {
		Bodies    []string `query:"body,explode" maxItems:"100"`
		Publisher []string `query:"publisher,explode" maxItems:"100"`
		Duty      []string `query:"duty,explode" maxItems:"100"`
		Outcome   []string `query:"outcome,explode" maxItems:"100"`
		Paging
	}) (*listed[File], error) {
		c := filter.NewConditions()
		c.In("f.body IN (%s)", in.Bodies)
		c.In("f.publisher IN (%s)", in.Publisher)
		c.In("f.duty IN (%s)", in.Duty)
		c.In("f.outcome IN (%s)", in.Outcome)
		return page(ctx, files(), c.Predicate(""), in.Paging)
	})
}

// holds asks for text in a name, letter case aside.
func holds(c *filter.Conditions, column, text string) {
	if text != "" {
		c.Add("contains(lower(" + column + "), " + c.Value(strings.ToLower(text)) + ")")
	}
}
