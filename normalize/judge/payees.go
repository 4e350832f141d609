package judge

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"commonspend/normalize/supplier"
	"commonspend/schemas"
	"commonspend/store"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// judgePayees resolves payees to suppliers. Which payees are one supplier may
// hang on any of them, so that a new one, or one less, has all looked at; what
// the last resolution left saves nearly all of the work.
func (r *refresh) judgePayees(ctx context.Context) error {
	held, err := r.countPayees(ctx)
	if err != nil {
		return err
	}
	if err := r.runFile(ctx, "new_payees"); err != nil {
		return err
	}
	now, err := r.countPayees(ctx)
	if err != nil {
		return err
	}
	r.counts.Payees = now - held
	if now == held && !r.fewer && r.staleness.payees == "" {
		return nil
	}
	hashes, payees, err := r.readPayees(ctx)
	if err != nil {
		return err
	}
	result, err := r.resolve(ctx, payees)
	if err != nil {
		return err
	}
	r.overrule(payees, result.Identities)
	return r.keepPayees(ctx, hashes, result)
}

// resolve starts from what the last resolution left, or, where registries were
// imported, streams these past all payees.
func (r *refresh) resolve(ctx context.Context, payees []supplier.Payee) (supplier.Result, error) {
	rules, err := r.payees()
	if err != nil {
		return supplier.Result{}, err
	}
	if len(r.imported.Registries) == 0 {
		result, state := rules.ResolveFrom(r.state, payees)
		r.state = state
		return result, nil
	}
	r.state = nil
	var failed error
	result := rules.ResolveWith(payees, r.imported.entries(ctx, &failed))
	return result, failed
}

func (r *refresh) countPayees(ctx context.Context) (int, error) {
	var n int
	err := r.conn.QueryRowContext(ctx, "SELECT count(*) FROM payees").Scan(&n)
	return n, err
}

func (r *refresh) readPayees(ctx context.Context) (hashes []int64, payees []supplier.Payee, err error) {
	text, args, err := query("payees", nil)
	if err != nil {
		return nil, nil, err
	}
	err = store.ReadRecords(ctx, r.conn, text, args, func(batch arrow.RecordBatch) error {
		hash := batch.Column(0).(*array.Int64)
		var columns [5]*array.String
		for i := range columns {
			columns[i] = batch.Column(i + 1).(*array.String)
		}
		for row := range int(batch.NumRows()) {
			hashes = append(hashes, hash.Value(row))
			payees = append(payees, payeeOf(columns, row))
		}
		return nil
	})
	return hashes, payees, err
}

// payeeOf copies a row of payees.sql: the batch that holds it is only lent.
func payeeOf(columns [5]*array.String, row int) supplier.Payee {
	text := func(i int) string { return string([]byte(columns[i].Value(row))) }
	p := supplier.Payee{Name: text(0), Class: schemas.PayeeClass(text(1)), Postcode: text(2)}
	switch columns[3].Value(row) {
	case "company":
		p.Company = text(4)
	case "charity":
		p.Charity = text(4)
	case "vat":
		p.VAT = text(4)
	}
	return p
}

// overrule puts people's word in place of what was resolved: a payee is the
// supplier that another payee is, by people's word too, or one of its own.
func (r *refresh) overrule(payees []supplier.Payee, identities []supplier.Identity) {
	said := r.saidOfPayees()
	if len(said) == 0 {
		return
	}
	byName := map[string]supplier.Identity{}
	for i, p := range payees {
		if identities[i].ID != "" {
			byName[p.Name] = identities[i]
		}
	}
	for i, p := range payees {
		if o := said.of(p); o != nil {
			identity := said.identity(o, byName)
			identity.Confidence, identity.Method, identity.Reason = 1, byOverride, o.reason()
			identities[i] = identity
		}
	}
}

// identity is whose supplier an override says a payee is. Where people went on to
// say who that other payee is, their word leads on; where it comes round, the
// latest of it counts.
func (s payeeOverrides) identity(o *override, resolved map[string]supplier.Identity) supplier.Identity {
	said := []*override{o}
	for {
		next := s.of(supplier.Payee{Name: o.sameAs.String})
		if next == nil {
			break
		}
		if at := slices.Index(said, next); at >= 0 {
			o = slices.MaxFunc(said[at:], func(a, b *override) int { return cmp.Compare(a.no, b.no) })
			break
		}
		said, o = append(said, next), next
	}
	if other, ok := resolved[o.sameAs.String]; ok {
		return other
	}
	return supplier.Alone(o.payee.String)
}

type payeeOverrides map[string][]*override

func (r *refresh) saidOfPayees() payeeOverrides {
	said := payeeOverrides{}
	for i := range r.overrides {
		if o := &r.overrides[i]; o.what == "payee" {
			said[o.payee.String] = append(said[o.payee.String], o)
		}
	}
	return said
}

// of returns the latest override that is about a payee.
func (s payeeOverrides) of(p supplier.Payee) *override {
	for _, o := range s[p.Name] {
		if !o.postcode.Valid || o.postcode.String == p.Postcode {
			return o
		}
	}
	return nil
}

var resolvedSchema = arrow.NewSchema([]arrow.Field{
	{Name: "payee_hash", Type: arrow.PrimitiveTypes.Int64}, {Name: "supplier", Type: arrow.BinaryTypes.String},
	{Name: "confidence", Type: arrow.PrimitiveTypes.Float64}, {Name: "method", Type: arrow.BinaryTypes.String},
	{Name: "reason", Type: arrow.BinaryTypes.String}, {Name: "version", Type: arrow.BinaryTypes.String},
}, nil)

// keepPayees writes what became of each payee, and the suppliers there are.
func (r *refresh) keepPayees(ctx context.Context, hashes []int64, result supplier.Result) error {
	if err := r.runFile(ctx, "resolved_create"); err != nil {
		return err
	}
	out := array.NewRecordBuilder(memory.DefaultAllocator, resolvedSchema)
	defer out.Release()
	for i, identity := range result.Identities {
		out.Field(0).(*array.Int64Builder).Append(hashes[i])
		out.Field(1).(*array.StringBuilder).Append(identity.ID)
		out.Field(2).(*array.Float64Builder).Append(identity.Confidence)
		out.Field(3).(*array.StringBuilder).Append(identity.Method)
		out.Field(4).(*array.StringBuilder).Append(identity.Reason)
		out.Field(5).(*array.StringBuilder).Append(r.versions.payees)
	}
	if err := r.insert(ctx, "resolved", out); err != nil {
		return err
	}
	if err := r.runFile(ctx, "resolved"); err != nil {
		return err
	}
	return r.keepSuppliers(ctx, result)
}

// insert moves what a builder holds into a table.
func (r *refresh) insert(ctx context.Context, table string, from *array.RecordBuilder) error {
	batch := from.NewRecordBatch()
	done := false
	return store.InsertRecords(ctx, r.conn, table, batch.Schema(), func() (arrow.RecordBatch, error) {
		if done {
			return nil, nil
		}
		done = true
		return batch, nil
	})
}

// keepSuppliers replaces the suppliers and their links.
func (r *refresh) keepSuppliers(ctx context.Context, result supplier.Result) error {
	if err := r.exec(ctx, "CREATE OR REPLACE TEMP TABLE supplied AS FROM suppliers LIMIT 0"); err != nil {
		return err
	}
	suppliers := map[string]supplier.Identity{}
	for _, identity := range result.Identities {
		if identity.ID != "" {
			suppliers[identity.ID] = identity
		}
	}
	sorted := slices.SortedFunc(maps.Values(suppliers), func(a, b supplier.Identity) int { return cmp.Compare(a.ID, b.ID) })
	out := textRows("supplier", "name", "kind", "body", "company_number", "charity_number", "size", "postcode_area")
	defer out.Release()
	for _, s := range sorted {
		appendTexts(out, s.ID, s.Name, string(s.Kind), s.Body, s.Company, s.Charity, s.Size, s.Area)
	}
	if err := r.insert(ctx, "supplied", out); err != nil {
		return err
	}
	if err := r.runFile(ctx, "renamed"); err != nil {
		return err
	}
	links := textRows("a", "b", "reason")
	defer links.Release()
	for _, l := range result.Links {
		appendTexts(links, l.A, l.B, l.Reason)
	}
	return r.insert(ctx, "supplier_links", links)
}

// textRows begins rows of a table as text, which DuckDB casts to what its columns are.
func textRows(names ...string) *array.RecordBuilder {
	fields := make([]arrow.Field, len(names))
	for i, name := range names {
		fields[i] = arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
	}
	return array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
}

// appendTexts appends a row of strings, nil for NULL.
func appendTexts(out *array.RecordBuilder, values ...any) {
	for i, value := range values {
		column := out.Field(i).(*array.StringBuilder)
		if value == nil {
			column.AppendNull()
		} else {
			column.Append(value.(string))
		}
	}
}
