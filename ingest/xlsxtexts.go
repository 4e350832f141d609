package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sharedBytes is the most a workbook's shared texts may come to. They are the
// one thing of a workbook that is kept in memory whole.
const (
	sharedBytes = 256 << 20
	sharedTotal = 16 << 20 // how many there may be
)

// sharedTexts holds a workbook's shared texts end to end in one string.
type sharedTexts struct {
	arena string
	ends  []uint32 // of each text in arena
}

func (t *sharedTexts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.arena[from:t.ends[i]], true
}

func (t *sharedTexts) read(a *archive, name string) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	s, err := newPartScanner(in)
	if err != nil {
		return fault("The part "+name, err)
	}
	if err := t.readItems(s, a.parts[partName(name)].UncompressedSize64, a.limits); err != nil {
		return err
	}
	if !utf8.ValidString(t.arena) {
		t.repair()
	}
	return fault("The part "+name, s.fault())
}

// readItems reads the texts of a part that is about size bytes long.
func (t *sharedTexts) readItems(s *xmlScanner, size uint64, limits Limits) error {
	var arena strings.Builder
	arena.Grow(int(min(size, sharedBytes))) // no text is longer than its XML
	var text []byte
	open := false
	for kind := s.next(); kind != xmlEOF; kind = s.next() {
		open = kind != xmlEnd && (open || kind == xmlStart)
		if kind != xmlStart || string(s.name) != "si" {
			continue
		}
		text = unescapeX(appendRuns(text[:0], s, "si", limits.CellBytes))
		if arena.Len()+len(text) > sharedBytes || len(t.ends) == sharedTotal {
			return overLimit("the workbook", fmt.Sprintf("%d texts or %d bytes of them", sharedTotal, sharedBytes))
		}
		arena.Write(text)
		t.ends = append(t.ends, uint32(arena.Len()))
	}
	t.arena = arena.String()
	if open {
		return fault("The workbook", s.cut())
	}
	return nil
}

// repair replaces what is not UTF-8, text by text.
func (t *sharedTexts) repair() {
	var arena strings.Builder
	from := uint32(0)
	for i, end := range t.ends {
		arena.WriteString(strings.ToValidUTF8(t.arena[from:end], "\uFFFD"))
		from, t.ends[i] = end, uint32(arena.Len())
	}
	t.arena = arena.String()
}

// appendRuns appends the text of the rich runs up to the end of the element
// named end (si or is), phonetic hints left out. It stops gathering past most
// bytes, which no cell may hold.
func appendRuns(dst []byte, s *xmlScanner, end string, most int) []byte {
	inside, keep := false, false
	for {
		switch s.next() {
		case xmlEOF:
			return dst
		case xmlStart:
			if string(s.name) == "rPh" {
				s.skip()
				continue
			}
			inside = string(s.name) == "t"
			keep = inside && len(s.attrs) > 0 && s.attr("space") == "preserve"
		case xmlText:
			if inside && len(dst) <= most {
				dst = append(dst, s.trimmed(keep)...)
			}
		case xmlEnd:
			inside = false
			if string(s.name) == end {
				return dst
			}
		}
	}
}

const xmlBlanks = " \t\r\n"

// trimmed is the text in hand without the spaces around it, which count only
// under xml:space="preserve"; those written as references (&#10;) always do.
func (s *xmlScanner) trimmed(keep bool) []byte {
	raw := s.raw
	if keep || len(raw) == 0 || len(raw) >= 64<<10 || raw[0] > ' ' && raw[len(raw)-1] > ' ' {
		return s.text
	}
	return s.resolve(bytes.Trim(raw, xmlBlanks))
}

// unescapeX decodes, in place, the _x000D_ that stands for a character XML
// cannot hold, and the _x005F_ that stands for a real underscore before one.
func unescapeX(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); {
		unit, ok := xUnit(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		i += 7
		r := rune(unit)
		if utf16.IsSurrogate(r) {
			if low, ok := xUnit(b[i:]); ok && utf16.DecodeRune(r, rune(low)) != utf8.RuneError {
				r = utf16.DecodeRune(r, rune(low))
				i += 7
			}
		}
		out = utf8.AppendRune(out, r) // at most 4 bytes for the 7 or 14 read
	}
	return out
}

// xUnit reads _xHHHH_ at the start of b.
func xUnit(b []byte) (uint16, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	var n uint16
	for _, c := range b[2:6] {
		switch {
		case c >= '0' && c <= '9':
			n = n<<4 | uint16(c-'0')
		case c >= 'A' && c <= 'F':
			n = n<<4 | uint16(c-'A'+10)
		case c >= 'a' && c <= 'f':
			n = n<<4 | uint16(c-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}
