package compare

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonspend/schemas"

	_ "github.com/duckdb/duckdb-go/v2"
)

// defaults fills what a test's line leaves out.
var defaults = map[string]map[string]string{
	"publishers": {"name": "'A body'", "sector": "'local'", "kind": "'District'", "duty": "'LGTC500'",
		"threshold_pence": "50000", "licence": "'OGL'", "attribution": "''"},
	"files": {"file": "''", "name": "''", "source": "''", "bytes": "0", "received": "TIMESTAMP '2020-01-01 09:00:00'",
		"outcome": "'load'", "reason": "''", "duty": "'LGTC500'", "period_basis": "'name'", "rules": "''"},
	"sheets": {"sheet_no": "1", "member": "''", "sheet": "''", "encoding": "''", "delimiter": "''", "header_row": "1",
		"physical": "0", "preamble": "0", "header": "0", "payments": "1", "refused": "0", "blank": "0", "total": "0", "note": "0",
		"readable_pence": "0", "payment_pence": "0", "total_pence": "0", "note_pence": "0", "negative": "0",
		"date_order": "'none'", "vat_basis": "'unknown'", "vat_evidence": "''"},
	"payments": {"sheet_no": "1", "date_column": "1", "amount_column": "2", "payee_column": "3",
		"date_kind": "'unknown'", "vat_basis": "'unknown'", "payee_class": "'organisation'", "text_withheld": "false",
		"number_kind": "''", "line_hash": "0"},
	"lines": {"category": "''", "likely": "''", "confidence": "1", "method": "'model'", "reason": "''", "version": "''"},
	"payees": {"payee": "''", "payee_class": "'organisation'", "postcode": "''", "number_kind": "''", "number": "''",
		"confidence": "1", "method": "'name'", "reason": "''", "version": "''"},
	"entities": {"reported": "false", "confidence": "1", "method": "'register'", "reason": "''", "version": "''"},
}

// derived gives each table under test the order of its full key.
var derived = map[string]string{
	"editions":       "editions ORDER BY file_no",
	"file_months":    "file_months ORDER BY file_no, body, duty, month NULLS FIRST",
	"same_payments":  "same_payments ORDER BY file_no, sheet_no, row, of_file_no, of_sheet_no, of_row",
	"transactions":   "transactions ORDER BY file_no, sheet_no, row",
	"benchmarks":     "benchmarks ORDER BY kind, financial_year, duty, vat_basis, division",
	"coverage":       "coverage ORDER BY body, duty, month NULLS FIRST",
	"figures":        "figures ORDER BY body, duty, financial_year, month NULLS FIRST, dimension, key",
	"comparisons":    "comparisons ORDER BY body, duty, month",
	"totals":         "totals ORDER BY body, month, duty, vat_basis, scope, floor_pence",
	"layouts":        "layouts ORDER BY publisher, duty, first_file_no, layout",
	"layout_changed": "issues WHERE kind = 'layout_changed' ORDER BY file_no",
	"undecided":      "issues WHERE kind = 'period_undecided' ORDER BY file_no, value",
	"repeated":       "issues WHERE kind = 'period_repeated' ORDER BY file_no",
	"period_shared":  "issues WHERE kind = 'period_shared' ORDER BY file_no, value",
}

// querier is a database, or a transaction on it.
type querier interface {
	Query(text string, args ...any) (*sql.Rows, error)
}

func openWarehouse(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schemas.WarehouseSQL); err != nil {
		t.Fatal(err)
	}
	return db
}

// inTx runs do in a transaction and commits it.
func inTx(t testing.TB, db *sql.DB, do func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := do(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// dump writes columns of a derived table as CSV, in the order of its key.
func dump(t testing.TB, db querier, table, columns string) string {
	t.Helper()
	if derived[table] == "" {
		t.Fatalf("no derived table %q", table)
	}
	return query(t, db, "SELECT "+columns+" FROM "+derived[table])
}

// query writes a result as CSV with its header; NULL is an empty cell.
func query(t testing.TB, db querier, text string) string {
	t.Helper()
	rows, err := db.Query("SELECT COLUMNS(*)::VARCHAR FROM (" + text + ")")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	header, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	w.Write(header)
	cells := make([]sql.NullString, len(header))
	scan, line := make([]any, len(header)), make([]string, len(header))
	for i := range cells {
		scan[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(scan...); err != nil {
			t.Fatal(err)
		}
		for i, cell := range cells {
			line[i] = cell.String
		}
		w.Write(line)
	}
	w.Flush()
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// fill inserts the lines of a CSV with a header into a table. An empty cell is
// NULL in a date or a text column of a payment, "" elsewhere.
func fill(t testing.TB, db *sql.DB, table, text string) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	for _, line := range lines[1:] {
		var names, values []string
		for i, name := range lines[0] {
			names, values = append(names, name), append(values, literal(name, line[i]))
		}
		for name, value := range defaults[table] {
			if !slices.Contains(lines[0], name) {
				names, values = append(names, name), append(values, value)
			}
		}
		if payee := slices.Index(lines[0], "payee"); table == "payments" && !slices.Contains(lines[0], "payee_hash") {
			names, values = append(names, "payee_hash"), append(values, "CAST(hash("+literal("payee", line[payee])+") >> 1 AS BIGINT)")
		}
		insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), strings.Join(values, ", "))
		if _, err := db.Exec(insert); err != nil {
			t.Fatalf("%s: %v", insert, err)
		}
	}
}

func literal(name, cell string) string {
	if cell == "" && slices.Contains([]string{"date", "period_from", "period_to", "expense_type", "valid_from", "valid_to"}, name) {
		return "NULL"
	}
	if name == "columns" {
		cell = columnsJSON(cell)
	}
	return "'" + strings.ReplaceAll(cell, "'", "''") + "'"
}

// columnsJSON writes "Date=date|Supplier=supplier|Ref=" as the columns of a
// sheet: headers and fields.
func columnsJSON(short string) string {
	var columns []schemas.ColumnMap
	for i, c := range strings.Split(short, "|") {
		header, field, _ := strings.Cut(c, "=")
		columns = append(columns, schemas.ColumnMap{Column: i + 1, Header: header, Field: field})
	}
	text, err := json.Marshal(columns)
	if err != nil {
		panic(err)
	}
	return string(text)
}
