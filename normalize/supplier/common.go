package supplier

import (
	"cmp"
	"slices"
)

// commonFrom is in how many names a word stands to be among the common ones.
const commonFrom = 60

// WordCount is a word and how many different names have it.
type WordCount struct {
	Word  string
	Names int
}

// CommonWords counts the words of payees' names, for rules/common.csv: how many
// different names there are, and the words that many have, the commonest first.
func (r *Rules) CommonWords(payees []Payee) (names int, words []WordCount) {
	v, units, _ := r.gather(payees)
	counts := make([]int, len(v.text))
	for _, u := range units {
		for _, w := range u.words { // each word is there once
			counts[w.id]++
		}
	}
	for id, n := range counts {
		if n >= commonFrom && !allDigits(v.text[id]) {
			words = append(words, WordCount{v.text[id], n})
		}
	}
	slices.SortFunc(words, func(a, b WordCount) int {
		return cmp.Or(cmp.Compare(b.Names, a.Names), cmp.Compare(a.Word, b.Word))
	})
	return len(units), words
}
