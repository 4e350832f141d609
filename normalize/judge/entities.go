package judge

import (
	"context"
	"strconv"
	"strings"

	"commonspend/normalize/body"
	"commonspend/schemas"
	"commonspend/store"
)

// named is an entity as a publisher names it.
type named struct {
	publisher body.Publisher
	entity    string
}

// judgeEntities resolves the entities that are not resolved yet to bodies.
func (r *refresh) judgeEntities(ctx context.Context) error {
	if err := r.runFile(ctx, "entities_clear"); err != nil {
		return err
	}
	list, err := r.newEntities(ctx)
	if err != nil {
		return err
	}
	r.counts.Entities = len(list)
	var rows [][]any
	for _, n := range list {
		if o := r.saidOfEntity(n); o != nil {
			rows = append(rows, []any{n.publisher.ID, n.entity, nil, nil, o.body.String, r.register.Reports(n.publisher, n.entity, o.body.String), 1, byOverride, o.reason(), r.register.Version()})
			continue
		}
		for _, s := range r.register.Resolve(n.publisher, n.entity) {
			rows = append(rows, []any{n.publisher.ID, n.entity, date(s.From), date(s.To), s.Body, s.Reported, s.Confidence, s.Method, s.Reason, s.Version})
		}
	}
	return store.InsertRows(ctx, r.conn, "entities", rows)
}

func (r *refresh) newEntities(ctx context.Context) ([]named, error) {
	text, args, err := query("entities", nil)
	if err != nil {
		return nil, err
	}
	rows, err := r.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []named
	for rows.Next() {
		var n named
		if err := rows.Scan(&n.publisher.ID, &n.publisher.Name, &n.publisher.Body, &n.entity); err != nil {
			return nil, err
		}
		if own := (schemas.Publisher{ID: n.publisher.ID}); n.publisher.Body == own.Body() {
			n.publisher.Body = "" // only our own id, which the register does not know
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// saidOfEntity returns the latest override that is about an entity.
func (r *refresh) saidOfEntity(n named) *override {
	for i := range r.overrides {
		o := &r.overrides[i]
		if o.what == "entity" && o.publisher.String == n.publisher.ID && o.entity.String == n.entity {
			return o
		}
	}
	return nil
}

// putRegister writes the register of bodies and the denominators into their tables.
func (r *refresh) putRegister(ctx context.Context) error {
	if err := r.exec(ctx, "DELETE FROM register; DELETE FROM denominators"); err != nil {
		return err
	}
	bodies := textRows("body", "name", "kind", "tier", "gss", "region", "nation", "valid_from", "valid_to", "succeeded_by", "postcode", "parent", "source")
	defer bodies.Release()
	for _, b := range r.register.Bodies() {
		appendTexts(bodies, b.ID, b.Name, b.Kind, b.Tier, b.GSS, b.Region, b.Nation, date(b.From), date(b.To),
			strings.Join(b.SucceededBy, " "), b.Postcode, b.Parent, b.Source)
	}
	if err := r.insert(ctx, "register", bodies); err != nil {
		return err
	}
	denominators := textRows("body", "measure", "year", "value", "source")
	defer denominators.Release()
	for _, d := range r.denominators {
		appendTexts(denominators, d.Body, d.Measure, strconv.Itoa(d.Year), d.Value(), d.Source)
	}
	return r.insert(ctx, "denominators", denominators)
}

// date is a Date as the driver takes it: text that DuckDB casts, nil for none.
func date(d schemas.Date) any {
	if d == schemas.NoDate {
		return nil
	}
	return d.String()
}
