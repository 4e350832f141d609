package filter

import (
	"iter"
	"net/url"
	"slices"
	"strings"
)

func mapsKeys(query url.Values) iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range query {
			if !yield(name) {
				return
			}
		}
	}
}

// meant are names that are looked for under another word, by that word.
var meant = map[string]string{"min": "least", "minimum": "least", "max": "most", "maximum": "most"}

// nearest returns the name that a mistyped one most likely meant: one that it
// begins or that begins it, that it is another word for, or that is at most two
// letters away; "" for none.
func nearest(name string, names []string) string {
	best, least := "", 3
	name = strings.ToLower(name)
	if word := meant[name]; slices.Contains(names, word) {
		return word
	}
	if len(name) > 40 {
		return ""
	}
	for _, candidate := range names {
		away := distance(name, candidate)
		if len(name) >= 3 && (strings.HasPrefix(name, candidate) || strings.HasPrefix(candidate, name)) {
			away = min(away, 1)
		}
		// Two letters away from a name of two is any word at all.
		if away < least && away < len(candidate) {
			best, least = candidate, away
		}
	}
	return best
}

// distance counts the letters to add, drop or change between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
