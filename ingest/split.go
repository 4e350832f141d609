package ingest

import (
	"bytes"
	"math/bits"
	"strconv"
	"strings"
)

// chunk is a stretch of decoded text that starts where a record starts. The
// same bytes are held twice: b to search, text to cut cells from, so that a
// cell costs no copy.
type chunk struct {
	b     []byte
	text  string
	at    int  // where the next record starts
	final bool // the file ends where the chunk ends
	// The next quote, CR and LF at or after `at`, len(b) when there is none,
	// looked for again only when passed: most files hold no quote or no CR for
	// long stretches.
	quote, cr, lf int
}

func newChunk(b []byte, final bool) chunk {
	return chunk{b: b, text: string(b), final: final, quote: -1, cr: -1, lf: -1}
}

// seek moves *next on to the first c at or after the chunk's place.
func (k *chunk) seek(next *int, c byte) int {
	if *next < k.at {
		*next = len(k.b)
		if i := bytes.IndexByte(k.b[k.at:], c); i >= 0 {
			*next = k.at + i
		}
	}
	return *next
}

// after returns where the line that breaks at i goes on: past CR, LF or CRLF.
// It is not known when a CR ends a chunk that is not the last.
func (k *chunk) after(i int) (next int, known bool) {
	switch {
	case i == len(k.b):
		return i, k.final
	case k.b[i] == '\n':
		return i + 1, true
	case i+1 < len(k.b) && k.b[i+1] == '\n':
		return i + 2, true
	}
	return i + 1, i+1 < len(k.b) || k.final
}

// splitter cuts chunks into records.
type splitter struct {
	delimiter byte
	limits    Limits
	line      int // the physical line on which the next record starts, from 1
	width     int // cells in the last record that had more than one
	tooLong   bool
}

// next cuts one record into cells, which it appends. It returns where the next
// record starts and how many line ends it passed; known is false when the
// chunk ends before the record surely does.
func (s *splitter) next(k *chunk, cells []string) (out []string, next, lines int, known bool) {
	end := min(k.seek(&k.cr, '\r'), k.seek(&k.lf, '\n'))
	if k.seek(&k.quote, '"') < end {
		return s.quoted(k, cells, end)
	}
	next, known = k.after(end)
	if !known {
		return cells, k.at, 0, false
	}
	cells, last := s.cut(cells, k, k.at, end)
	return append(cells, k.text[last:end]), next, 1, true
}

// cut splits b[from:to], which holds no quote, at every delimiter, eight bytes
// at a time. It returns where the last cell, still to be ended, starts.
func (s *splitter) cut(cells []string, k *chunk, from, to int) (out []string, last int) {
	const low7, ones = 0x7f7f7f7f7f7f7f7f, 0x0101010101010101
	pattern := ones * uint64(s.delimiter)
	b, text := k.b[:to], k.text[:to]
	i := from
	for ; i+8 <= len(b); i += 8 {
		x := word(b[i:]) ^ pattern
		// The top bit of each byte that is zero in x, which is to say a delimiter.
		hits := ^(((x & low7) + low7) | x | low7)
		for ; hits != 0; hits &= hits - 1 {
			j := i + bits.TrailingZeros64(hits)>>3
			cells = append(cells, text[from:j])
			from = j + 1
		}
	}
	for ; i < len(b); i++ {
		if b[i] == s.delimiter {
			cells = append(cells, text[from:i])
			from = i + 1
		}
	}
	return cells, from
}

// quoted cuts a record that has a quote on its first line, which ends at lineEnd.
func (s *splitter) quoted(k *chunk, cells []string, lineEnd int) (out []string, next, lines int, known bool) {
	first, p := len(cells), k.at
	for {
		if end := s.simple(k.b, p, lineEnd); end > 0 {
			cells = append(cells, k.text[p+1:end-1])
			p = end + 1
			continue
		}
		quote := lineEnd
		if i := bytes.IndexByte(k.b[p:lineEnd], '"'); i >= 0 {
			quote = p + i
		}
		cells, p = s.cut(cells, k, p, quote)
		cell, end, q := s.cell(k, p, quote, lineEnd, len(cells)-first)
		if q.unknown {
			return cells, k.at, 0, false
		}
		cells = append(cells, cell)
		if q.lines > 0 {
			lines += q.lines
			lineEnd = lineBreak(k.b, end)
		}
		if end == lineEnd {
			next, known = k.after(end)
			return cells, next, lines + 1, known
		}
		p = end + 1
	}
}

// simple returns where the cell at p ends if it is quoted as nearly all are:
// closed on the same line right before a delimiter, with no quote inside; else 0.
func (s *splitter) simple(b []byte, p, lineEnd int) (end int) {
	if p == lineEnd || b[p] != '"' {
		return 0
	}
	end = p + 2 + bytes.IndexByte(b[p+1:lineEnd], '"')
	if end < p+2 || end == lineEnd || b[end] != s.delimiter {
		return 0
	}
	return end
}

// cell reads the record's cell `number` (from 0), which starts at p, and says
// where it ends. The line's next quote is at `quote`, lineEnd when there is
// none. A quote that is not at the cell's start, or is stray, is literal.
func (s *splitter) cell(k *chunk, p, quote, lineEnd, number int) (cell string, end int, q closeQuote) {
	if quote == lineEnd {
		return k.text[p:lineEnd], lineEnd, q
	}
	if quote == p {
		q = s.closing(k, p, lineEnd, number)
		if !q.unknown && !q.stray {
			end = s.plainEnd(k.b, q.at+1)
			cell = q.cell(k.text[p+1 : q.at])
			if end > q.at+1 {
				cell += k.text[q.at+1 : end]
			}
			return cell, end, q
		}
		q.lines = 0
	}
	end = s.plainEnd(k.b, quote)
	return k.text[p:end], end, q
}

// plainEnd returns where an unquoted run that starts at p ends: at a
// delimiter, a line break or the end. Quotes inside it are literal.
func (s *splitter) plainEnd(b []byte, p int) int {
	for p < len(b) && b[p] != s.delimiter && b[p] != '\n' && b[p] != '\r' {
		p++
	}
	return p
}

// lineBreak returns the place of the first CR or LF from p on.
func lineBreak(b []byte, p int) int {
	for p < len(b) && b[p] != '\n' && b[p] != '\r' {
		p++
	}
	return p
}

// closeQuote is the quote that ends a quoted cell.
type closeQuote struct {
	at      int
	lines   int  // line breaks inside the cell
	doubled bool // it holds quotes written as two
	unknown bool // the chunk ends first
	stray   bool // the opening quote opens nothing and stands for itself; over
	// several lines, text right behind a closing quote tells it too: two quotes
	// met that do not belong together
}

func (q closeQuote) cell(text string) string {
	if q.doubled {
		return strings.ReplaceAll(text, `""`, `"`)
	}
	return text
}

// closing finds the quote that closes the one at p, in the record's cell
// `number` (from 0). A quote that finds no partner in the file, or in as many
// bytes as a cell may hold, or only by swallowing other rows, is stray.
func (s *splitter) closing(k *chunk, p, lineEnd, number int) closeQuote {
	var q closeQuote
	for from := p + 1; ; from = q.at + 2 {
		i := bytes.IndexByte(k.b[from:], '"')
		if q.at = from + i; i < 0 || q.at-p > s.limits.CellBytes {
			return s.unclosed(k, p, lineEnd)
		}
		if q.at+1 == len(k.b) {
			q.unknown = !k.final
			break
		}
		if k.b[q.at+1] != '"' {
			break
		}
		q.doubled = true
	}
	if q.at > lineEnd {
		inside := k.b[p+1 : q.at]
		q.lines = lineBreaks(inside)
		q.stray = s.plainEnd(k.b, q.at+1) > q.at+1 || s.swallows(inside, number)
	}
	return q
}

// unclosed judges a quote at p that is not closed within a cell's length or
// the chunk. Where a line that long has no break, it is the cell that is too long.
func (s *splitter) unclosed(k *chunk, p, lineEnd int) closeQuote {
	if len(k.b)-p <= s.limits.CellBytes && !k.final {
		return closeQuote{unknown: true}
	}
	if lineEnd-p > s.limits.CellBytes {
		s.tooLong = true
	}
	return closeQuote{stray: true}
}

// swallows reports whether what stands between two quotes reads better as the
// rest of this row, whole rows, and the beginning of another: the row before
// told how many cells a row has, and the first line and every whole line
// inside have just that.
func (s *splitter) swallows(inside []byte, number int) bool {
	lines := bytes.FieldsFunc(inside, func(r rune) bool { return r == '\n' || r == '\r' })
	if s.width < 3 || len(lines) < 3 {
		return false
	}
	if number+1+bytes.Count(lines[0], []byte{s.delimiter}) != s.width {
		return false
	}
	for _, line := range lines[1 : len(lines)-1] {
		if 1+bytes.Count(line, []byte{s.delimiter}) != s.width {
			return false
		}
	}
	return true
}

// lineBreaks counts CR, LF and CRLF, each as one.
func lineBreaks(b []byte) int {
	return bytes.Count(b, []byte{'\n'}) + bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
}

// check refuses a record that passes a limit.
func (s *splitter) check(cells []string, size int) error {
	if len(cells) > s.limits.Columns {
		return overLimit("row "+strconv.Itoa(s.line), strconv.Itoa(s.limits.Columns)+" cells")
	}
	if size > s.limits.CellBytes {
		for _, cell := range cells {
			s.tooLong = s.tooLong || len(cell) > s.limits.CellBytes
		}
	}
	if s.tooLong {
		return overLimit("a cell of row "+strconv.Itoa(s.line), strconv.Itoa(s.limits.CellBytes)+" bytes")
	}
	return nil
}

// record cuts the next record of the chunk into the batch, and reports whether
// there was a whole one.
func (s *splitter) record(k *chunk, b *lentRows) (bool, error) {
	if k.at == len(k.b) {
		return false, nil
	}
	first := len(b.cells)
	cells, next, lines, known := s.next(k, b.cells)
	b.cells = cells
	if !known {
		b.cells = cells[:first]
		return false, nil
	}
	record := cells[first:len(cells):len(cells)]
	if err := s.check(record, next-k.at); err != nil {
		return false, err
	}
	if len(record) > 1 {
		s.width = len(record)
	}
	b.add(s.line, record)
	s.line += lines
	k.at = next
	return true, nil
}
