package normalize

import (
	"commonspend/schemas"
	"errors"
	"strings"
)

// sampleRows is how many rows on either side of a header are looked at to tell
// what the columns hold.
const sampleRows = 1000

// errEnough ends a reading early; it never leaves the package.
var errEnough = errors.New("enough rows seen")

// table is where the payments of a sheet are.
type table struct {
	sheet schemas.Sheet
	parts []part // the first begins at the sheet's first row
	seen  survey
}

// part is a run of rows under one header.
type part struct {
	from   int // ordinal (0-based) of the first row it governs
	upper  int // ordinal of a header's upper line, -1 where it has one line
	header int // ordinal of the header, -1 where there is none
	row    int // the header's physical row, 0 where there is none
	layout
	dates dateEvidence
	money moneyEvidence
}

// sighting is a row that may be a header, and how like one it is.
type sighting struct {
	ordinal, row   int
	cells, upper   []string
	known          int
	amount, anchor bool // names an amount; names a date or a payee
}

// strong reports whether the row is a header beyond doubt.
func (s sighting) strong() bool { return s.amount && (s.anchor || s.known >= 4) }

// scout reads a sheet until it knows the header and enough rows to judge the
// columns by, and returns the layout.
type scout struct {
	v       *vocabulary
	rules   *Rules
	ods     bool
	part    part
	ok      bool
	nothing bool // a cell says that there is nothing to report
	best    sighting
	found   bool
	before  []schemas.Row // the sample before the header
	after   []schemas.Row
	ordinal int
	filled  int // rows that hold anything
	width   int
	last    []string // the row above, for headers on two lines
}

// locate looks for the table of a sheet; ok is false where there is none.
func locate(sheet schemas.Sheet, v *vocabulary, rules *Rules) (*scout, error) {
	s := &scout{v: v, rules: rules, ods: sheet.Format == "ods", best: sighting{ordinal: -1}}
	_, err := sheet.Rows(s.take)
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	s.part, s.ok = s.decide()
	return s, nil
}

func (s *scout) take(rows []schemas.Row) error {
	for _, row := range rows {
		if err := s.one(row); err != nil {
			return err
		}
	}
	return nil
}

func (s *scout) one(row schemas.Row) error {
	s.width = max(s.width, len(row.Cells))
	if !s.found || s.best.ordinal == s.ordinal-1 {
		if seen, ok := s.v.sight(row); ok {
			seen.ordinal = s.ordinal
			s.consider(seen)
		}
	}
	s.ordinal++
	if filledCells(row.Cells) == 0 {
		return nil
	}
	if s.found && s.best.ordinal < s.ordinal-1 {
		if seen, ok := s.v.sight(row); ok && seen.strong() {
			return s.furtherHeader(row)
		}
	}
	s.filled++
	s.nothing = s.nothing || s.filled <= 30 && s.rules.labels.anyNil(row.Cells)
	if !s.found || s.best.ordinal == s.ordinal-1 {
		s.last = append(s.last[:0], cloneCells(row.Cells)...)
	}
	switch {
	case s.best.ordinal == s.ordinal-1: // the header itself
	case s.best.ordinal >= 0 && len(s.after) < sampleRows:
		s.after = append(s.after, cloneRow(row))
	case s.best.ordinal < 0 && len(s.before) < sampleRows:
		s.before = append(s.before, cloneRow(row))
	}
	if s.found && len(s.after) >= sampleRows {
		return errEnough
	}
	return nil
}

// furtherHeader ends the sample at the header of another table; the same
// header repeated is passed over.
func (s *scout) furtherHeader(row schemas.Row) error {
	if sameCells(row.Cells, s.best.cells) || len(s.after) == 0 {
		return nil
	}
	return errEnough
}

// consider keeps the best sighting so far; a strong one ends the search.
func (s *scout) consider(seen sighting) {
	switch {
	case s.found && (!seen.strong() || seen.known <= s.best.known):
		return // the line under a header, and no better one
	case seen.strong():
		s.found = true
	case seen.known > s.best.known:
	default:
		return
	}
	seen.cells, seen.upper = cloneCells(seen.cells), s.upperLine(seen)
	s.best = seen
	s.before, s.after = append(s.before, s.after...), nil
}

// upperLine returns the row above a header where it is a header's upper line:
// two words or more, none of them read as a date or an amount, none in a column
// of its own on the left as titles are.
func (s *scout) upperLine(seen sighting) []string {
	filled := 0
	for i, cell := range s.last {
		text := trim(cell)
		if text == "" {
			continue
		}
		shape := readShape(text, schemas.CellText, false)
		if shape.reads() || readMoney(text, schemas.CellText, false).readable() || len(text) > 30 {
			return nil
		}
		if i >= len(seen.cells) {
			return nil
		}
		filled++
	}
	if filled < 2 || len(s.before) == 0 && filled < 2 {
		return nil
	}
	return append([]string(nil), s.last...)
}

// decide turns the sighting and the samples into a layout.
func (s *scout) decide() (part, bool) {
	p := part{upper: -1, header: s.best.ordinal, row: s.best.row}
	if s.best.ordinal < 0 {
		return s.withoutHeader(p)
	}
	rows := s.after
	if len(rows) < 20 && len(s.before) > 2*len(rows)+20 {
		rows = s.before
	}
	headers, joined := s.headerCells()
	if joined {
		p.upper = s.best.ordinal - 1
	}
	p.layout = arrange(headers, s.contents(rows), s.v)
	p.lookForThousands(s.before)
	if s.best.strong() && p.column[fieldAmount] >= 0 && (p.column[fieldDate] >= 0 || s.namesPayee(p.layout)) {
		return p, true
	}
	// A header that names no amount, or little else, needs cells that fill all three.
	whole := p.column[fieldAmount] >= 0 && p.column[fieldDate] >= 0 && p.column[fieldSupplier] >= 0
	return p, whole
}

// namesPayee reports whether the payee column's header is of some weight: a bare
// "Name" beside a value, without a date, heads any list.
func (s *scout) namesPayee(l layout) bool {
	at := l.column[fieldSupplier]
	if at < 0 || l.byCells {
		return at >= 0
	}
	const bare = 40 // the rank in columns.csv from which a word names a payee only beside a date
	for _, m := range s.v.meanings(l.headers[at]) {
		if m.field == fieldSupplier && m.rank < bare {
			return true
		}
	}
	return false
}

// holdsFigures reports whether some column of the sheet is mostly amounts.
func (s *scout) holdsFigures() bool {
	for _, c := range s.contents(append(s.before, s.after...)) {
		if c.money >= 3 && c.share(c.money) > 0.5 {
			return true
		}
	}
	return false
}

func (s *scout) contents(rows []schemas.Row) []content {
	return contents(rows, s.width, s.ods, s.rules.payees)
}

// headerCells returns the header's cells, one per column of the sheet, each
// with the word above it where the header stands on two lines and the word
// above makes sense of it.
func (s *scout) headerCells() (headers []string, joined bool) {
	headers = make([]string, s.width)
	for i := range headers {
		if i < len(s.best.cells) {
			headers[i] = collapse(s.best.cells[i])
		}
	}
	for i, upper := range s.best.upper {
		above := collapse(upper)
		if above == "" || i >= len(headers) {
			continue
		}
		both := strings.TrimSpace(above + " " + headers[i])
		if len(s.v.exact[normalForm(both)]) > 0 {
			headers[i], joined = both, true
		}
	}
	return headers, joined
}

// withoutHeader maps a table that has no header by its content alone, where the
// evidence is strong: dates, amounts and names each in a column of their own.
func (s *scout) withoutHeader(p part) (part, bool) {
	rows := s.before
	columns := s.contents(rows)
	p.layout = assign(make([]string, s.width), make([][]meaning, s.width), columns)
	p.fillFromContent(columns)
	p.decideVAT(make([][]meaning, s.width), columns)
	p.noHeader = true
	if p.column[fieldDate] < 0 || p.column[fieldAmount] < 0 {
		return p, false
	}
	if p.column[fieldSupplier] < 0 {
		return p, len(rows) >= 20 && unnamedPayments(p.layout, columns, len(rows)) && !headed(p.layout, rows)
	}
	strong := func(f field) bool { return columns[p.column[f]].filled*10 >= len(rows)*8 }
	return p, len(rows) >= 5 && strong(fieldDate) && strong(fieldAmount) && strong(fieldSupplier)
}

// unnamedPayments reports whether a table without header or payee still lists
// payments: date and amount on nearly every row, with two columns of words or
// references beside them, as card lists have.
func unnamedPayments(l layout, columns []content, rows int) bool {
	full := func(c content) bool { return c.filled*10 >= rows*9 }
	beside := 0
	for i, c := range columns {
		if l.fields[i] == fieldNone && full(c) && c.share(c.lettered) > 0.9 {
			beside++
		}
	}
	return beside >= 2 && full(columns[l.column[fieldDate]]) && full(columns[l.column[fieldAmount]])
}

// headed reports whether a row of words stands right above the first row of
// data: then the table has a header, and it names nothing that we know.
func headed(l layout, rows []schemas.Row) bool {
	date, amount := l.column[fieldDate], l.column[fieldAmount]
	for i, row := range rows {
		if !readMoney(row.Cell(amount), row.Kind(amount), false).readable() || !readShape(row.Cell(date), row.Kind(date), false).reads() {
			continue
		}
		return i > 0 && lettered(rows[i-1].Cell(date)) && lettered(rows[i-1].Cell(amount))
	}
	return false
}

// sight judges whether a row may be a header. Nearly every row of data is told
// by having two cells without a letter.
func (v *vocabulary) sight(row schemas.Row) (sighting, bool) {
	letterless, filled := 0, 0
	for i, cell := range row.Cells {
		text := trim(cell)
		if text == "" {
			continue
		}
		filled++
		if row.Kind(i) == schemas.CellNumber || row.Kind(i) == schemas.CellDate || !lettered(text) {
			if letterless++; letterless > 1 {
				return sighting{}, false
			}
		}
	}
	if filled < 2 {
		return sighting{}, false
	}
	return v.score(row, filled)
}

func (v *vocabulary) score(row schemas.Row, filled int) (sighting, bool) {
	s := sighting{row: row.Row, cells: row.Cells}
	var seen [fieldCount]bool
	exact := 0
	for _, cell := range row.Cells {
		if len(cell) > 0 && len(cell) < 80 && len(v.exact[normalForm(cell)]) > 0 {
			exact++
		}
	}
	if exact < 2 && !(exact == 1 && filled < 5) {
		return s, false
	}
	for _, cell := range row.Cells {
		if found := v.meanings(cell); len(found) > 0 && found[0].field >= 0 && !seen[found[0].field] {
			seen[found[0].field] = true
			s.known++
		}
	}
	s.amount, s.anchor = seen[fieldAmount], seen[fieldDate] || seen[fieldSupplier]
	return s, s.known >= 2 && s.known*4 >= filled || s.strong() && s.known >= 4
}

func lettered(s string) bool {
	for i := 0; i < len(s); i++ {
		if isLetter(s[i]) {
			return true
		}
	}
	return false
}

func filledCells(cells []string) int {
	n := 0
	for _, cell := range cells {
		if !blank(cell) {
			n++
		}
	}
	return n
}

// cloneCells copies lent cells in one piece.
func cloneCells(cells []string) []string {
	size := 0
	for _, c := range cells {
		size += len(c)
	}
	var all strings.Builder
	all.Grow(size)
	for _, c := range cells {
		all.WriteString(c)
	}
	text, out := all.String(), make([]string, len(cells))
	for i, c := range cells {
		out[i], text = text[:len(c)], text[len(c):]
	}
	return out
}

func cloneRow(row schemas.Row) schemas.Row {
	row.Cells = cloneCells(row.Cells)
	row.Kinds = append([]schemas.CellKind(nil), row.Kinds...)
	return row
}
