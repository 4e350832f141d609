package schemas

import (
	"strings"
	"testing"
)

func TestReadBodies(t *testing.T) {
	const head = "id,name,kind,source,from,to,succeeded_by\n"
	for _, c := range []struct{ name, file, refusal string }{
		{"taken", head + "X-1,Hill Council,council,made up,2019-04-01,,\nX-0,Dale Council,council,made up,,2019-03-31,X-1 X-2\nX-2,Fell Council,council,made up,2019-04-01,,", ""},
		{"byte order mark, capitals", "\ufeffID,Name,Kind,Source\nX-1,Hill Council,council,made up\n", ""},
		{"known beforehand", head + "X-1,Hill Council,council,made up,,2019-03-31,K-1\n", ""},
		{"empty", "", "the file of bodies is empty"},
		{"wrong shape", "org,title\nX-1,Hill\n", `line 1: the file of bodies has no column "id"`},
		{"column twice", "id,name,name,kind,source\n", `line 1: the column "name" is there twice`},
		{"short line", head + "X-1,Hill Council,council\n", "line 2: it has more or fewer cells"},
		{"not CSV", "\xd0\xcf\x11\xe0", `line 1: the file of bodies has no column "id"`},
		{"stray quotation mark", head + "X-1,Hill \"Council,council,made up,,,\n", "line 2: the file of bodies is not CSV"},
		{"no name", head + "X-1, ,council,made up,,,\n", `line 2: the cell "name" is blank`},
		{"no source", head + "X-1,Hill Council,council,,,,\n", `line 2: the cell "source" is blank`},
		{"id of two words", head + "X 1,Hill Council,council,made up,,,\n", `line 2: the id "X 1" holds a space`},
		{"id twice", head + "X-1,Hill Council,council,made up,,,\nX-1,Dale Council,council,made up,,,\n", `line 3: the id "X-1" is on line 2 already`},
		{"date", head + "X-1,Hill Council,council,made up,01/04/2019,,\n", `line 2: "from": "01/04/2019" is not a date as YYYY-MM-DD`},
		{"no such day", head + "X-1,Hill Council,council,made up,,2019-02-30,\n", `line 2: "to": "2019-02-30" is not a date`},
		{"ends first", head + "X-1,Hill Council,council,made up,2019-04-01,2019-03-31,\n", "line 2: it ends on 2019-03-31, before it begins on 2019-04-01"},
		{"unknown successor", head + "X-1,Hill Council,council,made up,,2019-03-31,X-9\n", `line 2: "X-1" names the body "X-9"`},
		{"own successor", head + "X-1,Hill Council,council,made up,,,X-1\n", `line 2: "X-1" is given as its own successor`},
	} {
		bodies, err := ReadBodies(strings.NewReader(c.file), "K-1")
		expect(t, c.name, c.refusal, err, len(bodies))
	}
}

func TestReadDenominators(t *testing.T) {
	const head = "body,measure,year,value,source\n"
	for _, c := range []struct{ name, file, refusal string }{
		{"taken", head + "X-1,population,2020,1234,made up\nX-1,population,2021,1234.5,made up\n", ""},
		{"wrong shape", "body,population\nX-1,12\n", `no column "measure"`},
		{"blank", head + "X-1,population,2020,,made up\n", `line 2: the cell "value" is blank`},
		{"measure", head + "X-1,Head Count,2020,12,made up\n", "line 2: the measure \"Head Count\" is not small letters"},
		{"year", head + "X-1,population,2020/21,12,made up\n", `line 2: the year "2020/21" is not a calendar year`},
		{"value with commas", head + "X-1,population,2020,\"12,000\",made up\n", `line 2: the value "12,000" is not a plain number`},
		{"negative", head + "X-1,population,2020,-12,made up\n", `line 2: the value "-12" is not a plain number`},
		{"four decimals", head + "X-1,population,2020,1.2345,made up\n", "at most three decimals"},
		{"overflow", head + "X-1,population,2020,99999999999999999999,made up\n", "not a plain number"},
		{"twice", head + "X-1,population,2020,12,made up\nX-1,population,2020,12,made up\n", "line 3: population of X-1 in 2020 is on line 2 already"},
	} {
		list, err := ReadDenominators(strings.NewReader(c.file))
		expect(t, c.name, c.refusal, err, len(list))
	}
}

// expect asks for the refusal, with nothing half read; "" asks for none.
func expect(t *testing.T, name, refusal string, err error, read int) {
	t.Helper()
	switch {
	case refusal == "" && (err != nil || read == 0):
		t.Errorf("%s: refused: %v", name, err)
	case refusal != "" && (err == nil || read != 0 || !strings.Contains(err.Error(), refusal)):
		t.Errorf("%s: read %d, error %v, want %q", name, read, err, refusal)
	}
}

func TestDenominatorValue(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "12": "12", "12.50": "12.5", "0.007": "0.007", "1000": "1000"} {
		list, err := ReadDenominators(strings.NewReader("body,measure,year,value,source\nX,m,2020," + text + ",s\n"))
		if err != nil || list[0].Value() != want {
			t.Errorf("%s: %v, %v", text, list, err)
		}
	}
}

// TestSuccessors asks that who took over was there when the other ended.
func TestSuccessors(t *testing.T) {
	_, byID := register(t)
	for _, b := range byID {
		for _, id := range b.SucceededBy {
			if next := byID[id]; b.To == NoDate || next.From != NoDate && next.From > b.To+1 || next.To != NoDate && next.To <= b.To {
				t.Errorf("%s ends on %s; %s, which took over, begins on %s and ends on %s", b.ID, b.To, id, next.From, next.To)
			}
		}
	}
	names, err := BodyNames()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if _, ok := byID[n.Body]; !ok || n.Name == "" {
			t.Errorf("the name %q is no body's", n.Name)
		}
	}
}

// TestDenominatorsHeld asks that each council of today has all that peers are
// found by, and that no denominator is of an unknown body.
func TestDenominatorsHeld(t *testing.T) {
	bodies, byID := register(t)
	list, err := Denominators()
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, d := range list {
		has[d.Body+" "+d.Measure] = true
		if _, ok := byID[d.Body]; !ok || d.Thousandths <= 0 {
			t.Errorf("%s of %q is %s", d.Measure, d.Body, d.Value())
		}
	}
	for _, b := range bodies {
		for _, m := range []string{"population", "area_hectares", "deprivation", "rurality"} {
			if b.Kind == "council" && b.To == NoDate && !has[b.ID+" "+m] {
				t.Errorf("%s has no %s", b.ID, m)
			}
		}
	}
}

func register(t *testing.T) ([]Body, map[string]Body) {
	t.Helper()
	bodies, err := Bodies()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]Body{}
	for _, b := range bodies {
		byID[b.ID] = b
	}
	return bodies, byID
}

// TestCrosswalks asks that every code they lead to is one of the vocabulary.
func TestCrosswalks(t *testing.T) {
	cpv, err := Codelist("cpv")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{"": true}
	for _, line := range cpv {
		codes[line["code"]+"-"+line["check"]] = true
	}
	list, err := Codelist("crosswalks")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range list {
		if !codes[line["cpv"]] || line["source"] == "" || !strings.Contains(" draft confirmed external ", " "+line["status"]+" ") {
			t.Errorf("crosswalks.csv line %d: %v", i+2, line)
		}
	}
}

func TestPriceIndex(t *testing.T) {
	p, err := PriceIndex("gdp_deflator")
	if err != nil {
		t.Fatal(err)
	}
	// 3 × 84.146 + 88.328 = 340.766
	if quarters, ok := p.FinancialYear(2019); !ok || quarters != 340766 || p.Base != 2023 {
		t.Errorf("2019/20 is %d quarters of a thousandth on base %d", quarters, p.Base)
	}
	if _, ok := p.FinancialYear(2023); ok {
		t.Error("2023/24 has an index, though 2024 has none")
	}
	if _, err := PriceIndex("rpi"); err == nil {
		t.Error("an index that is not held is read")
	}
}
