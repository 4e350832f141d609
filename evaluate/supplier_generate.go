package main

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"commonspend/normalize/supplier"
)

// plainNames are the names of the corpus that are words alone: a card's reference
// to a shop is the shop's, whatever follows it.
func plainNames(payees []supplier.Payee) []string {
	var names []string
	for _, p := range payees {
		name := strings.Join(strings.Fields(p.Name), " ")
		plain := !strings.ContainsFunc(name, func(c rune) bool { return c != ' ' && c != '&' && !unicode.IsLetter(c) })
		if n := strings.Count(name, " ") + 1; plain && n >= 2 && n <= 7 {
			names = append(names, name)
		}
	}
	return names
}

// recombined is the front of one name of the corpus with the end of another.
func recombined(corpus []string, random *rand.Rand) string {
	a := strings.Fields(corpus[random.IntN(len(corpus))])
	b := strings.Fields(corpus[random.IntN(len(corpus))])
	return strings.ToUpper(strings.Join(append(a[:(len(a)+1)/2:(len(a)+1)/2], b[len(b)/2:]...), " "))
}

// generate makes so many distinct names of a quarter as many organisations: each
// the front of one name of the corpus with the end of another, and perturbed. It
// returns the names and, for each, its organisation.
func generate(corpus []string, n int) (names []string, truth []int) {
	random := rand.New(rand.NewPCG(7, 11))
	seen := map[string]bool{}
	for organisation := 0; len(names) < n; organisation++ {
		base := recombined(corpus, random)
		if seen[base] {
			continue
		}
		for variant := range 1 + random.IntN(7) {
			name := base
			if variant > 0 {
				name = perturb(base, random)
			}
			if len(name) > 3 && !seen[name] && len(names) < n {
				seen[name] = true
				names, truth = append(names, name), append(truth, organisation)
			}
		}
	}
	return names, truth
}

// perturb writes a name as another publisher might.
func perturb(name string, random *rand.Rand) string {
	words := strings.Fields(name)
	at := random.IntN(len(words))
	switch random.IntN(9) {
	case 0:
		return words[0] + " " + strings.ToLower(strings.Join(words[1:], " ")) + " LIMITED"
	case 1:
		return name + []string{" (RATES)", " (G)", " LTD", " *USE 67346*", " PLC", " (UK) LTD"}[random.IntN(6)]
	case 2: // cut to a column
		width := []int{18, 22, 25, 30}[random.IntN(4)]
		return strings.TrimSpace(name[:min(len(name), width)])
	case 3: // last word first
		return strings.Join(append(words[len(words)-1:], words[:len(words)-1]...), " ")
	case 4, 5:
		if len(words[at]) < 5 {
			return name + " LTD"
		}
		words[at] = slip(words[at], random)
	case 6:
		words[at] = words[at][:(len(words[at])+1)/2]
	case 7:
		return "THE " + strings.ReplaceAll(name, " AND ", " & ")
	default:
		return strings.ReplaceAll(name, " ", "  ") + " T/A " + words[0]
	}
	return strings.Join(words, " ")
}

// slip swaps, drops or changes a letter.
func slip(word string, random *rand.Rand) string {
	w := []byte(word)
	i := 1 + random.IntN(len(w)-2)
	switch random.IntN(3) {
	case 0:
		w[i], w[i+1] = w[i+1], w[i]
	case 1:
		w = append(w[:i], w[i+1:]...)
	default:
		w[i] = byte('A' + random.IntN(26))
	}
	return string(w)
}
