package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// A download is read a window of payments at a time, in the order in which the
// release keeps them. Between windows it holds nothing of the database, and the
// next window is read while one is encoded. What is held in all is bounded: the
// more downloads, the smaller their windows, down to a block.
const (
	allRows  = 1 << 14 // of all windows being encoded
	mostRows = 1 << 13 // of one window
	atOnce   = 2       // windows being read at the same time
)

// patience is how long a download waits for its first rows before it says that
// it has begun. A failure before that is told as a problem document.
const patience = 100 * time.Millisecond

// download is one stream on its way out.
type download struct {
	w       http.ResponseWriter
	r       *http.Request
	files   *fileNames
	encoder encoder
	headers func(http.Header) // set once it is certain that there is an answer
	windows chan []arrow.RecordBatch
	begun   bool
	rows    int64
}

// stream sends exactly the rows of a query. Where it fails after its
// beginning, the connection is cut: what has come cannot be taken for the whole.
func (s *Server) stream(d *download, read *reading) error {
	ctx, cancel := context.WithCancel(d.r.Context())
	defer cancel()
	d.windows = make(chan []arrow.RecordBatch)
	result := make(chan error, 1)
	go func() {
		result <- s.readAll(ctx, read, d.windows)
		close(d.windows)
	}()
	sent := d.send()
	if sent != nil {
		cancel() // there is nobody to read for
	}
	for window := range d.windows {
		letGo(window)
	}
	err := <-result
	if sent != nil {
		err = sent
	}
	if err == nil {
		err = d.end()
	}
	if err != nil && d.begun {
		s.options.Log.Info("a download was cut", "path", d.r.URL.Path, "rows", d.rows, "err", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// send encodes windows until there are no more.
func (d *download) send() error {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		select {
		case window, more := <-d.windows:
			if !more {
				return nil
			}
			if err := d.encode(window); err != nil {
				return err
			}
		case <-timer.C:
			if err := d.begin(); err != nil {
				return err
			}
			if err := http.NewResponseController(d.w).Flush(); err != nil {
				return err
			}
		}
	}
}

// encode sends a window.
func (d *download) encode(window []arrow.RecordBatch) error {
	defer letGo(window)
	if err := d.begin(); err != nil {
		return err
	}
	for _, batch := range window {
		named := d.files.name(batch)
		err := d.encoder.write(named)
		named.Release()
		if err != nil {
			return err
		}
		d.rows += batch.NumRows()
	}
	return nil
}

func letGo(window []arrow.RecordBatch) {
	for _, batch := range window {
		batch.Release()
	}
}

// begin sends the headers and what stands before the first row.
func (d *download) begin() error {
	if d.begun {
		return nil
	}
	d.begun = true
	d.headers(d.w.Header())
	d.w.WriteHeader(http.StatusOK)
	return d.encoder.begin(d.files.schema)
}

// end sends what stands after the last row.
func (d *download) end() error {
	if err := d.begin(); err != nil {
		return err
	}
	if err := d.encoder.finish(); err != nil {
		return err
	}
	d.w.Header().Set(http.TrailerPrefix+"Rows", strconv.FormatInt(d.rows, 10))
	return nil
}

// steady writes to a connection and gives up on a client that stops reading.
type steady struct {
	w       http.ResponseWriter
	now     func() time.Time // nil for any patience
	stalled time.Duration
}

func (s steady) Write(p []byte) (int, error) {
	if s.now != nil {
		// Not every writer under test has deadlines; those without have no
		// client that could stall.
		_ = http.NewResponseController(s.w).SetWriteDeadline(s.now().Add(s.stalled))
	}
	return s.w.Write(p)
}

// fileNames puts the hash of a file in the place of its number, so that no
// download has to join files.
type fileNames struct {
	schema *arrow.Schema // as it goes out
	column int           // -1 where there is none
	shas   map[int32]string
	build  *array.StringBuilder
}

func newFileNames(schema *arrow.Schema, shas map[int32]string) *fileNames {
	n := &fileNames{schema: schema, column: -1, shas: shas, build: array.NewStringBuilder(memory.DefaultAllocator)}
	fields := slices.Clone(schema.Fields()[:schema.NumFields()-1]) // without place
	for i, field := range fields {
		if field.Name == "file" || field.Name == "Source file" {
			n.column = i
			fields[i].Type = arrow.BinaryTypes.String
		}
	}
	n.schema = arrow.NewSchema(fields, nil)
	return n
}

// name returns the batch with hashes for numbers; the caller releases it.
func (n *fileNames) name(batch arrow.RecordBatch) arrow.RecordBatch {
	columns := slices.Clone(batch.Columns()[:n.schema.NumFields()])
	if n.column >= 0 {
		for _, no := range columns[n.column].(*array.Int32).Int32Values() {
			n.build.Append(n.shas[no])
		}
		columns[n.column] = n.build.NewArray()
		defer columns[n.column].Release()
	}
	return array.NewRecordBatch(n.schema, columns, batch.NumRows())
}
