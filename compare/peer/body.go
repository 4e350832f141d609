package peer

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"commonspend/schemas"
	"commonspend/store"
)

// Body is a public body of the register.
type Body struct {
	ID          string       `json:"body"`
	Name        string       `json:"name"`
	Kind        string       `json:"kind"`
	Tier        string       `json:"tier"`
	Region      string       `json:"region"`
	From        schemas.Date `json:"-"` // NoDate where open
	To          schemas.Date `json:"-"`
	SucceededBy string       `json:"-"`
}

//go:embed sql/body.sql
var bodySQL string

//go:embed sql/alike.sql
var alikeSQL string

// Lookup returns the body of that id, in capitals or not, or a *Refusal.
func Lookup(ctx context.Context, reader store.Reader, id string) (Body, error) {
	body, found, err := lookup(ctx, reader, id)
	if err == nil && !found {
		err = unknown(ctx, reader, id)
	}
	return body, err
}

func lookup(ctx context.Context, reader store.Reader, id string) (body Body, found bool, err error) {
	bodies, err := read(ctx, reader, bodySQL, map[string]any{"body": id})
	if err != nil || len(bodies) == 0 {
		return Body{}, false, err
	}
	return bodies[0], true, nil
}

// alike returns the bodies of the same kind and level, itself included.
func alike(ctx context.Context, reader store.Reader, body Body) ([]Body, error) {
	return read(ctx, reader, WithTiers(alikeSQL, body), map[string]any{"kind": body.Kind})
}

// levels are tiers whose bodies do the same things, and so are compared with
// each other: all single-tier councils of England have the powers of a district and
// a county. The register tells the type of some hospital trusts only, so those
// it does not tell of stand with those it does.
var levels = [][]string{
	{"Metropolitan district", "Unitary authority", "London borough", "City corporation"},
	{"Hospital trust", ""},
}

// Level lists the tiers that do the same as the body's, its own among them.
func (b Body) Level() []string {
	for _, level := range levels {
		if slices.Contains(level, b.Tier) && (b.Tier != "" || b.Kind == "nhs trust") {
			return level
		}
	}
	return []string{b.Tier}
}

// WithTiers puts the level's tiers into a query, as the register writes them.
func WithTiers(query string, body Body) string {
	var quoted []string
	for _, tier := range body.Level() {
		quoted = append(quoted, "'"+strings.ReplaceAll(tier, "'", "''")+"'")
	}
	return strings.ReplaceAll(query, "{tiers}", strings.Join(quoted, ", "))
}

// Like reports whether two bodies are of the same kind and level.
func (b Body) Like(other Body) bool {
	return b.Kind == other.Kind && slices.Contains(b.Level(), other.Tier)
}

func read(ctx context.Context, reader store.Reader, query string, values map[string]any) ([]Body, error) {
	var bodies []Body
	err := store.Select(ctx, reader, query, values, func(rows *sql.Rows) error {
		var b Body
		var from, to sql.NullString
		if err := rows.Scan(&b.ID, &b.Name, &b.Kind, &b.Tier, &b.Region, &from, &to, &b.SucceededBy); err != nil {
			return err
		}
		var err error
		if b.From, err = date(from); err == nil {
			b.To, err = date(to)
		}
		bodies = append(bodies, b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the register of bodies: %w", err)
	}
	return bodies, nil
}

func date(text sql.NullString) (schemas.Date, error) {
	if !text.Valid {
		return schemas.NoDate, nil
	}
	return schemas.ParseDate(text.String)
}

// throughout reports whether the body existed on every day of the period; if
// not, a reason says when it did.
func (b Body) throughout(p schemas.Period) (reason string) {
	switch {
	case b.From != schemas.NoDate && b.From > p.From:
		return "it was formed on " + Day(b.From) + ", so it did not exist throughout the period"
	case b.To != schemas.NoDate && b.To < p.To:
		return "it was abolished on " + Day(b.To) + ", so it did not exist throughout the period"
	}
	return ""
}

// Describe writes what a body is: "Non-metropolitan district council".
func (b Body) Describe() string {
	switch {
	case b.Tier == "":
		return b.Kind
	case b.Kind == "":
		return b.Tier
	}
	return b.Kind + " (" + b.Tier + ")"
}

var months = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// Day writes a date as "1 April 2019".
func Day(d schemas.Date) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, months[month-1], year)
}

// MonthName writes the month of a date as "April 2019".
func MonthName(d schemas.Date) string {
	year, month, _ := d.Civil()
	return fmt.Sprintf("%s %d", months[month-1], year)
}
