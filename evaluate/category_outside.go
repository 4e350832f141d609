package main

import (
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/normalize/category"
)

// outsideLabels measures on what others called things: notices' CPV codes, and
// two councils' own ProClass labels through a crosswalk that nobody has reviewed.
func outsideLabels(judge *category.Judge) (string, error) {
	var b strings.Builder
	b.WriteString("\n### Others' labels\n\nOf all lines judged to be procurement, however unsure. The councils' labels are ProClass, held\nagainst the divisions that a draft crosswalk gives for their first level: many are wrong or too\nwide, and their level is not the division's, so that no figure measured otherwise compares.\n\n| labels | division right |\n|---|---|\n")
	notices, err := readGold("notices_text_cpv.csv")
	if err != nil {
		return "", err
	}
	var s share
	for _, n := range notices {
		text := "Description=" + n["title"] + " " + strings.ReplaceAll(n["description"], "|", " ")
		judged := judge.Judge(category.Line{Publisher: n["buyer"], Payee: n["suppliers"], Text: text})
		if len(n["cpv"]) >= 2 && judged.Scope == category.Procurement {
			s.add(digits(judged.Likely, 2) == n["cpv"][:2], 1)
		}
	}
	fmt.Fprintf(&b, "| notices | %s |\n", s)
	councils, err := councilLabels(judge)
	for _, name := range slices.Sorted(maps.Keys(councils)) {
		fmt.Fprintf(&b, "| %s | %s |\n", name, councils[name])
	}
	return b.String(), err
}

func councilLabels(judge *category.Judge) (map[string]*share, error) {
	divisions, err := proclassDivisions()
	if err != nil {
		return nil, err
	}
	in, err := os.Open(gold("council_spend_category_labels.csv.gz"))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	packed, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	lines, err := readTable(packed)
	if err != nil {
		return nil, err
	}
	shares := map[string]*share{}
	for _, line := range lines {
		top, _, _ := strings.Cut(strings.ToLower(line["proclass"]), ".")
		open := divisions[strings.TrimSpace(top)]
		if open == nil {
			continue
		}
		judged := judge.Judge(category.Line{Publisher: line["council"], Payee: line["supplier_name"], Text: line["description_fields"]})
		if judged.Scope == category.Procurement {
			at(shares, line["council"]).add(slices.Contains(open, digits(judged.Likely, 2)), 1)
		}
	}
	return shares, nil
}

func proclassDivisions() (map[string][]string, error) {
	in, err := os.Open(filepath.Join("..", "shared", "data", "reference", "DRAFT_proclass_l1_to_cpv_division.csv"))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	lines, err := readTable(in)
	if err != nil {
		return nil, err
	}
	open := map[string][]string{}
	for _, line := range lines {
		name := strings.ToLower(line["proclass_level1"])
		open[name] = append(open[name], line["cpv_division"])
	}
	return open, nil
}
