package judge

import (
	"context"
	"database/sql"
	"runtime"
	"sync"

	"commonspend/normalize/category"
	"commonspend/store"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// rowsPerChunk bounds the memory that judging takes: the texts and judgements of
// so many rows of payments are held twice, while one chunk is judged and the one
// before it is written.
const rowsPerChunk = 60_000

// headers are those under which the common columns of a text are judged, in
// the order of texts.sql after publisher and payee.
var headers = [...]string{"Expense Type", "Expense Area", "Description", "Category", "Department Family", "Entity"}

// judgeLines judges the texts that are not judged yet.
func (r *refresh) judgeLines(ctx context.Context) error {
	if err := r.runFile(ctx, "unjudged"); err != nil {
		return err
	}
	ends, err := r.chunkEnds(ctx)
	if err != nil {
		return err
	}
	if len(ends) > 0 {
		threads := max(1, runtime.GOMAXPROCS(0)/4) // judging takes several times as long as reading and writing
		if err := store.WithThreads(ctx, r.conn, threads, func() error { return r.judgeChunks(ctx, ends) }); err != nil {
			return err
		}
	}
	return r.exec(ctx, "DROP TABLE unjudged")
}

// judgeChunks reads each chunk's texts while the one before it is judged, and
// writes its judgements while the next is.
func (r *refresh) judgeChunks(ctx context.Context, ends []int64) error {
	judge, err := r.lines()
	if err != nil {
		return err
	}
	b := newBench(judge, byPayee(r.overrides))
	defer close(b.work)
	var before *chunk
	after := int64(-1)
	for _, last := range ends {
		next, err := r.lay(ctx, b, after, last)
		if err == nil && before != nil {
			err = r.keepLines(ctx, before)
		}
		if err != nil {
			return err
		}
		before, after = next, last
	}
	return r.keepLines(ctx, before)
}

// chunkEnds lists the last row of each chunk.
func (r *refresh) chunkEnds(ctx context.Context) ([]int64, error) {
	text, args, err := query("chunks", map[string]any{"size": rowsPerChunk})
	if err != nil {
		return nil, err
	}
	return column[int64](ctx, r.conn, text, args...)
}

// column reads the one column of a query.
func column[T any](ctx context.Context, conn *sql.Conn, query string, args ...any) ([]T, error) {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// chunk is a number of texts that are judged together.
type chunk struct {
	judging sync.WaitGroup // one for each batch of texts
	lock    sync.Mutex
	judged  []arrow.RecordBatch
}

// lay lays the unjudged texts that stand after one row, up to another, on a bench.
func (r *refresh) lay(ctx context.Context, b *bench, after, last int64) (*chunk, error) {
	text, args, err := query("texts", map[string]any{"after": after, "last": last})
	if err != nil {
		return nil, err
	}
	c := &chunk{}
	return c, store.ReadRecords(ctx, r.conn, text, args, func(batch arrow.RecordBatch) error {
		batch.Retain()
		c.judging.Add(1)
		b.work <- laid{batch, c}
		return nil
	})
}

// keepLines writes the judgements of a chunk.
func (r *refresh) keepLines(ctx context.Context, c *chunk) error {
	c.judging.Wait()
	for _, batch := range c.judged {
		r.counts.Lines += int(batch.NumRows())
	}
	left := c.judged
	return store.InsertRecords(ctx, r.conn, "lines", lineSchema, func() (arrow.RecordBatch, error) {
		if len(left) == 0 {
			return nil, nil
		}
		next := left[0]
		left = left[1:]
		return next, nil // the stream lets go of it
	})
}

// bench is where batches of texts are judged, a core to a desk. A desk remembers
// what it made of each value, from chunk to chunk.
type bench struct {
	work chan laid
}

// laid is a batch of texts, and the chunk that waits for its judgements.
type laid struct {
	texts arrow.RecordBatch
	chunk *chunk
}

// newBench opens a bench, which works until its work is closed. It has room for
// a chunk, so that reading the next does not wait for the judging of this one.
func newBench(judge *category.Judge, said overridesByPayee) *bench {
	b := &bench{work: make(chan laid, rowsPerChunk)}
	for range runtime.GOMAXPROCS(0) {
		go func() {
			d := newDesk(judge, said)
			for l := range b.work {
				judged := d.judge(l.texts)
				l.texts.Release()
				l.chunk.lock.Lock()
				l.chunk.judged = append(l.chunk.judged, judged)
				l.chunk.lock.Unlock()
				l.chunk.judging.Done()
			}
		}()
	}
	return b
}

// lineSchema is the table lines in Arrow's terms.
var lineSchema = arrow.NewSchema([]arrow.Field{
	{Name: "line_hash", Type: arrow.PrimitiveTypes.Int64}, {Name: "scope", Type: arrow.BinaryTypes.String},
	{Name: "category", Type: arrow.BinaryTypes.String}, {Name: "likely", Type: arrow.BinaryTypes.String},
	{Name: "confidence", Type: arrow.PrimitiveTypes.Float64}, {Name: "method", Type: arrow.BinaryTypes.String},
	{Name: "reason", Type: arrow.BinaryTypes.String}, {Name: "version", Type: arrow.BinaryTypes.String},
}, nil)

// desk judges batches of texts, one after another.
type desk struct {
	*category.Desk
	said       overridesByPayee
	out        *array.RecordBuilder
	hash       *array.Int64Builder
	confidence *array.Float64Builder
	texts      [6]*array.StringBuilder // scope, category, likely, method, reason, version
	room       [6]int                  // bytes that each took in the batch before
}

func newDesk(judge *category.Judge, said overridesByPayee) *desk {
	d := &desk{Desk: judge.Desk(), said: said, out: array.NewRecordBuilder(memory.DefaultAllocator, lineSchema)}
	d.hash, d.confidence = d.out.Field(0).(*array.Int64Builder), d.out.Field(4).(*array.Float64Builder)
	for i, field := range [...]int{1, 2, 3, 5, 6, 7} {
		d.texts[i] = d.out.Field(field).(*array.StringBuilder)
	}
	return d
}

func (d *desk) judge(texts arrow.RecordBatch) arrow.RecordBatch {
	hashes := texts.Column(0).(*array.Int64)
	var columns [8]*array.String
	for i := range columns {
		columns[i] = texts.Column(i + 1).(*array.String)
	}
	rows := int(texts.NumRows())
	d.reserve(rows)
	line := category.Line{Columns: make([]category.Column, 0, len(headers))}
	for row := range rows {
		line.Publisher, line.Payee, line.Columns = columns[0].Value(row), columns[1].Value(row), line.Columns[:0]
		for i, header := range headers {
			if value := columns[i+2].Value(row); value != "" { // that of NULL is empty
				line.Columns = append(line.Columns, category.Column{Header: header, Value: value})
			}
		}
		judgement := d.Judge(line)
		if o := d.said.of(columns, row); o != nil {
			o.overrule(&judgement)
		}
		d.append(hashes.Value(row), &judgement)
	}
	return d.take()
}

// reserve makes room for a batch of the size of the one before.
func (d *desk) reserve(rows int) {
	d.out.Reserve(rows)
	for i, text := range d.texts {
		text.ReserveData(d.room[i] + d.room[i]/8)
	}
}

func (d *desk) append(hash int64, j *category.Judgement) {
	d.hash.UnsafeAppend(hash)
	d.confidence.UnsafeAppend(j.Confidence)
	for i, text := range [...]string{j.Scope, j.Category, j.Likely, j.Method, j.Reason, j.Version} {
		d.texts[i].Append(text)
	}
}

// take hands out what was judged, and begins anew.
func (d *desk) take() arrow.RecordBatch {
	for i, text := range d.texts {
		d.room[i] = text.DataLen()
	}
	return d.out.NewRecordBatch()
}
