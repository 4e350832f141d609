package ingest

import (
	"io"
	"strconv"

	"commonspend/schemas"
)

// chunkBytes is how much of a table is cut at a time: small enough for the
// processor's cache, large enough that what is done once a chunk costs nothing.
const chunkBytes = 256 << 10

// table is a delimited text, known well enough to be cut into rows.
type table struct {
	content   content
	charset   charset
	delimiter byte
	origin    schemas.Origin
	limits    Limits
	step      int // bytes read at a time
}

// csv surveys a text, refuses it when it is no table, and adds it as a sheet.
func (o *opening) csv(c content) error {
	seen, err := o.survey(c)
	if err != nil {
		return c.damaged(err)
	}
	charset := seen.charset()
	whole := seen.size == int64(len(seen.head))
	head, _ := charset.decode(nil, seen.head[charset.mark:], whole)
	if kind := sniffText(head); kind != "table" {
		return refuseKind(c.member, kind)
	}
	t := table{
		content: c, charset: charset, limits: o.limits, step: chunkBytes,
		delimiter: delimiter(head, whole, o.limits),
		origin:    schemas.Origin{File: o.sha, Member: c.member},
	}
	rows := t.rows
	if seen.size >= cutAheadBytes {
		rows = t.rowsAhead
	}
	o.add([]schemas.Sheet{{
		File: o.sha, Member: c.member, Format: "csv", Encoding: charset.name,
		Delimiter: string(t.delimiter), Rows: rows,
	}})
	return nil
}

// rows is the Rows of a delimited text.
func (t *table) rows(yield func([]schemas.Row) error) (physical int, err error) {
	return t.cut(newLentRows(t.origin), yield)
}

// cut cuts the whole text into lent rows.
func (t *table) cut(lent *lentRows, yield func([]schemas.Row) error) (physical int, err error) {
	r, err := t.content.open()
	if err != nil {
		return 0, t.content.damaged(err)
	}
	defer r.Close()
	if _, err := io.CopyN(io.Discard, r, int64(t.charset.mark)); err != nil {
		return 0, t.content.damaged(err)
	}
	in := &feed{content: t.content, r: r, step: t.step, decode: t.charset.transcoder(), most: t.limits.RecordBytes}
	cut := &splitter{delimiter: t.delimiter, limits: t.limits, line: 1}
	for {
		k, err := in.next()
		if err != nil {
			return physical, err
		}
		if err := t.chunk(&k, cut, lent, &physical, yield); err != nil {
			return physical, err
		}
		in.used(k.at)
		if k.final {
			return physical, lent.flush(yield)
		}
	}
}

// chunk cuts all whole records of a chunk, and yields whenever a batch is full.
func (t *table) chunk(k *chunk, cut *splitter, lent *lentRows, physical *int, yield func([]schemas.Row) error) error {
	for {
		whole, err := cut.record(k, lent)
		if err != nil || !whole {
			return err
		}
		if *physical++; *physical > t.limits.Rows {
			return overLimit("it", strconv.Itoa(t.limits.Rows)+" rows")
		}
		if len(lent.rows) == batchRows {
			if err := lent.flush(yield); err != nil {
				return err
			}
		}
	}
}

// feed makes chunks of a stream of bytes. What a chunk leaves over, the
// beginning of a record, opens the next one.
type feed struct {
	content content
	r       io.Reader
	step    int
	decode  transcoder // nil when the bytes are UTF-8 already
	most    int        // bytes of one record
	raw     []byte     // read and not yet decoded
	buf     []byte     // decoded and not yet cut
	ended   bool
}

// next reads and decodes until there is at least one chunk's worth of new
// text, or the end.
func (f *feed) next() (chunk, error) {
	if len(f.buf) > f.most {
		return chunk{}, overLimit("a row", strconv.Itoa(f.most)+" bytes")
	}
	// A record longer than a chunk is tried again with as much again, so that
	// it is not searched from its start more often than its length doubles.
	want := max(f.step, len(f.buf))
	var err error
	if f.decode == nil {
		f.buf, err = f.read(f.buf, want)
	} else if f.raw, err = f.read(f.raw, want); err == nil {
		var used int
		f.buf, used = f.decode(f.buf, f.raw, f.ended)
		f.raw = f.raw[:copy(f.raw, f.raw[used:])]
	}
	return newChunk(f.buf, f.ended), err
}

// read appends n bytes of the stream, fewer only at its end.
func (f *feed) read(b []byte, n int) ([]byte, error) {
	if cap(b) < len(b)+n {
		b = append(make([]byte, 0, len(b)+n), b...)
	}
	got, err := io.ReadFull(f.r, b[len(b):len(b)+n])
	if err == io.EOF || err == io.ErrUnexpectedEOF && got < n {
		f.ended = true
		err = nil
	}
	if err != nil {
		err = f.content.damaged(err)
	}
	return b[:len(b)+got], err
}

// used drops the first n bytes of the chunk, which have been cut.
func (f *feed) used(n int) { f.buf = f.buf[:copy(f.buf, f.buf[n:])] }

// lentRows is the rows lent to one yield; their memory serves the next again.
type lentRows struct {
	rows  []schemas.Row
	cells []string
}

// newLentRows makes room for a batch, every row with its file's origin.
func newLentRows(origin schemas.Origin) *lentRows {
	rows := make([]schemas.Row, batchRows)
	for i := range rows {
		rows[i].Origin = origin
	}
	return &lentRows{rows: rows[:0]}
}

func (l *lentRows) add(line int, cells []string) {
	l.rows = l.rows[:len(l.rows)+1]
	row := &l.rows[len(l.rows)-1]
	row.Row, row.Cells = line, cells
}

func (l *lentRows) flush(yield func([]schemas.Row) error) error {
	if len(l.rows) == 0 {
		return nil
	}
	err := yield(l.rows)
	l.rows, l.cells = l.rows[:0], l.cells[:0]
	return err
}
