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
	for at := 0; at < len(query); {
		length, name, err := nextPart(query[at:])
		if err != nil {
			return "", nil, err
		}
		if name == "" {
			out.WriteString(query[at : at+length])
		} else {
			value, ok := values[name]
			if !ok {
				return "", nil, fmt.Errorf("the query names :%s, which has no value", name)
			}
			used[name] = true
			out.WriteByte('?')
			args = append(args, value)
		}
		at += length
	}
	for name := range values {
		if !used[name] {
			return "", nil, fmt.Errorf("the value %s is not used by the query", name)
		}
	}
	return out.String(), args, nil
}

// nextPart returns the length of the part that the query begins with: a quoted
// text, a comment, a cast, a :name, which it returns, or one byte of the rest.
func nextPart(query string) (length int, name string, err error) {
	switch {
	case query[0] == '\'':
		end := strings.IndexByte(query[1:], '\'')
		if end < 0 {
			return 0, "", fmt.Errorf("the query has a quote that does not end")
		}
		return end + 2, "", nil
	case strings.HasPrefix(query, "--"):
		if end := strings.IndexByte(query, '\n'); end >= 0 {
			return end, "", nil
		}
		return len(query), "", nil
	case strings.HasPrefix(query, "::"):
		return 2, "", nil
	case query[0] == ':' && nameLength(query[1:]) > 0:
		name = query[1 : 1+nameLength(query[1:])]
		return 1 + len(name), name, nil
	}
	return 1, "", nil
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

// Named returns those of the values that the query names.
func Named(query string, values map[string]any) map[string]any {
	named := map[string]any{}
	for at := 0; at < len(query); {
		length, name, err := nextPart(query[at:])
		if err != nil {
			return values // Bind says what is wrong
		}
		if value, ok := values[name]; ok && name != "" {
			named[name] = value
		}
		at += length
	}
	return named
}

// Written puts the values into the query as SQL writes them, for a person to
// run it in a shell. What runs here is bound instead.
func Written(query string, values map[string]any) string {
	var out strings.Builder
	for at := 0; at < len(query); {
		length, name, err := nextPart(query[at:])
		value, ok := values[name]
		switch text, isText := value.(string); {
		case err != nil:
			return query
		case name == "" || !ok:
			out.WriteString(query[at : at+length])
		case isText:
			out.WriteString("'" + strings.ReplaceAll(text, "'", "''") + "'")
		default:
			fmt.Fprint(&out, value)
		}
		at += length
	}
	return out.String()
}
