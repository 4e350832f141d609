package normalize

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"commonspend/schemas"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the cases' results into testdata/*.txtar")

// TestGolden runs each case of testdata/*.txtar: its .csv inputs (one sheet
// each) become payments.csv, issues.csv and report. A file about, where there
// is one, says what is declared: name, publisher, sector, duty, period, format.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	rules := mustLoad(t)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			runCase(t, rules, path)
		})
	}
}

func runCase(t *testing.T, rules *Rules, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	about, format := aboutOf(t, archive)
	var sheets []schemas.Sheet
	var inputs []txtar.File
	for _, f := range archive.Files {
		switch f.Name {
		case "payments.csv", "issues.csv", "report":
			continue
		case "about":
		default:
			sheets = append(sheets, sheetOf(len(sheets)+1, f, format))
		}
		inputs = append(inputs, f)
	}
	sink := &recorder{}
	report, err := rules.Normalize(sheets, about, sink)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range report.Sheets {
		if !s.Account.Balances() {
			t.Errorf("the account of sheet %d does not balance: %+v", s.Number, s.Account)
		}
	}
	got := append(inputs, txtar.File{Name: "payments.csv", Data: csvText(sink.payments)},
		txtar.File{Name: "issues.csv", Data: csvText(sink.issues)}, txtar.File{Name: "report", Data: reportText(report)})
	if *update {
		if err := os.WriteFile(path, txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got}), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	compareFiles(t, archive.Files, got)
}

func compareFiles(t *testing.T, want, got []txtar.File) {
	t.Helper()
	for _, g := range got {
		found := false
		for _, w := range want {
			if w.Name == g.Name {
				found = true
				if !bytes.Equal(w.Data, g.Data) {
					t.Errorf("%s differs; want\n%s\ngot\n%s", g.Name, w.Data, g.Data)
				}
			}
		}
		if !found {
			t.Errorf("%s is not in the case; run with -update and read it", g.Name)
		}
	}
}

func aboutOf(t *testing.T, archive *txtar.Archive) (About, string) {
	t.Helper()
	about, format := About{Period: schemas.NoPeriod, AllIssues: true}, "csv"
	for _, f := range archive.Files {
		if f.Name != "about" {
			continue
		}
		for _, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch key {
			case "name":
				about.FileName = value
			case "publisher":
				about.Publisher.ID = value
			case "sector":
				about.Publisher.Sector = value
			case "duty":
				about.Duty = value
			case "format":
				format = value
			case "period":
				period, err := schemas.ParsePeriod(value)
				if err != nil {
					t.Fatal(err)
				}
				about.Period = period
			default:
				t.Fatalf("about: %q is not known", key)
			}
		}
	}
	return about, format
}

// sheetOf makes a sheet of a case's CSV. In an xlsx case a cell may say what the
// workbook holds: "date:2024-01-31", "number:12.3".
func sheetOf(number int, f txtar.File, format string) schemas.Sheet {
	sheet := schemas.Sheet{File: "case", Number: number, Format: format, Encoding: "ascii", Delimiter: ","}
	if format != "csv" {
		sheet.Name, sheet.Encoding, sheet.Delimiter = strings.TrimSuffix(f.Name, ".csv"), "", ""
	}
	sheet.Rows = func(yield func([]schemas.Row) error) (int, error) {
		return eachRow(f.Data, format, yield)
	}
	return sheet
}

func eachRow(data []byte, format string, yield func([]schemas.Row) error) (int, error) {
	// encoding/csv skips empty lines; the cases write a blank row as ",".
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	n := 0
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		line, _ := r.FieldPos(0)
		row := schemas.Row{Origin: schemas.Origin{Row: line}, Cells: cells}
		if format != "csv" {
			row.Kinds = kinds(cells)
		}
		n++
		if err := yield([]schemas.Row{row}); err != nil {
			return n, err
		}
	}
}

func kinds(cells []string) []schemas.CellKind {
	out := make([]schemas.CellKind, len(cells))
	for i, cell := range cells {
		if rest, ok := strings.CutPrefix(cell, "date:"); ok {
			cells[i], out[i] = rest, schemas.CellDate
		}
		if rest, ok := strings.CutPrefix(cell, "number:"); ok {
			cells[i], out[i] = rest, schemas.CellNumber
		}
	}
	return out
}

// recorder writes down what it is sent, one line each.
type recorder struct{ payments, issues [][]string }

func (r *recorder) Payments(sheet schemas.Sheet, batch []schemas.Payment) error {
	for _, p := range batch {
		line := []string{strconv.Itoa(sheet.Number), strconv.Itoa(p.Row), p.Date.String(), p.DateKind, p.Amount.String(), string(p.VAT),
			p.Payee, string(p.PayeeClass), strconv.FormatBool(p.TextWithheld), fields(p), p.Other}
		for i := range line {
			line[i] = strings.Clone(line[i])
		}
		r.payments = append(r.payments, line)
	}
	return nil
}

// fields joins the text fields that hold anything as name=value.
func fields(p schemas.Payment) string {
	var out []string
	for _, f := range []struct{ name, value string }{
		{"department_family", p.DepartmentFamily}, {"entity", p.Entity}, {"expense_type", p.ExpenseType}, {"expense_area", p.ExpenseArea},
		{"description", p.Description}, {"transaction", p.Transaction}, {"category", p.Category}, {"supplier_id", p.SupplierID},
		{"vat_amount", p.VATAmount}, {"postcode", p.Postcode}, {"contract_reference", p.ContractReference},
	} {
		if f.value != "" {
			out = append(out, f.name+"="+f.value)
		}
	}
	return strings.Join(out, "; ")
}

func (r *recorder) Issues(sheet schemas.Sheet, batch []schemas.Issue) error {
	for _, i := range batch {
		r.issues = append(r.issues, []string{strconv.Itoa(sheet.Number), strconv.Itoa(i.Row), strconv.Itoa(i.Column), i.Field, string(i.Kind), i.Value})
	}
	return nil
}

func csvText(lines [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(lines)
	return b.Bytes()
}

func reportText(r schemas.FileReport) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "outcome %s\n", r.Outcome)
	if r.Reason != "" {
		fmt.Fprintf(&b, "reason %s\n", r.Reason)
	}
	fmt.Fprintf(&b, "period %s by %s\nduty %s\n", r.Period, r.PeriodBasis, r.Duty)
	for _, s := range r.Sheets {
		a := s.Account
		fmt.Fprintf(&b, "sheet %d header %d order %s dates %s..%s vat %s", s.Number, s.HeaderRow, s.DateOrder, s.DateFrom, s.DateTo, s.VAT)
		if s.VATEvidence != "" {
			fmt.Fprintf(&b, " (%s)", s.VATEvidence)
		}
		fmt.Fprintf(&b, "\n rows %d = preamble %d + header %d + payments %d + refused %d + blank %d + total %d + note %d\n",
			a.Physical, a.Preamble, a.Header, a.Payments, a.Refused, a.Blank, a.Total, a.Note)
		fmt.Fprintf(&b, " readable %s = payments %s + totals %s + notes %s; negative %d\n",
			a.ReadablePence, a.PaymentPence, a.TotalPence, a.NotePence, a.Negative)
		for _, c := range s.Columns {
			fmt.Fprintf(&b, " %d %q -> %s\n", c.Column, c.Header, c.Field)
		}
	}
	return b.Bytes()
}
