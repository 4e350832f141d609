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

// linesPerChunk bounds the memory that judging takes: texts and judgements of
// so many lines at a time.
const linesPerChunk = 250_000

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
	if len(ends) == 0 {
		return r.exec(ctx, "DROP TABLE unjudged")
	}
	judge, err := r.lines()
	if err != nil {
		return err
	}
	desks := make([]*category.Desk, runtime.GOMAXPROCS(0))
	for i := range desks {
		desks[i] = judge.Desk()
	}
	after := int64(-1)
	for _, last := range ends {
		if err := r.judgeChunk(ctx, desks, after, last); err != nil {
			return err
		}
		after = last
	}
	return r.exec(ctx, "DROP TABLE unjudged")
}

// chunkEnds lists the last row of each chunk.
func (r *refresh) chunkEnds(ctx context.Context) ([]int64, error) {
	text, args, err := query("chunks", map[string]any{"size": linesPerChunk})
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

// judgeChunk judges the unjudged texts that stand after one row, up to another.
func (r *refresh) judgeChunk(ctx context.Context, desks []*category.Desk, after, last int64) error {
	text, args, err := query("texts", map[string]any{"after": after, "last": last})
	if err != nil {
		return err
	}
	bench := newBench(desks, byPayee(r.overrides))
	err = store.ReadRecords(ctx, r.conn, text, args, func(batch arrow.RecordBatch) error {
		batch.Retain()
		bench.work <- batch
		return nil
	})
	judged := bench.finish()
	defer release(judged)
	if err != nil {
		return err
	}
	for _, batch := range judged {
		r.counts.Lines += int(batch.NumRows())
	}
	left := judged
	return store.InsertRecords(ctx, r.conn, "lines", lineSchema, func() (arrow.RecordBatch, error) {
		if len(left) == 0 {
			return nil, nil
		}
		next := left[0]
		left = left[1:]
		next.Retain() // the stream lets go of it, and so does judgeChunk
		return next, nil
	})
}

func release(batches []arrow.RecordBatch) {
	for _, batch := range batches {
		batch.Release()
	}
}

// bench is where batches of texts are judged, a core to a desk. A desk remembers
// what it made of each value, from chunk to chunk.
type bench struct {
	work    chan arrow.RecordBatch
	workers sync.WaitGroup
	lock    sync.Mutex
	judged  []arrow.RecordBatch
}

func newBench(desks []*category.Desk, said overridesByPayee) *bench {
	b := &bench{work: make(chan arrow.RecordBatch, 8)}
	for _, desk := range desks {
		b.workers.Go(func() {
			for texts := range b.work {
				judged := judgeBatch(desk, said, texts)
				texts.Release()
				b.lock.Lock()
				b.judged = append(b.judged, judged)
				b.lock.Unlock()
			}
		})
	}
	return b
}

// finish waits for the judgements of all that was put to work.
func (b *bench) finish() []arrow.RecordBatch {
	close(b.work)
	b.workers.Wait()
	return b.judged
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
