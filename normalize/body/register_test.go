package body

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"commonspend/schemas"
)

func loaded(t *testing.T) *Register {
	t.Helper()
	r, err := LoadRegister()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRegisterFacts looks up what the law did to bodies, by name and day.
func TestRegisterFacts(t *testing.T) {
	file, err := os.Open("testdata/facts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	facts, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := loaded(t)
	stranger := Publisher{"any", "Anytown Parish Council", ""}
	for _, c := range facts[1:] {
		if s := At(r.Resolve(stranger, c[0]), day(c[1])); s.Body != c[2] {
			t.Errorf("%q on %s is %q by %s (%s), want %q", c[0], c[1], s.Body, s.Method, s.Reason, c[2])
		}
	}
}

// TestOfficialNames asks that every body is found by its own name while it lived.
func TestOfficialNames(t *testing.T) {
	r := loaded(t)
	stranger := Publisher{"any", "Anytown Parish Council", ""}
	wrong := 0
	for _, b := range r.Bodies() {
		on := b.To
		if on == schemas.NoDate {
			on = day("2025-06-01")
		}
		if s := At(r.Resolve(stranger, b.Name), on); s.Body != b.ID {
			wrong++
			t.Logf("%s (%s) is %q: %s", b.ID, b.Name, s.Body, s.Reason)
		}
	}
	if wrong > 0 {
		t.Errorf("%d bodies are not found by their own names", wrong)
	}
}

// TestCorpusPublishers asks that a publisher is found by its name alone where
// its body's id is recorded.
func TestCorpusPublishers(t *testing.T) {
	file, err := os.Open("../../../shared/data/corpus/PUBLISHERS.csv")
	if err != nil {
		t.Skip("../shared/data is absent")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := loaded(t)
	known, found := 0, 0
	for i, row := range rows[1:] {
		if row[2] == "" {
			continue
		}
		known++
		ids := []string{}
		for _, s := range r.Resolve(Publisher{row[0], row[1], ""}, "") {
			ids = append(ids, s.Body)
		}
		if strings.Contains(" "+strings.Join(ids, " ")+" ", " "+row[2]+" ") {
			found++
		} else {
			t.Errorf("PUBLISHERS.csv row %d: not found by its name", i+2)
		}
	}
	t.Logf("%d of %d", found, known)
}
