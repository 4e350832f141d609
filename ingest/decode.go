package ingest

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// transcoder appends src, decoded to UTF-8, to dst and returns how many bytes
// of src it used. It leaves a character that src cuts short for the next call,
// unless src is final. No byte is lost: what spells nothing becomes U+FFFD.
type transcoder func(dst, src []byte, final bool) (out []byte, used int)

// transcoder returns the charset's, nil for what is UTF-8 already.
func (e charset) transcoder() transcoder {
	switch e.name {
	case "utf-16le":
		return utf16Transcoder(binary.LittleEndian)
	case "utf-16be":
		return utf16Transcoder(binary.BigEndian)
	case "cp1252":
		return pageTranscoder(charmap.Windows1252)
	case "mac_roman":
		return pageTranscoder(charmap.Macintosh)
	case "cp850":
		return pageTranscoder(charmap.CodePage850)
	}
	if e.torn {
		return tornTranscoder()
	}
	return nil
}

// decode is transcoder for a text that is at hand.
func (e charset) decode(dst, src []byte, final bool) (out []byte, used int) {
	if t := e.transcoder(); t != nil {
		return t(dst, src, final)
	}
	return append(dst, src...), len(src)
}

// pageTranscoder decodes a code page of one byte a character.
func pageTranscoder(page *charmap.Charmap) transcoder {
	var spell [128]string
	for low := range spell {
		spell[low] = string(page.DecodeByte(byte(low) | 0x80))
	}
	return func(dst, src []byte, _ bool) ([]byte, int) {
		for i := 0; ; {
			plain := firstHigh(src[i:])
			dst = append(dst, src[i:i+plain]...)
			if i += plain; i == len(src) {
				return dst, i
			}
			dst = append(dst, spell[src[i]&0x7f]...)
			i++
		}
	}
}

// tornTranscoder passes on what is UTF-8 and reads each other byte as cp1252,
// which is what gets pasted into such files.
func tornTranscoder() transcoder {
	return func(dst, src []byte, final bool) ([]byte, int) {
		for i := 0; ; {
			plain := firstHigh(src[i:])
			dst = append(dst, src[i:i+plain]...)
			if i += plain; i == len(src) || !final && !utf8.FullRune(src[i:]) {
				return dst, i
			}
			r, size := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && size == 1 {
				r = charmap.Windows1252.DecodeByte(src[i])
			}
			dst = utf8.AppendRune(dst, r)
			i += size
		}
	}
}

func utf16Transcoder(order binary.ByteOrder) transcoder {
	return func(dst, src []byte, final bool) ([]byte, int) {
		i := 0
		for ; i+2 <= len(src); i += 2 {
			r := rune(order.Uint16(src[i:]))
			if utf16.IsSurrogate(r) {
				if i+4 > len(src) && !final {
					return dst, i
				}
				if pair := decodePair(order, src[i:]); pair != utf8.RuneError {
					r = pair
					i += 2
				}
			}
			dst = utf8.AppendRune(dst, r) // half a pair becomes U+FFFD
		}
		if final && i < len(src) {
			dst = utf8.AppendRune(dst, utf8.RuneError)
			i++
		}
		return dst, i
	}
}

func decodePair(order binary.ByteOrder, b []byte) rune {
	if len(b) < 4 {
		return utf8.RuneError
	}
	return utf16.DecodeRune(rune(order.Uint16(b)), rune(order.Uint16(b[2:])))
}

// word reads eight bytes at once, for searching many bytes in one step.
func word(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
