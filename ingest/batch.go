package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"commonspend/schemas"
)

// A batch is handed on when it has this many rows, cells or bytes of text,
// whichever comes first.
const (
	batchRows  = 2000
	batchCells = 64 << 10
	batchText  = 1 << 20
)

// sheetCells is the most a sheet may come to with its empty cells: a million
// rows of 190 columns. A few bytes of a hostile file can ask for far more.
const sheetCells = 200_000_000

// Of these, the file need not write out all: a place may be empty, or a repeat
// of what stands beside or above it. It may ask for freeCells such places, and
// for so many more as it writes out cells times freeShare: a sheet of a million
// rows may have one cell filled in 17.
const (
	freeCells = 10_000_000
	freeShare = 16
)

// rowBatch gathers a sheet's cells into lent rows. Only cells that hold
// something are given to it: rows before the first such cell of a row are
// yielded as blank ones, so that row numbers have no gaps, and formatted but
// empty rows after the last content are not physical rows.
type rowBatch struct {
	origin  schemas.Origin
	limits  Limits
	yield   func([]schemas.Row) error
	stopped error // yield's, which ends the reading

	rows    []schemas.Row
	starts  []int // of each row, in cells
	cells   []string
	kinds   []schemas.CellKind
	total   int    // cells yielded
	written int    // cells that stand in the file; a reader that repeats some puts it right
	copied  int64  // bytes of repeated text
	text    []byte // of the cells in spans, made strings when the batch is full
	spans   []cellSpan
	row     int  // being filled, 1-based
	open    bool // the row has content
	record  int  // bytes of its own text
	last    int  // the last row yielded or about to be
}

// cellSpan says that a cell's text is text[from:to].
type cellSpan struct{ cell, from, to int }

func newRowBatch(sheet schemas.Sheet, limits Limits, yield func([]schemas.Row) error) *rowBatch {
	return &rowBatch{
		origin: schemas.Origin{File: sheet.File, Member: sheet.Member, Sheet: sheet.Name},
		limits: limits,
		yield:  yield,
		rows:   make([]schemas.Row, 0, batchRows),
		starts: make([]int, 0, batchRows),
	}
}

// startRow begins row n, 1-based; rows must come in order.
func (b *rowBatch) startRow(n int) error {
	b.open, b.record = false, 0
	if n <= b.row {
		return refusal("unreadable", "Row %d of sheet %q comes after row %d in the file. Open the workbook in Excel, save it again and send that.", n, b.origin.Sheet, b.row)
	}
	b.row = n
	return nil
}

// place makes room for column col, 0-based, of the current row and returns its
// place in cells.
func (b *rowBatch) place(col int) (int, error) {
	if !b.open {
		if err := b.openRow(); err != nil {
			return 0, err
		}
	}
	start := b.starts[len(b.starts)-1]
	at := start + col
	switch {
	case col >= b.limits.Columns:
		return 0, overLimit(b.rowName(), fmt.Sprintf("%d columns", b.limits.Columns))
	case at < len(b.cells):
		if b.cells[at] != "" || b.kinds[at] != schemas.CellText {
			return 0, refusal("unreadable", "Row %d of sheet %q holds a cell twice (column %d). Open the workbook in Excel, save it again and send that.", b.row, b.origin.Sheet, col+1)
		}
		return at, nil
	}
	for len(b.cells) <= at {
		b.cells = append(b.cells, "")
		b.kinds = append(b.kinds, schemas.CellText)
	}
	b.written++
	return at, nil
}

// checkRepeat makes sure that a row may be put so many times, before it is
// done: a few bytes can ask for billions of cells. The row is width cells wide
// and written of them stand in the file; copied bytes of text come on top of theirs.
func (b *rowBatch) checkRepeat(row, times, width, written int, copied int64) error {
	if row+times-1 > b.limits.Rows {
		return overLimit(fmt.Sprintf("sheet %q", b.origin.Sheet), fmt.Sprintf("%d rows", b.limits.Rows))
	}
	if err := b.checkCells(times*width, written); err != nil {
		return err
	}
	if b.copied += copied; b.copied > b.limits.EntryBytes {
		return overLimit(fmt.Sprintf("sheet %q", b.origin.Sheet), fmt.Sprintf("%d bytes of repeated text", b.limits.EntryBytes))
	}
	return nil
}

// checkCells refuses a sheet that, with so many cells more of which some stand
// in the file, comes to more than it may.
func (b *rowBatch) checkCells(more, written int) error {
	all := b.total + len(b.cells) + more
	written += b.written
	switch {
	case all > sheetCells:
		return overLimit(fmt.Sprintf("sheet %q", b.origin.Sheet), fmt.Sprintf("%d cells", sheetCells))
	case tooFree(all, written):
		return overLimit(fmt.Sprintf("sheet %q", b.origin.Sheet), fmt.Sprintf("%d empty or repeated cells for the %d it writes out", freeCells, written))
	}
	return nil
}

// tooFree reports whether a sheet asks for more empty and repeated cells than
// it may for those it writes out.
func tooFree(all, written int) bool { return all-written > freeCells+freeShare*written }

// openRow yields the blank rows before the current one and begins it.
func (b *rowBatch) openRow() error {
	if b.row > b.limits.Rows {
		return overLimit(fmt.Sprintf("sheet %q", b.origin.Sheet), fmt.Sprintf("%d rows", b.limits.Rows))
	}
	for b.last < b.row {
		if len(b.rows) == batchRows || len(b.cells) >= batchCells || len(b.text) >= batchText {
			if err := b.flush(); err != nil {
				return err
			}
		}
		b.last++
		b.origin.Row = b.last
		b.rows = append(b.rows, schemas.Row{Origin: b.origin})
		b.starts = append(b.starts, len(b.cells))
	}
	b.open = true
	return nil
}

// set puts a string that outlives the batch (a shared one) into a cell. An
// empty one is no content.
func (b *rowBatch) set(col int, s string, kind schemas.CellKind) error {
	if s == "" && kind != schemas.CellFormula {
		return nil
	}
	if len(s) > b.limits.CellBytes {
		return b.tooLong(col)
	}
	at, err := b.place(col)
	if err != nil {
		return err
	}
	b.cells[at], b.kinds[at] = s, kind
	return nil
}

// setText copies t into a cell.
func (b *rowBatch) setText(col int, t []byte, kind schemas.CellKind) error {
	from := len(b.text)
	b.text = append(b.text, t...)
	return b.setTail(col, from, kind)
}

// setTail makes text[from:] the cell's.
func (b *rowBatch) setTail(col, from int, kind schemas.CellKind) error {
	size := len(b.text) - from
	if size == 0 {
		return nil
	}
	if size > b.limits.CellBytes {
		return b.tooLong(col)
	}
	if !b.open { // what is pending may be handed on now, the new text apart
		tail := b.text[from:]
		b.text = b.text[:from]
		if err := b.openRow(); err != nil {
			return err
		}
		from = len(b.text)
		b.text = append(b.text, tail...)
	}
	at, err := b.place(col)
	if err != nil {
		return err
	}
	if b.record += size; b.record > b.limits.RecordBytes {
		return overLimit(b.rowName(), fmt.Sprintf("%d bytes", b.limits.RecordBytes))
	}
	b.kinds[at] = kind
	b.cells[at] = " " // taken
	b.spans = append(b.spans, cellSpan{at, from, from + size})
	return nil
}

func (b *rowBatch) tooLong(col int) error {
	return overLimit(fmt.Sprintf("column %d of %s", col+1, b.rowName()), fmt.Sprintf("%d bytes", b.limits.CellBytes))
}

func (b *rowBatch) rowName() string { return fmt.Sprintf("row %d of sheet %q", b.row, b.origin.Sheet) }

// setNumber puts a number as written in the file, or a date when the style
// says so. What is no number stays as text.
func (b *rowBatch) setNumber(col int, raw []byte, date, epoch1904 bool) error {
	from := len(b.text)
	if date {
		if f, ok := parseFloat(raw); ok {
			return b.setFloat(col, f, true, epoch1904)
		}
	}
	var ok bool
	if b.text, ok = appendNumber(b.text, raw); ok {
		return b.setTail(col, from, schemas.CellNumber)
	}
	return b.setText(col, raw, schemas.CellText)
}

func (b *rowBatch) setFloat(col int, f float64, date, epoch1904 bool) error {
	from := len(b.text)
	if date {
		var ok bool
		if b.text, ok = appendSerial(b.text, f, epoch1904); ok {
			return b.setTail(col, from, schemas.CellDate)
		}
	}
	b.text = appendFloat(b.text, f)
	return b.setTail(col, from, schemas.CellNumber)
}

// flush yields what is gathered and starts anew.
func (b *rowBatch) flush() error {
	if len(b.rows) == 0 {
		return nil
	}
	if err := b.checkCells(0, 0); err != nil {
		return err
	}
	b.total += len(b.cells)
	text := string(b.text)
	valid := utf8.ValidString(text)
	for _, s := range b.spans {
		cell := text[s.from:s.to]
		if !valid {
			cell = strings.ToValidUTF8(cell, "\uFFFD")
		}
		b.cells[s.cell] = cell
	}
	for i := range b.rows {
		end := len(b.cells)
		if i+1 < len(b.rows) {
			end = b.starts[i+1]
		}
		b.rows[i].Cells = b.cells[b.starts[i]:end:end]
		b.rows[i].Kinds = b.kinds[b.starts[i]:end:end]
	}
	b.stopped = b.yield(b.rows)
	b.rows, b.starts, b.spans = b.rows[:0], b.starts[:0], b.spans[:0]
	b.cells, b.kinds, b.text = b.cells[:0], b.kinds[:0], b.text[:0]
	return b.stopped
}

// fault is the error that ends the sheet: yield's own as it is, a broken file's
// as a refusal.
func (b *rowBatch) fault(err error) error {
	if b.stopped != nil {
		return b.stopped
	}
	return fault("The sheet "+b.origin.Sheet, err)
}

// close yields the rest and says how many physical rows there were.
func (b *rowBatch) close() (int, error) { return b.last, b.flush() }

func refusal(kind, sentence string, args ...any) error {
	return &schemas.Refusal{Kind: kind, Sentence: fmt.Sprintf(sentence, args...)}
}

// setISO puts a date that the file already writes as ISO 8601. Midnight, a
// fraction of a second and a zone's Z are dropped: 2020-01-31T00:00:00.000Z is
// 2020-01-31. Anything else stays as text.
func (b *rowBatch) setISO(col int, raw []byte) error {
	day, clock, _ := bytes.Cut(bytes.TrimSpace(raw), []byte{'T'})
	if len(day) != 10 || day[4] != '-' || day[7] != '-' {
		return b.setText(col, raw, schemas.CellText)
	}
	clock, _, _ = bytes.Cut(bytes.TrimSuffix(clock, []byte{'Z'}), []byte{'.'})
	if len(clock) == 0 || string(clock) == "00:00:00" {
		return b.setText(col, day, schemas.CellDate)
	}
	from := len(b.text)
	b.text = append(append(append(b.text, day...), 'T'), clock...)
	return b.setTail(col, from, schemas.CellDate)
}
