package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestPlacedBody holds the view placed to give each payment the body that its
// entity was on the first day of its month, and its publisher's where none is known.
func TestPlacedBody(t *testing.T) {
	w, err := Open(t.Context(), t.TempDir(), "test", Settings{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	payments := []struct{ entity, date, body string }{
		{"Mere", "2013-03-31", "X-1"}, // open to begin with
		{"Mere", "2013-04-01", "X-2"},
		{"Mere", "2020-03-31", "X-2"}, // the last day of it counts
		{"Mere", "2020-04-01", "X-3"}, // open at the end
		{"Mere", "", "X-P"},           // under no month: it was several
		{"Always", "", "X-4"},         // under no month: it was one throughout
		{"Always", "1995-01-01", "X-4"},
		{"Twice", "2014-12-31", "X-5"},
		{"Twice", "2015-01-31", "X-6"}, // which began later
		{"Ended", "2013-01-31", "X-7"},
		{"Ended", "2013-02-01", "X-P"},
		{"Closed", "2009-01-31", "X-8"},
		{"Closed", "", "X-P"}, // it was one only until it closed
		{"Nobody", "2013-01-31", "X-P"},
	}
	run := func(query string) {
		t.Helper()
		if _, err := w.DB().Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	run(`INSERT INTO publishers VALUES ('east', 'East', 'X-P', '', '', '', 0, '', '');
INSERT INTO files VALUES (1, 'f', 'east', 'f.csv', '', 1, TIMESTAMP '2024-01-01', 'load', '', '', NULL, NULL, '', '');
INSERT INTO entities SELECT 'east', col0, col1, col2, col3, false, 1, '', '', '' FROM (VALUES
  ('Mere', NULL, DATE '2013-03-31', 'X-1'), ('Mere', DATE '2013-04-01', DATE '2020-03-31', 'X-2'), ('Mere', DATE '2020-04-01', NULL, 'X-3'),
  ('Always', NULL, NULL, 'X-4'), ('Twice', DATE '2010-01-01', NULL, 'X-5'), ('Twice', DATE '2015-01-01', NULL, 'X-6'),
  ('Ended', DATE '2010-01-01', DATE '2013-01-31', 'X-7'),
  ('Closed', NULL, DATE '2013-01-31', 'X-8'))`)
	for i, p := range payments {
		date := "NULL"
		if p.date != "" {
			date = "DATE '" + p.date + "'"
		}
		run(fmt.Sprintf(`INSERT INTO payments BY NAME SELECT 1 AS file_no, 1 AS sheet_no, %d AS row, 0 AS date_column, 0 AS amount_column, 0 AS payee_column,
  %s AS date, '' AS date_kind, 1 AS amount, '' AS vat_basis, 'P' AS payee, '' AS payee_class, false AS text_withheld, '%s' AS entity,
  '' AS number_kind, 0 AS line_hash, 0 AS payee_hash`, i, date, p.entity))
	}
	var bodies string
	if err := w.DB().QueryRow("SELECT string_agg(body, ' ' ORDER BY row) FROM placed").Scan(&bodies); err != nil {
		t.Fatal(err)
	}
	got := strings.Fields(bodies)
	if len(got) != len(payments) {
		t.Fatalf("%d payments are placed, not %d", len(got), len(payments))
	}
	for i, p := range payments {
		if got[i] != p.body {
			t.Errorf("%s on %q is placed with %s, not %s", p.entity, p.date, got[i], p.body)
		}
	}
}
