package main

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"commonspend/normalize"
	"commonspend/normalize/supplier"
)

// supplierFolds is how many parts the judged pairs are cut into.
const supplierFolds = 5

// judgedPair is a line of supplier_pairs.csv of which both readers say the same.
type judgedPair struct {
	a, b, label, stratum string
	weight               float64
	fold                 int
}

// evaluateSupplier measures which names are joined, by weights fitted to the other
// folds, over all names of the corpus at once.
func evaluateSupplier() (string, error) {
	payees, err := goldPayees()
	if os.IsNotExist(err) {
		return "## Suppliers\n\nNot measured: ../shared/data/gold is absent.\n", nil
	}
	if err != nil {
		return "", err
	}
	pairs, err := judgedPairs()
	if err != nil {
		return "", err
	}
	rules, err := supplier.LoadRules()
	if err != nil {
		return "", err
	}
	shipped, seconds := merged(rules, payees, pairs, -1)
	outOfFold := map[int]bool{}
	for fold := range supplierFolds {
		trained := rules.Train(payees, lessons(pairs, fold))
		joined, _ := merged(trained, payees, pairs, fold)
		for i := range joined {
			outOfFold[i] = true
		}
	}
	charities, err := evaluateCharities(rules, payees)
	if err != nil {
		return "", err
	}
	return supplierHeading + fmt.Sprintf("All %d names resolved at once in %.1f s.\n\n", len(payees), seconds) +
		"| measure | out of fold | weights as shipped |\n|---|---|---|\n" +
		supplierRows(tally(pairs, outOfFold), tally(pairs, shipped)) + supplierNotes + byStratum(pairs, outOfFold) + charities, nil
}

const supplierHeading = `## Suppliers

` + "`go run -tags duckdb_arrow ./evaluate supplier`" + ` resolves the names of supplier_names.csv.gz and reads
supplier_pairs.csv, whose pairs two readers judged; only pairs on which they agree are counted, and
pairs that either was unsure of are left out. Out of fold: the weights that join a pair were
fitted without it and without any pair that shares a name with it, in five folds. The rules
for words and notes, the choice of features and the thresholds were made by people who had
seen these pairs; they are not out of fold.

`

const supplierNotes = `
Weighted counts each pair as often as its stratum occurs in the corpus. Payees that may be private people
are never joined (no identity is given), and count as not found.

`

// goldPayees reads the names of the corpus.
func goldPayees() ([]supplier.Payee, error) {
	file, err := os.Open(gold("supplier_names.csv.gz"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		return nil, err
	}
	known, err := normalize.LoadRules()
	if err != nil {
		return nil, err
	}
	payees := make([]supplier.Payee, 0, len(rows))
	for _, row := range rows[1:] {
		payees = append(payees, supplier.Payee{Name: row[0], Postcode: row[2], VAT: row[3], Class: known.PayeeClass(row[0])})
	}
	return payees, nil
}

// judgedPairs reads the pairs and deals them into folds: pairs that are linked by
// a name are in one fold.
func judgedPairs() ([]judgedPair, error) {
	lines, err := readGold("supplier_pairs.csv")
	if err != nil {
		return nil, err
	}
	var pairs []judgedPair
	root := map[string]string{}
	var find func(string) string
	find = func(name string) string {
		if to, ok := root[name]; ok && to != name {
			return find(to)
		}
		return name
	}
	for _, l := range lines {
		root[find(l["a"])] = find(l["b"])
		if l["label"] == "unsure" || l["label_alt"] != "" && l["label_alt"] != l["label"] {
			continue
		}
		weight, err := strconv.ParseFloat(l["weight"], 64)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, judgedPair{a: l["a"], b: l["b"], label: l["label"], stratum: l["stratum"], weight: weight})
	}
	folds := map[string]int{}
	for i := range pairs {
		group := find(pairs[i].a)
		if _, ok := folds[group]; !ok {
			folds[group] = len(folds) % supplierFolds
		}
		pairs[i].fold = folds[group]
	}
	return pairs, nil
}

// lessons are the pairs outside a fold.
func lessons(pairs []judgedPair, fold int) []supplier.Labelled {
	var out []supplier.Labelled
	for _, p := range pairs {
		if p.fold != fold {
			out = append(out, supplier.Labelled{A: p.a, B: p.b, Same: p.label == "same", Weight: 1})
		}
	}
	return out
}

// merged resolves the payees and tells which pairs of a fold (-1: of all) have one
// supplier, and the seconds that took.
func merged(rules *supplier.Rules, payees []supplier.Payee, pairs []judgedPair, fold int) (map[int]bool, float64) {
	begun := time.Now()
	ids := map[string]string{}
	for i, id := range rules.Resolve(payees).Identities {
		ids[payees[i].Name] = id.ID
	}
	seconds := time.Since(begun).Seconds()
	joined := map[int]bool{}
	for i, p := range pairs {
		if (fold < 0 || p.fold == fold) && ids[p.a] != "" && ids[p.a] == ids[p.b] {
			joined[i] = true
		}
	}
	return joined, seconds
}

// writeSupplierWeights fits the matcher's weights to all judged pairs, as they ship:
//
//	go run -tags duckdb_arrow ./evaluate supplier-weights > weights.csv
func writeSupplierWeights(out io.Writer) error {
	payees, err := goldPayees()
	if err != nil {
		return err
	}
	pairs, err := judgedPairs()
	if err != nil {
		return err
	}
	rules, err := supplier.LoadRules()
	if err != nil {
		return err
	}
	names, weights := rules.Train(payees, lessons(pairs, -1)).Weights()
	rows := [][]string{{"feature", "weight"}}
	for i, name := range names {
		rows = append(rows, []string{name, strconv.FormatFloat(weights[i], 'f', 4, 64)})
	}
	return csv.NewWriter(out).WriteAll(rows)
}

// supplierTally counts what was found and what was joined.
type supplierTally struct {
	found, right, strict share
	related              int
	relatedWeight        float64
}

func tally(pairs []judgedPair, joined map[int]bool) supplierTally {
	var t supplierTally
	for i, p := range pairs {
		if p.label == "same" {
			t.found.add(joined[i], p.weight)
		}
		if !joined[i] {
			continue
		}
		t.strict.add(p.label == "same", p.weight)
		if p.label == "related" {
			t.related++
			t.relatedWeight += p.weight
		} else {
			t.right.add(p.label == "same", p.weight)
		}
	}
	return t
}

func supplierRows(a, b supplierTally) string {
	var s strings.Builder
	for _, row := range []struct {
		what string
		of   func(supplierTally) string
	}{
		{"of the pairs that are one supplier, found", func(t supplierTally) string { return t.found.String() }},
		{"the same, weighted", func(t supplierTally) string { return t.found.pounds() }},
		{"of the pairs joined, one supplier (related apart)", func(t supplierTally) string { return t.right.String() }},
		{"the same, weighted", func(t supplierTally) string { return t.right.pounds() }},
		{"of the pairs joined, one supplier (related counted as wrong)", func(t supplierTally) string { return t.strict.String() }},
		{"related pairs joined", func(t supplierTally) string { return fmt.Sprintf("%d (weighted %.0f)", t.related, t.relatedWeight) }},
	} {
		fmt.Fprintf(&s, "| %s | %s | %s |\n", row.what, row.of(a), row.of(b))
	}
	return s.String()
}

func byStratum(pairs []judgedPair, joined map[int]bool) string {
	strata := map[string]map[int]bool{}
	for i, p := range pairs {
		if strata[p.stratum] == nil {
			strata[p.stratum] = map[int]bool{}
		}
		strata[p.stratum][i] = true
	}
	names := make([]string, 0, len(strata))
	for s := range strata {
		names = append(names, s)
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString("| likeness of the pair's letters | found, out of fold | right of those joined | related joined |\n|---|---|---|---|\n")
	for _, s := range names {
		var of []judgedPair
		in := map[int]bool{}
		for i, p := range pairs {
			if strata[s][i] {
				if joined[i] {
					in[len(of)] = true
				}
				of = append(of, p)
			}
		}
		t := tally(of, in)
		fmt.Fprintf(&b, "| %s | %s | %s | %d |\n", s, t.found, t.right, t.related)
	}
	return b.String()
}
