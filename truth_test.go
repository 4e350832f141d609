package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/schemas"
)

// TestTruth holds the reader to the hand-verified files, with the publishers'
// own rule rows and without. It prints paths, fields and numbers, never cells.
func TestTruth(t *testing.T) {
	const data = "../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skip(data + " is absent")
	}
	truths := readTruth(t, filepath.Join(data, "truth", "dev.csv"))
	rules, err := normalize.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, without := range []bool{true, false} {
		equal := 0
		for _, want := range truths {
			path := filepath.Join(data, "corpus", want["path"])
			if _, err := os.Stat(path); err != nil {
				t.Fatalf("%s is named by the truth and absent", want["path"])
			}
			got, err := normalizeFile(path, rules, without)
			if err != nil {
				t.Errorf("%s: %v", want["path"], err)
				continue
			}
			differences := differ(want, got)
			for _, d := range differences {
				t.Errorf("%s (without publishers' rules: %v): %s", want["path"], without, d)
			}
			if len(differences) == 0 {
				equal++
			}
		}
		t.Logf("without publishers' rules %v: %d of %d files equal", without, equal, len(truths))
	}
}

func readTruth(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		entry := map[string]string{}
		for i, cell := range line {
			entry[lines[0][i]] = cell
		}
		out = append(out, entry)
	}
	return out
}

// normalizeFile reads one corpus file to its report, keeping no payment.
func normalizeFile(path string, rules *normalize.Rules, without bool) (schemas.FileReport, error) {
	file, err := ingest.Open(path, "", ingest.Limits{})
	if refusal, ok := err.(*schemas.Refusal); ok {
		return schemas.FileReport{Outcome: schemas.OutcomeRefuse, Reason: refusal.Sentence}, nil
	}
	if err != nil {
		return schemas.FileReport{}, err
	}
	defer file.Close()
	folder := filepath.Base(filepath.Dir(path))
	about := normalize.About{Publisher: schemas.Publisher{ID: folder}, FileName: filepath.Base(path),
		Period: schemas.NoPeriod, WithoutPublisherRules: without}
	return rules.Normalize(file.Sheets, about, discard{})
}

type discard struct{}

func (discard) Payments(schemas.Sheet, []schemas.Payment) error { return nil }
func (discard) Issues(schemas.Sheet, []schemas.Issue) error     { return nil }

// differ lists what is not as the truth has it, by the rules for comparing that
// stand at the end of its RULES.md.
func differ(want map[string]string, got schemas.FileReport) []string {
	var out []string
	check := func(what, want, got string) {
		if want != got {
			out = append(out, what+": want "+want+", got "+got)
		}
	}
	check("outcome", want["outcome"], string(got.Outcome))
	if want["outcome"] == "refuse" || got.Outcome == schemas.OutcomeRefuse {
		return out
	}
	sheet, ok := mainSheet(want["sheet"], got.Sheets)
	if !ok {
		return append(out, "sheet: the one that the truth names was not read")
	}
	account := totals(got.Sheets)
	check("payments and refused", or(want["rows_data"], "0"), strconv.Itoa(account.Payments+account.Refused))
	check("refused", or(want["rows_amount_unreadable"], "0"), strconv.Itoa(account.Refused))
	checkAmount(want, sheet, account, check)
	check("date_min", want["date_min"], sheet.DateFrom.String())
	check("date_max", want["date_max"], sheet.DateTo.String())
	check("date_order", or(want["date_order"], "none"), sheet.DateOrder)
	checkColumn("date", want["date_column"], want["columns_by_number"], sheet, check)
	checkColumn("supplier", want["supplier_column"], want["columns_by_number"], sheet, check)
	if strings.HasPrefix(want["format"], "csv") {
		check("blank", or(want["rows_blank"], "0"), strconv.Itoa(account.Blank))
		check("footers", or(want["rows_total_or_footer"], "0"), strconv.Itoa(account.Total+account.Note))
	}
	return out
}

// checkAmount compares sum, sign, basis and column; a truth that names an
// alternative column has two right answers.
func checkAmount(want map[string]string, sheet schemas.SheetReport, account schemas.Account, check func(what, want, got string)) {
	column, sum, vat := want["amount_column"], or(want["amount_sum_pence"], "0"), want["vat_basis"]
	if alt := want["alt_amount_column"]; alt != "" && header(sheet, "amount") == alt {
		check("amount_sum_pence", want["alt_amount_sum_pence"], strconv.Itoa(int(account.PaymentPence)))
		return
	}
	check("amount_sum_pence", sum, strconv.Itoa(int(account.PaymentPence)))
	check("rows_negative", or(want["rows_negative"], "0"), strconv.Itoa(account.Negative))
	check("vat_basis", vat, string(sheet.VAT))
	checkColumn("amount", column, want["columns_by_number"], sheet, check)
}

// mainSheet returns the sheet that the truth is about: by name, else the first
// with payments, else the first.
func mainSheet(name string, sheets []schemas.SheetReport) (schemas.SheetReport, bool) {
	for _, s := range sheets {
		if name != "" && strings.TrimSpace(s.Name) == strings.TrimSpace(name) {
			return s, true
		}
	}
	for _, s := range sheets {
		if name == "" && s.Account.Payments > 0 {
			return s, true
		}
	}
	if len(sheets) == 0 || name != "" {
		return schemas.SheetReport{}, false
	}
	return sheets[0], true
}

func totals(sheets []schemas.SheetReport) schemas.Account {
	var sum schemas.Account
	for _, s := range sheets {
		sum.Payments += s.Account.Payments
		sum.Refused += s.Account.Refused
		sum.Blank += s.Account.Blank
		sum.Total += s.Account.Total
		sum.Note += s.Account.Note
		sum.Negative += s.Account.Negative
		sum.PaymentPence += s.Account.PaymentPence
	}
	return sum
}

func header(sheet schemas.SheetReport, field string) string {
	for _, c := range sheet.Columns {
		if c.Field == field {
			return c.Header
		}
	}
	return ""
}

// checkColumn compares a mapped column by its number where the truth gives
// numbers for the field, else by header ("a|b": either; "name [n]": the nth).
func checkColumn(field, headers, numbers string, sheet schemas.SheetReport, check func(what, want, got string)) {
	got := 0
	for _, c := range sheet.Columns {
		if c.Field == field {
			got = c.Column
		}
	}
	wanted := ""
	for _, pair := range strings.Split(numbers, ";") {
		if name, n, ok := strings.Cut(pair, "="); ok && name == field {
			wanted = n
		}
	}
	for _, n := range strings.Split(wanted, "|") {
		if n == strconv.Itoa(got) || n == "" && got == 0 && headers == "" {
			return
		}
	}
	check(field+" column", or(wanted, "none"), strconv.Itoa(got))
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
