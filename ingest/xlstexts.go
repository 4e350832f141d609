package ingest

import "strings"

// pieces reads a value that runs on over CONTINUE records.
type pieces struct {
	stream []byte
	rec    record
	b      []byte // what is left of the current piece
}

// turn goes to the next piece; false when there is none.
func (p *pieces) turn() bool {
	next, ok := recordAt(p.stream, p.rec.next)
	if !ok || next.id != recContinue {
		return false
	}
	p.rec, p.b = next, next.body
	return true
}

// take returns the next n bytes, which are never split between pieces; false
// at the end.
func (p *pieces) take(n int) ([]byte, bool) {
	for len(p.b) == 0 {
		if !p.turn() {
			return nil, false
		}
	}
	if len(p.b) < n {
		return nil, false
	}
	b := p.b[:n]
	p.b = p.b[n:]
	return b, true
}

// skip drops n bytes over any number of pieces.
func (p *pieces) skip(n int) {
	for n > len(p.b) {
		n -= len(p.b)
		p.b = nil
		if !p.turn() {
			return
		}
	}
	p.b = p.b[n:]
}

// readTexts reads the shared texts (SST) up to their end; the counts in front
// are often wrong and are not believed.
func (book *xlsBook) readTexts(rec record) {
	p := &pieces{book.stream, rec, rec.body[8:]}
	var arena strings.Builder
	var text []byte
	for {
		var ok bool
		if text, ok = p.appendText(text[:0]); !ok {
			break
		}
		arena.Write(text)
		book.texts.ends = append(book.texts.ends, uint32(arena.Len()))
	}
	book.texts.arena = arena.String()
}

// appendText appends one BIFF8 text: length, flags, the numbers of rich runs
// and of phonetic bytes, the characters, and then those two, which are dropped.
func (p *pieces) appendText(dst []byte) ([]byte, bool) {
	head, ok := p.take(3)
	if !ok {
		return dst, false
	}
	n, flags := int(le.Uint16(head)), head[2]
	after := 0
	if flags&8 != 0 {
		runs, ok := p.take(2)
		if !ok {
			return dst, false
		}
		after += 4 * int(le.Uint16(runs))
	}
	if flags&4 != 0 {
		phonetic, ok := p.take(4)
		if !ok {
			return dst, false
		}
		after += int(le.Uint32(phonetic))
	}
	dst, ok = p.appendChars(dst, n, flags&1 != 0)
	p.skip(after)
	return dst, ok
}

// appendChars appends n characters; each further piece says anew, in its first
// byte, whether its characters are wide.
func (p *pieces) appendChars(dst []byte, n int, wide bool) ([]byte, bool) {
	for {
		size := n
		if wide {
			size = 2 * n
		}
		if size <= len(p.b) {
			dst = appendUnits(dst, p.b[:size], n, wide)
			p.b = p.b[size:]
			return dst, true
		}
		dst = appendUnits(dst, p.b, n, wide)
		if wide {
			n -= len(p.b) / 2
		} else {
			n -= len(p.b)
		}
		if !p.turn() || len(p.b) == 0 {
			return dst, false
		}
		wide = p.b[0]&1 != 0
		p.b = p.b[1:]
	}
}
