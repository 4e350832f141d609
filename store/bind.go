package store

import (
	"fmt"
	"strings"
)

// Bind replaces each :name in query by a positional ? and returns the values
// in that order. Text in single quotes, and :: casts, are left alone. A name
// without a value, or a value that no name uses, is a mistake in the program.
func Bind(query string, values map[string]any) (string, []any, error) {
	var out strings.Builder
	var args []any
	used := map[string]bool{}
	for i := 0; i < len(query); {
		switch {
		case query[i] == '\'':
			end := i + 1 + strings.IndexByte(query[i+1:], '\'')
			if end == i {
				return "", nil, fmt.Errorf("the query has a quote that does not end")
			}
			out.WriteString(query[i : end+1])
			i = end + 1
		case query[i] == '-' && strings.HasPrefix(query[i:], "--"):
			end := strings.IndexByte(query[i:], '\n')
			if end < 0 {
				end = len(query) - i
			}
			out.WriteString(query[i : i+end])
			i += end
		case query[i] == ':' && strings.HasPrefix(query[i:], "::"):
			out.WriteString("::")
			i += 2
		case query[i] == ':' && nameLength(query[i+1:]) > 0:
			name := query[i+1 : i+1+nameLength(query[i+1:])]
			value, ok := values[name]
			if !ok {
				return "", nil, fmt.Errorf("the query names :%s, which has no value", name)
			}
			used[name] = true
			out.WriteByte('?')
			args = append(args, value)
			i += 1 + len(name)
		default:
			out.WriteByte(query[i])
			i++
		}
	}
	for name := range values {
		if !used[name] {
			return "", nil, fmt.Errorf("the value %s is not used by the query", name)
		}
	}
	return out.String(), args, nil
}

// nameLength returns how many bytes of text begin with form a name: a lower
// case letter, then letters, digits and underscores.
func nameLength(text string) int {
	for i := range len(text) {
		c := text[i]
		letter := c >= 'a' && c <= 'z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(text)
}
