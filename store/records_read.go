package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/duckdb/duckdb-go/v2"
)

// ReadRecords runs a query and lends its rows to take as Arrow record batches,
// one at a time, until the last, an error of take's or the context's end.
func ReadRecords(ctx context.Context, conn *sql.Conn, query string, args []any, take func(arrow.RecordBatch) error) error {
	return conn.Raw(func(inner any) error {
		arrowConn, err := duckdb.NewArrowFromConn(inner.(driver.Conn))
		if err != nil {
			return err
		}
		reader, err := arrowConn.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer reader.Release()
		for reader.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := take(reader.RecordBatch()); err != nil {
				return err
			}
		}
		return reader.Err()
	})
}

// InsertRecords moves record batches into a table with the same columns in the
// same order; next returns nil after the last.
func InsertRecords(ctx context.Context, conn *sql.Conn, table string, schema *arrow.Schema, next func() (arrow.RecordBatch, error)) error {
	if err := insert(ctx, conn, table, &recordStream{schema: schema, next: next}); err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	return nil
}
