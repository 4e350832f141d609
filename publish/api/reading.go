package api

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// reading is a query that is read a window at a time. It has {place}, the row
// that the window comes after, {until}, the last that it may reach, and {rows},
// the most that it may have; its last column says where each row is.
type reading struct {
	held  *release
	query string
	args  []any
	first int64 // between these places lie all its payments
	last  int64
	whole bool // a window holds all up to {until}, though it may yield fewer rows than it looked at
}

// at is the query of one window.
func (r *reading) at(place, until int64, rows int) string {
	return strings.NewReplacer("{place}", strconv.FormatInt(place, 10), "{until}", strconv.FormatInt(until, 10), "{rows}", strconv.Itoa(rows)).Replace(r.query)
}

// readAll reads window after window.
func (s *Server) readAll(ctx context.Context, r *reading, out chan<- []arrow.RecordBatch) error {
	place, end := r.first-1, r.last
	for place < end {
		rows := min(mostRows, max(leastRows, allRows/max(1, len(s.streams))))
		until := end
		if r.whole {
			until = min(end, place+int64(rows))
		}
		window, last, err := s.readOne(ctx, r, place, until, rows)
		if err != nil {
			letGo(window)
			return err
		}
		select {
		case out <- window:
		case <-ctx.Done():
			letGo(window)
			return ctx.Err()
		}
		switch {
		case r.whole:
			place = until
		case last.count < int64(rows):
			return nil
		default:
			place = last.place
		}
	}
	return nil
}

// reached is how far a window came.
type reached struct{ place, count int64 }

// readOne reads one window, when it is its turn.
func (s *Server) readOne(ctx context.Context, r *reading, place, until int64, rows int) (window []arrow.RecordBatch, last reached, err error) {
	if r.whole {
		// It groups, which takes as much as all plain windows together.
		select {
		case s.grouping <- struct{}{}:
			defer func() { <-s.grouping }()
		case <-ctx.Done():
			return nil, last, ctx.Err()
		}
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return nil, last, ctx.Err()
	}
	last.place = place
	err = r.held.stream.Stream(ctx, r.at(place, until, rows), r.args, func(batch arrow.RecordBatch) error {
		places := batch.Column(int(batch.NumCols()) - 1).(*array.Int64).Int64Values()
		for _, at := range places {
			if at <= last.place && !r.whole {
				return errors.New("the rows of a window are out of order")
			}
			last.place = at
		}
		last.count += batch.NumRows()
		batch.Retain()
		window = append(window, batch)
		return nil
	})
	return window, last, err
}
