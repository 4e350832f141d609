package ingest

import (
	"errors"
	"io"
)

const aheadBytes = 128 << 10

// readAhead reads from a source in the background, a few blocks ahead, so that
// inflating and parsing each have a core. Close ends it and waits for it.
type readAhead struct {
	src   io.ReadCloser
	full  chan aheadBlock
	empty chan []byte
	stop  chan struct{}
	done  chan struct{}
	cur   []byte // rest of the block in hand
	block []byte
	err   error
}

type aheadBlock struct {
	b   []byte
	err error
}

func newReadAhead(src io.ReadCloser) *readAhead {
	const blocks = 4
	r := &readAhead{
		src:   src,
		full:  make(chan aheadBlock, blocks),
		empty: make(chan []byte, blocks),
		stop:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	for range blocks {
		r.empty <- nil
	}
	go r.run()
	return r
}

func (r *readAhead) run() {
	defer close(r.done)
	for {
		select {
		case <-r.stop:
			return
		case b := <-r.empty:
			if b == nil {
				b = make([]byte, aheadBytes)
			}
			n, err := readBlock(r.src, b[:cap(b)])
			r.full <- aheadBlock{b[:n], err} // never blocks: there are as many places as blocks
			if err != nil {
				return
			}
		}
	}
}

// readBlock is io.ReadFull that keeps the source's own error.
func readBlock(src io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var k int
		k, err = src.Read(b[n:])
		n += k
	}
	return n, err
}

func (r *readAhead) Read(p []byte) (int, error) {
	for len(r.cur) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if r.block != nil {
			r.empty <- r.block
		}
		next := <-r.full
		r.block, r.cur, r.err = next.b, next.b, next.err
	}
	n := copy(p, r.cur)
	r.cur = r.cur[n:]
	return n, nil
}

// drain reads to the end, so that the part's checksum has been looked at.
func (r *readAhead) drain() error {
	for r.err == nil {
		if r.block != nil {
			r.empty <- r.block
		}
		next := <-r.full
		r.block, r.cur, r.err = next.b, nil, next.err
	}
	if errors.Is(r.err, io.EOF) && !errors.Is(r.err, io.ErrUnexpectedEOF) {
		return nil
	}
	return r.err
}

func (r *readAhead) Close() error {
	close(r.stop)
	<-r.done
	return r.src.Close()
}
