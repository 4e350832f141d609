package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sum is of the pence that usual() publishes: 120000-1250 in 2023/24, then
// 100000+50000+7+60000+70000+1, then Low Fen's 200000000. Closed Moor's penny
// is withheld.
const sum = 200398758

func TestPublish(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	if r.Number != "2026-11-22.1" || r.Payments != 9 || r.Pence != sum || r.Publishers != 2 || r.Bodies != 2 || r.Files != 3 {
		t.Errorf("release %s: %d payments, %d pence, %d publishers, %d bodies, %d files", r.Number, r.Payments, r.Pence, r.Publishers, r.Bodies, r.Files)
	}
	want := []string{"payments low-fen 2024/25 1 200000000", "payments upper-mere 2023/24 2 118750", "payments upper-mere 2024/25 6 280008",
		"issues upper-mere 2024/25 4 0",
		"figures GB-LAE-LOF 2024/25 3 200000000", "figures GB-LAE-UPM 2023/24 4 118750", "figures GB-LAE-UPM 2024/25 5 280008"}
	var got []string
	for _, p := range r.Partitions {
		got = append(got, fmt.Sprintf("%s %s %s %d %d", p.Dataset, p.owner(), p.FinancialYear, p.Rows, p.Pence))
	}
	if !slices.Equal(got, want) {
		t.Errorf("partitions\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(r.Withheld) != 1 || r.Withheld[0].Publisher != "closed-moor" || r.Withheld[0].Files != 1 {
		t.Errorf("withheld %v", r.Withheld)
	}
	folder, err := Latest(m.dir)
	if err != nil || filepath.Base(folder) != r.Number {
		t.Errorf("latest is %s, %v", folder, err)
	}
	verified(t, m.dir)
	if left := temporary(t, m); len(left) > 0 {
		t.Errorf("the warehouse keeps %v", left)
	}
}

// temporary lists what a publish left on the warehouse's connections.
func temporary(t *testing.T, m *made) (left []string) {
	rows, err := m.db.Query("SELECT table_name FROM duckdb_tables() WHERE temporary UNION ALL SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		left = append(left, name)
	}
	return left
}

// verified fails the test unless everything in dir is as it was published.
func verified(t *testing.T, dir string) {
	t.Helper()
	problems, err := Verify(context.Background(), dir)
	if err != nil || len(problems) > 0 {
		t.Errorf("verify: %v, %v", problems, err)
	}
}

func TestPublishUnchanged(t *testing.T) {
	m := newMade(t).usual()
	first := m.publish()
	second := m.publish()
	if !second.Unchanged || second.Number != first.Number {
		t.Errorf("release %s, unchanged %v", second.Number, second.Unchanged)
	}
	if all, _ := Numbers(m.dir); len(all) != 1 {
		t.Errorf("releases %v", all)
	}
}

func TestPublishOneMoreFile(t *testing.T) {
	m := newMade(t).usual()
	first := m.publish()
	objects := below(t, filepath.Join(m.dir, "objects"))
	m.add("upper-mere", "2024-06", line{date: "2024-06-02", payee: "Brook Paper Ltd", pence: 5})
	second := m.publish()
	if second.Number != "2026-11-22.2" || second.Previous != first.Number || second.Payments != first.Payments+1 {
		t.Errorf("release %s after %s with %d payments", second.Number, second.Previous, second.Payments)
	}
	var changed []string
	for _, p := range second.Partitions {
		if !slices.ContainsFunc(first.Partitions, func(o Partition) bool { return o == p }) {
			changed = append(changed, p.Dataset+" "+p.owner()+" "+p.FinancialYear)
		}
	}
	want := []string{"payments upper-mere 2024/25", "figures GB-LAE-UPM 2024/25"}
	if !slices.Equal(changed, want) {
		t.Errorf("changed %v, want %v", changed, want)
	}
	if now := below(t, filepath.Join(m.dir, "objects")); len(now) != len(objects)+2 {
		t.Errorf("%d objects became %d, want two more", len(objects), len(now))
	}
	verified(t, m.dir)
}

// TestServeEqualsWhole holds that a serve.duckdb made from a copy of the last
// one holds what one made anew would.
func TestServeEqualsWhole(t *testing.T) {
	m := newMade(t).usual()
	for year := 2014; year < 2020; year++ { // enough that the change is a small part
		for i := range 4 {
			m.add("low-fen", fmt.Sprintf("%d-%02d", year, 4+i), line{date: "2015-01-01", payee: "Oak Ltd", pence: 1}, line{date: "2015-01-01", payee: "Elm Ltd", pence: 2})
		}
	}
	ash := m.add("low-fen", "2020-04", line{date: "2020-04-01", payee: "Ash Ltd", pence: 3})
	m.add("upper-mere", "2023-05", line{date: "2023-03-06", payee: "Hill Ltd", pence: 4}) // a bill of the year before
	m.judge()
	m.publish()
	// A body's file is replaced, by one that no longer pays Hill & Dale, pays somebody new; and a supplier is named
	// otherwise.
	n := m.add("upper-mere", "2023-04", line{date: "2023-04-05", payee: "Brook Paper Ltd", pence: 120000, description: "More paper"}, line{date: "2023-04-06", payee: "Hill Ltd", pence: -1250})
	m.issue(n, 2, "amount", "amount_subpenny", "1200.001")
	m.judge()
	m.run("UPDATE suppliers SET name = 'ASHEN LIMITED' WHERE name = 'ASH LTD'")
	m.run("INSERT INTO judged_files VALUES (?, 'other')", ash)
	m.run("UPDATE lines SET reason = 'another reason' WHERE line_hash = (SELECT min(line_hash) FROM lines)")
	grown := m.publish()
	if grown.ServeScattered != 4 {
		t.Fatalf("%d payments scattered: it was made anew", grown.ServeScattered)
	}
	kept := m.dir
	m.dir = t.TempDir()
	whole := m.publish()
	for _, table := range []string{"payments", "issues", "figures", "files", "sheets", "bodies", "publishers", "coverage", "comparisons"} {
		m.run("ATTACH '" + filepath.Join(kept, "releases", grown.Number, serveName) + "' AS grown (READ_ONLY)")
		m.run("ATTACH '" + filepath.Join(whole.Folder(), serveName) + "' AS whole (READ_ONLY)")
		var rows, differ int
		m.one(&rows, "SELECT count(*) FROM whole."+table)
		m.one(&differ, fmt.Sprintf("SELECT count(*) FROM ((FROM grown.%[1]s EXCEPT ALL FROM whole.%[1]s) UNION ALL (FROM whole.%[1]s EXCEPT ALL FROM grown.%[1]s))", table))
		if differ != 0 || rows == 0 {
			t.Errorf("%s: %d rows, %d differ", table, rows, differ)
		}
		m.run("DETACH grown; DETACH whole")
	}
	if !slices.Equal(objectsOf(grown), objectsOf(whole)) {
		t.Error("the objects differ")
	}
	sameSearch(t, m, filepath.Join(kept, "releases", grown.Number, serveName), filepath.Join(whole.Folder(), serveName))
}

// sameSearch holds that two databases find the same: their tables for searches
// are equal but for the numbers that they name things by.
func sameSearch(t *testing.T, m *made, grown, whole string) {
	t.Helper()
	m.run("ATTACH '" + grown + "' AS grown (READ_ONLY); ATTACH '" + whole + "' AS whole (READ_ONLY)")
	defer m.run("DETACH grown; DETACH whole")
	payments := "SELECT b.body, y.payee, s.supplier, x.expense_type, x.description, p.counted, p.pence, p.scope, p.cpv, p.payee_class, p.file_no, p.sheet_no, p.row FROM $.search_%s p " +
		"JOIN $.search_bodies b USING (body_no) LEFT JOIN $.search_payees y USING (payee_id) LEFT JOIN $.search_suppliers s ON s.supplier_no = p.supplier_no LEFT JOIN $.search_texts x USING (text_id)"
	sums := "SELECT b.body, y.payee, s.supplier, x.expense_type, x.description, p.first_year, p.scope, p.cpv, l.publisher, l.financial_year, p.payments, p.pence, p.first, p.last FROM $.search_sums p " +
		"JOIN $.search_bodies b USING (body_no) JOIN $.search_slices l USING (slice_no) LEFT JOIN $.search_payees y USING (payee_id) LEFT JOIN $.search_suppliers s ON s.supplier_no = p.supplier_no LEFT JOIN $.search_texts x USING (text_id)"
	for what, text := range map[string]string{
		"by body": fmt.Sprintf(payments, "by_body"), "by payee": fmt.Sprintf(payments, "by_payee"), "by text": fmt.Sprintf(payments, "by_text"), "by date": fmt.Sprintf(payments, "by_date"),
		"sums":        sums,
		"totals":      "SELECT b.body, p.counted, p.scope, p.cpv, l.publisher, l.financial_year, p.payments, p.pence FROM $.search_totals p JOIN $.search_bodies b USING (body_no) JOIN $.search_slices l USING (slice_no)",
		"bodies":      "SELECT * EXCLUDE (body_no) FROM $.search_bodies",
		"suppliers":   "SELECT * EXCLUDE (supplier_no) FROM $.search_suppliers",
		"payees":      "SELECT y.* EXCLUDE (payee_id, supplier_no), s.supplier FROM $.search_payees y LEFT JOIN $.search_suppliers s USING (supplier_no)",
		"texts":       "SELECT * EXCLUDE (text_id) FROM $.search_texts",
		"payee words": "SELECT w.word, y.payee FROM $.search_payee_words w LEFT JOIN $.search_payees y USING (payee_id)",
		"text words":  "SELECT w.word, x.expense_type, x.description FROM $.search_text_words w LEFT JOIN $.search_texts x USING (text_id)",
		"buyers":      "SELECT p.* EXCLUDE (body_no), b.body FROM $.search_buyers p JOIN $.search_bodies b USING (body_no)",
		"sellers":     "SELECT p.* EXCLUDE (supplier_no), s.supplier FROM $.search_sellers p LEFT JOIN $.search_suppliers s USING (supplier_no)",
		"lines":       "FROM $.line_judgements", "payees' judgements": "FROM $.payee_judgements", "review": "FROM $.review",
		"transactions": "FROM $.transactions",
	} {
		a, b := strings.ReplaceAll(text, "$", "grown"), strings.ReplaceAll(text, "$", "whole")
		var rows, differ int
		m.one(&rows, "SELECT count(*) FROM ("+b+")")
		m.one(&differ, fmt.Sprintf("SELECT count(*) FROM (((%[1]s) EXCEPT ALL (%[2]s)) UNION ALL ((%[2]s) EXCEPT ALL (%[1]s)))", a, b))
		if differ != 0 || rows == 0 {
			t.Errorf("%s: %d rows, %d differ", what, rows, differ)
		}
	}
}

func objectsOf(r *Release) (list []string) {
	for _, p := range r.Partitions {
		list = append(list, p.Object)
	}
	return list
}

// TestSameBytes holds that the same inputs give the same data files, in
// another directory and with another number of threads.
func TestSameBytes(t *testing.T) {
	one, two := newMade(t).usual(), newMade(t).usual()
	one.run("SET threads = 1")
	two.run("SET threads = 4")
	a, b := one.publish(), two.publish()
	if !slices.Equal(a.Partitions, b.Partitions) || !slices.Equal(a.Tables, b.Tables) {
		t.Errorf("%v\n%v\n%v\n%v", a.Partitions, b.Partitions, a.Tables, b.Tables)
	}
}

func TestMoneyIsWhole(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	columns, err := fields(columnsCSV)
	if err != nil {
		t.Fatal(err)
	}
	check := func(dataset, path string) {
		rows, err := m.db.Query("SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('" + path + "'))")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var names []string
		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
			if strings.HasSuffix(name, "pence") && kind != "BIGINT" || kind == "DOUBLE" || kind == "HUGEINT" {
				t.Errorf("%s.%s is %s", dataset, name, kind)
			}
		}
		var described []string
		for _, f := range columns[dataset] {
			described = append(described, f.Name)
		}
		if !slices.Equal(names, described) {
			t.Errorf("%s has columns %v, described are %v", dataset, names, described)
		}
	}
	for _, p := range r.Partitions {
		check(p.Dataset, r.Object(p))
	}
	for _, table := range r.Tables {
		check(table.Name, filepath.Join(r.Folder(), table.Name+".parquet"))
	}
}

func TestAccountsMustHold(t *testing.T) {
	m := newMade(t).usual()
	m.run("DELETE FROM payments WHERE file_no = 1 AND row = 2")
	_, err := Publish(context.Background(), m.db, m.options())
	if err == nil || !strings.Contains(err.Error(), "its files' accounts give 2 payments and £1,187.50, its rows 1 and -£12.50") {
		t.Errorf("got %v", err)
	}
	if _, err := Latest(m.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("latest: %v", err)
	}
	m.usedUp(t)
}

// usedUp fails the test when a publish that failed left anything.
func (m *made) usedUp(t *testing.T) {
	t.Helper()
	for _, folder := range []string{"releases", "objects"} {
		if _, err := os.Stat(filepath.Join(m.dir, folder)); err == nil {
			if left := below(t, filepath.Join(m.dir, folder)); len(left) > 0 {
				t.Errorf("%s holds %v", folder, left)
			}
		}
	}
	if left := temporary(t, m); len(left) > 0 {
		t.Errorf("the warehouse keeps %v", left)
	}
}

// TestOptions refuses a secret that could be guessed.
func TestOptions(t *testing.T) {
	m := newMade(t)
	opts := m.options()
	opts.Secret = []byte("short")
	if _, err := Publish(context.Background(), m.db, opts); err == nil || !strings.Contains(err.Error(), "16") {
		t.Errorf("got %v", err)
	}
}

// TestEmpty publishes a warehouse that holds nothing yet.
func TestEmpty(t *testing.T) {
	m := newMade(t)
	if r := m.publish(); r.Payments != 0 || len(r.Partitions) != 0 {
		t.Errorf("%+v", r)
	}
	verified(t, m.dir)
}

func TestNumbers(t *testing.T) {
	opts := newMade(t).options()
	for last, want := range map[string]string{"": "2026-11-22.1", "2026-11-21.4": "2026-11-22.1", "2026-11-22.9": "2026-11-22.10", "2026-12-01.1": "2026-12-01.2"} {
		if got := nextNumber(last, opts.Now); got != want {
			t.Errorf("after %q comes %s, want %s", last, got, want)
		}
	}
	if CompareNumbers("2026-11-22.9", "2026-11-22.10") >= 0 || CompareNumbers("2026-11-22.1", "2026-11-23.1") >= 0 {
		t.Error("order")
	}
}

// TestOneConnection publishes over a database that allows a single connection.
func TestOneConnection(t *testing.T) {
	m := newMade(t).usual()
	m.db.SetMaxOpenConns(1)
	m.publish()
	verified(t, m.dir)
}

// TestInterrupted stops a publish at each of its steps: nothing is left, and
// the last release stays.
func TestInterrupted(t *testing.T) {
	m := newMade(t).usual()
	first := m.publish()
	objects := below(t, filepath.Join(m.dir, "objects"))
	m.add("upper-mere", "2024-06", line{date: "2024-06-02", payee: "Brook Paper Ltd", pence: 5})
	for stop := 1; ; stop++ {
		ctx, cancel := context.WithCancel(context.Background())
		opts := m.options()
		opts.Progress = func(done, total int, what string) {
			if done == stop {
				cancel()
			}
			if done > total {
				t.Errorf("step %d of %d: %s", done, total, what)
			}
		}
		release, err := Publish(ctx, m.db, opts)
		cancel()
		if err == nil {
			if stop < 8 || release.Number != "2026-11-22.2" {
				t.Errorf("release %s after %d steps", release.Number, stop)
			}
			break
		}
		if latest, _ := Latest(m.dir); !errors.Is(err, context.Canceled) && !strings.Contains(err.Error(), "INTERRUPT") || latest != first.Folder() {
			t.Errorf("stopped at step %d: %v, latest is %s", stop, err, latest)
		}
		if now := below(t, filepath.Join(m.dir, "objects")); !slices.Equal(now, objects) {
			t.Errorf("stopped at step %d: %d objects became %d", stop, len(objects), len(now))
		}
		if left, _ := filepath.Glob(filepath.Join(m.dir, "releases", ".unfinished-*")); len(left) > 0 {
			t.Errorf("stopped at step %d: left %v", stop, left)
		}
	}
	verified(t, m.dir)
}

// TestPartlyLicensed is of a body that two publishers post for, one of them
// without a licence: the other's payments are published, figures of both not.
func TestPartlyLicensed(t *testing.T) {
	m := newMade(t).usual()
	m.publisher("upper-mere-cards", "Upper Mere cards", "GB-LAE-UPM", "")
	m.add("upper-mere-cards", "2024-07", line{date: "2024-07-02", payee: "Brook Paper Ltd", pence: 3})
	r := m.publish()
	var owners []string
	for _, p := range r.Partitions {
		owners = append(owners, p.Dataset+" "+p.owner())
	}
	want := []string{"payments low-fen", "payments upper-mere", "payments upper-mere", "issues upper-mere", "figures GB-LAE-LOF"}
	if !slices.Equal(owners, want) || r.Pence != sum || len(r.Withheld) != 2 {
		t.Errorf("got %v, %d pence, withheld %v", owners, r.Pence, r.Withheld)
	}
	var months int
	m.one(&months, "SELECT count(*) FROM read_parquet('"+filepath.Join(r.Folder(), "coverage.parquet")+"') WHERE body = 'GB-LAE-UPM'")
	if months != 0 {
		t.Errorf("%d months of coverage of a body that is partly withheld", months)
	}
}
