package comparison

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the answers of the conformance suite again")

// conformance names what is asked of each case.
var conformance = []struct{ folder, body, category, scope, period, peers string }{
	{"councils", "XX-A", "72000000", "", "2017/18", "nearest:11"},
	{"councils", "XX-A", "72200000", "", "2017/18", "nearest:6"},
	{"councils", "XX-B", "45000000", "", "2016/17", "kind"},
	{"councils", "XX-D", "", "procurement", "2017-04..2017-07", "kind"},
	{"councils", "XX-C", "72500000", "", "2017/18", "region"},
	{"councils", "XX-E", "72000000", "", "2017/18", "XX-A,XX-B,XX-C,XX-D,XX-G"},
	{"unknown_vat", "XX-A", "72000000", "", "2016/17", "nearest:8"},
	{"unknown_vat", "XX-B", "45000000", "", "2016/17", "kind"},
}

// TestConformance holds every answer to the files of the suite, which another
// engine can be put through.
func TestConformance(t *testing.T) {
	answers, engines := map[string]*[2]bytes.Buffer{}, map[string]*Engine{}
	for _, c := range conformance {
		if answers[c.folder] == nil {
			answers[c.folder] = &[2]bytes.Buffer{}
			answers[c.folder][1].WriteString("comparison,what,value\n")
		}
		if engines[c.folder] == nil {
			engines[c.folder] = New(openConformance(t, c.folder))
		}
		made, err := engines[c.folder].Compare(context.Background(), asked(t, c.body, c.category, c.scope, c.period, c.peers))
		if err != nil {
			t.Fatal(err)
		}
		figures, sets := &answers[c.folder][0], &answers[c.folder][1]
		writeFigures(t, figures, made)
		writeSet(sets, made)
	}
	for folder, answer := range answers {
		holdTo(t, folder, "figures.csv", answer[0].Bytes())
		holdTo(t, folder, "sets.csv", answer[1].Bytes())
	}
}

func holdTo(t *testing.T, folder, name string, got []byte) {
	t.Helper()
	path := filepath.Join("..", "testdata", "conformance", folder, name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted, gotten := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range max(len(wanted), len(gotten)) {
		if i >= len(wanted) || i >= len(gotten) || wanted[i] != gotten[i] {
			t.Fatalf("%s line %d differs:\n got %s\nwant %s", path, i+1, at(gotten, i), at(wanted, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(no line)"
}

func writeFigures(t *testing.T, out *bytes.Buffer, c *Comparison) {
	t.Helper()
	var one bytes.Buffer
	if err := c.WriteCSV(&one); err != nil {
		t.Fatal(err)
	}
	text := one.String()
	if out.Len() > 0 {
		_, text, _ = strings.Cut(text, "\n") // one header for all
	}
	out.WriteString(text)
}

// writeSet writes what was made alike, by the comparison's id without the
// place of the indicator.
func writeSet(out *bytes.Buffer, c *Comparison) {
	_, id, _ := strings.Cut(c.ID, ":")
	w := csv.NewWriter(out)
	defer w.Flush()
	line := func(what string, value any) { w.Write([]string{id, what, fmt.Sprint(value)}) }
	line("body", c.Body)
	for _, p := range c.Peers.Bodies {
		line("peer", p)
	}
	for _, m := range c.Basis.Months {
		line("month", m)
	}
	line("threshold_pence", c.Basis.ThresholdPence)
	line("vat_basis", c.Basis.VATBasis)
	line("duty", c.Duty)
	line("population_year", 2016)
	for _, b := range c.HeldBefore {
		line("held_before", b)
	}
	if c.Request.Period.From.FinancialYear() == 2017 { // by hand: (3 × 80.836 + 82.388) / 4 and (3 × 79.364 + 80.836) / 4
		line("price_index", "81.224")
		line("price_index", "79.732")
	}
}

// TestFiguresEqualPython puts the suite through a few lines of Python's
// standard library.
func TestFiguresEqualPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is absent, so the figures are not worked out a second time")
	}
	suite := filepath.Join("..", "testdata", "conformance")
	for _, folder := range []string{"councils", "unknown_vat"} {
		out, err := exec.Command(python, filepath.Join(suite, "check.py"), filepath.Join(suite, folder)).CombinedOutput()
		if err != nil {
			t.Errorf("%v:\n%s", err, out)
		}
		t.Log(folder, strings.TrimSpace(string(out)))
	}
}

// TestTotalsChangeNothing: with the table of totals that a warehouse keeps,
// every answer is what it is without.
func TestTotalsChangeNothing(t *testing.T) {
	db := openConformance(t, "unknown_vat")
	ask := func() string {
		made, err := New(db).Compare(context.Background(), asked(t, "XX-B", "45000000", "", "2016/17", "XX-A,XX-C,XX-D,XX-E,XX-G"))
		if err != nil {
			t.Fatal(err)
		}
		made.SQL = ""
		text, err := json.Marshal(made)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	without := ask()
	if _, err := db.Exec(`INSERT INTO totals
		SELECT body, financial_year, month, duty, vat_basis, scope, floor_pence, SUM(payments), SUM(pence),
			SUM(CASE WHEN category <> '' THEN payments ELSE 0 END), SUM(CASE WHEN category <> '' THEN pence ELSE 0 END)
		FROM transactions JOIN (VALUES (0), (50000)) f (floor_pence) ON ABS(transaction_pence) >= floor_pence GROUP BY 1, 2, 3, 4, 5, 6, 7`); err != nil {
		t.Fatal(err)
	}
	if with := ask(); with != without {
		t.Errorf("with totals:\n%s\nwithout:\n%s", with, without)
	}
}
