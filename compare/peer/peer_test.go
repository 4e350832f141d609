package peer

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"commonspend/schemas"

	_ "github.com/duckdb/duckdb-go/v2"
)

// register is four districts, a county and a district of another time.
// By hand, over the districts A to D: populations 1, 2, 3 and 6 thousand have mean 3 and standard deviation
// √((4 + 1 + 0 + 9) / 4) = 1.870829; deprivation 1, 1, 5, 5 has mean 3 and 2.
// From A: B is 1 / 1.870829 = 0.534522 away; C √((2 / 1.870829)² + (4 / 2)²) = √(1.142857 + 4) = 2.267787;
// D √((5 / 1.870829)² + 4) = √(7.142857 + 4) = 3.338092.
const register = `
CREATE TABLE register (body VARCHAR, name VARCHAR, kind VARCHAR, tier VARCHAR, region VARCHAR, valid_from DATE, valid_to DATE, succeeded_by VARCHAR);
INSERT INTO register VALUES ('A', 'Ambry', 'council', 'District', 'East', NULL, NULL, ''), ('B', 'Birch', 'council', 'District', 'West', NULL, NULL, ''),
  ('C', 'Cotter', 'council', 'District', 'East', NULL, NULL, ''), ('D', 'Dunnet', 'council', 'District', 'West', NULL, NULL, ''),
  ('E', 'Elmstow', 'council', 'District', 'East', DATE '2018-10-01', NULL, ''), ('F', 'Fenwick', 'council', 'District', 'East', NULL, DATE '2010-03-31', 'A'),
  ('G', 'Garrow', 'council', 'District', 'East', NULL, NULL, ''), ('X', 'Exmere', 'council', 'County', 'East', NULL, NULL, ''), ('XX-Y', 'Yarrow Family', 'council', 'County', 'East', NULL, NULL, '');
CREATE TABLE denominators (body VARCHAR, measure VARCHAR, year INTEGER, value DECIMAL(18, 3), source VARCHAR);
INSERT INTO denominators VALUES ('A', 'population', 2018, 1000, ''), ('B', 'population', 2018, 2000, ''), ('C', 'population', 2018, 3000, ''),
  ('D', 'population', 2018, 6000, ''), ('A', 'population', 2001, 9, ''), ('A', 'deprivation', 2015, 1, ''), ('B', 'deprivation', 2015, 1, ''),
  ('C', 'deprivation', 2015, 5, ''), ('D', 'deprivation', 2015, 5, '');`

func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(register + "; CREATE TABLE coverage AS SELECT 'X' AS body, 'held' AS status"); err != nil {
		t.Fatal(err)
	}
	return db
}

func find(t *testing.T, db *sql.DB, body, rule string) *Group {
	t.Helper()
	parsed, err := ParseRule(rule)
	if err != nil {
		t.Fatal(err)
	}
	group, err := Find(context.Background(), db, body, schemas.FinancialYear(2018).Period(), parsed)
	if err != nil {
		t.Fatal(err)
	}
	return group
}

func TestNearest(t *testing.T) {
	group := find(t, open(t), "A", "nearest:3")
	want := map[string]float64{"B": 0.534522, "C": 2.267787, "D": 3.338092}
	var order []string
	for _, c := range group.Candidates {
		order = append(order, c.ID)
		if *c.Distance != want[c.ID] {
			t.Errorf("%s is %v away, want %v", c.ID, *c.Distance, want[c.ID])
		}
	}
	if !slices.Equal(order, []string{"B", "C", "D"}) {
		t.Errorf("the order is %v", order)
	}
	if len(group.Features) != 2 || group.Features[0].Year != 2018 || group.Features[0].Mean != 3000 {
		t.Errorf("the features are %+v", group.Features)
	}
	if out := leftOut(group); !slices.Equal(out, []string{"E", "G"}) { // E began in the period, of G nothing is held
		t.Errorf("left out are %v", out)
	}
}

func leftOut(group *Group) []string {
	var bodies []string
	for _, out := range group.LeftOut {
		bodies = append(bodies, out.Body)
	}
	return bodies
}

func TestRules(t *testing.T) {
	db := open(t)
	for rule, want := range map[string][]string{"kind": {"B", "C", "D", "G"}, "region": {"C", "G"}, "d,A,b,D": {"D", "B"}, "KIND": {"B", "C", "D", "G"}} {
		var got []string
		for _, c := range find(t, db, "A", rule).Candidates {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", rule, got, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	db := open(t)
	for _, c := range []struct{ body, rule, sentence, instead string }{
		{"Q99", "kind", `holds no "Q99". Ids look like GB-LAE-LDS: ` + "`commonspend coverage`", ""},
		{"XX-Q", "kind", `holds no "XX-Q"`, "--body XX-Y, Yarrow Family"},
		{"XX-Yarr", "kind", `holds no "XX-Yarr"`, "--body XX-Y, Yarrow Family"},
		{"A", "family", `"family" is neither a rule for peers nor a body of the register: peers are nearest:15 (or another number), kind, region,`, ""},
		{"A", "b,nnet", `"nnet" is neither a rule`, "--peers D, Dunnet"},
		{"mere", "kind", `holds no "mere"`, "--body X, Exmere"},
		{"1", "kind", `holds no "1"`, "--body X, Exmere; --body A, Ambry"},
		{"A", "B,X", "Exmere is a council (County) and Ambry a council (District)", "the list without X"},
		{"F", "kind", "it was abolished on 31 March 2010", "the body that followed it: A"},
		{"E", "kind", "it was formed on 1 October 2018", "a period in which it existed throughout"},
		{"G", "nearest:5", "none can be called nearest", "--peers kind"},
	} {
		rule, err := ParseRule(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Find(context.Background(), db, c.body, schemas.FinancialYear(2018).Period(), rule)
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s by %s is answered: %v", c.body, c.rule, err)
			continue
		}
		if !strings.Contains(refusal.Sentence, c.sentence) || !strings.Contains(strings.Join(refusal.Instead, "; "), c.instead) {
			t.Errorf("it says %q and offers %q", refusal.Sentence, refusal.Instead)
		}
		if c.rule == "family" && len(refusal.Instead) > 0 {
			t.Errorf("it offers %q", refusal.Instead)
		}
	}
}

func TestRulesReadBack(t *testing.T) {
	for text, want := range map[string]string{"": "nearest:15", "nearest": "nearest:15", "nearest:3": "nearest:3", "kind": "kind", "Region": "region", "NEAREST:4": "nearest:4", " A, B,A": "A,B"} {
		rule, err := ParseRule(text)
		if err != nil || rule.String() != want {
			t.Errorf("%q becomes %q, %v; want %q", text, rule.String(), err, want)
		}
	}
	for _, text := range []string{"nearest:0", "nearest:x", ",", "nearest:9999"} {
		if _, err := ParseRule(text); err == nil {
			t.Errorf("%q is taken for a rule", text)
		}
	}
}
