package ingest

import (
	"bytes"

	"commonspend/schemas"
)

// cellType is the t attribute of a cell.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeText // the result of a formula, or an inline text
	typeBool
	typeError
	typeISO // a date in ISO 8601
)

// xlsxRows reads one sheet's cells into a batch.
type xlsxRows struct {
	book *xlsxBook
	scan *xmlScanner
	out  *rowBatch

	row, col int // 1-based row; 0-based column
	inRow    bool
	kind     cellType
	style    int
	value    []byte // of the cell
	own      []byte // room for a value that comes in pieces
	hasValue bool   // a <v> was there
	formula  bool
}

func (book *xlsxBook) readSheet(a *archive, part string, out *rowBatch) (int, error) {
	in, err := a.open(part)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	scan, err := newPartScanner(in)
	if err != nil {
		return 0, out.fault(err)
	}
	x := &xlsxRows{book: book, scan: scan, out: out}
	if err := x.read(); err != nil {
		return out.last, out.fault(err)
	}
	if err := in.drain(); err != nil {
		return out.last, out.fault(err)
	}
	return out.close()
}

// read goes through the part up to the end of its rows.
func (x *xlsxRows) read() error {
	for {
		switch x.scan.next() {
		case xmlEOF:
			return x.scan.cut()
		case xmlStart:
			if err := x.start(); err != nil {
				return err
			}
		case xmlEnd:
			switch string(x.scan.name) {
			case "row":
				x.inRow = false
			case "sheetData", "worksheet":
				return nil
			}
		}
	}
}

// cut is the fault of a part that ended too soon.
func (s *xmlScanner) cut() error {
	if err := s.fault(); err != nil {
		return err
	}
	return errXMLCut
}

func (x *xlsxRows) start() error {
	switch string(x.scan.name) {
	case "row":
		row := x.row + 1
		for name, v, rest := nextAttr(x.scan.attrs); name != nil; name, v, rest = nextAttr(rest) {
			if string(name) == "r" {
				row = leadingInt(v)
			}
		}
		x.row, x.col, x.inRow = row, -1, true
		return x.out.startRow(row)
	case "c":
		if !x.inRow {
			return refusal("unreadable", "Sheet %q holds a cell outside any row. Open the workbook in Excel, save it again and send that.", x.out.origin.Sheet)
		}
		x.cellAttrs()
		if x.scan.closing || x.quickValue() {
			return x.put()
		}
		if err := x.cell(); err != nil {
			return err
		}
		return x.put()
	}
	return nil
}

// cellAttrs reads where the cell is, its type and its style.
func (x *xlsxRows) cellAttrs() {
	x.col++
	x.kind, x.style = typeNumber, 0
	x.value, x.hasValue, x.formula = nil, false, false
	for name, v, rest := nextAttr(x.scan.attrs); name != nil; name, v, rest = nextAttr(rest) {
		if len(name) != 1 {
			continue
		}
		switch name[0] {
		case 'r':
			if col := columnOf(v); col >= 0 {
				x.col = col
			}
		case 's':
			x.style = leadingInt(v)
		case 't':
			x.kind = cellTypeOf(v)
		}
	}
}

func cellTypeOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return typeShared
	case "str", "inlineStr":
		return typeText
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeISO
	}
	return typeNumber
}

// columnOf reads the letters of a reference: C7 is 2. -1 when there are none.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(c-'A'+1)
	}
	return n - 1
}

// leadingInt reads the digits at the start of b, held under a billion.
func leadingInt(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1e8 {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// quickValue takes the usual shapes, <v>…</v></c> and <is><t>…</t></is></c>, in
// one step when the window holds all of it.
func (x *xlsxRows) quickValue() bool {
	if raw, ok := x.scan.between("<v>", "</v></c>"); ok {
		x.value, x.hasValue = x.scan.resolve(raw), true
		return true
	}
	if raw, ok := x.scan.between("<is><t>", "</t></is></c>"); ok {
		x.value = x.scan.resolve(bytes.Trim(raw, xmlBlanks))
		return true
	}
	return false
}

// between takes what stands between these two tags at pos when there is no
// other tag between them and the window holds both.
func (s *xmlScanner) between(open, end string) ([]byte, bool) {
	b := s.buf[s.pos:s.end]
	if len(b) < len(open) || string(b[:len(open)]) != open {
		return nil, false
	}
	b = b[len(open):]
	n := bytes.IndexByte(b, '<')
	if n < 0 || len(b)-n < len(end) || string(b[n:n+len(end)]) != end {
		return nil, false
	}
	s.pos += len(open) + n + len(end)
	return b[:n], true
}

// cell gathers the parts of a cell up to its end.
func (x *xlsxRows) cell() error {
	inValue := false
	x.own = x.own[:0]
	var runs []byte
	for {
		switch x.scan.next() {
		case xmlEOF:
			return x.scan.cut()
		case xmlStart:
			switch string(x.scan.name) {
			case "v":
				inValue, x.hasValue = true, true
			case "f":
				x.formula = true
			case "is":
				runs = appendRuns(runs, x.scan, "is", x.out.limits.CellBytes)
			}
		case xmlText:
			if inValue && len(x.own) <= x.out.limits.CellBytes {
				x.own = append(x.own, x.scan.text...)
			}
		case xmlEnd:
			inValue = false
			if string(x.scan.name) == "c" {
				x.value = x.own
				if len(runs) > 0 {
					x.value = runs
				}
				return nil
			}
		}
	}
}

// put hands the cell to the batch as the kind its type and style make it.
func (x *xlsxRows) put() error {
	switch {
	case len(x.value) == 0 && x.formula && (!x.hasValue || x.kind == typeNumber):
		return x.out.set(x.col, "", schemas.CellFormula)
	case len(x.value) == 0:
		return nil
	}
	switch x.kind {
	case typeShared:
		s, ok := x.book.texts.at(leadingInt(x.value))
		if !ok {
			return refusal("unreadable", "A cell in row %d of sheet %q refers to a text that the workbook does not hold. Open it in Excel, save it again and send that.", x.row, x.out.origin.Sheet)
		}
		return x.out.set(x.col, s, schemas.CellText)
	case typeText:
		return x.out.setText(x.col, unescapeX(x.value), schemas.CellText)
	case typeBool:
		return x.out.set(x.col, boolText(x.value), schemas.CellBool)
	case typeError:
		return x.out.setText(x.col, x.value, schemas.CellError)
	case typeISO:
		return x.out.setISO(x.col, x.value)
	}
	return x.out.setNumber(x.col, x.value, x.book.isDate(x.style), x.book.epoch1904)
}

func boolText(v []byte) string {
	if xmlTrue(string(v)) {
		return "TRUE"
	}
	return "FALSE"
}
