package publish

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonspend/store"
)

// TestPrivate holds that no file of a release, none of its exports and no
// published cell holds a private name or the secret.
func TestPrivate(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	into := filepath.Join(t.TempDir(), "export")
	if err := Export(context.Background(), r, into, nil); err != nil {
		t.Fatal(err)
	}
	secrets := append([]string{string(m.options().Secret)}, seeded...)
	for _, folder := range []string{filepath.Join(m.dir, "releases"), filepath.Join(m.dir, "objects"), into} {
		for _, name := range below(t, folder) {
			text, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			cells := ""
			if strings.HasPrefix(string(text), "PAR1") {
				m.one(&cells, "SELECT coalesce(string_agg(CAST(p AS VARCHAR), ' '), '') FROM read_parquet('"+filepath.Join(folder, name)+"') p")
			}
			search(t, name, string(text)+cells+name, secrets)
		}
	}
	db := served(t, r)
	for _, table := range []string{"payments", "issues", "figures", "files", "sheets", "bodies", "publishers", "coverage", "comparisons", "downloads", "release"} {
		var cells string
		if err := db.QueryRow("SELECT coalesce(string_agg(CAST(p AS VARCHAR), ' '), '') FROM " + table + " p").Scan(&cells); err != nil {
			t.Fatal(err)
		}
		search(t, table, cells, secrets)
	}
}

func search(t *testing.T, where, text string, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
			t.Errorf("%s holds %s", where, secret)
		}
	}
}

func served(t *testing.T, r *Release) *sql.DB {
	t.Helper()
	db, err := store.OpenReadOnly(context.Background(), filepath.Join(r.Folder(), serveName), store.Settings{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestPrivatePayments shows what is published in a private payment's place.
func TestPrivatePayments(t *testing.T) {
	m := newMade(t).usual()
	db := served(t, m.publish())
	rows, err := db.Query(`SELECT concat_ws('|', row, amount, payee, payee_class, expense_type, coalesce(description, '-'), coalesce(transaction, '-'),
		coalesce(supplier_id, '-'), coalesce(postcode, '-'), coalesce(other, '-')) FROM payments WHERE file_no = 2 ORDER BY row`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	want := []string{
		`2|100000|Brook Paper Ltd|organisation|Supplies|Paper|T-Brook Paper Ltd|S-Brook Paper Ltd|UM1 1AA|{"Ward":"North"}`,
		`3|50000|Individual|individual|Supplies|-|-|-|-|-`,
		`4|7|Individual|individual|Supplies|-|-|-|-|-`,
		`5|60000|Redacted (personal)|redacted-personal|Supplies|-|-|-|-|-`,
		`6|70000|Care Homes Ltd|organisation|Supplies|-|-|S-Care Homes Ltd|UM1 1AA|-`,
		`7|1|Redacted (commercial)|redacted-commercial|Supplies||T-WITHHELD - commercial|S-WITHHELD - commercial|UM1 1AA|`}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// Rows 3 and 4 are one person in two spellings, row 5 another.
	var keys, length, none int
	err = db.QueryRow(`SELECT count(DISTINCT payee_key), max(length(payee_key)), count(*) FILTER (WHERE payee_key IS NULL) FROM payments WHERE file_no = 2`).Scan(&keys, &length, &none)
	if err != nil || keys != 2 || length != 12 || none != 3 {
		t.Errorf("%d keys of up to %d characters, %d rows without: %v", keys, length, none, err)
	}
	var values string
	err = db.QueryRow("SELECT string_agg(row || '=' || value, ' ' ORDER BY row, field) FROM issues").Scan(&values)
	if want := "2=1000.001 2= 3= 9="; err != nil || values != want {
		t.Errorf("issues %q, want %q: %v", values, want, err)
	}
}

// TestIssueValues holds that a cell is repeated only where it reads like a
// date or an amount; what changed in a layout is told.
func TestIssueValues(t *testing.T) {
	m := newMade(t)
	n := m.add("low-fen", "2024-05", line{date: "2024-05-02", payee: "Brook Paper Ltd", pence: 1})
	shown := []string{"31/02/2024", "31st Feb 2024", "Mon 3 May 24", "$1,200.50", "(1.00) CR", "2024-02-31T00:00:00Z", "1.2E+05", "Q1 2024", "######"}
	hidden := []string{"Pete", "April May", "A Person 2", "P Smithers", "SW1A 1AA 2"}
	for i, value := range append(shown, hidden...) {
		m.issue(n, 10+i, "date", "date_unreadable", value)
	}
	m.issue(n, 5, "", "column_unmapped", "Ward")
	m.issue(n, 6, "", "layout_changed", "1 column is new: “Ward”")
	shown = append([]string{"", "1 column is new: “Ward”"}, shown...)
	db := served(t, m.publish())
	var values string
	err := db.QueryRow("SELECT string_agg(value, '|' ORDER BY row) FROM issues").Scan(&values)
	if want := strings.Join(shown, "|") + strings.Repeat("|", len(hidden)); err != nil || values != want {
		t.Errorf("got %q, want %q: %v", values, want, err)
	}
}

// TestTitled holds that a ledger word, a reference or the name of a file or a
// sheet that names a person by title is published nowhere, and others are.
func TestTitled(t *testing.T) {
	m := newMade(t)
	n := m.add("low-fen", "2024-05", line{date: "2024-05-02", payee: "Brook Paper Ltd", pence: 1, withheld: true},
		line{date: "2024-05-03", payee: "Stone Ltd", pence: 2})
	for _, column := range []string{"department_family", "entity", "expense_type", "expense_area", "category", "transaction",
		"supplier_id", "vat_amount", "postcode", "contract_reference"} {
		m.run("UPDATE payments SET " + column + " = 'Mrs Quillfeather 7' WHERE row = 2")
		m.run("UPDATE payments SET " + column + " = 'Plain " + column + "' WHERE row = 3")
	}
	m.run("UPDATE files SET name = 'May - Mrs Quillfeather.csv', source = 'https://example.org/Mrs Quillfeather.csv', reason = 'Mrs Quillfeather' WHERE file_no = ?", n)
	m.run("UPDATE sheets SET member = 'Mrs Quillfeather/1.csv', sheet = 'Mrs Quillfeather' WHERE file_no = ?", n)
	m.derive()
	db := served(t, m.publish())
	for _, table := range []string{"payments", "figures", "files", "sheets"} {
		var cells string
		if err := db.QueryRow("SELECT string_agg(CAST(p AS VARCHAR), ' ') FROM " + table + " p").Scan(&cells); err != nil {
			t.Fatal(err)
		}
		search(t, table, cells, seeded)
	}
	for _, name := range below(t, filepath.Join(m.dir, "objects")) {
		var cells string
		m.one(&cells, "SELECT string_agg(CAST(p AS VARCHAR), ' ') FROM read_parquet('"+filepath.Join(m.dir, "objects", name)+"') p")
		search(t, name, cells, seeded)
	}
	var got string
	err := db.QueryRow(`SELECT concat_ws('|', f.name, f.source, f.reason, s.member, s.sheet, p.expense_type, p.transaction, p.postcode, g.key)
		FROM files f, sheets s, payments p, figures g WHERE p.row = 3 AND g.dimension = 'expense_type' AND g.pence = 1`).Scan(&got)
	if want := "Withheld||Withheld|Withheld|Withheld 1|Plain expense_type|Plain transaction|Plain postcode|Withheld"; err != nil || got != want {
		t.Errorf("got %s, want %s: %v", got, want, err)
	}
}
