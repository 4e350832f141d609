package judge

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"commonspend/schemas"
	"commonspend/store"
)

var (
	acme     = paid{payee: "Acme Paving Ltd", expense: "Road resurfacing"}
	acmeBig  = paid{payee: "ACME PAVING LIMITED", expense: "Software licences", entity: "Westmere Borough Council"}
	acmeSold = paid{payee: "Acme Paving Ltd", expense: "Road resurfacing", entity: "Westmere Borough Council", number: "01234567", kind: "company"}
	somebody = paid{payee: "J Made-Up", expense: "Direct payments", class: "individual"}
	revenue  = paid{payee: "HM Revenue & Customs", expense: "PAYE and NI", entity: "Nobody known"}
)

// TestWhatIsWritten holds each table to what a few files come to.
func TestWhatIsWritten(t *testing.T) {
	w := newWorld(t)
	w.load(sent{"east", []paid{acme, acme, acmeBig, somebody, revenue}}, sent{"sales", []paid{acmeSold}})
	counts, marked := w.refresh()
	if counts != (Counts{Lines: 5, Payees: 5, Entities: 4}) {
		t.Errorf("counted %+v", counts)
	}
	if !strings.Contains(marked, "0\n") {
		t.Errorf("marked %q: the first judging puts the register in, which concerns all", marked)
	}
	for _, c := range []struct{ query, want string }{
		// Lines: one for each distinct text, with what it is for and how that is told.
		{`SELECT p.payee, coalesce(p.entity, ''), l.scope, left(l.category, 2), l.method, l.confidence > 0.5, l.reason <> '', l.version <> ''
			FROM lines l JOIN (SELECT DISTINCT line_hash, payee, entity FROM payments) p USING (line_hash) ORDER BY ALL`,
			`ACME PAVING LIMITED,Westmere Borough Council,procurement,48,rule,true,true,true
Acme Paving Ltd,,procurement,45,rule,true,true,true
Acme Paving Ltd,Westmere Borough Council,procurement,45,rule,true,true,true
HM Revenue & Customs,Nobody known,tax,,rule,true,true,true
J Made-Up,,individuals,,rule,true,true,true
`},
		// Payees: three spellings are one supplier; who may be a private person is none.
		{`SELECT y.payee, y.number, coalesce(s.name, ''), y.method, y.reason <> '' FROM payees y LEFT JOIN suppliers s USING (supplier) ORDER BY ALL`,
			`ACME PAVING LIMITED,,Acme Paving Ltd,number,true
Acme Paving Ltd,,Acme Paving Ltd,number,true
Acme Paving Ltd,01234567,Acme Paving Ltd,number,true
HM Revenue & Customs,,HM Revenue & Customs,register,true
J Made-Up,,,abstained,true
`},
		{`SELECT name, kind, body, company_number FROM suppliers ORDER BY ALL`,
			"Acme Paving Ltd,company,,01234567\nHM Revenue & Customs,public body,GB-GOR-D25,\n"},
		// Entities: spans that hold every day, one body after the other; a stranger's payments are reported.
		{`SELECT publisher, entity, valid_from, valid_to, body, reported, confidence FROM entities ORDER BY publisher, entity, valid_from NULLS FIRST`,
			`east,,,2013-03-31,X-E,false,0.500
east,,2013-04-01,2020-03-31,X-E,false,1.000
east,,2020-04-01,,X-F,false,0.700
east,Nobody known,,,,false,0.000
east,Westmere Borough Council,,,X-D,true,0.990
sales,Westmere Borough Council,,,X-D,true,0.990
`},
		{`SELECT file_no, print <> '' FROM judged_files ORDER BY ALL`, "1,true\n2,true\n"},
		{`SELECT count(*) > 1000 FROM register`, "true\n"},
		{`SELECT body, kind, valid_from, valid_to, succeeded_by, parent FROM register WHERE body LIKE 'X-%' ORDER BY body`,
			"X-D,council,,,,\nX-E,nhs commissioner,2013-04-01,2020-03-31,X-F,\nX-F,nhs commissioner,2020-04-01,,,\n"},
		{`SELECT measure, year, value FROM denominators WHERE body = 'GB-LAE-BRD' AND measure = 'population' AND year = 2020`, "population,2020,542128.000\n"},
		{`SELECT row, duty, body FROM placed WHERE file_no = 1 ORDER BY row`,
			"1,,X-E\n2,,X-E\n3,REPORTED,X-D\n4,,X-E\n5,,X-E\n"},
		{`SELECT lines <> '', payees <> '', entities FROM judged`, "true,true," + w.judges.versions.entities + "\n"},
	} {
		if got := w.list(c.query); got != c.want {
			t.Errorf("%s\ngot:\n%swant:\n%s", c.query, got, c.want)
		}
	}
}

// TestJudgesOnlyWhatIsNew holds a second refresh to do nothing, a file more to
// judge what it brings, and files whose judgement changed by it to be marked.
func TestJudgesOnlyWhatIsNew(t *testing.T) {
	w := newWorld(t)
	w.load(sent{"east", []paid{acme, somebody}}, sent{"east", []paid{revenue}})
	w.refresh()
	before := w.list("SELECT * FROM judged_files ORDER BY 1")
	if counts, marked := w.refresh(); counts != (Counts{}) || marked != "" {
		t.Errorf("judged %+v again and marked %q, though nothing is new", counts, marked)
	}
	w.load(sent{"sales", []paid{acmeSold, acmeBig}})
	counts, marked := w.refresh()
	if counts != (Counts{Lines: 2, Payees: 2, Entities: 1}) || marked != "1\n3\n" {
		t.Errorf("judged %+v and marked %q; file 1 pays Acme, whose supplier is told by its number now", counts, marked)
	}
	after := w.list("SELECT * FROM judged_files ORDER BY 1")
	was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
	if was[0] == is[0] || was[1] != is[1] {
		t.Errorf("prints were\n%sand are\n%sonly those of files 1 and 3 change", before, after)
	}
}

// TestPrintTellsOfPaymentsAlike holds a file's print to change when two of its
// payments change in the same way.
func TestPrintTellsOfPaymentsAlike(t *testing.T) {
	w := newWorld(t)
	w.load(sent{"east", []paid{acme, revenue, revenue}})
	w.refresh()
	before := w.list("SELECT print FROM judged_files")
	w.override(4) // whose supplier two payments have
	w.refresh()
	if after := w.list("SELECT print FROM judged_files"); after == before {
		t.Errorf("the print is still %s", after)
	}
}

// TestHeldBackHaveNoSupplier holds payees that may be private people, or are
// redacted, to have no supplier, whatever form their names seem to have, and to
// lend none to others.
func TestHeldBackHaveNoSupplier(t *testing.T) {
	w := newWorld(t)
	w.load(sent{"east", []paid{acme,
		{payee: "Mr A.G. Example", class: schemas.PayeeIndividual},
		{payee: "Acme Paving", class: schemas.PayeeIndividual},
		{payee: "J Example Limi", class: schemas.PayeeIndividual, number: "01234567", kind: "company"},
		{payee: "Example Limited", class: schemas.PayeeRedacted},
		{payee: "Example SA", class: schemas.PayeeRedactedPersonal}}})
	w.refresh()
	if got := w.list("SELECT payee FROM payees WHERE supplier <> ''"); got != "Acme Paving Ltd\n" {
		t.Errorf("these have a supplier:\n%s", got)
	}
	if got := w.list("SELECT name, company_number FROM suppliers"); got != "Acme Paving Ltd,\n" {
		t.Errorf("these are suppliers:\n%s", got)
	}
}

// overrides are people's word, in the order it was given, as store.Override
// enters it: columns of the table, and what it makes to be judged again.
var overrides = []struct{ columns, values, forget string }{
	{"what, payee, scope, category", "'line', 'Acme Paving Ltd', 'procurement', '71000000-8'", "DELETE FROM lines"},
	{"what, payee, scope", "'line', 'HM Revenue & Customs', 'grant'", "DELETE FROM lines"},
	{"what, payee, expense_type, scope", "'line', 'Acme Paving Ltd', 'Road resurfacing', 'grant'", "DELETE FROM lines"},
	{"what, payee, same_as", "'payee', 'HM Revenue & Customs', ''", "UPDATE judged SET payees = ''"},
	{"what, payee, same_as", "'payee', 'HM Revenue & Customs', 'Acme Paving Ltd'", "UPDATE judged SET payees = ''"},
	{"what, publisher, entity, body", "'entity', 'sales', 'Westmere Borough Council', 'X-F'", "DELETE FROM entities"},
}

func (w *world) override(n int) {
	w.Helper()
	o := overrides[n]
	w.run(fmt.Sprintf("INSERT INTO overrides (no, said_by, why, %s) VALUES (%d, 'Ann', 'she knows', %s)", o.columns, 100+n, o.values))
	w.run(o.forget)
	w.run("INSERT INTO unrefreshed VALUES (0)")
}

// TestOverridesBeatAll holds the latest word to stand, over rules and numbers,
// for what was held before it was given and for what came after.
func TestOverridesBeatAll(t *testing.T) {
	w := newWorld(t)
	w.load(sent{"east", []paid{acme, revenue}}, sent{"sales", []paid{acmeSold}})
	w.refresh()
	for n := range overrides {
		w.override(n)
	}
	w.refresh()
	later := acme
	later.description = "Gully"
	w.load(sent{"east", []paid{later, {payee: "Acme Paving Ltd", expense: "Software licences"}}})
	w.refresh()
	for _, c := range []struct{ query, want string }{
		{`SELECT p.payee, coalesce(p.expense_type, ''), coalesce(p.description, ''), l.scope, l.category, l.method, l.confidence, l.reason
			FROM lines l JOIN (SELECT DISTINCT line_hash, payee, expense_type, description FROM payments) p USING (line_hash) ORDER BY ALL`,
			`Acme Paving Ltd,Road resurfacing,,grant,,override,1.000,a person said so (override 102)
Acme Paving Ltd,Road resurfacing,,grant,,override,1.000,a person said so (override 102)
Acme Paving Ltd,Road resurfacing,Gully,grant,,override,1.000,a person said so (override 102)
Acme Paving Ltd,Software licences,,procurement,71000000-8,override,1.000,a person said so (override 100)
HM Revenue & Customs,PAYE and NI,,grant,,override,1.000,a person said so (override 101)
`},
		{`SELECT DISTINCT y.payee, s.name, y.method FROM payees y JOIN suppliers s USING (supplier) ORDER BY ALL`,
			"Acme Paving Ltd,Acme Paving Ltd,number\nHM Revenue & Customs,Acme Paving Ltd,override\n"},
		{`SELECT body, reported, valid_from, valid_to, method FROM entities WHERE publisher = 'sales'`, "X-F,true,,,override\n"},
		{`SELECT DISTINCT duty, body FROM placed WHERE publisher = 'sales'`, "REPORTED,X-F\n"},
	} {
		if got := w.list(c.query); got != c.want {
			t.Errorf("%s\ngot:\n%swant:\n%s", c.query, got, c.want)
		}
	}
}

// judgements are the tables that judging writes, whole.
func (w *world) judgements() string {
	w.Helper()
	var all strings.Builder
	for _, table := range []string{"lines", "payees", "suppliers", "supplier_links", "entities", "register", "denominators", "judged_files"} {
		fmt.Fprintf(&all, "%s\n%s", table, w.list("FROM "+table+" ORDER BY ALL"))
	}
	return all.String() + w.list("SELECT lines, payees, entities FROM judged")
}

// randomFiles draws files of few payees, texts and entities, so that they meet.
func randomFiles(seed uint64) []sent {
	draw := rand.New(rand.NewPCG(seed, 7))
	pick := func(of ...string) string { return of[draw.IntN(len(of))] }
	var files []sent
	for range 12 {
		f := sent{publisher: pick("east", "sales")}
		for range 1 + draw.IntN(12) {
			p := paid{payee: pick("Acme Paving Ltd", "ACME PAVING LIMITED", "Acme Paving", "Acme Paving (Mere) Ltd", "Mere Care Trust", "HM Revenue & Customs", "Mere Books", "Mere Book"),
				expense: pick("Road resurfacing", "Software licences", "Grants", ""), description: pick("", "Gully", "Books"),
				entity: pick("", "", "Westmere Borough Council", "NHS Eastmere CCG", "Nobody known"), postcode: pick("", "", "WX1 1AA")}
			if draw.IntN(6) == 0 {
				p.number, p.kind = pick("01234567", "07654321"), "company"
			}
			f.payments = append(f.payments, p)
		}
		files = append(files, f)
	}
	return files
}

// TestFileByFileEqualsAllAtOnce loads, overrides and withdraws in steps with a
// refresh after each, and holds what is judged then equal to judging the same
// history once, and that to itself the second time.
func TestFileByFileEqualsAllAtOnce(t *testing.T) {
	for seed := range uint64(2) {
		files := randomFiles(seed)
		history := func(after func(*world)) string {
			w := newWorld(t)
			for i, f := range files {
				w.load(f)
				after(w)
				if i == 5 {
					for n := range overrides {
						w.override(n)
					}
					after(w)
				}
				if i == 8 {
					w.write(func(ctx context.Context, conn *sql.Conn) error {
						return store.Withdraw(ctx, conn, 2, "sent by mistake")
					})
					after(w)
				}
			}
			w.refresh()
			return w.judgements()
		}
		steps := history(func(w *world) { w.refresh() })
		once := history(func(*world) {})
		if steps != once {
			t.Errorf("seed %d: judged file by file, and all at once:\n%s", seed, difference(steps, once))
		}
		if again := history(func(*world) {}); again != once {
			t.Errorf("seed %d: judged once, and again:\n%s", seed, difference(once, again))
		}
	}
}

// difference is the first line in which two texts differ.
func difference(a, b string) string {
	one, other := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(one), len(other)) {
		if one[i] != other[i] {
			return one[i] + "\n" + other[i]
		}
	}
	return "one is longer"
}
