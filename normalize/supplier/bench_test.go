package supplier

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"testing"
	"unicode"
)

// corpusNames are the names of the corpus that are words alone: a
// card's reference to a shop is the shop's, whatever follows it.
func corpusNames(t testing.TB) []string {
	var names []string
	for _, p := range allNames(t) {
		name := strings.Join(strings.Fields(p.Name), " ")
		plain := !strings.ContainsFunc(name, func(c rune) bool { return c != ' ' && c != '&' && !unicode.IsLetter(c) })
		if n := strings.Count(name, " ") + 1; plain && n >= 2 && n <= 7 {
			names = append(names, name)
		}
	}
	return names
}

// allNames are the names of the corpus, as published.
func allNames(t testing.TB) []Payee {
	file, err := os.Open("../../../shared/data/gold/supplier_names.csv.gz")
	if err != nil {
		t.Skip("../shared/data is absent")
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	payees := make([]Payee, 0, len(rows))
	for _, row := range rows[1:] {
		payees = append(payees, Payee{Name: row[0], Postcode: row[2], VAT: row[3]})
	}
	return payees
}

// generate makes so many distinct names of a quarter as many organisations: each
// the front of one name of the corpus with the end of another, and perturbed. It
// returns the names and, for each, its organisation.
func generate(corpus []string, n int) (payees []Payee, truth []int) {
	random := rand.New(rand.NewPCG(7, 11))
	seen := map[string]bool{}
	for entity := 0; len(payees) < n; entity++ {
		a := strings.Fields(corpus[random.IntN(len(corpus))])
		b := strings.Fields(corpus[random.IntN(len(corpus))])
		base := strings.ToUpper(strings.Join(append(a[:(len(a)+1)/2:(len(a)+1)/2], b[len(b)/2:]...), " "))
		if seen[base] {
			continue
		}
		for variant := range 1 + random.IntN(7) {
			name := base
			if variant > 0 {
				name = perturb(base, random)
			}
			if len(name) > 3 && !seen[name] && len(payees) < n {
				seen[name] = true
				payees, truth = append(payees, Payee{Name: name}), append(truth, entity)
			}
		}
	}
	return payees, truth
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
	case 4, 5: // a slip of the keyboard
		w := []byte(words[at])
		if len(w) < 5 {
			return name + " LTD"
		}
		i := 1 + random.IntN(len(w)-2)
		switch random.IntN(3) {
		case 0:
			w[i], w[i+1] = w[i+1], w[i]
		case 1:
			w = append(w[:i], w[i+1:]...)
		default:
			w[i] = byte('A' + random.IntN(26))
		}
		words[at] = string(w)
	case 6:
		words[at] = words[at][:(len(words[at])+1)/2]
	case 7:
		return "THE " + strings.ReplaceAll(name, " AND ", " & ")
	default:
		return strings.ReplaceAll(name, " ", "  ") + " T/A " + words[0]
	}
	return strings.Join(words, " ")
}

// BenchmarkResolve resolves generated names against each other, and gives the
// pairwise F1 on the generator's truth. Run it on two cores:
//
//	go test -tags duckdb_arrow -run xxx -bench Resolve -benchtime 1x -cpu 2 ./normalize/supplier
func BenchmarkResolve(b *testing.B) {
	corpus := corpusNames(b)
	r, err := LoadRules()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			payees, truth := generate(corpus, n)
			b.ResetTimer()
			var result Result
			for b.Loop() {
				result = r.Resolve(payees)
			}
			f1, precision, recall := pairwise(result.Identities, truth)
			var use syscall.Rusage
			if syscall.Getrusage(syscall.RUSAGE_SELF, &use) == nil {
				b.ReportMetric(float64(use.Maxrss)/1024, "peakMB")
			}
			b.ReportMetric(f1, "F1")
			b.ReportMetric(precision, "precision")
			b.ReportMetric(recall, "recall")
		})
	}
}

// pairwise counts pairs of names that are in one cluster and of one organisation.
func pairwise(ids []Identity, truth []int) (f1, precision, recall float64) {
	type both struct {
		id     string
		entity int
	}
	found, real, right := map[string]float64{}, map[int]float64{}, map[both]float64{}
	for i, id := range ids {
		real[truth[i]]++
		if id.ID != "" {
			found[id.ID]++
			right[both{id.ID, truth[i]}]++
		}
	}
	pairs := func(n float64) float64 { return n * (n - 1) / 2 }
	var f, t, r float64
	for _, n := range found {
		f += pairs(n)
	}
	for _, n := range real {
		t += pairs(n)
	}
	for _, n := range right {
		r += pairs(n)
	}
	precision, recall = r/max(1, f), r/max(1, t)
	return 2 * precision * recall / max(1e-9, precision+recall), precision, recall
}
