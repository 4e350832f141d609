package api

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// groupRows bounds a Parquet row group, which is held until it is written.
const groupRows = 1 << 12

// parquetEncoder writes Parquet with the columns as they are, money in pence.
// A row group is written column after column, so that only one column's pages
// are in the making.
type parquetEncoder struct {
	out    io.Writer
	schema *arrow.Schema
	file   *pqarrow.FileWriter
	group  []arrow.RecordBatch
	rows   int64
}

func (e *parquetEncoder) begin(schema *arrow.Schema) (err error) {
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy), parquet.WithMaxRowGroupLength(groupRows), parquet.WithDataPageSize(1<<16),
		parquet.WithCreatedBy("commonspend"))
	e.schema = schema
	e.file, err = pqarrow.NewFileWriter(schema, struct{ io.Writer }{e.out}, properties, pqarrow.DefaultWriterProps())
	return err
}

func (e *parquetEncoder) write(batch arrow.RecordBatch) error {
	batch.Retain()
	e.group = append(e.group, batch)
	if e.rows += batch.NumRows(); e.rows < groupRows {
		return nil
	}
	return e.flush()
}

// flush writes the row group.
func (e *parquetEncoder) flush() error {
	if e.rows == 0 {
		return nil
	}
	table := array.NewTableFromRecords(e.schema, e.group)
	err := e.file.WriteTable(table, e.rows)
	table.Release()
	e.letGo()
	return err
}

func (e *parquetEncoder) letGo() {
	letGo(e.group)
	e.group, e.rows = e.group[:0], 0
}

func (e *parquetEncoder) finish() error {
	if err := e.flush(); err != nil {
		return err
	}
	return e.file.Close()
}
