package ingest

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// resolve replaces references and line ends (CR LF and CR are LF in XML).
func (s *xmlScanner) resolve(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 && bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	s.scratch = appendResolved(s.scratch[:0], b)
	return s.scratch
}

func appendResolved(dst, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\r':
			if i+1 == len(b) || b[i+1] != '\n' {
				dst = append(dst, '\n')
			}
		case '&':
			end := bytes.IndexByte(b[i:min(len(b), i+32)], ';')
			if r, ok := reference(b[i+1 : i+max(end, 1)]); ok && end > 0 {
				dst = utf8.AppendRune(dst, r)
				i += end
				continue
			}
			dst = append(dst, '&')
		default:
			dst = append(dst, b[i])
		}
	}
	return dst
}

// reference is what stands between & and ; as a character. A name that is not
// one of XML's own five is left as it is written.
func reference(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune
}

// nextAttr takes the first attribute off attrs: its name without prefix, and
// its value as written (resolve it where it may hold references). name is nil
// when there is none left.
func nextAttr(attrs []byte) (name, value, rest []byte) {
	i := 0
	for i < len(attrs) && attrs[i] <= ' ' {
		i++
	}
	start := i
	for i < len(attrs) && attrs[i] != '=' {
		if attrs[i] == ':' {
			start = i + 1
		}
		i++
	}
	if i == len(attrs) {
		return nil, nil, nil
	}
	name = trimRight(attrs[start:i])
	for i++; i < len(attrs) && attrs[i] <= ' '; i++ {
	}
	if i == len(attrs) || (attrs[i] != '"' && attrs[i] != '\'') {
		return nil, nil, nil
	}
	end := bytes.IndexByte(attrs[i+1:], attrs[i])
	if end < 0 {
		return nil, nil, nil
	}
	return name, attrs[i+1 : i+1+end], attrs[i+2+end:]
}

// attr is the resolved value of one attribute of the current start, "" when absent.
func (s *xmlScanner) attr(name string) string {
	for a, v, rest := nextAttr(s.attrs); a != nil; a, v, rest = nextAttr(rest) {
		if string(a) == name {
			return string(appendResolved(nil, v))
		}
	}
	return ""
}
