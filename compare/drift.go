package compare

import (
	"fmt"
	"slices"
	"strings"
)

// drift says in words how a layout differs from the one before it: "1 column
// is new: “Contract”; 2 columns are gone: “A”, “B”; 1 column is renamed: “Net” to
// “Net amount”".
func drift(before, now []column) string {
	switch {
	case headed(before) && !headed(now):
		return "the header row is gone"
	case !headed(before) && headed(now):
		return "there is a header row now"
	}
	added, lost := missing(now, before), missing(before, now)
	var parts, renamed []string
	for _, old := range slices.Clone(lost) {
		if at := successor(old, lost, added); at >= 0 {
			renamed = append(renamed, quote(old)+" to "+quote(added[at]))
			lost = slices.DeleteFunc(lost, func(c column) bool { return c == old })
			added = slices.Delete(added, at, at+1)
		}
	}
	parts = appendList(parts, quoted(added), "1 column is new: ", "columns are new: ")
	parts = appendList(parts, quoted(lost), "1 column is gone: ", "columns are gone: ")
	parts = appendList(parts, renamed, "1 column is renamed: ", "columns are renamed: ")
	parts = appendList(parts, remapped(before, now), "1 column is read otherwise: ", "columns are read otherwise: ")
	if reordered(before, now) {
		parts = append(parts, "the columns stand in another order")
	}
	if len(parts) == 0 {
		return "columns without a header stand elsewhere"
	}
	return strings.Join(parts, "; ")
}

// headed reports whether any column has a header.
func headed(columns []column) bool {
	return slices.ContainsFunc(columns, func(c column) bool { return c.header != "" })
}

// missing returns the columns of a that b lacks.
func missing(a, b []column) (list []column) {
	for _, c := range a {
		if find(b, c.key) < 0 {
			list = append(list, c)
		}
	}
	return list
}

// successor returns the place of the new column that took over an old one's
// field, -1 where there is none, or more than one of either.
func successor(old column, lost, added []column) int {
	same := func(c column) bool { return c.field == old.field }
	if old.field == "" || old.header == "" || count(lost, same) != 1 || count(added, same) != 1 {
		return -1
	}
	return slices.IndexFunc(added, same)
}

func count(columns []column, is func(column) bool) (n int) {
	for _, c := range columns {
		if is(c) {
			n++
		}
	}
	return n
}

// remapped tells which columns became another field under the same header.
func remapped(before, now []column) (list []string) {
	for _, c := range now {
		if at := find(before, c.key); at >= 0 && before[at].field != c.field {
			list = append(list, fmt.Sprintf("%s %s (before: %s)", quote(c), role(c.field), role(before[at].field)))
		}
	}
	return list
}

// role says what became of a column.
func role(field string) string {
	if field == "" {
		return "under its own header"
	}
	return "as " + strings.ReplaceAll(field, "_", " ")
}

// reordered reports whether the columns that both layouts have stand in another
// order.
func reordered(before, now []column) bool {
	last := -1
	for _, c := range now {
		at := find(before, c.key)
		if at >= 0 && at < last {
			return true
		}
		last = max(last, at)
	}
	return false
}

// named is how many columns a list names before it only counts them.
const named = 4

// appendList adds what a list holds, if anything, after one of two openings.
func appendList(parts, list []string, one, many string) []string {
	switch n := len(list); {
	case n == 0:
		return parts
	case n == 1:
		return append(parts, one+list[0])
	case n <= named:
		return append(parts, fmt.Sprintf("%d %s%s", n, many, strings.Join(list, ", ")))
	default:
		return append(parts, fmt.Sprintf("%d %s%s and %d more", n, many, strings.Join(list[:named-1], ", "), n-named+1))
	}
}

func quoted(columns []column) (list []string) {
	for _, c := range columns {
		list = append(list, quote(c))
	}
	return list
}

// quote writes a header in quotes, cut to a length that sentences can hold.
func quote(c column) string {
	const longest = 40
	if c.header == "" {
		return c.key
	}
	runes := []rune(c.header)
	if len(runes) > longest {
		runes = append(runes[:longest-1:longest-1], '…')
	}
	return "“" + string(runes) + "”"
}
