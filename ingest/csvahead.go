package ingest

import "commonspend/schemas"

// A text of this many bytes or more is cut ahead of its reading: then cutting
// rows and making something of them each have a core.
const cutAheadBytes = 1 << 20

// batchesAhead is how many batches may be cut and not yet taken.
const batchesAhead = 3

// cutting is a text that is cut in the background.
type cutting struct {
	full  chan *lentRows
	empty chan *lentRows // memory that is free again
	stop  chan struct{}
	end   chan cutEnd
}

// cutEnd is how a cutting ended. A panic is handed on to whoever reads, who
// knows what to do about it.
type cutEnd struct {
	physical int
	err      error
	panicked any
}

// errCutStopped ends a cutting whose reader has had enough.
type errCutStopped struct{}

func (errCutStopped) Error() string { return "the reading was stopped" }

// rowsAhead does what rows does, with the cutting in a goroutine of its own,
// which has ended when it returns.
func (t *table) rowsAhead(yield func([]schemas.Row) error) (physical int, err error) {
	c := &cutting{full: make(chan *lentRows, batchesAhead), empty: make(chan *lentRows, batchesAhead+2),
		stop: make(chan struct{}), end: make(chan cutEnd, 1)}
	go c.run(t)
	var stopped error
	for batch := range c.full {
		if stopped != nil {
			continue
		}
		if stopped = yield(batch.rows); stopped != nil {
			close(c.stop)
		}
		c.empty <- batch // never blocks: there are as many places as batches
	}
	end := <-c.end
	if end.panicked != nil {
		panic(end.panicked)
	}
	if stopped != nil {
		return end.physical, stopped
	}
	return end.physical, end.err
}

func (c *cutting) run(t *table) {
	var end cutEnd
	defer func() {
		end.panicked = recover()
		c.end <- end
		close(c.full)
	}()
	lent := newLentRows(t.origin)
	end.physical, end.err = t.cut(lent, func(rows []schemas.Row) error {
		select {
		case c.full <- &lentRows{rows: rows, cells: lent.cells}:
		case <-c.stop:
			return errCutStopped{}
		}
		*lent = *c.memory(t)
		return nil
	})
}

// memory is what the next batch is cut into: what a reader gave back, or new.
func (c *cutting) memory(t *table) *lentRows {
	select {
	case used := <-c.empty:
		return used
	default:
		return newLentRows(t.origin)
	}
}
