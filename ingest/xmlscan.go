package ingest

import (
	"bytes"
	"errors"
	"io"
)

type xmlKind uint8

const (
	xmlEOF   xmlKind = iota
	xmlStart         // name and attrs are set; an empty element is followed by its xmlEnd
	xmlEnd           // name is set
	xmlText          // text is set, entity references resolved
)

// A tag longer than this is not from a workbook: the longest real ones hold a
// cell's text in an attribute.
const xmlTagBytes = 4 << 20

var (
	errXMLCut = errors.New("the XML breaks off")
	errXMLTag = errors.New("an XML tag is too long")
)

// xmlScanner pulls tokens out of a window over src. Names lose their prefix,
// so that strict, transitional and oddly prefixed workbooks read alike. What a
// token holds is good until the next call. It knows the five named entities
// and character references; it expands no others and follows nothing.
type xmlScanner struct {
	src      io.Reader
	buf      []byte
	pos, end int
	base     int64 // bytes of src before buf
	tagAt    int64 // where in src the current start begins
	err      error // the source's error, io.EOF at its end

	name, attrs, text []byte
	raw               []byte // text as written
	closing           bool   // the current element was empty; its end comes next
	scratch           []byte // resolved text
}

func newXMLScanner(src io.Reader) *xmlScanner {
	return &xmlScanner{src: src, buf: make([]byte, 128<<10)}
}

// more reads on, keeping what lies between pos and end (moved to the front).
// It says false when there is no more to come.
func (s *xmlScanner) more() bool {
	if s.err != nil {
		return false
	}
	s.base += int64(s.pos)
	s.end = copy(s.buf, s.buf[s.pos:s.end])
	s.pos = 0
	if s.end == len(s.buf) {
		if len(s.buf) >= xmlTagBytes {
			s.err = errXMLTag
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for s.err == nil {
		n, err := s.src.Read(s.buf[s.end:])
		s.end, s.err = s.end+n, err
		if n > 0 {
			return true
		}
	}
	return false
}

// fault is the source's error, nil at its proper end.
func (s *xmlScanner) fault() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// next moves to the next token. At a fault it says xmlEOF; ask fault then.
func (s *xmlScanner) next() xmlKind {
	if s.closing {
		s.closing = false
		return xmlEnd
	}
	for {
		if s.pos == s.end && !s.more() {
			return xmlEOF
		}
		if s.buf[s.pos] != '<' {
			return s.nextText()
		}
		switch c := s.afterBracket(); {
		case c == '/':
			return s.nextEnd()
		case c != '?' && c != '!':
			return s.nextStart()
		case bytes.HasPrefix(s.buf[s.pos:s.end], []byte("<![CDATA[")):
			return s.nextCDATA()
		case !s.skipAside():
			return xmlEOF
		}
	}
}

// afterBracket is the byte after the '<' at pos, with enough read to tell
// comments, CDATA and declarations apart; 0 at the end.
func (s *xmlScanner) afterBracket() byte {
	for s.end-s.pos < len("<![CDATA[") && s.more() {
	}
	if s.end-s.pos < 2 {
		return 0
	}
	return s.buf[s.pos+1]
}

// skipAside drops the instruction, comment or declaration at pos.
func (s *xmlScanner) skipAside() bool {
	switch {
	case s.buf[s.pos+1] == '?':
		return s.skipPast("?>")
	case bytes.HasPrefix(s.buf[s.pos:s.end], []byte("<!--")):
		return s.skipPast("-->")
	}
	return s.skipDeclaration()
}

// index finds c from offset from on, reading on as needed; -1 when there is none.
func (s *xmlScanner) index(from int, c byte) int {
	for {
		if s.pos+from < s.end {
			if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
				return from + i
			}
		}
		from = s.end - s.pos
		if !s.more() {
			if s.err == io.EOF {
				s.err = errXMLCut
			}
			return -1
		}
	}
}

func (s *xmlScanner) nextEnd() xmlKind {
	i := s.index(2, '>')
	if i < 0 {
		return xmlEOF
	}
	s.name = localName(trimRight(s.buf[s.pos+2 : s.pos+i]))
	s.pos += i + 1
	return xmlEnd
}

func (s *xmlScanner) nextStart() xmlKind {
	i := s.index(1, '>')
	for i >= 0 && openQuote(s.buf[s.pos:s.pos+i]) {
		i = s.index(i+1, '>')
	}
	if i < 0 {
		return xmlEOF
	}
	tag := s.buf[s.pos+1 : s.pos+i]
	s.tagAt = s.base + int64(s.pos)
	s.pos += i + 1
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, s.closing = tag[:n-1], true
	}
	s.attrs = nil
	for j, c := range tag {
		if c <= ' ' {
			tag, s.attrs = tag[:j], tag[j+1:]
			break
		}
	}
	s.name = localName(tag)
	return xmlStart
}

// openQuote says that a tag so far ends inside a quoted value, so that its '>'
// is only text.
func openQuote(tag []byte) bool {
	if bytes.IndexByte(tag, '\'') < 0 {
		return bytes.Count(tag, []byte{'"'})%2 == 1
	}
	var quote byte
	for _, c := range tag {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

func trimRight(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}

func localName(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// nextText hands out text up to the next tag, or what the window holds of it,
// never cutting a reference or a CR LF in two.
func (s *xmlScanner) nextText() xmlKind {
	i := bytes.IndexByte(s.buf[s.pos:s.end], '<')
	for i < 0 && s.end-s.pos < 64<<10 && s.more() {
		i = bytes.IndexByte(s.buf[s.pos:s.end], '<')
	}
	if i < 0 {
		i = s.end - s.pos
		if s.err == nil {
			i = wholeText(s.buf[s.pos:s.end])
		}
	}
	s.raw = s.buf[s.pos : s.pos+i]
	s.text = s.resolve(s.raw)
	s.pos += i
	return xmlText
}

// wholeText is the length of the part of b that can be handed out before more
// is read.
func wholeText(b []byte) int {
	n := len(b)
	if i := bytes.LastIndexByte(b[n-32:], '&'); i >= 0 {
		n = n - 32 + i
	}
	if b[n-1] == '\r' {
		n--
	}
	return n
}

func (s *xmlScanner) nextCDATA() xmlKind {
	s.pos += len("<![CDATA[")
	for i := 0; ; {
		i = s.index(i, '>')
		if i < 0 {
			return xmlEOF
		}
		if b := s.buf[s.pos : s.pos+i]; bytes.HasSuffix(b, []byte("]]")) {
			s.text = b[:len(b)-2]
			s.raw = nil // nothing of it is to be trimmed
			s.pos += i + 1
			return xmlText
		}
		i++
	}
}

// skipPast drops everything up to and with end.
func (s *xmlScanner) skipPast(end string) bool {
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], []byte(end)); i >= 0 {
			s.pos += i + len(end)
			return true
		}
		s.pos = max(s.pos, s.end-len(end))
		if !s.more() {
			s.pos = s.end
			if s.err == io.EOF {
				s.err = errXMLCut
			}
			return false
		}
	}
}

// skipDeclaration drops a DOCTYPE with its inner declarations, unread.
func (s *xmlScanner) skipDeclaration() bool {
	depth := 0
	for i := 0; ; i++ {
		if s.pos+i == s.end {
			s.pos, i = s.end, 0
			if !s.more() {
				s.err = errXMLCut
				return false
			}
		}
		switch s.buf[s.pos+i] {
		case '<':
			depth++
		case '>':
			depth--
		}
		if depth == 0 {
			s.pos += i + 1
			return true
		}
	}
}

// skip drops the rest of the element just started. It only counts tags: their
// names and what is between them are not looked at.
func (s *xmlScanner) skip() {
	depth := 1
	if s.closing {
		s.closing, depth = false, 0
	}
	for depth > 0 {
		i := bytes.IndexByte(s.buf[s.pos:s.end], '<')
		if i < 0 {
			if s.pos = s.end; !s.more() {
				return
			}
			continue
		}
		s.pos += i
		depth += s.skipTag()
		if s.err != nil && s.err != io.EOF {
			s.pos = s.end
			return
		}
	}
}

// skipTag drops the tag at pos and says by how much it changes the depth.
func (s *xmlScanner) skipTag() int {
	c := s.afterBracket()
	switch {
	case c == '!' && bytes.HasPrefix(s.buf[s.pos:s.end], []byte("<![CDATA[")):
		s.nextCDATA()
		return 0
	case c == '!', c == '?':
		s.skipAside()
		return 0
	}
	n := s.index(1, '>')
	for n >= 0 && c != '/' && openQuote(s.buf[s.pos:s.pos+n]) {
		n = s.index(n+1, '>')
	}
	if n < 0 {
		s.pos = s.end
		return 0
	}
	closed := s.buf[s.pos+n-1] == '/'
	s.pos += n + 1
	switch {
	case c == '/':
		return -1
	case closed:
		return 0
	}
	return 1
}
