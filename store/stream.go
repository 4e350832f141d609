package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/duckdb/duckdb-go/v2"
)

// recordStream hands record batches to DuckDB, which pulls them one at a time.
// It is the array.RecordReader that the driver asks for.
type recordStream struct {
	schema  *arrow.Schema
	next    func() (arrow.RecordBatch, error) // nil, nil at the end
	current arrow.RecordBatch
	err     error
}

func (s *recordStream) Retain()                        {}
func (s *recordStream) Release()                       {}
func (s *recordStream) Schema() *arrow.Schema          { return s.schema }
func (s *recordStream) RecordBatch() arrow.RecordBatch { return s.current }
func (s *recordStream) Record() arrow.RecordBatch      { return s.current }
func (s *recordStream) Err() error                     { return s.err }

func (s *recordStream) Next() bool {
	if s.err != nil {
		return false
	}
	if s.current != nil {
		s.current.Release()
	}
	s.current, s.err = s.next()
	return s.current != nil && s.err == nil
}

// insert moves a stream into a table with the same columns in the same order.
func insert(ctx context.Context, conn *sql.Conn, table string, stream *recordStream) error {
	var release func()
	err := conn.Raw(func(inner any) error {
		arrowConn, err := duckdb.NewArrowFromConn(inner.(driver.Conn))
		if err != nil {
			return err
		}
		release, err = arrowConn.RegisterView(stream, "incoming_"+table)
		return err
	})
	if err != nil {
		return fmt.Errorf("load %s: %w", table, err)
	}
	defer release()
	_, err = conn.ExecContext(ctx, "INSERT INTO "+table+" SELECT * FROM incoming_"+table)
	if stream.err != nil {
		return stream.err
	}
	if err != nil {
		return fmt.Errorf("load %s: %w", table, err)
	}
	_, err = conn.ExecContext(ctx, "DROP VIEW IF EXISTS incoming_"+table)
	return err
}
