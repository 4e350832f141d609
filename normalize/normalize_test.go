package normalize

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"commonspend/schemas"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestIssueKinds holds every kind that the code names to the code list.
func TestIssueKinds(t *testing.T) {
	list, err := schemas.Codelist("issue_kinds")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, line := range list {
		known[line["kind"]] = true
	}
	source, err := os.ReadFile("issues.go")
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "issues.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Type == nil {
			return true
		}
		if sel, ok := spec.Type.(*ast.SelectorExpr); !ok || sel.Sel.Name != "IssueKind" {
			return true
		}
		for _, value := range spec.Values {
			kinds++
			if text, _ := strconv.Unquote(value.(*ast.BasicLit).Value); !known[text] {
				t.Errorf("issue kind %q is not in codelists/issue_kinds.csv", text)
			}
		}
		return true
	})
	if kinds < 20 {
		t.Errorf("only %d kinds found in issues.go: the test looks in the wrong place", kinds)
	}
}

func TestReadMoney(t *testing.T) {
	for _, c := range []struct {
		cell  string
		kind  schemas.CellKind
		want  schemas.Amount
		state moneyState
	}{
		{"0", schemas.CellText, 0, moneyRead},
		{"-12.5", schemas.CellText, -1250, moneyRead},
		{"1,234,567.89", schemas.CellText, 123456789, moneyRead},
		{"-£1,000", schemas.CellText, -100000, moneyRead},
		{"£-1,000", schemas.CellText, -100000, moneyRead},
		{"(£1,000.00)", schemas.CellText, -100000, moneyRead},
		{"-#100,000", schemas.CellText, -10000000, moneyRead},
		{"\xc2\x9c5", schemas.CellText, 500, moneyRead},
		{"œ5.00", schemas.CellText, 500, moneyRead},
		{"\u00a0 5.00 ", schemas.CellText, 500, moneyRead},
		{"2.675", schemas.CellText, 268, moneyRead},   // half away from zero
		{"-2.675", schemas.CellText, -268, moneyRead}, // and below it
		{"0.30000000000000004", schemas.CellNumber, 30, moneyRead},
		{"1.0E-9", schemas.CellText, 0, moneyRead},
		{"5.56E+15", schemas.CellText, 0, moneyUnreadable},
		{"1241,32", schemas.CellText, 0, moneyUnreadable},
		{"1,23", schemas.CellText, 0, moneyUnreadable},
		{"1,2345", schemas.CellText, 0, moneyUnreadable},
		{",123", schemas.CellText, 0, moneyUnreadable},
		{"--5", schemas.CellText, 0, moneyUnreadable},
		{"2041-08-26", schemas.CellDate, 0, moneyUnreadable},
		{"26/08/2041", schemas.CellText, 0, moneyUnreadable},
		{"£ -", schemas.CellText, 0, moneyNil},
		{" ", schemas.CellText, 0, moneyBlank},
	} {
		got := readMoney(c.cell, c.kind, false)
		if got.pence != c.want || got.state != c.state {
			t.Errorf("%q: %d pence, state %d; want %d, %d", c.cell, got.pence, got.state, c.want, c.state)
		}
	}
}

func TestSaysThousands(t *testing.T) {
	for text, want := range map[string]bool{
		"Amount (£000)": true, "£'000": true, "£’000s": true, "Value £k": true, "GBP 000": true, "All amounts are in thousands of pounds": true,
		"Payments over £25,000": false, "Spend > £25k": false, "Amount": false, "£": false, "Invoices of £1 000": false, "Thousand Oaks Ltd": false,
		"Amount £000.00": false,
	} {
		if saysThousands(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestSaysPounds(t *testing.T) {
	for text, want := range map[string]bool{
		"Amount (£)": true, "£": true, "Value in GBP": true, "Amount £000.00": true, "£0.00": true, "Amount in pounds sterling": true, "£ gross": true,
		"Amount (£000)": false, "£k": false, "£m": false, "Amount in £ million": false, "Payments over £25,000": false, "Amount": false, "GBP 500": false,
		"Amount (£, in thousands)": false,
	} {
		if saysPounds(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestReadThousands(t *testing.T) {
	for cell, want := range map[string]schemas.Amount{
		"1": 100_000, "1,234.5": 123_450_000, "(£0.0001)": -10, "0.000005": 1, "-.5": -50_000, "1.0E-9": 0, "-": 0, "12.34567": 1_234_567,
	} {
		if got := readThousands(cell, schemas.CellText, false); got.pence != want || !got.readable() {
			t.Errorf("%s: %d pence, want %d", cell, got.pence, want)
		}
	}
	if got := readThousands("1.234,5", schemas.CellText, true); got.pence != 123_450_000 {
		t.Errorf("1.234,5: %d pence", got.pence)
	}
	for _, cell := range []string{"1241,32", "999999999999999", "x"} {
		if got := readThousands(cell, schemas.CellText, false); got.readable() {
			t.Errorf("%s: %d pence, want it unreadable", cell, got.pence)
		}
	}
}

// TestWholePounds: amounts in whole pounds are read, however alike they begin,
// where they are no numbers that a ledger could have given out.
func TestWholePounds(t *testing.T) {
	rules := mustLoad(t)
	pounds := func(n, first, step int) (cells []string) {
		for i := range n {
			cells = append(cells, strconv.Itoa(first+i*step))
		}
		return cells
	}
	var rates []string
	for i := range 9 {
		rates = append(rates, pounds(10, (i+1)*110_013, 7)...)
	}
	for name, cells := range map[string][]string{
		"among ordinary lines": append(strings.Fields(strings.Repeat("613.27 ", 200)), pounds(12, 100_000, 1000)...),
		"in whole thousands":   append(pounds(28, 31_000, 2000), pounds(12, 100_000, 1000)...),
		"nothing else":         pounds(12, 100_000, 1000),
		"not round":            pounds(12, 100_137, 1009),
		"round and near":       pounds(12, 250_000, 100),
		"the same again":       strings.Fields(strings.Repeat("250137 250138 250139 ", 20)),
		"at nine rates":        rates,
		"of every length":      pounds(400, 500, 3571),
		"with noughts before":  strings.Fields(strings.Repeat("0001234500 0000086137 0000412350 0000099999 ", 5)),
	} {
		for _, format := range []string{"csv", "xlsx"} {
			if format == "xlsx" {
				for i, cell := range cells {
					cells[i] = "number:" + cell
				}
			}
			csv := "Date,Supplier,Amount\n"
			for _, cell := range cells {
				csv += "03/04/2024,Larkrise Properties Ltd," + cell + "\n"
			}
			sheet := sheetOf(1, txtar.File{Name: "a.csv", Data: []byte(csv)}, format)
			report, err := rules.Normalize([]schemas.Sheet{sheet}, About{FileName: "2024-04.csv", Period: schemas.NoPeriod}, &tally{})
			if err != nil {
				t.Fatal(err)
			}
			if got := report.Sheets[0].Account; got.Payments != len(cells) {
				t.Errorf("%s, %s: %s; %d payments of %d, %d refused", name, format, report.Reason, got.Payments, len(cells), got.Refused)
			}
		}
	}
}

func TestClaims(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"2018-04.csv", "2018-04"},
		{"2018-04_clean.csv", "2018-04"},
		{"wexcombe-payments-april2012.csv", "2012-04"},
		{"spend-201205.csv", "2012-05"},
		{"20120528TransparencyApril2012U.csv", "2012-04"}, // the first date is that of publication
		{"HEFCE_data_6_2013.csv", "2013-06"},
		{"2021-P02.csv", "2021-05"},
		{"2018-P13.csv", "2019-03"},
		{"Q1 2013-14.csv", "2013-04-01..2013-06-30"},
		{"Q4 2013-14.csv", "2014-01-01..2014-03-31"},
		{"spend-2024-25.zip", "2024/25"},
		{"Payments-201718.xlsx", "2017/18"},
		{"Cards_20151024to20160121.csv", "2015-10-24..2016-01-21"},
		{"apr - sep 2010 data.csv", "2010-04-01..2010-09-30"},
		{"nov - feb 2011.csv", "2010-11-01..2011-02-28"},
		{"March spend 2018-19.csv", "2019-03"},
		{"x-over-25k-1205.csv", "2012-05"},
		{"con131994.csv", ""},
		{"PublishedData.csv", ""},
	} {
		got := ""
		if claims := claimsOf(c.name); len(claims) > 0 {
			got = claims[0].period.String()
		}
		if got != c.want {
			t.Errorf("%s claims %q, want %q", c.name, got, c.want)
		}
	}
}

// TestCivil holds the quick calendar to the schema's, day by day over 160 years.
func TestCivil(t *testing.T) {
	from, _ := schemas.DateOf(1945, 1, 1)
	to, _ := schemas.DateOf(2105, 1, 1)
	for d := from; d < to; d++ {
		y, m, day := d.Civil()
		if gy, gm, gd := civil(d); gy != y || gm != m || gd != day {
			t.Fatalf("%s: got %d-%d-%d", d, gy, gm, gd)
		}
	}
}

func TestRulesAreChecked(t *testing.T) {
	fields := strings.Fields("date amount")
	for _, c := range []struct{ why, field, header, how, rank, vat string }{
		{"unknown field", "dat", "date", "is", "1", ""},
		{"header not in normal form", "date", "Date", "is", "1", ""},
		{"unknown how", "date", "date", "like", "1", ""},
		{"rank is no number", "date", "date", "is", "x", ""},
		{"unknown basis", "amount", "amount", "is", "1", "both"},
	} {
		line := map[string]string{"field": c.field, "header": c.header, "how": c.how, "rank": c.rank, "vat_basis": c.vat}
		if _, err := parseColumnRule(line, fields); err == nil {
			t.Errorf("%s: accepted", c.why)
		}
	}
	if a, b := mustLoad(t).Version(), mustLoad(t).Version(); a != b || len(a) < 10 {
		t.Errorf("versions %q and %q", a, b)
	}
}

func mustLoad(t *testing.T) *Rules {
	t.Helper()
	r, err := LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestPublisherRule: a publisher's own rule comes before the general one, for
// that publisher and within its dates only.
func TestPublisherRule(t *testing.T) {
	from, _ := schemas.ParseDate("2020-04-01")
	rules := []columnRule{
		{how: "is", meaning: meaning{field: fieldSupplier, rank: 10, header: "name"}},
		{how: "is", meaning: meaning{field: fieldEntity, rank: 50, header: "name"}, publisher: "kite", from: from, to: schemas.NoDate},
	}
	for i := range rules {
		if rules[i].publisher == "" {
			rules[i].from, rules[i].to = schemas.NoDate, schemas.NoDate
		}
	}
	for _, c := range []struct {
		publisher, period string
		want              field
	}{
		{"kite", "", fieldEntity},
		{"kite", "2021-05", fieldEntity},
		{"kite", "2019-05", fieldSupplier},
		{"other", "2021-05", fieldSupplier},
	} {
		period, err := schemas.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		v := vocabularyFor(rules, c.publisher, period)
		if got := v.meanings("Name"); got[0].field != c.want {
			t.Errorf("%s in %q: field %d, want %d", c.publisher, c.period, got[0].field, c.want)
		}
	}
}
