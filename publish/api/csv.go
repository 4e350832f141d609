package api

import (
	"bytes"
	"io"

	"commonspend/schemas"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// encoder writes record batches in one format. finish writes what ends the
// whole; a failed stream is never finished.
type encoder interface {
	begin(*arrow.Schema) error
	write(arrow.RecordBatch) error
	finish() error
}

// csvEncoder writes RFC 4180 CSV: comma, double quote, CRLF, UTF-8, one header
// line, money in pounds as plain decimals. For a spreadsheet it marks the text
// as UTF-8 and puts an apostrophe before text that would become a formula.
type csvEncoder struct {
	out   io.Writer
	excel bool
	buf   []byte
	cells []cell
}

// cell appends the value of a row of the current batch.
type cell func(buf []byte, row int) []byte

// inPounds are the columns of money: held in pence, written in pounds under a
// name that does not say pence.
func inPounds(name string) (header string, ok bool) {
	switch name {
	case "amount_pence":
		return "amount_pounds", true
	case "Amount":
		return name, true
	}
	return name, false
}

func (e *csvEncoder) begin(schema *arrow.Schema) error {
	if e.excel {
		e.buf = append(e.buf, "\ufeff"...)
	}
	for i, field := range schema.Fields() {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		header, _ := inPounds(field.Name)
		e.buf = appendText(e.buf, header)
	}
	e.buf = append(e.buf, "\r\n"...)
	return e.flush()
}

func (e *csvEncoder) write(batch arrow.RecordBatch) error {
	e.cells = e.cells[:0]
	for i, column := range batch.Columns() {
		e.cells = append(e.cells, e.cell(batch.ColumnName(i), column))
	}
	for row := range int(batch.NumRows()) {
		for i, put := range e.cells {
			if i > 0 {
				e.buf = append(e.buf, ',')
			}
			e.buf = put(e.buf, row)
		}
		e.buf = append(e.buf, '\r', '\n')
		if len(e.buf) >= flushAt {
			if err := e.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flushAt is when what is encoded goes out: what a connection takes in one go.
const flushAt = 1 << 16

func (e *csvEncoder) flush() error {
	_, err := e.out.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}

func (e *csvEncoder) finish() error { return e.flush() }

// cell chooses how a column's values are written.
func (e *csvEncoder) cell(name string, column arrow.Array) cell {
	switch values := column.(type) {
	case *array.String:
		return e.text(values)
	case *array.Int64:
		if _, money := inPounds(name); money {
			return func(buf []byte, row int) []byte { return schemas.Amount(values.Value(row)).Append(buf) }
		}
	case *array.Date32:
		return func(buf []byte, row int) []byte {
			if values.IsNull(row) {
				return buf
			}
			return appendDate(buf, values.Value(row))
		}
	}
	return func(buf []byte, row int) []byte { return appendPlain(buf, column, row) }
}

// text looks through the whole column once: most hold nothing to be quoted,
// and then no value is looked through again.
func (e *csvEncoder) text(values *array.String) cell {
	all := values.ValueBytes()
	quotes := bytes.IndexByte(all, '"') >= 0 || bytes.IndexByte(all, ',') >= 0 || bytes.IndexByte(all, '\n') >= 0 || bytes.IndexByte(all, '\r') >= 0
	switch {
	case e.excel:
		return func(buf []byte, row int) []byte {
			text := values.Value(row) // "" where null
			if schemas.Formula(text) {
				return appendQuoted(buf, "'"+text)
			}
			return appendText(buf, text)
		}
	case quotes:
		return func(buf []byte, row int) []byte { return appendText(buf, values.Value(row)) }
	}
	return func(buf []byte, row int) []byte { return append(buf, values.Value(row)...) }
}

// appendText quotes text that CSV needs quoted.
func appendText(buf []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c == '"' || c == ',' || c == '\n' || c == '\r' {
			return appendQuoted(buf, text)
		}
	}
	return append(buf, text...)
}

func appendQuoted(buf []byte, text string) []byte {
	buf = append(buf, '"')
	for i := range len(text) {
		if text[i] == '"' {
			buf = append(buf, '"')
		}
		buf = append(buf, text[i])
	}
	return append(buf, '"')
}
