package indicator

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonspend/store"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/rogpeppe/go-internal/txtar"
)

// tables are what the examples' files are loaded into, with what they leave
// out.
const tables = `
CREATE TABLE given (body VARCHAR, month DATE, category VARCHAR, supplier VARCHAR, pence BIGINT, confidence DECIMAL(4, 3), vat_basis VARCHAR);
CREATE VIEW transactions AS
SELECT *, CASE WHEN month < DATE '2018-04-01' THEN '2017/18' ELSE '2018/19' END AS financial_year, 'procurement' AS scope,
  'LGTC500' AS duty, 1 AS payments, pence AS transaction_pence FROM given;
CREATE TABLE suppliers (supplier VARCHAR, name VARCHAR, kind VARCHAR, size VARCHAR, postcode_area VARCHAR);
CREATE TABLE register (body VARCHAR, postcode VARCHAR);
CREATE TABLE denominators (body VARCHAR, measure VARCHAR, year INTEGER, value DECIMAL(18, 3));`

// settings are what the examples are asked with: IT in April 2018, from £500.
var settings = map[string]any{
	"category_from": "72", "category_to": "72:", "scope": "procurement", "duty": "LGTC500", "threshold_pence": 50000, "vat_basis": "net",
	"sure": "0.800", "year_from": "2017/18", "year_to": "2018/19", "index_now": 110, "index_before": 100,
	"population_year": 2018, "beds_year": 2018, "employees_year": 2018, "turnover_pounds_year": 2018,
}

var examples = Set{
	Bodies: []Body{{ID: "A", Subject: true, HeldBefore: true}, {ID: "B"}},
	Months: []Month{{First: "2018-04-01"}, {First: "2017-04-01", Ago: 1}},
}

// TestExamples works the example of every indicator's page.
func TestExamples(t *testing.T) {
	for _, indicator := range List() {
		page, err := indicator.Page()
		if err != nil {
			t.Errorf("%s has no page: %v", indicator.ID, err)
			continue
		}
		checkHeadings(t, indicator.ID, page)
		t.Run(indicator.ID, func(t *testing.T) { work(t, indicator, page) })
	}
}

// checkHeadings holds the pages to the same headings in the same order.
func checkHeadings(t *testing.T, id, page string) {
	t.Helper()
	var headings []string
	for _, line := range strings.Split(page, "\n") {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			headings = append(headings, heading)
		}
	}
	want := []string{"What it says", "Method", "Worked example", "What it leaves out", "How it can mislead"}
	if !slices.Equal(headings, want) {
		t.Errorf("the headings of %s are %q, want %q", id, headings, want)
	}
}

func work(t *testing.T, indicator Indicator, page string) {
	example, err := txtar.ParseFile(filepath.Join("testdata", indicator.ID+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(tables); err != nil {
		t.Fatal(err)
	}
	var want [][]string
	for _, file := range example.Files {
		lines, err := csv.NewReader(strings.NewReader(string(file.Data))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if file.Name == "answer.csv" {
			want = lines[1:]
			continue
		}
		insert(t, db, strings.TrimSuffix(file.Name, ".csv"), lines)
	}
	got := answers(t, db, indicator)
	for _, line := range want {
		if !slices.Contains(got, strings.Join(line, ",")) {
			t.Errorf("want %s, got %q", strings.Join(line, ","), got)
		}
	}
	_, told, _ := strings.Cut(page, "## Worked example")
	told, _, _ = strings.Cut(told, "## What it leaves out")
	for _, value := range want[0][1:] { // of the body that the example is about
		if short := strings.TrimRight(strings.TrimRight(value, "0"), "."); !strings.Contains(told, short) && !strings.Contains(told, strings.TrimSuffix(value, ".000000")) {
			t.Errorf("the page's worked example does not come to %s", value)
		}
	}
}

func insert(t *testing.T, db *sql.DB, table string, lines [][]string) {
	t.Helper()
	if table == "transactions" {
		table = "given"
	}
	for _, line := range lines[1:] {
		args := make([]any, len(line))
		for i, cell := range line {
			args[i] = cell
		}
		text := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(lines[0], ", "), strings.TrimSuffix(strings.Repeat("?, ", len(line)), ", "))
		if _, err := db.Exec(text, args...); err != nil {
			t.Fatal(err)
		}
	}
}

// answers returns body,value,low,high of each body.
func answers(t *testing.T, db *sql.DB, indicator Indicator) []string {
	t.Helper()
	text, own, err := examples.Statement([]Indicator{indicator})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range settings {
		own[name] = value
	}
	query, args, err := store.Bind(text, store.Named(text, own))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query("SELECT body || ',' || value || ',' || low || ',' || high FROM ("+query+")", args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var line sql.NullString
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		list = append(list, line.String)
	}
	return list
}
