package ingest

import (
	"cmp"
	"math"
	"slices"

	"commonspend/schemas"
)

// readSheet reads the worksheet whose BOF is at offset. Excel writes cells in
// order; where another writer did not, the records are put in order first.
func (book *xlsBook) readSheet(offset int, out *rowBatch) (int, error) {
	ordered, err := book.inOrder(offset, out.origin.Sheet)
	if err != nil {
		return 0, err
	}
	put := book.putter(out)
	if ordered {
		err = book.eachCell(offset, out.origin.Sheet, put)
	} else {
		err = book.sorted(offset, out.origin.Sheet, put)
	}
	if err != nil {
		return out.last, err
	}
	return out.close()
}

// putter hands records to the batch, a new row when their row changes.
func (book *xlsBook) putter(out *rowBatch) func(record) error {
	row := -1
	return func(rec record) error {
		if r := int(le.Uint16(rec.body)); r != row {
			row = r
			if err := out.startRow(row + 1); err != nil {
				return err
			}
		}
		return book.put(rec, int(le.Uint16(rec.body[2:])), out)
	}
}

// eachCell visits the sheet's records that hold cell values.
func (book *xlsBook) eachCell(offset int, name string, visit func(record) error) error {
	rec, ok := recordAt(book.stream, offset)
	if !ok || rec.id != recBOF {
		return damagedXLS("sheet " + name + " is not where the workbook says")
	}
	for depth := 1; depth > 0; {
		if rec, ok = recordAt(book.stream, rec.next); !ok {
			return damagedXLS("sheet " + name + " breaks off")
		}
		switch rec.id {
		case recBOF: // a chart inside the sheet
			depth++
		case recEOF:
			depth--
		case recNumber, recRK, recMulRK, recLabelSST, recLabel, recRString, recBoolErr, recFormula, recFormula3, recFormula4:
			if depth == 1 && len(rec.body) >= 6 {
				if err := visit(rec); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// place is a cell's row and column as one number that sorts by them.
func (rec record) place() uint32 {
	return uint32(le.Uint16(rec.body))<<16 | uint32(le.Uint16(rec.body[2:]))
}

// inOrder says whether the cells come by row and column, none twice.
func (book *xlsBook) inOrder(offset int, name string) (bool, error) {
	last, ordered := int64(-1), true
	err := book.eachCell(offset, name, func(rec record) error {
		ordered = ordered && int64(rec.place()) > last
		last = int64(rec.place())
		return nil
	})
	return ordered, err
}

// sorted visits the cells in order. Of a cell that is written twice the later
// record counts, as in Excel.
func (book *xlsBook) sorted(offset int, name string, visit func(record) error) error {
	var cells []record
	err := book.eachCell(offset, name, func(rec record) error {
		cells = append(cells, rec)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(cells, func(a, b record) int { return cmp.Compare(a.place(), b.place()) })
	for i, rec := range cells {
		if i+1 < len(cells) && cells[i+1].place() == rec.place() {
			continue
		}
		if err := visit(rec); err != nil {
			return err
		}
	}
	return nil
}

// put hands one record's value, or values, to the batch.
func (book *xlsBook) put(rec record, col int, out *rowBatch) error {
	b := rec.body
	date := book.isDate(b[4:])
	switch rec.id {
	case recLabelSST:
		return book.putShared(b, col, out)
	case recRK:
		if len(b) >= 10 {
			return out.setFloat(col, rkNumber(le.Uint32(b[6:])), date, book.epoch1904)
		}
	case recNumber:
		if len(b) >= 14 {
			return book.putNumber(math.Float64frombits(le.Uint64(b[6:])), col, date, out)
		}
	case recMulRK:
		for i := 4; i+6 <= len(b)-2; i, col = i+6, col+1 {
			if err := out.setFloat(col, rkNumber(le.Uint32(b[i+2:])), book.isDate(b[i:]), book.epoch1904); err != nil {
				return err
			}
		}
	case recLabel, recRString:
		return out.setText(col, book.appendLong(nil, b[6:]), schemas.CellText)
	case recBoolErr:
		if len(b) >= 8 && b[7] == 1 {
			return out.set(col, errorText(b[6]), schemas.CellError)
		} else if len(b) >= 8 {
			return out.set(col, boolWord(b[6]), schemas.CellBool)
		}
	case recFormula, recFormula3, recFormula4:
		if len(b) >= 14 {
			return book.putFormula(rec, col, date, out)
		}
	}
	return nil
}

func (book *xlsBook) isDate(style []byte) bool {
	n := int(le.Uint16(style))
	return n < len(book.dates) && book.dates[n]
}

func (book *xlsBook) putShared(b []byte, col int, out *rowBatch) error {
	if len(b) < 10 {
		return nil
	}
	s, ok := book.texts.at(int(le.Uint32(b[6:])))
	if !ok {
		return damagedXLS("a cell of sheet " + out.origin.Sheet + " refers to a text it does not hold")
	}
	return out.set(col, s, schemas.CellText)
}

// putNumber puts a float; what is no number is shown as Excel would, an error.
func (book *xlsBook) putNumber(f float64, col int, date bool, out *rowBatch) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return out.set(col, "#NUM!", schemas.CellError)
	}
	return out.setFloat(col, f, date, book.epoch1904)
}

// putFormula puts a formula's saved result: a float, or when its top two bytes
// are FF, by its first byte a text (in a STRING record to follow), a boolean,
// an error or an empty text.
func (book *xlsBook) putFormula(rec record, col int, date bool, out *rowBatch) error {
	result := rec.body[6:14]
	if le.Uint16(result[6:]) != 0xFFFF {
		return book.putNumber(math.Float64frombits(le.Uint64(result)), col, date, out)
	}
	switch result[0] {
	case 0:
		text, ok := book.resultText(rec)
		if !ok {
			return out.set(col, "", schemas.CellFormula)
		}
		return out.setText(col, text, schemas.CellText)
	case 1:
		return out.set(col, boolWord(result[2]), schemas.CellBool)
	case 2:
		return out.set(col, errorText(result[2]), schemas.CellError)
	}
	return nil
}

// resultText finds the STRING record of a formula, before the next cell: only
// a shared formula, an array or a table may stand between.
func (book *xlsBook) resultText(rec record) ([]byte, bool) {
	for range 4 {
		next, ok := recordAt(book.stream, rec.next)
		if !ok {
			return nil, false
		}
		switch next.id {
		case recString:
			return book.longText(next), true
		case 0x04BC, 0x0221, 0x0021, 0x0236, 0x0036, 0x0037, recContinue:
			rec = next
		default:
			return nil, false
		}
	}
	return nil, false
}

// longText reads a text that may run on over CONTINUE records.
func (book *xlsBook) longText(rec record) []byte {
	if !book.biff8 || len(rec.body) < 3 {
		return book.appendLong(nil, rec.body)
	}
	p := &pieces{book.stream, rec, rec.body}
	text, _ := p.appendText(nil)
	return text
}

// rkNumber unpacks a number of 30 bits: bit 0 says hundredths, bit 1 an integer.
func rkNumber(rk uint32) float64 {
	f := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		f = float64(int32(rk) >> 2)
	}
	if rk&1 != 0 {
		f /= 100
	}
	return f
}

func boolWord(b byte) string {
	if b != 0 {
		return "TRUE"
	}
	return "FALSE"
}

func errorText(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}
