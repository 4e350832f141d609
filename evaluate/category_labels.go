package main

import "fmt"

// labelsAgree tells how often the test lines' labels are those that the training
// lines of the same publisher and payee all have, beside how often a training line's
// own label is that of all the others: what a judge that knew those labels by
// heart would get right. Of the training lines it takes those labelled from the
// guide alone, as the test lines were, whose reader was sure or fairly sure.
func labelsAgree(lines []map[string]string) (string, error) {
	train, err := readGold("train_lines.csv")
	if err != nil {
		return "", err
	}
	text := `
### How far the labels agree

A judge that gave each test line the label that all training lines of the same publisher and payee have
(those labelled from the guide alone) would be right so often; beside it, how often the others tell
a training line's own label.

| label | test lines | training lines |
|---|---|---|
`
	for _, field := range []string{"scope", "division"} {
		var test, within share
		labels := labelsOfPairs(train, field)
		for _, line := range lines {
			if said := labels[pairOf(line)]; len(said) == 1 && line[field] != "" {
				test.add(said[line[field]] > 0 || said[line[field+"_alt"]] > 0, 1)
			}
		}
		for _, said := range labels {
			within.addOthers(said)
		}
		text += fmt.Sprintf("| %s | %s | %s |\n", field, test, within)
	}
	return text, nil
}

// pairOf is a line's publisher and payee.
func pairOf(line map[string]string) [2]string { return [2]string{line["publisher"], line["payee"]} }

// labelsOfPairs counts the labels of each publisher's payments to each payee.
func labelsOfPairs(train []map[string]string, field string) map[[2]string]map[string]int {
	labels := map[[2]string]map[string]int{}
	for _, line := range train {
		if line["id"][0] != 't' || line["confidence"] == "l" || line[field] == "" {
			continue
		}
		pair := pairOf(line)
		if labels[pair] == nil {
			labels[pair] = map[string]int{}
		}
		labels[pair][line[field]]++
	}
	return labels
}

// addOthers adds each of a pair's lines whose others all have one label: whether it has it too.
func (s *share) addOthers(labels map[string]int) {
	for _, count := range labels {
		switch {
		case len(labels) == 1 && count > 1:
			for range count {
				s.add(true, 1)
			}
		case len(labels) == 2 && count == 1:
			s.add(false, 1)
		}
	}
}
