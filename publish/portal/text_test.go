package portal

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	cases := map[string]string{
		count(0): "0", count(999): "999", count(1000): "1,000", count(-1234567): "-1,234,567",
		headline(0): "£0", headline(123456): "£1,235", headline(-149): "-£1",
		headline(99_999_949): "£999,999", headline(99_999_950): "£1.0 million", // half a pound below a million rounds up to it
		headline(123_456_789): "£1.2 million", headline(-125_000_000): "-£1.3 million",
		headline(99_994_999_999): "£999.9 million", headline(99_995_000_000): "£1.0 billion", headline(123_456_789_012_300): "£1,234.6 billion",
		pounds(123450): "£1,234.50", pounds(-5): "-£0.05",
		size(812): "812 bytes", size(1): "1 byte", size(14_240_000): "14.2 MB", size(999_960): "1,000.0 kB",
		columnLetters(0): "", columnLetters(1): "A", columnLetters(26): "Z", columnLetters(27): "AA", columnLetters(703): "AAA",
		Day("2024-04-04").Long(): "4 April 2024", Day("").Long(): "no date", Day("2024-04-04").MonthSlug(): "2024-04",
		periodWords("2024-04-01", "2024-04-30"): "April 2024", periodWords("2024-04-01", "2025-03-31"): "financial year 2024/25",
		periodWords("2024-04-01", "2024-06-30"): "1 April 2024 to 30 June 2024", periodWords("", ""): "not known",
		payeeWords("individual", "A Person"): "Individual (name withheld)", payeeWords("unheard-of", "A Person"): "Withheld",
		keyWords("payee", "(individual)"): "Individuals (names withheld)", keyWords("expense_type", ""): "No expense type given",
		plainName("payments/d\"1/2024-25.parquet"): "payments-d-1-2024-25.parquet",
		twin("/", "a=b", ".json"):                  "/index.json?a=b", twin("/bodies", "", ".json"): "/bodies.json",
	}
	for got, want := range cases {
		if got != want {
			t.Errorf("%q should be %q", got, want)
		}
	}
}

// TestPairsKeepTheirOrder reads other columns in the file's order.
func TestPairsKeepTheirOrder(t *testing.T) {
	pairs, err := readPairs(`{"Ward":"North","Area":"a","Ward 2":"3"}`)
	if err != nil || len(pairs) != 3 || pairs[0].Header != "Ward" || pairs[1].Header != "Area" || pairs[2].Value != "3" {
		t.Errorf("%v %v", pairs, err)
	}
	if _, err := readPairs(`{"Ward":`); err == nil || !strings.Contains(err.Error(), "other columns") {
		t.Errorf("half an object is read: %v", err)
	}
}
