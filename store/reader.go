package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Reader answers queries: the warehouse's database, a transaction on it, or a
// release's. Comparisons are made over one, and do not know which.
type Reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Select puts the values into the query and hands each row of the answer to
// take, which scans it.
func Select(ctx context.Context, reader Reader, query string, values map[string]any, take func(*sql.Rows) error) error {
	text, args, err := Bind(query, values)
	if err != nil {
		return err
	}
	rows, err := reader.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return fmt.Errorf("read an answer: %w", err)
		}
	}
	return rows.Err()
}
