package main

import (
	"strings"
	"testing"
)

// What was found of the largest payees has a verdict for each question, and
// says what would be right wherever something is wrong.
func TestCheckedPayees(t *testing.T) {
	checked, err := readTable(strings.NewReader(checkedPayees))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, entry := range checked {
		if seen[entry["payee"]] {
			t.Errorf("%s is there twice", entry["payee"])
		}
		seen[entry["payee"]] = true
		wrong := false
		for _, what := range []string{"identity", "scope", "category"} {
			switch entry[what] {
			case "right", "none":
			case "wrong":
				wrong = true
			default:
				t.Errorf("%s: %s is %q", entry["payee"], what, entry[what])
			}
		}
		if wrong != (entry["note"] != "") {
			t.Errorf("%s: what is wrong and what would be right go together", entry["payee"])
		}
	}
}

func TestVerdict(t *testing.T) {
	entry := map[string]string{"identity": "wrong", "scope": "right", "category": "none", "note": "another body"}
	if got := verdict(entry); got != "identity wrong: another body" {
		t.Errorf("verdict is %q", got)
	}
	if got := both(1, 2, 3, 4); got != "50.0 %, 75.0 %" {
		t.Errorf("both is %q", got)
	}
}
