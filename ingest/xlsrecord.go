package ingest

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The records of a BIFF stream that carry what we read.
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDate1904   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recCodePage   = 0x0042
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recXF         = 0x00E0
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRK         = 0x027E
	recFormula3   = 0x0206 // FORMULA as some writers number it, after BIFF3
	recFormula4   = 0x0406 // and after BIFF4
	recFormat     = 0x041E
	recBOF        = 0x0809
)

var le = binary.LittleEndian

// record is one BIFF record: its kind, its body, and where the next begins.
type record struct {
	id   uint16
	body []byte
	next int
}

// recordAt reads the record at pos; false when the stream ends first. A body
// that the end of the stream cuts is no record.
func recordAt(stream []byte, pos int) (record, bool) {
	if pos < 0 || pos+4 > len(stream) {
		return record{}, false
	}
	next := pos + 4 + int(le.Uint16(stream[pos+2:]))
	if next > len(stream) {
		return record{}, false
	}
	return record{le.Uint16(stream[pos:]), stream[pos+4 : next], next}, true
}

// appendUnits appends n characters of a BIFF8 string, 2 bytes each when wide,
// else the low bytes of UTF-16. What src lacks is left out.
func appendUnits(dst, src []byte, n int, wide bool) []byte {
	if !wide {
		for _, c := range src[:min(n, len(src))] {
			dst = utf8.AppendRune(dst, rune(c))
		}
		return dst
	}
	n = min(n, len(src)/2)
	for i := 0; i < n; i++ {
		r := rune(le.Uint16(src[2*i:]))
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+1 < n {
				low = rune(le.Uint16(src[2*i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i++
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// codePage is the encoding of a BIFF5 workbook's texts, by Windows' number;
// 1252 where it is none of these.
func codePage(n int) encoding.Encoding {
	known := map[int]encoding.Encoding{
		10000: charmap.Macintosh,
		437:   charmap.CodePage437,
		850:   charmap.CodePage850,
		852:   charmap.CodePage852,
		866:   charmap.CodePage866,
		874:   charmap.Windows874,
		932:   japanese.ShiftJIS,
		936:   simplifiedchinese.GBK,
		949:   korean.EUCKR,
		950:   traditionalchinese.Big5,
		1250:  charmap.Windows1250,
		1251:  charmap.Windows1251,
		1253:  charmap.Windows1253,
		1254:  charmap.Windows1254,
		1255:  charmap.Windows1255,
		1256:  charmap.Windows1256,
		1257:  charmap.Windows1257,
		1258:  charmap.Windows1258,
	}
	if page, ok := known[n]; ok {
		return page
	}
	return charmap.Windows1252
}
