package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/schemas"
)

// The real readers find in each file what its body truly paid: every line, in
// order, with its date, payee, pence and VAT basis, and hold back every person.
func TestReadersFindTheTruth(t *testing.T) {
	w := Generate(1)
	rules, err := normalize.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	current, first := linesBySlot(w.Ledger), linesBySlot(w.Superseded)
	path := filepath.Join(t.TempDir(), "file")
	for _, file := range w.Files() {
		slot := Slot{file.Publisher, file.Period.From}
		want := current[slot]
		if before, resent := first[slot]; resent && file.Edition == 1 {
			want = before
		}
		if len(file.Period.Months()) > 1 {
			want = yearOf(current, file)
		}
		if err := os.WriteFile(path, file.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		if wrong := compareFile(rules, bodyOf(w, file.Publisher), file, path, want); wrong != "" {
			t.Errorf("%s: %s", file.Path, wrong)
		}
	}
}

// yearOf gives what a roll-up repeats.
func yearOf[T any](all map[Slot][]T, file Published) (lines []T) {
	for _, month := range file.Period.Months() {
		lines = append(lines, all[Slot{file.Publisher, month}]...)
	}
	return lines
}

func linesBySlot(lines []LedgerLine) map[Slot][]LedgerLine {
	all := map[Slot][]LedgerLine{}
	for _, l := range lines {
		slot := Slot{l.Publisher, l.Month}
		all[slot] = append(all[slot], l)
	}
	return all
}

// compareFile gives the first difference, "" for none.
func compareFile(rules *normalize.Rules, b body, file Published, path string, want []LedgerLine) string {
	opened, err := ingest.Open(path, strings.Repeat("0", 64), ingest.Limits{})
	if err != nil {
		return err.Error()
	}
	defer opened.Close()
	var got kept
	about := normalize.About{Publisher: b.Publisher, FileName: file.Name, Duty: b.Duty, Period: file.Period}
	report, err := rules.Normalize(opened.Sheets, about, &got)
	switch {
	case err != nil:
		return err.Error()
	case len(want) == 0 && report.Outcome != schemas.OutcomeEmpty:
		return fmt.Sprintf("a nil month is read as %s: %s", report.Outcome, report.Reason)
	case len(got) != len(want):
		return fmt.Sprintf("%d payments of %d; %s %s", len(got), len(want), report.Outcome, report.Reason)
	}
	for _, sheet := range report.Sheets {
		if !sheet.Account.Balances() {
			return fmt.Sprintf("the account of sheet %d does not balance", sheet.Number)
		}
	}
	for i, line := range want {
		if wrong := differs(b, got[i], line); wrong != "" {
			return fmt.Sprintf("row %d: %s", got[i].Row, wrong)
		}
	}
	return ""
}

func differs(b body, got schemas.Payment, want LedgerLine) string {
	switch {
	case got.Amount != want.Amount:
		return fmt.Sprintf("amount %s, want %s", got.Amount, want.Amount)
	case got.Date != want.Date:
		return fmt.Sprintf("date %s, want %s", got.Date, want.Date)
	case got.Payee != want.Payee:
		return fmt.Sprintf("payee %q, want %q", got.Payee, want.Payee)
	case got.VAT != want.Basis:
		return fmt.Sprintf("VAT basis %s, want %s", got.VAT, want.Basis)
	case namesPerson(want.Payee) && got.PayeeClass == schemas.PayeeOrganisation:
		return fmt.Sprintf("payee %q is not held back", want.Payee)
	case namesPerson(want.Text) && b.layout.has(holdsText) && !got.TextWithheld:
		return fmt.Sprintf("text %q is not held back", want.Text)
	}
	return ""
}

func namesPerson(text string) bool {
	return slices.ContainsFunc(surnames(), func(surname string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(surname))
	})
}

// kept collects payments; texts are only lent, and are cloned.
type kept []schemas.Payment

func (k *kept) Payments(_ schemas.Sheet, batch []schemas.Payment) error {
	for _, p := range batch {
		p.Payee = strings.Clone(p.Payee)
		*k = append(*k, p)
	}
	return nil
}

func (k *kept) Issues(schemas.Sheet, []schemas.Issue) error { return nil }
