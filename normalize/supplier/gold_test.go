package supplier

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"testing"
)

// TestGold holds the rules to the pairs of names that two readers judged: a change
// that loses many of them, or joins many that are not one, fails. The figures to
// claim are those of EVALUATION.md.
func TestGold(t *testing.T) {
	payees := allNames(t)
	file, err := os.Open("../../../shared/data/gold/supplier_pairs.csv")
	if err != nil {
		t.Skip("../shared/data is absent")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	id := map[string]string{}
	for i, identity := range rules(t).Resolve(payees).Identities {
		id[payees[i].Name] = identity.ID
	}
	const a, b, label, alt = 3, 6, 9, 10
	same, found, wrong := 0, 0, 0
	for _, row := range rows[1:] {
		if row[alt] != "" && row[alt] != row[label] {
			continue
		}
		joined := id[row[a]] != "" && id[row[a]] == id[row[b]]
		switch {
		case row[label] == "same":
			same++
			if joined {
				found++
			}
		case row[label] == "different" && joined:
			wrong++
		}
	}
	if found*100 < same*73 || wrong*100 > (found+wrong)*3 {
		t.Errorf("found %d of %d pairs of one supplier, and joined %d that are different", found, same, wrong)
	}
}

// allNames are the names of the corpus, as published.
func allNames(t testing.TB) []Payee {
	file, err := os.Open("../../../shared/data/gold/supplier_names.csv.gz")
	if err != nil {
		t.Skip("../shared/data is absent")
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	payees := make([]Payee, 0, len(rows))
	for _, row := range rows[1:] {
		payees = append(payees, Payee{Name: row[0], Postcode: row[2], VAT: row[3]})
	}
	return payees
}
