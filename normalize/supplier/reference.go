package supplier

import "strings"

// parseAll takes each different name apart once, on all cores. It returns them in
// the order of the alphabet, and for each payee which is its name.
func (r *Rules) parseAll(payees []Payee) (names []*keyed, of []int32) {
	at := make(map[string]int32, len(payees))
	var texts []string
	of = make([]int32, len(payees))
	for i := range payees {
		n, ok := at[payees[i].Name]
		if !ok {
			n = int32(len(texts))
			at[payees[i].Name] = n
			texts = append(texts, payees[i].Name)
		}
		of[i] = n
	}
	out := make([]keyed, len(texts))
	names = make([]*keyed, len(texts))
	inParallel(len(texts), func(from, to int) {
		for i := from; i < to; i++ {
			out[i].name = r.parse(texts[i])
			out[i].published = texts[i]
			names[i] = &out[i]
		}
	})
	cutReferences(names)
	inParallel(len(texts), func(from, to int) {
		for i := from; i < to; i++ {
			out[i].key = key(out[i].name)
			out[i].body = r.bodies.find(out[i].name)
		}
	})
	for _, n := range of {
		out[n].rows++
	}
	return names, of
}

// cutReferences cuts a booking's letters and digits off a word that other names
// have by itself ("SKYLINEK3EK3BN8N" beside "SKYLINE").
func cutReferences(names []*keyed) {
	type place struct {
		name *keyed
		word int
	}
	var longs []place
	seen := map[string]bool{} // the words that a long one may begin with, and whether a name has them
	for _, n := range names {
		for i, w := range n.words {
			if len(w.text) < 11 || isDigit(w.text[0]) || !strings.ContainsAny(w.text, "0123456789") {
				continue
			}
			longs = append(longs, place{n, i})
			for end := len(w.text) - 4; end >= 5; end-- {
				seen[w.text[:end]] = false
			}
		}
	}
	if len(longs) == 0 {
		return
	}
	for _, n := range names {
		for _, w := range n.words {
			if len(w.text) < 5 {
				continue
			}
			if had, ok := seen[w.text]; ok && !had && !strings.ContainsAny(w.text, "0123456789") {
				seen[w.text] = true
			}
		}
	}
	for _, long := range longs {
		text := long.name.words[long.word].text
		for end := len(text) - 4; end >= 5; end-- {
			if seen[text[:end]] {
				long.name.words[long.word].text = text[:end]
				break
			}
		}
	}
}

// key is the text by which equal names are known.
func key(n name) string {
	var b strings.Builder
	for _, w := range n.words {
		b.WriteString(w.text)
		b.WriteByte(' ')
	}
	b.WriteByte('|')
	b.WriteString(n.forms)
	for _, w := range n.also {
		b.WriteByte('|')
		b.WriteString(w.text)
	}
	return b.String()
}
