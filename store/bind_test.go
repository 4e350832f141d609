package store

import (
	"slices"
	"testing"
)

func TestBindPutsValuesInOrder(t *testing.T) {
	query, args, err := Bind("SELECT ':no', x::DATE FROM t -- :not this\nWHERE a = :b AND c = :d2 AND e = :b", map[string]any{"b": 1, "d2": "two"})
	if err != nil {
		t.Fatal(err)
	}
	if query != "SELECT ':no', x::DATE FROM t -- :not this\nWHERE a = ? AND c = ? AND e = ?" {
		t.Errorf("query is %q", query)
	}
	if !slices.Equal(args, []any{1, "two", 1}) {
		t.Errorf("args are %v", args)
	}
}

func TestBindRefusesNamesThatDoNotMeet(t *testing.T) {
	for query, values := range map[string]map[string]any{
		"SELECT :a":    {},
		"SELECT 1":     {"a": 1},
		"SELECT 'open": {},
	} {
		if _, _, err := Bind(query, values); err == nil {
			t.Errorf("%q is accepted", query)
		}
	}
}
