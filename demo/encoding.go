package demo

import (
	"fmt"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// encoding is how a publisher turns characters into bytes, by the name that
// schemas.Sheet gives it.
type encoding string

const (
	utf8Plain encoding = "utf-8"
	utf8BOM   encoding = "utf-8-sig"
	cp1252    encoding = "cp1252" // £ is 0xA3
	cp850     encoding = "cp850"  // £ is 0x9C
	macRoman  encoding = "mac_roman"
	utf16LE   encoding = "utf-16le"
	utf16BE   encoding = "utf-16be"
)

func encodings() []encoding {
	return []encoding{cp1252, utf8Plain, utf8BOM, cp1252, utf8Plain, cp1252, utf8BOM, cp1252, utf8Plain, cp1252, utf8Plain}
}

// plainText reports that a publisher's encoding has no letters beyond £.
func (l layout) plainText() bool { return l.encoding == cp850 }

// encode turns text into bytes. The demo writes no character that the encoding
// it is asked for cannot hold, so a failure is a mistake in this package.
func (e encoding) encode(text string) []byte {
	var out []byte
	var err error
	switch e {
	case utf8BOM:
		out = []byte("\ufeff" + text)
	case cp1252:
		out, err = charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	case cp850:
		out, err = charmap.CodePage850.NewEncoder().Bytes([]byte(text))
	case macRoman:
		out, err = charmap.Macintosh.NewEncoder().Bytes([]byte(text))
	case utf16LE:
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	case utf16BE:
		out, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	default:
		out = []byte(text)
	}
	if err != nil {
		panic(fmt.Sprintf("demo: %s cannot hold a character of its own file: %v", e, err))
	}
	return out
}
