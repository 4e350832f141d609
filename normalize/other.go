package normalize

import (
	"strconv"
	"unicode/utf8"
)

// otherColumn is a column that the common schema has no place for, with its
// header already written as the JSON key `"header":`.
type otherColumn struct {
	column int
	key    []byte
}

// otherColumns lists the unmapped columns. A header that repeats gets its
// number ("Gross (2)"), a blank one the column's ("column 4").
func (l *layout) otherColumns() []otherColumn {
	var out []otherColumn
	uses := map[string]int{}
	for i, header := range l.headers {
		uses[header]++
		if l.fields[i] != fieldNone {
			continue
		}
		name := header
		switch {
		case header == "":
			name = "column " + strconv.Itoa(i+1)
		case uses[header] > 1:
			name = header + " (" + strconv.Itoa(uses[header]) + ")"
		}
		out = append(out, otherColumn{i, append(appendJSON(nil, name), ':')})
	}
	return out
}

// appendOther writes the unmapped cells of a row as a JSON object, leaving
// blank ones out; nothing where all are blank. Cells beyond the header's last
// column are kept under their column number.
func appendOther(b []byte, cells []string, columns []otherColumn, width int) []byte {
	start := len(b)
	for _, c := range columns {
		if c.column < len(cells) {
			if text := trim(cells[c.column]); text != "" {
				b = appendPair(b, start, c.key, text)
			}
		}
	}
	for i := width; i < len(cells); i++ {
		if text := trim(cells[i]); text != "" {
			key := append(appendJSON(nil, "column "+strconv.Itoa(i+1)), ':')
			b = appendPair(b, start, key, text)
		}
	}
	if len(b) > start {
		b = append(b, '}')
	}
	return b
}

func appendPair(b []byte, start int, key []byte, text string) []byte {
	if len(b) == start {
		b = append(b, '{')
	} else {
		b = append(b, ',')
	}
	b = append(b, key...)
	return appendJSON(b, text)
}

// appendJSON writes a JSON string. Almost every cell needs no escape, and is
// copied in one piece.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return append(append(b, s...), '"')
	}
	return append(appendEscaped(b, s), '"')
}

func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
