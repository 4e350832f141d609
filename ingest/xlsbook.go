package ingest

import (
	"golang.org/x/text/encoding"
)

// xlsBook is what the stream's first part, its globals, says.
type xlsBook struct {
	stream    []byte
	biff8     bool
	epoch1904 bool
	page      encoding.Encoding // of BIFF5 texts
	sheets    []xlsSheet
	taken     map[int]bool // offsets of sheets
	dates     []bool       // by cell style: it shows a date
	texts     sharedTexts
}

type xlsSheet struct {
	name   string
	hidden bool
	offset int // of its BOF in the stream
}

func readXLSBook(stream []byte) (*xlsBook, error) {
	rec, ok := recordAt(stream, 0)
	if !ok || len(rec.body) < 4 {
		return nil, damagedXLS("it has no records")
	}
	if rec.id != recBOF {
		return nil, refusal("unreadable", "The workbook is older than Excel 5. Open it in a spreadsheet program, save it as .xlsx and send that.")
	}
	book := &xlsBook{stream: stream, biff8: le.Uint16(rec.body) >= 0x0600, page: codePage(1252), taken: map[int]bool{}}
	formats := map[int]bool{}
	var styles []int
	for rec, ok = recordAt(stream, rec.next); ok && rec.id != recEOF; rec, ok = recordAt(stream, rec.next) {
		if err := book.global(rec, formats, &styles); err != nil {
			return nil, err
		}
	}
	for _, format := range styles {
		date, custom := formats[format]
		// A built-in format's text is in the language of the writer's Excel
		// ("Standard" for General), so its number counts.
		if !custom || format <= 22 || format >= 37 && format <= 49 {
			date = isDateFormat(format)
		}
		book.dates = append(book.dates, date)
	}
	return book, nil
}

// global takes in one record of the globals. formats says of custom number
// formats whether they show a date; styles lists each style's format.
func (book *xlsBook) global(rec record, formats map[int]bool, styles *[]int) error {
	b := rec.body
	switch {
	case rec.id == recFilePass:
		return encrypted()
	case len(b) < 2:
	case rec.id == recCodePage:
		book.page = codePage(int(le.Uint16(b)))
	case rec.id == recDate1904:
		book.epoch1904 = le.Uint16(b) == 1
	case rec.id == recBoundSheet && len(b) >= 8:
		return book.addSheet(b)
	case rec.id == recFormat && len(b) >= 3:
		formats[int(le.Uint16(b))] = isDateCode(book.formatCode(b[2:]))
	case rec.id == recXF && len(b) >= 4:
		*styles = append(*styles, int(le.Uint16(b[2:])))
	case rec.id == recSST && len(b) >= 8:
		book.readTexts(rec)
	}
	return nil
}

// addSheet reads BOUNDSHEET: offset, visibility, kind (0 is a worksheet), name.
func (book *xlsBook) addSheet(b []byte) error {
	if b[5] != 0 {
		return nil
	}
	s := xlsSheet{name: string(book.appendShort(nil, b[6:])), hidden: b[4]&3 != 0, offset: int(le.Uint32(b))}
	if book.taken[s.offset] {
		return damagedXLS("two of its sheets are the same cells")
	}
	book.taken[s.offset] = true
	book.sheets = append(book.sheets, s)
	return nil
}

// appendShort appends a text with a one-byte length.
func (book *xlsBook) appendShort(dst, b []byte) []byte {
	if len(b) == 0 {
		return dst
	}
	return book.appendChars(dst, b[1:], int(b[0]))
}

// appendLong appends a text with a two-byte length.
func (book *xlsBook) appendLong(dst, b []byte) []byte {
	if len(b) < 2 {
		return dst
	}
	return book.appendChars(dst, b[2:], int(le.Uint16(b)))
}

// appendChars appends n characters: after a byte of flags in BIFF8, bytes in
// the workbook's code page before.
func (book *xlsBook) appendChars(dst, b []byte, n int) []byte {
	if !book.biff8 {
		text, err := book.page.NewDecoder().Bytes(b[:min(n, len(b))])
		if err != nil {
			return append(dst, b[:min(n, len(b))]...)
		}
		return append(dst, text...)
	}
	if len(b) == 0 {
		return dst
	}
	flags, b := b[0], b[1:]
	if flags&8 != 0 && len(b) >= 2 { // the number of rich runs, which follow the text
		b = b[2:]
	}
	if flags&4 != 0 && len(b) >= 4 { // the length of phonetic data
		b = b[4:]
	}
	return appendUnits(dst, b, n, flags&1 != 0)
}

// formatCode reads a number format's text; its length has two bytes in BIFF8.
func (book *xlsBook) formatCode(b []byte) string {
	if book.biff8 {
		return string(book.appendLong(nil, b))
	}
	return string(book.appendShort(nil, b))
}
