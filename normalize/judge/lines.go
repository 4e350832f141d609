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
const rowsPerChunk = 125_000

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
		if err := r.judgeChunks(ctx, ends); err != nil {
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
			desk := judge.Desk()
			for l := range b.work {
				judged := judgeBatch(desk, said, l.texts)
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

func judgeBatch(desk *category.Desk, said overridesByPayee, texts arrow.RecordBatch) arrow.RecordBatch {
	out := array.NewRecordBuilder(memory.DefaultAllocator, lineSchema)
	defer out.Release()
	hashes := texts.Column(0).(*array.Int64)
	var columns [8]*array.String
	for i := range columns {
		columns[i] = texts.Column(i + 1).(*array.String)
	}
	rows := int(texts.NumRows())
	out.Reserve(rows)
	line := category.Line{Columns: make([]category.Column, 0, len(headers))}
	for row := range rows {
		line.Publisher, line.Payee, line.Columns = columns[0].Value(row), columns[1].Value(row), line.Columns[:0]
		for i, header := range headers {
			if value := columns[i+2].Value(row); value != "" {
				line.Columns = append(line.Columns, category.Column{Header: header, Value: value})
			}
		}
		judgement := desk.Judge(line)
		if o := said.of(columns, row); o != nil {
			o.overrule(&judgement)
		}
		appendLine(out, hashes.Value(row), judgement)
	}
	return out.NewRecordBatch()
}

func appendLine(out *array.RecordBuilder, hash int64, j category.Judgement) {
	out.Field(0).(*array.Int64Builder).Append(hash)
	out.Field(4).(*array.Float64Builder).Append(j.Confidence)
	for i, text := range [...]string{1: j.Scope, 2: j.Category, 3: j.Likely, 5: j.Method, 6: j.Reason, 7: j.Version} {
		if i > 0 && i != 4 {
			out.Field(i).(*array.StringBuilder).Append(text)
		}
	}
}
