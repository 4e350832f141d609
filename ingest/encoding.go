package ingest

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// charset says how a text's bytes spell characters.
type charset struct {
	name string // as in schemas.Sheet
	mark int    // bytes of the byte order mark
	torn bool   // marked as UTF-8, but holding bytes that are not
}

// survey is what one pass over all of a content's bytes shows.
type survey struct {
	size    int64
	head    []byte
	high    int64 // bytes from 0x80 up
	invalid int64 // of them, those that are not UTF-8
	spelt   contexts
}

// survey reads a content through, counting what it inflates against the limit
// of the whole file.
func (o *opening) survey(c content) (*survey, error) {
	r, err := c.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	most := o.limits.FileBytes - o.inflated
	metered := &meter{ReadCloser: r, left: most, most: o.limits.FileBytes}
	seen := &survey{}
	err = seen.read(metered)
	o.inflated += seen.size
	return seen, err
}

// read surveys the stream chunk by chunk. Each chunk keeps back its last few
// bytes, a character's worth, to open the next with.
func (s *survey) read(r io.Reader) error {
	buf, kept := make([]byte, chunkBytes), 0
	before := byte('\n') // the byte before the chunk
	for {
		n, err := io.ReadFull(r, buf[kept:])
		ended := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !ended {
			return err
		}
		s.size += int64(n)
		b := buf[:kept+n]
		if s.head == nil {
			s.head = bytes.Clone(b)
		}
		done := len(b)
		if !ended {
			done -= utf8.UTFMax
		}
		done = s.bytes(b, done, before)
		if ended {
			return nil
		}
		before = b[done-1]
		kept = copy(buf, b[done:])
	}
}

// bytes surveys b up to at least `done`, and returns how far it came.
func (s *survey) bytes(b []byte, done int, before byte) int {
	i := 0
	for i < done {
		if i += firstHigh(b[i:done]); i == done {
			break
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			s.invalid++
		}
		for end := i + size; i < end; i++ {
			s.high++
			if i > 0 {
				before = b[i-1]
			}
			after := byte('\n')
			if i+1 < len(b) {
				after = b[i+1]
			}
			s.spelt.count(before, b[i], after)
		}
	}
	return i
}

// firstHigh returns the index of the first byte from 0x80 up, len(b) when all
// are ASCII.
func firstHigh(b []byte) int {
	const tops = 0x8080808080808080
	i := 0
	for ; i+32 <= len(b); i += 32 {
		w := b[i : i+32 : i+32]
		if (word(w)|word(w[8:])|word(w[16:])|word(w[24:]))&tops != 0 {
			break
		}
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// charset decides, from the whole content.
func (s *survey) charset() charset {
	head := s.head
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return charset{name: "utf-8-sig", mark: 3, torn: s.invalid > 0}
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return charset{name: "utf-16le", mark: 2}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return charset{name: "utf-16be", mark: 2}
	}
	if name := utf16WithoutMark(head); name != "" {
		return charset{name: name}
	}
	switch {
	case s.high == 0:
		return charset{name: "ascii"}
	case s.invalid == 0:
		return charset{name: "utf-8"}
	}
	return charset{name: s.spelt.likeliest()}
}

// utf16WithoutMark tells UTF-16 by its NULs: in western text nearly every
// other byte is one, and which one says which end comes first.
func utf16WithoutMark(head []byte) string {
	var nuls [2]int
	for i, c := range head {
		if c == 0 {
			nuls[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs == 0:
		return ""
	case nuls[1]*10 > pairs*4 && nuls[0]*20 < pairs:
		return "utf-16le"
	case nuls[0]*10 > pairs*4 && nuls[1]*20 < pairs:
		return "utf-16be"
	}
	return ""
}
