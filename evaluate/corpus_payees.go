package main

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed corpus_payees.sql
var largestPayees string

// checkedPayees is what a person found of the largest payees: one line for each
// string that was looked at: payee, identity, scope, category (right or wrong,
// ” for none to judge) and what would be right.
//
//go:embed corpus_payees.csv
var checkedPayees string

const largestHeading = `## The 100 largest payees

The 100 payee strings with most pounds, absolute, of the corpus; blanks aside. Each was looked at by
one person, who knows the bodies but has no ledger: identity is the organisation and its kind; scope
and division are judged by where most of the pounds are; a police authority is its force, as the readers
of the labelled pairs have it. A wrong one says what would be right.

`

// writeLargest writes the table of the largest payees, with what was found of each.
func writeLargest(ctx context.Context, db *sql.DB, out *strings.Builder) error {
	checked, err := readTable(strings.NewReader(checkedPayees))
	if err != nil {
		return err
	}
	found := map[string]map[string]string{}
	for _, entry := range checked {
		found[entry["payee"]] = entry
	}
	rows, err := db.QueryContext(ctx, largestPayees)
	if err != nil {
		return err
	}
	defer rows.Close()
	var table strings.Builder
	counts := map[string]int{}
	for rows.Next() {
		var payee, supplier, kind, scopes string
		var millions int64
		if err := rows.Scan(&payee, &millions, &supplier, &kind, &scopes); err != nil {
			return err
		}
		entry := found[payee]
		if entry["supplier"] != supplier {
			entry = nil
		}
		for _, what := range []string{"identity", "scope", "category"} {
			counts[what+" "+entry[what]]++
		}
		fmt.Fprintf(&table, "| %s | %d | %s | %s | %s | %s |\n", cell(payee), millions, cell(supplier), kind, scopes, verdict(entry))
	}
	out.WriteString(largestHeading + "| | right | wrong | none to judge | not looked at |\n|---|---|---|---|---|\n")
	for _, what := range []string{"identity", "scope", "category"} {
		looked := counts[what+" right"] + counts[what+" wrong"] + counts[what+" none"]
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d |\n", what, counts[what+" right"], counts[what+" wrong"], counts[what+" none"], 100-looked)
	}
	out.WriteString("\n| payee | pounds (m) | supplier | kind | scope and division, pounds (m) | found |\n|---|---|---|---|---|---|\n" + table.String())
	return rows.Err()
}

// verdict says what is wrong about a payee, and what would be right.
func verdict(entry map[string]string) string {
	if entry == nil {
		return "not looked at"
	}
	var wrong []string
	for _, what := range []string{"identity", "scope", "category"} {
		if entry[what] == "wrong" {
			wrong = append(wrong, what)
		}
	}
	if len(wrong) == 0 {
		return "right"
	}
	return strings.Join(wrong, ", ") + " wrong: " + entry["note"]
}

// cell keeps a text within its cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", "/") }
