package category

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// practice is a small made-up set of labelled lines: enough of each class for
// learning to find it.
func practice() []Labelled {
	var lines []Labelled
	for i := range 40 {
		name := string(rune('a'+i%26)) + "borough"
		lines = append(lines,
			Labelled{Line{Publisher: "anytown", Payee: name + " Taxis", Text: "Expense Type=School transport"}, Procurement, "60", "601", "h", false},
			Labelled{Line{Publisher: "anytown", Payee: name + " Solicitors LLP", Text: "Expense Type=Legal fees"}, Procurement, "79", "791", "h", i%2 == 0},
			Labelled{Line{Publisher: "anytown", Payee: name + " Electricity", Text: "Expense Type=Power"}, Procurement, "09", "", "m", false},
			Labelled{Line{Publisher: "anytown", Payee: name + " County Council", Text: "Expense Type=Precept"}, Transfer, "", "", "h", false})
	}
	return lines
}

func practiceJudge(t *testing.T) *Judge {
	t.Helper()
	model, err := Train(practice())
	if err != nil {
		t.Fatal(err)
	}
	judge, err := With(model, "practice")
	if err != nil {
		t.Fatal(err)
	}
	return judge
}

func TestTrainingIsDeterministic(t *testing.T) {
	var files [2]bytes.Buffer
	for i := range files {
		model, err := Train(practice())
		if err != nil {
			t.Fatal(err)
		}
		if err := model.Write(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same lines gave two different model files")
	}
	read, err := ReadModel(files[0].Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := read.Write(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(files[0].Bytes(), again.Bytes()) {
		t.Error("a model read and written again is another model")
	}
}

func TestJudgeLearnsAndAbstains(t *testing.T) {
	judge := practiceJudge(t)
	for _, c := range []struct {
		line            Line
		scope, category string
	}{
		{Line{Publisher: "anytown", Payee: "Newplace Taxis", Text: "Expense Type=School transport"}, Procurement, "60100000-9"},
		{Line{Publisher: "anytown", Payee: "Oldplace County Council", Text: "Expense Type=Precept"}, Transfer, ""},
	} {
		got := judge.Judge(c.line)
		if got.Scope != c.scope || got.Category != c.category {
			t.Errorf("%v: got %s %s, want %s %s", c.line, got.Scope, got.Category, c.scope, c.category)
		}
	}
	judge.SetThreshold(1.1)
	got := judge.Judge(Line{Publisher: "anytown", Payee: "Newplace Taxis", Text: "Expense Type=School transport"})
	if got.Category != "" || got.Likely != "60100000-9" {
		t.Errorf("below the threshold: got category %q, likely %q", got.Category, got.Likely)
	}
}

func TestCodeInTheLineDecides(t *testing.T) {
	judge := practiceJudge(t)
	for _, c := range []struct{ text, category, method string }{
		{"CPV=79140000", "79140000-7", ByCode},
		{"Description=Advice 79140000-7", "79140000-7", ByCode},
		{"CPV=79140000-1", "", ""},       // the check digit is wrong
		{"Description=79140000", "", ""}, // eight digits may be anything
		{"CPV=99999999", "", ""},         // no such code
		{"Invoice=79140001-7", "", ""},   // no such code
		{"CPV Code=03000000-1", "03000000-1", ByCode},
	} {
		got := judge.Judge(Line{Publisher: "anytown", Payee: "Newplace Taxis", Text: c.text})
		if (got.Method == ByCode) != (c.method == ByCode) || c.category != "" && got.Category != c.category {
			t.Errorf("%s: got %s by %s", c.text, got.Category, got.Method)
		}
	}
}

func TestNothingToGoBy(t *testing.T) {
	got := practiceJudge(t).Judge(Line{Publisher: "anytown", Payee: " ", Text: ""})
	if got.Scope != Unknown || got.Method != ByNone || got.Confidence != 0 {
		t.Errorf("an empty line: got %+v", got)
	}
}

func TestReasonNamesRuleAndWords(t *testing.T) {
	got := practiceJudge(t).Judge(Line{Publisher: "anytown", Payee: "Newplace Solicitors LLP", Text: "Expense Type=Legal fees"})
	for _, want := range []string{"rule: ", "weighed most:", "“"} {
		if !strings.Contains(got.Reason, want) {
			t.Errorf("reason %q lacks %q", got.Reason, want)
		}
	}
}

func TestRules(t *testing.T) {
	all := newRules([]map[string]string{
		{"field": "payee", "words": "^acme", "category": "48", "sure": "no"},
		{"field": "type", "words": "agency staff", "scope": "procurement", "category": "796", "sure": "yes"},
		{"field": "any", "words": "rates", "scope": "tax", "sure": "no"},
	})
	for _, c := range []struct {
		payee, text string
		want        int
	}{
		{"Acme Ltd", "", 1},
		{"The Acme", "", 0}, // not at the start
		{"x", "Expense Type=Agency Staff", 1},
		{"x", "Expense Area=Agency Staff", 0},   // another column
		{"x", "Expense Type=Staff Agency", 0},   // another order
		{"x", "Expense Area=Rates", 0},          // any is not the area
		{"x", "Description=Rates and rates", 1}, // once in each column
	} {
		know := &knowledge{bodies: newBodies(nil, nil), rules: all}
		got := 0
		for _, p := range know.read(&Line{Payee: c.payee, Text: c.text}).parts {
			got += len(p.hits)
		}
		if got != c.want {
			t.Errorf("%s, %s: %d rules apply, want %d", c.payee, c.text, got, c.want)
		}
	}
}

// TestKindsOfBodies reads the kind of public body off names as ledgers write them.
func TestKindsOfBodies(t *testing.T) {
	know, err := newKnowledge()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Birmingham City Council":         "council",
		"WOLVERHAMPTON CITY CO":           "council", // cut short: all that go on so are councils
		"VETERINARY MEDICINES DIREC":      "central",
		"The University of the West of S": "university",
		"Birmingham":                      "", // too little is left
		"Manchester Metropolitan Larks":   "", // no name goes on so
		"Brambleholt NHS Foundation T":    "trust",
	} {
		if got := know.payee(name).kind; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestSureRuleDecides(t *testing.T) {
	judge := practiceJudge(t)
	judge.know.rules = newRules([]map[string]string{{"field": "type", "words": "rates", "scope": "tax", "sure": "yes"}})
	got := judge.Judge(Line{Publisher: "anytown", Payee: "Newplace Taxis", Text: "Expense Type=School transport rates"})
	if got.Scope != Tax || got.Category != "" || got.Method != ByRule || got.Confidence != ruleConfidence {
		t.Errorf("got %+v; the model's confidence was in another answer", got)
	}
}

// TestRuleTables holds every embedded rule to the columns and codes there are.
func TestRuleTables(t *testing.T) {
	list, err := newCodes()
	if err != nil {
		t.Fatal(err)
	}
	scopes := " procurement grant transfer individuals tax finance mixed "
	for name, text := range map[string]string{"category_rules.csv": rulesCSV, "suppliers.csv": suppliersCSV} {
		lines, err := table(name, text)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range lines {
			if line["category"] != "" && list.full(line["category"]) == "" {
				t.Errorf("%s, line %d: there is no CPV code %s", name, i+2, line["category"])
			}
			if line["scope"] != "" && !strings.Contains(scopes, " "+line["scope"]+" ") {
				t.Errorf("%s, line %d: there is no scope %q", name, i+2, line["scope"])
			}
			if !strings.Contains(" payee type area detail label kind kinds any ", " "+line["field"]+" ") || line["status"] == "" || line["source"] == "" {
				t.Errorf("%s, line %d: field, status or source is missing or unknown", name, i+2)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"S.E.N. Taxi's  (LA)": "s e n taxis la",
		"M&S plc":             "m and s plc",
		"Café Crème":          "cafe creme",
		" -- ":                "",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCalibrationRises(t *testing.T) {
	var outcomes []outcome
	for i := range 1000 {
		outcomes = append(outcomes, outcome{float64(i) / 1000, i%1000 > (i*7)%1000, 1})
	}
	c := calibrate(outcomes)
	last := 0.0
	for share := 0.0; share <= 1; share += 0.01 {
		right := c.right(share)
		if right < last || right > 1 {
			t.Fatalf("at %.2f: %.3f after %.3f", share, right, last)
		}
		last = right
	}
}

func TestReadLabelledNamesTheMissingColumn(t *testing.T) {
	_, err := ReadLabelled(strings.NewReader("id,payee\n"))
	if err == nil || !strings.Contains(err.Error(), `"publisher"`) {
		t.Errorf("got %v", err)
	}
}

func TestWithoutLeavesOutAPayeeHoweverWritten(t *testing.T) {
	lines := []Labelled{{Line: Line{Payee: "ACME  Ltd."}}, {Line: Line{Payee: "Other"}}}
	if rest := Without(lines, []string{"Acme ltd"}); len(rest) != 1 || rest[0].Payee != "Other" {
		t.Errorf("got %v", rest)
	}
}

// TestAnyOrderAndAnyDeskJudgeAlike judges lines forwards, backwards, at desks of
// their own, as columns, and at a desk whose shelves have aged in between.
func TestAnyOrderAndAnyDeskJudgeAlike(t *testing.T) {
	judge := practiceJudge(t)
	var lines []Line
	for _, payee := range []string{"Newplace Taxis", "Oldplace County Council", "Example Power", "Example Solicitors LLP", "Example Ltd", ""} {
		for _, text := range []string{"Expense Type=School transport | Expense Area=Law", "Description=Legal fees | Type=Power | Expense Account=Advice | Account=Legal", "Precept"} {
			lines = append(lines, Line{Publisher: "anytown", Payee: payee, Text: text}, Line{Publisher: "another nhs trust", Payee: payee, Text: text})
		}
	}
	forwards, backwards := judge.Desk(), judge.Desk()
	want := make([]Judgement, len(lines))
	for i, line := range lines {
		want[i] = forwards.Judge(line)
	}
	for i := len(lines) - 1; i >= 0; i-- {
		asColumns := Line{Publisher: lines[i].Publisher, Payee: lines[i].Payee, Columns: []Column{}}
		lines[i].columns(func(header, value string) { asColumns.Columns = append(asColumns.Columns, Column{header, value}) })
		forwards.age()
		for what, got := range map[string]Judgement{"backwards": backwards.Judge(lines[i]), "alone": judge.Desk().Judge(lines[i]), "as columns": backwards.Judge(asColumns), "aged": forwards.Judge(lines[i])} {
			if got != want[i] {
				t.Errorf("%v %s: got %+v, want %+v", lines[i], what, got, want[i])
			}
		}
	}
}

// TestAJudgedLineScoresAsItIsLearnt holds the kept vectors to the features that
// the model learns from.
func TestAJudgedLineScoresAsItIsLearnt(t *testing.T) {
	judge := practiceJudge(t)
	line := Line{Publisher: "anytown", Payee: "Newplace Taxis", Text: "Expense Type=School transport | Account=Legal fees | Description=Power of Advice"}
	features, _ := judge.know.read(&line).features()
	want := make([]float32, len(judge.model.classes.names))
	judge.model.score(features, want)
	d := judge.Desk()
	d.lay(&line)
	d.score()
	for c := range want {
		got := float64(int(d.steps[c])-len(d.line)*laneZero) / laneSteps
		if math.Abs(got-float64(want[c])) > float64(len(d.line))/laneSteps {
			t.Errorf("%s: kept vectors give %v, features %v", judge.model.classes.names[c], got, want[c])
		}
	}
}

func TestADeskForgets(t *testing.T) {
	d := practiceJudge(t).Desk()
	for i := range 3 * deskValues {
		d.find(&d.payees, "", strconv.Itoa(i))
	}
	if n := len(d.payees.fresh) + len(d.payees.stale); n > 2*deskValues {
		t.Errorf("a desk keeps %d values, more than %d", n, 2*deskValues)
	}
	d.Judge(Line{Columns: []Column{{"Expense Type", "Power"}}})
	d.age()
	d.age()
	if len(d.columns) != 0 {
		t.Errorf("%d shelves of no value are kept", len(d.columns))
	}
}

func TestGoroutinesMayShareAJudge(t *testing.T) {
	judge := practiceJudge(t)
	line := Line{Publisher: "anytown", Payee: "Newplace Taxis", Text: "Expense Type=School transport"}
	want := judge.Judge(line)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 200 {
				if got := judge.Judge(line); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
		})
	}
	all.Wait()
}

// TestLanesAddUpWithoutACarry adds as many of the largest and the smallest scores as
// may be added, side by side, and holds scores beyond the range to it.
func TestLanesAddUpWithoutACarry(t *testing.T) {
	l := newLanes(6)
	for class, steps := range []int{1 << 20, -1 << 20, 0, 7, -7, laneZero - 1} {
		l.set(class, steps)
	}
	sums := newLanes(6)
	for range laneSum {
		for i, four := range l {
			sums[i] += four
		}
	}
	for class, want := range []int{laneZero - 1, 1 - laneZero, 0, 7, -7, laneZero - 1} {
		if got := l.at(class); got != want {
			t.Errorf("class %d is kept as %d, want %d", class, got, want)
		}
		if got := sums.at(class) + laneZero - laneSum*laneZero; got != laneSum*want {
			t.Errorf("class %d adds up to %d, want %d", class, got, laneSum*want)
		}
	}
}

// TestALineOfManyValues has more values than a word adds up at once.
func TestALineOfManyValues(t *testing.T) {
	judge := practiceJudge(t)
	line := Line{Publisher: "anytown", Payee: "Newplace Taxis", Columns: []Column{{"Expense Type", "School transport"}}}
	want := judge.Judge(line)
	for range 3 * laneSum {
		line.Columns = append(line.Columns, Column{"Year", "2020"})
	}
	if got := judge.Judge(line); got.Scope != want.Scope || got.Likely != want.Likely {
		t.Errorf("with many columns that say nothing: got %+v, want %+v", got, want)
	}
}
