package ingest

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
	"unicode/utf16"
)

// biff writes one record.
func biff(id int, body ...byte) []byte {
	return append([]byte{byte(id), byte(id >> 8), byte(len(body)), byte(len(body) >> 8)}, body...)
}

// biffCell writes a cell's record: row, column, style, then the value.
func biffCell(id, row, col, style int, value ...byte) []byte {
	return biff(id, append([]byte{byte(row), byte(row >> 8), byte(col), 0, byte(style), 0}, value...)...)
}

func double(f float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(f)) }

// narrow and wide are BIFF8 texts with a two-byte length.
func narrow(s string) []byte { return append([]byte{byte(len(s)), 0, 0}, s...) }

func wide(s string) []byte {
	units := utf16.Encode([]rune(s))
	out := []byte{byte(len(units)), 0, 1}
	for _, u := range units {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// formula is a FORMULA's value: the result's eight bytes, flags, no tokens.
func formula(result ...byte) []byte { return append(result, 0, 0, 0, 0, 0, 0, 0, 0) }

// xlsStream is a BIFF8 stream, without its container: the globals, these
// records among them, and one sheet of these cells. Style 1 is a date.
func xlsStream(globals []byte, cells ...[]byte) []byte {
	head := biff(recBOF, 0, 6, 5, 0)
	head = append(head, globals...)
	head = append(head, biff(recFormat, append([]byte{164, 0}, narrow("dd/mm/yyyy")...)...)...)
	head = append(head, biff(recXF, 0, 0, 0, 0)...)
	head = append(head, biff(recXF, 0, 0, 164, 0)...)
	at := len(head) + 4 + 6 + 3 + 4
	head = append(head, biff(recBoundSheet, byte(at), byte(at>>8), 0, 0, 0, 0, 1, 0, 'S')...)
	head = append(head, biff(recEOF)...)
	head = append(head, biff(recBOF, 0, 6, 0x10, 0)...)
	return append(append(head, bytes.Join(cells, nil)...), biff(recEOF)...)
}

func TestXLSCells(t *testing.T) {
	sst := biff(recSST, append([]byte{9, 0, 0, 0, 9, 0, 0, 0}, append(narrow("shared"), wide("Ł😀")...)...)...)
	rk := func(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }
	expect(t, openXLS, xlsStream(sst,
		biffCell(recLabelSST, 0, 0, 0, 0, 0, 0, 0), biffCell(recLabelSST, 0, 1, 0, 1, 0, 0, 0), biffCell(recLabel, 0, 2, 0, narrow("caf\xe9")...),
		biffCell(recNumber, 1, 0, 0, double(-12345.67)...), biffCell(recNumber, 1, 1, 1, double(43861.5)...), biffCell(recRK, 1, 2, 0, rk(12345<<2|3)...), biffCell(recNumber, 1, 3, 0, double(0.1+0.2)...),
		// MULRK: columns 0 and 1, 7 and a date, and then the last column.
		biff(recMulRK, append(append(append([]byte{3, 0, 0, 0, 0, 0}, rk(7<<2|2)...), append([]byte{1, 0}, rk(43861<<2|2)...)...), 1, 0)...),
		biffCell(recBoolErr, 3, 4, 0, 1, 0), biffCell(recBoolErr, 3, 5, 0, 0x2A, 1),
		biffCell(recFormula, 4, 0, 0, formula(double(2.5)...)...),
		biffCell(recFormula, 4, 1, 0, formula(0, 0, 0, 0, 0, 0, 0xFF, 0xFF)...), biff(recString, narrow("result")...),
		biffCell(recFormula, 4, 2, 0, formula(1, 0, 0, 0, 0, 0, 0xFF, 0xFF)...),
		biffCell(recFormula, 4, 3, 0, formula(2, 0, 7, 0, 0, 0, 0xFF, 0xFF)...),
		biffCell(recFormula, 4, 4, 0, formula(3, 0, 0, 0, 0, 0, 0xFF, 0xFF)...),
		biffCell(recFormula, 4, 5, 0, formula(0, 0, 0, 0, 0, 0, 0xFF, 0xFF)...),
	), `
		# S
		1: shared text|Ł😀 text|café text
		2: -12345.67 number|2020-01-31T12:00:00 date|123.45 number|0.3 number
		3:
		4: 7 number|2020-01-31 date|-|-|TRUE bool|#N/A error
		5: 2.5 number|result text|FALSE bool|#DIV/0! error|-| formula
	`)
}

// Excel in German calls General "Standard", which is no date for its d and s.
func TestXLSBuiltInFormats(t *testing.T) {
	standard := biff(recFormat, append([]byte{0, 0}, narrow("Standard")...)...)
	expect(t, openXLS, xlsStream(standard, biffCell(recNumber, 0, 0, 0, double(43861)...)), `
		# S
		1: 43861 number
	`)
}

// Cells out of order are put in order, and of one written twice the later counts.
func TestXLSOrder(t *testing.T) {
	expect(t, openXLS, xlsStream(biff(recDate1904, 1, 0),
		biffCell(recNumber, 1, 0, 0, double(3)...), biffCell(recNumber, 0, 1, 0, double(1)...),
		biffCell(recNumber, 0, 0, 1, double(1)...), biffCell(recNumber, 0, 1, 0, double(2)...)), `
		# S
		1: 1904-01-02 date|2 number
		2: 3 number
	`)
}

// A shared text may be cut between its characters; the next piece says anew
// whether they are wide.
func TestXLSSharedTextInPieces(t *testing.T) {
	sst := biff(recSST, append([]byte{2, 0, 0, 0, 2, 0, 0, 0}, 6, 0, 0, 'a', 'b')...)
	sst = append(sst, biff(recContinue, 1, 'c', 0, 'd', 0)...)
	sst = append(sst, biff(recContinue, 0, 'e', 'f', 1, 0, 8, 1, 0, 'g', 9, 9, 9, 9, 1, 0, 0, 'h')...)
	cell := func(n byte) []byte { return biffCell(recLabelSST, 0, int(n), 0, n, 0, 0, 0) }
	expect(t, openXLS, xlsStream(sst, cell(0), cell(1), cell(2)), `
		# S
		1: abcdef text|g text|h text
	`)
}

// BIFF5 texts are in the workbook's code page.
func TestXLSBIFF5(t *testing.T) {
	in := biff(recBOF, 0, 5, 5, 0)
	in = append(in, biff(recCodePage, 0xE3, 4)...) // 1251
	in = append(in, biff(recBoundSheet, byte(len(in)+12+4), 0, 0, 0, 0, 0, 1, 0xC4)...)
	in = append(in, biff(recEOF)...)
	in = append(in, biff(recBOF, 0, 5, 0x10, 0)...)
	in = append(in, biffCell(recLabel, 0, 0, 0, 2, 0, 0xC4, 0xE0)...)
	in = append(in, biff(recEOF)...)
	expect(t, openXLS, in, `
		# Д
		1: Да text
	`)
}

func TestXLSRefusals(t *testing.T) {
	good := xlsStream(nil, biffCell(recNumber, 0, 0, 0, double(1)...))
	for _, c := range []struct {
		name        string
		in          []byte
		kind, words string
	}{
		{"password", xlsStream(biff(recFilePass, 0, 0)), "encrypted", "password"},
		{"cut short", good[:len(good)-8], "unreadable", "breaks off"},
		{"no such text", xlsStream(nil, biffCell(recLabelSST, 0, 0, 0, 9, 0, 0, 0)), "unreadable", "refers to a text"},
		{"older", biff(0x0009, 2, 0, 0x10, 0), "unreadable", "older than Excel 5"},
		{"same cells", xlsStream(biff(recBoundSheet, 73, 0, 0, 0, 0, 0, 1, 0, 'T')), "unreadable", "same cells"},
		{"no sheet", append(biff(recBOF, 0, 6, 5, 0), biff(recEOF)...), "no-table", "no sheet"},
		{"container cut short", compound("Workbook", good)[:700], "unreadable", "damaged"},
		{"protected .xlsx", compound("EncryptedPackage", make([]byte, 5000)), "encrypted", "password"},
		{"other document", compound("WordDocument", make([]byte, 5000)), "unreadable", "without a workbook"},
	} {
		t.Run(c.name, func(t *testing.T) { expectRefusal(t, openXLS, c.in, Limits{}, c.kind, c.words) })
	}
}

func TestXLSContainer(t *testing.T) {
	in := xlsStream(nil, biffCell(recNumber, 0, 0, 0, double(1)...))
	in = append(in, make([]byte, 5000-len(in))...) // streams under 4,096 bytes are kept another way
	expect(t, openXLS, compound("WORKBOOK", in), `
		# S
		1: 1 number
	`)
}
