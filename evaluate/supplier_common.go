package main

import (
	"encoding/csv"
	"io"
	"strconv"

	"commonspend/normalize/supplier"
)

// writeCommonWords counts the common words of the corpus's names, as
// normalize/supplier/rules/common.csv has them:
//
//	go run -tags duckdb_arrow ./evaluate supplier-words > common.csv
func writeCommonWords(out io.Writer) error {
	payees, err := goldPayees()
	if err != nil {
		return err
	}
	rules, err := supplier.LoadRules()
	if err != nil {
		return err
	}
	names, words := rules.CommonWords(payees)
	rows := [][]string{{"word", "names"}, {"", strconv.Itoa(names)}}
	for _, w := range words {
		rows = append(rows, []string{w.Word, strconv.Itoa(w.Names)})
	}
	return csv.NewWriter(out).WriteAll(rows)
}
