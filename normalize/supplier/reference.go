package supplier

import (
	"runtime"
	"strings"
	"sync"
)

// parseAll takes each different name apart once, on all cores.
func (r *Rules) parseAll(payees []Payee) map[string]*keyed {
	parsed := make(map[string]*keyed, len(payees))
	var names []string
	for i := range payees {
		if _, ok := parsed[payees[i].Name]; !ok {
			parsed[payees[i].Name] = nil
			names = append(names, payees[i].Name)
		}
	}
	out := make([]keyed, len(names))
	inParallel(len(names), func(from, to int) {
		for i := from; i < to; i++ {
			out[i].name = r.parse(names[i])
		}
	})
	for i, n := range names {
		parsed[n] = &out[i]
	}
	return parsed
}

// inParallel cuts a range into pieces and does them on all cores.
func inParallel(n int, do func(from, to int)) {
	const piece = 2048
	var next int
	var lock sync.Mutex
	take := func() int {
		lock.Lock()
		defer lock.Unlock()
		at := next
		next += piece
		return at
	}
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for at := take(); at < n; at = take() {
				do(at, min(at+piece, n))
			}
		})
	}
	wait.Wait()
}

// cutReferences cuts a booking's letters and digits off a word that other names
// have by itself ("SKYLINEK3EK3BN8N" beside "SKYLINE"), and gives each name its key.
func cutReferences(parsed map[string]*keyed) {
	seen := map[string]int{}
	for _, n := range parsed {
		for _, w := range n.words {
			if len(w.text) >= 5 && !strings.ContainsAny(w.text, "0123456789") {
				seen[w.text]++
			}
		}
	}
	for _, n := range parsed {
		for i, w := range n.words {
			if len(w.text) < 11 || !strings.ContainsAny(w.text, "0123456789") || isDigit(w.text[0]) {
				continue
			}
			for end := len(w.text) - 4; end >= 5; end-- {
				if seen[w.text[:end]] > 0 {
					n.words[i].text = w.text[:end]
					break
				}
			}
		}
		n.key = key(n.name)
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
