package ingest

import (
	"bytes"
	"strconv"

	"commonspend/schemas"
)

// odsRows reads one table's rows into a batch.
type odsRows struct {
	scan  *xmlScanner
	out   *rowBatch
	row   int // the next row's number
	col   int // the next cell's column, 0-based
	cells []odsCell
	text  []byte // of the row's cells
}

// odsCell is a cell of the row in hand, text[from:to], and for how many
// columns it stands.
type odsCell struct {
	col, times int
	from, to   int
	kind       odsKind
}

type odsKind uint8

const (
	odsText odsKind = iota
	odsNumber
	odsDate
	odsTime
	odsBool
	odsError
	odsFormula // saved without its value
)

// read goes through the table, whose start tag has been read, to its end.
func (r *odsRows) read() error {
	for {
		switch r.scan.next() {
		case xmlEOF:
			return r.scan.cut()
		case xmlStart:
			switch string(r.scan.name) {
			case "table-row":
				if err := r.readRow(); err != nil {
					return err
				}
			case "table-header-rows", "table-row-group", "table-rows":
			default:
				r.scan.skip()
			}
		case xmlEnd:
			if string(r.scan.name) == "table" {
				return nil
			}
		}
	}
}

// readRow gathers a row's cells and puts them as often as it is repeated.
func (r *odsRows) readRow() error {
	times := repeated(r.scan.attr("number-rows-repeated"))
	r.cells, r.text, r.col = r.cells[:0], r.text[:0], 0
	for done := false; !done; {
		switch r.scan.next() {
		case xmlEOF:
			return r.scan.cut()
		case xmlEnd:
			done = string(r.scan.name) == "table-row"
		case xmlStart:
			switch string(r.scan.name) {
			case "table-cell", "covered-table-cell":
				if err := r.readCell(); err != nil {
					return err
				}
			default:
				r.scan.skip()
			}
		}
	}
	if len(r.cells) == 0 {
		r.row += times
		return nil
	}
	if err := r.checkRepeat(times); err != nil {
		return err
	}
	written := r.out.written + len(r.cells)
	for range times {
		if err := r.putRow(); err != nil {
			return err
		}
		r.row++
	}
	r.out.written = written // once, however often they were put
	return nil
}

// checkRepeat makes sure that the row in hand may be put so many times. One
// that is too wide is refused when it is put.
func (r *odsRows) checkRepeat(times int) error {
	last, copied := r.cells[len(r.cells)-1], int64(0)
	for _, c := range r.cells {
		copied += int64(times*c.times-1) * int64(c.to-c.from)
	}
	if last.col+last.times > r.out.limits.Columns {
		return nil
	}
	return r.out.checkRepeat(r.row, times, last.col+last.times, len(r.cells), copied)
}

// repeated is a repeat's count, 1 when it is not written.
func repeated(v string) int { return max(1, leadingInt([]byte(v))) }

// readCell reads a cell: its value stands in attributes by its type, or is the
// text of its paragraphs.
func (r *odsRows) readCell() error {
	c := odsCell{col: r.col, times: 1, from: len(r.text), kind: odsText}
	var value []byte
	formula, typed := false, false
	for name, v, rest := nextAttr(r.scan.attrs); name != nil; name, v, rest = nextAttr(rest) {
		switch string(name) {
		case "value-type":
			// A second one, of LibreOffice's own, tells errors from texts.
			if !typed || string(v) == "error" {
				c.kind, typed = odsKindOf(v), true
			}
		case "value", "date-value", "time-value", "boolean-value", "string-value":
			value = v
		case "number-columns-repeated":
			c.times = max(1, leadingInt(v))
		case "formula":
			formula = true
		}
	}
	if c.kind == odsError {
		value = nil
	}
	r.text = appendResolved(r.text, value)
	if err := r.finishCell(&c, formula, typed); err != nil {
		return err
	}
	r.col += c.times
	if c.to > c.from || c.kind == odsFormula {
		r.cells = append(r.cells, c)
	}
	return nil
}

// finishCell reads the cell's content and decides between it and the value.
func (r *odsRows) finishCell(c *odsCell, formula, typed bool) error {
	valued := len(r.text)
	if err := r.readContent(); err != nil {
		return err
	}
	shown := r.text[valued:]
	switch {
	case valued == c.from: // no value: what is shown counts
	case formula && c.kind == odsNumber && isErrorText(shown):
		c.from, c.kind = valued, odsError
	default:
		r.text = r.text[:valued]
	}
	c.to = len(r.text)
	if c.to == c.from && formula && (!typed || c.kind != odsText) {
		c.kind = odsFormula
	} else if valued == c.from && (c.kind == odsNumber || c.kind == odsDate || c.kind == odsTime) {
		c.kind = odsText
	}
	return nil
}

// isErrorText knows the errors that older programs save as a zero: #DIV/0!, Err:502.
func isErrorText(b []byte) bool {
	return len(b) > 1 && b[0] == '#' && b[1] >= 'A' && b[1] <= 'Z' || bytes.HasPrefix(b, []byte("Err:"))
}

func odsKindOf(v []byte) odsKind {
	switch string(v) {
	case "float", "currency", "percentage":
		return odsNumber
	case "date":
		return odsDate
	case "time":
		return odsTime
	case "boolean":
		return odsBool
	case "error":
		return odsError
	}
	return odsText
}

// readContent appends the paragraphs up to the end of the cell, a line each;
// comments, drawings and nested tables are dropped.
func (r *odsRows) readContent() error {
	paragraphs := 0
	for {
		switch r.scan.next() {
		case xmlEOF:
			return r.scan.cut()
		case xmlEnd:
			return nil
		case xmlStart:
			if name := string(r.scan.name); name != "p" && name != "h" {
				r.scan.skip()
				continue
			}
			if paragraphs++; paragraphs > 1 {
				r.text = append(r.text, '\n')
			}
			if err := r.readParagraph(); err != nil {
				return err
			}
			if len(r.text) > r.out.limits.RecordBytes {
				return overLimit("row "+strconv.Itoa(r.row)+" of sheet "+strconv.Quote(r.out.origin.Sheet), strconv.Itoa(r.out.limits.RecordBytes)+" bytes")
			}
		}
	}
}

// readParagraph appends a paragraph's text with the blanks that are written as
// elements.
func (r *odsRows) readParagraph() error {
	for depth := 1; depth > 0; {
		switch r.scan.next() {
		case xmlEOF:
			return r.scan.cut()
		case xmlEnd:
			depth--
		case xmlText:
			if len(r.text) <= r.out.limits.RecordBytes {
				r.text = append(r.text, r.scan.text...)
			}
		case xmlStart:
			depth++
			switch string(r.scan.name) {
			case "s":
				n := min(repeated(r.scan.attr("c")), r.out.limits.CellBytes+1)
				if len(r.text) <= r.out.limits.RecordBytes {
					r.text = append(r.text, bytes.Repeat([]byte{' '}, n)...)
				}
			case "tab":
				r.text = append(r.text, '\t')
			case "line-break":
				r.text = append(r.text, '\n')
			case "annotation", "note", "frame", "custom-shape", "ruby-text":
				r.scan.skip()
				depth--
			}
		}
	}
	return nil
}

// putRow hands the row in hand to the batch.
func (r *odsRows) putRow() error {
	if err := r.out.startRow(r.row); err != nil {
		return err
	}
	for _, c := range r.cells {
		for col := c.col; col < c.col+c.times; col++ {
			if err := r.put(col, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *odsRows) put(col int, c odsCell) error {
	v := r.text[c.from:c.to]
	switch c.kind {
	case odsNumber:
		return r.out.setNumber(col, v, false, false)
	case odsDate:
		return r.out.setISO(col, v)
	case odsTime:
		if days, ok := durationDays(v); ok {
			return r.out.setFloat(col, days, false, false)
		}
	case odsBool:
		return r.out.set(col, boolText(v), schemas.CellBool)
	case odsError:
		return r.out.setText(col, v, schemas.CellError)
	case odsFormula:
		return r.out.set(col, "", schemas.CellFormula)
	}
	return r.out.setText(col, v, schemas.CellText)
}

// durationDays reads an ISO 8601 duration as a number of days, which is how a
// workbook keeps times: PT12H00M00S is 0.5.
func durationDays(v []byte) (float64, bool) {
	s, sign := v, 1.0
	if len(s) > 0 && s[0] == '-' {
		s, sign = s[1:], -1
	}
	if len(s) < 3 || s[0] != 'P' {
		return 0, false
	}
	seconds, from := 0.0, 1
	for i := 1; i < len(s); i++ {
		unit := 0.0
		switch s[i] {
		case 'T':
			from = i + 1
			continue
		case 'D':
			unit = 86400
		case 'H':
			unit = 3600
		case 'M':
			unit = 60
		case 'S':
			unit = 1
		default:
			continue
		}
		n, ok := parseFloat(s[from:i])
		if !ok {
			return 0, false
		}
		seconds, from = seconds+n*unit, i+1
	}
	return sign * seconds / 86400, from == len(s)
}
