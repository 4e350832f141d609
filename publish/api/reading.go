package api

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"commonspend/publish/filter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// reading is a query that is read a window at a time. It has {place}, the row
// that the window comes after, {until}, the last that it reaches, {among}, the
// rows it is to be one of where words were looked for, and {order}; its last
// column says where each row is.
type reading struct {
	held   *release
	filter filter.Filter
	query  string // narrowed by all of the filter but its words
	args   []any
	groups bool // it groups payments, and may yield fewer rows than it looks at
}

// window is a part of a reading, with how many payments of the filter lie in it.
type window struct {
	place, until, rows int64
	among              []int64 // the places of its payments, where words were looked for
}

// at is the query of one window. DuckDB mostly gives rows in the order in
// which they lie; where it did not, they are sorted.
func (r *reading) at(w window, sorted bool) string {
	order := ""
	if sorted {
		order = "ORDER BY place"
	}
	among := ""
	if len(w.among) > 0 {
		among = "AND p.rowid IN (SELECT unnest([" + joined(w.among) + "]))"
	}
	return strings.NewReplacer("{among}", among, "{place}", strconv.FormatInt(w.place, 10), "{until}", strconv.FormatInt(w.until, 10), "{order}", order).Replace(r.query)
}

func joined(numbers []int64) string {
	var text []byte
	for i, n := range numbers {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, n, 10)
	}
	return string(text)
}

// block is blockRows places, as sql/plan.sql counts them, with a bit for each
// where words were looked for.
type block struct {
	no, rows int64
	bits     []byte
}

// places lists where the bits are set.
func (b block) places() (list []int64) {
	for i, eight := range b.bits {
		for j := range 8 {
			if eight&(0x80>>j) != 0 {
				list = append(list, b.no*blockRows+int64(8*i+j))
			}
		}
	}
	return list
}

const blockRows = 2048

// plan counts where the filter's payments lie. Words are looked for here, once,
// on the side of pages: that takes more memory than a window may.
func (r *reading) plan(ctx context.Context) ([]block, error) {
	name, into := "plan", func(b *block) []any { return []any{&b.no, &b.rows} }
	if r.filter.Query != "" {
		name, into = "plan_places", func(b *block) []any { return []any{&b.no, &b.rows, &b.bits} }
	}
	query, err := text(name)
	if err != nil {
		return nil, err
	}
	return ask(ctx, r.held.db, query, r.filter.Predicate(), into, nil)
}

// next takes blocks of at most so many payments off the plan, at least one.
func next(plan []block, most int64) (window, []block) {
	w := window{place: plan[0].no*blockRows - 1}
	for len(plan) > 0 && (w.rows == 0 || w.rows+plan[0].rows <= most) {
		w.rows += plan[0].rows
		w.until = (plan[0].no+1)*blockRows - 1
		w.among = append(w.among, plan[0].places()...)
		plan = plan[1:]
	}
	return w, plan
}

// readAll reads window after window.
func (s *Server) readAll(ctx context.Context, r *reading, out chan<- []arrow.RecordBatch) error {
	plan, err := r.plan(ctx)
	if err != nil {
		return err
	}
	for len(plan) > 0 {
		var w window
		w, plan = next(plan, int64(min(mostRows, max(blockRows, allRows/max(1, len(s.streams))))))
		read, err := s.readOne(ctx, r, w)
		if err != nil {
			letGo(read)
			return err
		}
		select {
		case out <- read:
		case <-ctx.Done():
			letGo(read)
			return ctx.Err()
		}
	}
	return nil
}

// readOne reads one window, when it is its turn.
func (s *Server) readOne(ctx context.Context, r *reading, w window) ([]arrow.RecordBatch, error) {
	turns := []chan struct{}{s.reading}
	if r.groups {
		// That takes as much memory as all plain windows together.
		turns = []chan struct{}{s.grouping, s.reading}
	}
	for _, turn := range turns {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	read, rows, ordered, err := r.read(ctx, w, false)
	if err == nil && !ordered {
		letGo(read)
		read, rows, ordered, err = r.read(ctx, w, true)
	}
	if err == nil && (!ordered || !r.groups && rows != w.rows) {
		err = fmt.Errorf("a window has %d rows, in order: %v, where %d were counted", rows, ordered, w.rows)
	}
	return read, err
}

// read reads a window, and says whether its rows came in their order.
func (r *reading) read(ctx context.Context, w window, sorted bool) (read []arrow.RecordBatch, rows int64, ordered bool, err error) {
	last := w.place
	ordered = true
	err = r.held.stream.Stream(ctx, r.at(w, sorted), r.args, func(batch arrow.RecordBatch) error {
		for _, place := range batch.Column(int(batch.NumCols()) - 1).(*array.Int64).Int64Values() {
			ordered = ordered && place > last
			last = place
		}
		rows += batch.NumRows()
		batch.Retain()
		read = append(read, batch)
		return nil
	})
	return read, rows, ordered, err
}
