package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"commonspend/normalize"
	"commonspend/normalize/supplier"

	"github.com/spf13/cobra"
)

func (a *app) resolveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "resolve",
		Short: "Say which payee names are one supplier",
		Example: `  commonspend resolve < names.csv > suppliers.csv
  commonspend resolve --json < names.csv`,
		Long: `Reads CSV with the columns id and payee and any of postcode, company_number,
charity_number, vat_number, publisher and date, and writes CSV with the columns
id, supplier_id, supplier_name, kind, confidence, method and reason. Rows of one
supplier share its supplier_id, which does not hang on the order of the rows. An
empty supplier_id abstains: private people, redactions and names that say nothing
are not named.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.resolve(cmd.InOrStdin()) },
	}
}

// resolveColumns are the columns that resolve reads; the first two must be there.
var resolveColumns = []string{"id", "payee", "postcode", "company_number", "charity_number", "vat_number", "publisher", "date"}

func (a *app) resolve(in io.Reader) error {
	known, err := normalize.LoadRules()
	if err != nil {
		return err
	}
	ids, payees, err := readPayees(in, known)
	if err != nil {
		return err
	}
	rules, err := supplier.LoadRules()
	if err != nil {
		return err
	}
	result := rules.Resolve(payees)
	if a.json {
		return a.resolvedJSON(ids, result)
	}
	out := csv.NewWriter(a.out)
	rows := [][]string{{"id", "supplier_id", "supplier_name", "kind", "confidence", "method", "reason"}}
	for i, r := range result.Identities {
		rows = append(rows, []string{ids[i], r.ID, r.Name, string(r.Kind), fmt.Sprintf("%.2f", r.Confidence), r.Method, r.Reason})
	}
	return out.WriteAll(rows)
}

// resolvedJSON writes {"suppliers": […], "links": […]}.
func (a *app) resolvedJSON(ids []string, result supplier.Result) error {
	type row struct {
		ID         string `json:"id"`
		Supplier   string `json:"supplier_id"`
		Name       string `json:"supplier_name"`
		Kind       string `json:"kind"`
		Confidence string `json:"confidence"`
		Method     string `json:"method"`
		Reason     string `json:"reason"`
	}
	type link struct {
		A      string `json:"a"`
		B      string `json:"b"`
		Reason string `json:"reason"`
	}
	rows, links := make([]row, len(ids)), make([]link, len(result.Links))
	for i, r := range result.Identities {
		rows[i] = row{ids[i], r.ID, r.Name, string(r.Kind), fmt.Sprintf("%.2f", r.Confidence), r.Method, r.Reason}
	}
	for i, l := range result.Links {
		links[i] = link(l)
	}
	return json.NewEncoder(a.out).Encode(map[string]any{"suppliers": rows, "links": links})
}

// readPayees reads all of the input before anything is written.
func readPayees(in io.Reader, known *normalize.Rules) (ids []string, payees []supplier.Payee, err error) {
	if isTerminal(in) {
		return nil, nil, &usageError{"resolve reads CSV from standard input: commonspend resolve < names.csv"}
	}
	r := csv.NewReader(in)
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, &usageError{"the input is empty: resolve needs CSV with the columns id and payee"}
	}
	if err != nil {
		return nil, nil, badCSV(err)
	}
	at, err := columnsOf(header, resolveColumns, 2)
	if err != nil {
		return nil, nil, &usageError{err.Error()}
	}
	seen := map[string]int{}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return ids, payees, nil
		}
		if err == nil {
			err = readable(r, record)
		}
		if err != nil {
			return nil, nil, badCSV(err)
		}
		line, _ := r.FieldPos(0)
		id, payee, err := onePayee(record, at, known)
		if err != nil {
			return nil, nil, &usageError{fmt.Sprintf("line %d: %s", line, err)}
		}
		if first, ok := seen[id]; ok {
			return nil, nil, &usageError{fmt.Sprintf("line %d: the id %q was given on line %d already; each row needs its own", line, id, first)}
		}
		seen[id] = line
		ids, payees = append(ids, id), append(payees, payee)
	}
}

func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	about, err := file.Stat()
	return err == nil && about.Mode()&os.ModeCharDevice != 0
}

func badCSV(err error) error {
	if err = brokenCSV(err); is[*brokenLine](err) {
		return &usageError{err.Error()}
	}
	return err
}

func onePayee(record []string, at []int, known *normalize.Rules) (string, supplier.Payee, error) {
	var cells [8]string
	for i, column := range at {
		if column >= 0 {
			cells[i] = strings.Clone(record[column])
		}
	}
	p := supplier.Payee{Name: cells[1], Postcode: cells[2], Company: cells[3], Charity: cells[4], VAT: cells[5], Publisher: cells[6], Date: cells[7]}
	p.Class = known.PayeeClass(p.Name)
	if _, _, err := supplier.CompanyNumber(p.Company); err != nil {
		return "", p, err
	}
	return cells[0], p, nil
}
