package category

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed rules/category_rules.csv
var rulesCSV string

//go:embed rules/suppliers.csv
var suppliersCSV string

// knowledge is what people wrote down: rules, names of public bodies,
// and the CPV codes there are.
type knowledge struct {
	bodies *bodies
	rules  *rules
	codes  codes
}

func newKnowledge() (*knowledge, error) {
	names, err := table("rules/bodies.csv", bodiesCSV)
	if err != nil {
		return nil, err
	}
	words, err := table("rules/body_words.csv", bodyWordsCSV)
	if err != nil {
		return nil, err
	}
	general, err := table("rules/category_rules.csv", rulesCSV)
	if err != nil {
		return nil, err
	}
	suppliers, err := table("rules/suppliers.csv", suppliersCSV)
	if err != nil {
		return nil, err
	}
	list, err := newCodes()
	if err != nil {
		return nil, err
	}
	return &knowledge{newBodies(names, words), newRules(general, suppliers), list}, nil
}

// table reads an embedded CSV into one map for each line.
func table(name, text string) ([]map[string]string, error) {
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var list []map[string]string
	for _, line := range lines[1:] {
		entry := map[string]string{}
		for i, cell := range line {
			entry[lines[0][i]] = cell
		}
		list = append(list, entry)
	}
	return list, nil
}
