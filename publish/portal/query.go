package portal

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"

	"commonspend/store"
)

//go:embed sql/*.sql
var queries embed.FS

// Settings are how a release's database is opened for pages: each page is
// answered on the thread that asks for it, so that many readers share the
// processors and none pays for handing work around; and what was read of the
// file stays in memory, for every block that is read again is also checked again.
func Settings() store.Settings { return store.Settings{Threads: 1, Memory: "2GB"} }

// values are what a query's names stand for: "body" for :body.
type values map[string]any

// list runs the query in sql/name.sql with its values bound, and reads each
// row into the places that into names, in the order of the query's columns.
func list[T any](ctx context.Context, db *sql.DB, name string, into func(*T) []any, with values) ([]T, error) {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return nil, err
	}
	rows, err := listText(ctx, db, string(text), into, with)
	if err != nil {
		return nil, fmt.Errorf("query %s: %w", name, err)
	}
	return rows, nil
}

// listText does so for a query that was put together.
func listText[T any](ctx context.Context, db *sql.DB, text string, into func(*T) []any, with values) ([]T, error) {
	bound, args, err := store.Bind(text, with)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, bound, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := []T{}
	for rows.Next() {
		var row T
		if err := rows.Scan(into(&row)...); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, errors.Join(rows.Err(), ctx.Err())
}

// one runs list and returns its first row, and whether there is one.
func one[T any](ctx context.Context, db *sql.DB, name string, into func(*T) []any, with values) (T, bool, error) {
	rows, err := list(ctx, db, name, into, with)
	if err != nil || len(rows) == 0 {
		var none T
		return none, false, err
	}
	return rows[0], true, nil
}
