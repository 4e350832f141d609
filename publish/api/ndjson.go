package api

import (
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// jsonEncoder writes one JSON object a line, with null for what is absent.
type jsonEncoder struct {
	out   io.Writer
	buf   []byte
	names [][]byte // `{"a":` `,"b":`
}

func (e *jsonEncoder) begin(schema *arrow.Schema) error {
	for i, field := range schema.Fields() {
		lead := byte(',')
		if i == 0 {
			lead = '{'
		}
		e.names = append(e.names, append(appendJSON([]byte{lead}, field.Name), ':'))
	}
	return nil
}

func (e *jsonEncoder) write(batch arrow.RecordBatch) error {
	columns := batch.Columns()
	for row := range int(batch.NumRows()) {
		for i, column := range columns {
			e.buf = append(e.buf, e.names[i]...)
			e.buf = appendValue(e.buf, column, row)
		}
		e.buf = append(e.buf, '}', '\n')
		if len(e.buf) >= flushAt {
			if err := e.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *jsonEncoder) flush() error {
	_, err := e.out.Write(e.buf)
	e.buf = e.buf[:0]
	return err
}

func (e *jsonEncoder) finish() error { return e.flush() }

func appendValue(buf []byte, column arrow.Array, row int) []byte {
	if column.IsNull(row) {
		return append(buf, "null"...)
	}
	switch values := column.(type) {
	case *array.String:
		return appendJSON(buf, values.Value(row))
	case *array.Date32:
		return append(appendDate(append(buf, '"'), values.Value(row)), '"')
	}
	return appendPlain(buf, column, row)
}

// appendJSON writes text as a JSON string.
func appendJSON(buf []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			// Rare: left to the library, which knows every case.
			quoted, _ := json.Marshal(text) // a string always marshals
			return append(buf, quoted...)
		}
	}
	buf = append(buf, '"')
	buf = append(buf, text...)
	return append(buf, '"')
}
