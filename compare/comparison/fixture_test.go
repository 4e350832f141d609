package comparison

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/schemas"

	_ "github.com/duckdb/duckdb-go/v2"
)

// openConformance loads a case of compare/testdata/conformance into the tables
// that comparisons read.
func openConformance(t testing.TB, name string) *sql.DB {
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
	for _, table := range []string{"register", "denominators", "suppliers", "coverage", "transactions"} {
		loadCSV(t, db, table, filepath.Join("..", "testdata", "conformance", name, table+".csv"))
	}
	return db
}

// filled are columns that the files leave out, which the tables need.
var filled = map[string]string{
	"undated": "0", "parent": "''", "body": "''", "company_number": "''", "charity_number": "''", "size": "''", "postcode_area": "''",
}

func loadCSV(t testing.TB, db *sql.DB, table, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(string(text), "\n")
	columns := strings.Split(header, ",")
	var values []string
	for _, column := range columns {
		if strings.HasPrefix(column, "valid_") || column == "month" {
			column = "CAST(NULLIF(" + column + ", '') AS DATE)"
		}
		values = append(values, column)
	}
	for _, column := range needed(t, db, table) {
		if value, ok := filled[column]; ok && !strings.Contains(","+header+",", ","+column+",") {
			columns, values = append(columns, column), append(values, value)
		}
	}
	insert := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM read_csv('%s', header = true, all_varchar = true, nullstr = 'NULL')",
		table, strings.Join(columns, ", "), strings.Join(values, ", "), path)
	if _, err := db.Exec(insert); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

// needed lists the columns of a table that may not be NULL.
func needed(t testing.TB, db *sql.DB, table string) []string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), "SELECT column_name FROM information_schema.columns WHERE table_name = ? AND is_nullable = 'NO'", table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var columns []string
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			t.Fatal(err)
		}
		columns = append(columns, column)
	}
	return columns
}

// asked reads a request, or ends the test.
func asked(t testing.TB, body, category, scope, period, peers string) Request {
	t.Helper()
	r, err := NewRequest(body, category, scope, period, peers)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
