package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/normalize/category"
	resolver "commonspend/normalize/supplier"
	"commonspend/schemas"
)

// TestJudgesFindTheTruth judges what the readers read: every line's scope and
// the division of its category must come out as the ledger has them, and every
// firm as one supplier, however it is spelt, and apart from every other.
func TestJudgesFindTheTruth(t *testing.T) {
	w := Generate(3)
	judge, err := category.New()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := normalize.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	current := linesBySlot(w.Ledger)
	names := map[string]string{}
	wrong, lines := map[string]int{}, 0
	for _, file := range w.Files() {
		if len(file.Period.Months()) > 1 || file.Edition > 1 || file.Period.From.FinancialYear() != monthAt(0).FinancialYear() {
			continue
		}
		if contains(file.Quirks, "resubmission") || w.slots[Slot{file.Publisher, file.Period.From}].first != nil {
			continue
		}
		b := bodyOf(w, file.Publisher)
		for i, p := range paymentsOf(t, rules, b, file) {
			truth := current[Slot{file.Publisher, file.Period.From}][i]
			if truth.Supplier != "" {
				names[truth.Payee] = truth.Supplier
			}
			lines++
			got := judge.Judge(category.Line{Publisher: b.Name, Payee: p.Payee, Text: textOf(p)})
			if unlike(got, truth) {
				wrong[fmt.Sprintf("%s, %s, %s: want %s %s", b.ID, p.Payee, textOf(p), truth.Scope, truth.Category)]++
			}
		}
	}
	for text, n := range wrong {
		t.Errorf("%d lines of %s", n, text)
	}
	t.Logf("%d lines", lines)
	resolveNames(t, names)
}

// unlike reports whether a judgement differs from the truth, or is less sure of
// what was bought than comparisons ask for.
func unlike(got category.Judgement, truth LedgerLine) bool {
	if truth.Category == "" && truth.Basis == schemas.VATNet {
		return got.Scope == "procurement" // else shares of all that is procured would not be the ledger's
	}
	if truth.Category == "" {
		return got.Scope == "procurement" && (got.Category != "" || got.Confidence >= sureEnough)
	}
	return got.Scope != truth.Scope || !strings.HasPrefix(got.Category, stem(truth.Category)) || got.Confidence < sureEnough
}

// sureEnough lies above the 0.8 from which comparisons count a judgement, so that
// a model learnt anew does not at once make the demonstration unsure.
const sureEnough = 0.81

func contains(list []string, word string) bool {
	for _, each := range list {
		if each == word {
			return true
		}
	}
	return false
}

// stem is a CPV code's telling digits: "79600000-0" is "796".
func stem(code string) string {
	digits, _, _ := strings.Cut(code, "-")
	if trimmed := strings.TrimRight(digits, "0"); len(trimmed) >= 2 {
		return trimmed
	}
	return digits[:2]
}

func textOf(p schemas.Payment) string {
	var parts []string
	for _, field := range [][2]string{{"Department Family", p.DepartmentFamily}, {"Entity", p.Entity}, {"Expense Type", p.ExpenseType},
		{"Expense Area", p.ExpenseArea}, {"Description", p.Description}, {"Category", p.Category}} {
		if field[1] != "" {
			parts = append(parts, field[0]+"="+field[1])
		}
	}
	return strings.Join(parts, " | ")
}

func paymentsOf(t *testing.T, rules *normalize.Rules, b body, file Published) []schemas.Payment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, file.Bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	opened, err := ingest.Open(path, strings.Repeat("0", 64), ingest.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	var got keptWhole
	about := normalize.About{Publisher: b.Publisher, FileName: file.Name, Duty: b.Duty, Period: file.Period}
	if _, err := rules.Normalize(opened.Sheets, about, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// keptWhole collects payments with the texts that judges read.
type keptWhole []schemas.Payment

func (k *keptWhole) Payments(_ schemas.Sheet, batch []schemas.Payment) error {
	for _, p := range batch {
		for _, text := range []*string{&p.Payee, &p.DepartmentFamily, &p.Entity, &p.ExpenseType, &p.ExpenseArea, &p.Description, &p.Category} {
			*text = strings.Clone(*text)
		}
		*k = append(*k, p)
	}
	return nil
}

func (k *keptWhole) Issues(schemas.Sheet, []schemas.Issue) error { return nil }

// resolveNames holds the spellings of every firm against each other.
func resolveNames(t *testing.T, names map[string]string) {
	t.Helper()
	rules, err := resolver.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	var payees []resolver.Payee
	for name := range names {
		payees = append(payees, resolver.Payee{Name: name, Class: schemas.PayeeOrganisation})
	}
	result := rules.Resolve(payees)
	byID, byTruth := map[string]string{}, map[string]string{}
	for i, p := range payees {
		id, truth := result.Identities[i].ID, names[p.Name]
		if id == "" {
			t.Errorf("%q abstained", p.Name)
		} else if other, ok := byID[id]; ok && other != truth {
			t.Errorf("%q and %q are taken for one", other, truth)
		} else if other, ok := byTruth[truth]; ok && other != id {
			t.Errorf("%q is taken for two", truth)
		}
		byID[id], byTruth[truth] = truth, id
	}
	t.Logf("%d names of %d suppliers", len(names), len(byTruth))
}
