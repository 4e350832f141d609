package normalize

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"commonspend/schemas"
)

// FuzzMoney: no cell makes the reader fail; what is read without a sign is what
// the same text in brackets is, below zero; and what is read is written back as
// the same amount.
func FuzzMoney(f *testing.F) {
	for _, seed := range []string{"1", "-1.50", "£1,234.50", "(1.00)", "1-", "1 CR", "1241,32", "####", "-", "£ -", "1.2E-9", "1 234.5", "GBP 7", "?9", "0.005", "-£ 1,000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, kind := range []schemas.CellKind{schemas.CellText, schemas.CellNumber, schemas.CellDate} {
			for _, comma := range []bool{false, true} {
				m := readMoney(cell, kind, comma)
				if !m.readable() && m.pence != 0 {
					t.Fatalf("%q: unreadable and yet %d pence", cell, m.pence)
				}
			}
		}
		m := readMoney(cell, schemas.CellText, false)
		if m.state != moneyRead {
			return
		}
		if again := readMoney(m.pence.String(), schemas.CellText, false); again.pence != m.pence {
			t.Fatalf("%q read as %s, which reads as %s", cell, m.pence, again.pence)
		}
		if !strings.ContainsAny(cell, "()-−–—") && !strings.ContainsAny(cell, "CcDdEe") {
			if b := readMoney("("+cell+")", schemas.CellText, false); b.state == moneyRead && b.pence != -m.pence {
				t.Fatalf("%q is %s, in brackets %s", cell, m.pence, b.pence)
			}
		}
	})
}

// FuzzDate: no cell makes the reader fail, and what is read is a day between
// 1950 and 2100 whatever the order.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{"31/01/2014", "2014-01-31", "03-Jun-2013", "Apr-23", "201802", "41227.0", "######", "Monday, 3 June 2013", "1.2.14", "31/01/2014 00:00", "20140131"} {
		f.Add(seed)
	}
	first, _ := schemas.DateOf(1950, 1, 1)
	last, _ := schemas.DateOf(2101, 12, 31)
	f.Fuzz(func(t *testing.T, cell string) {
		for _, kind := range []schemas.CellKind{schemas.CellText, schemas.CellNumber, schemas.CellDate} {
			shape := readShape(cell, kind, false)
			var e dateEvidence
			e.look(shape)
			e.decide(schemas.NoPeriod)
			for _, order := range []dateOrder{dayFirst, monthFirst} {
				d, ok := shape.resolve(order)
				if ok != (d != schemas.NoDate) || ok && (d < first || d > last) {
					t.Fatalf("%q under order %d: %v %v", cell, order, d, ok)
				}
			}
		}
	})
}

// FuzzHeader: no header row makes the mapping fail; each field is mapped to one
// column at most, and each column to one field.
func FuzzHeader(f *testing.F) {
	rules, err := LoadRules()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Department family|Entity|Date|Supplier|Amount")
	f.Add("£ (net)|Net Amount(£)|3 Date|Suppkuer|Expense type(T)")
	f.Fuzz(func(t *testing.T, line string) {
		headers := strings.Split(line, "|")
		if len(headers) > 40 {
			return
		}
		v := vocabularyFor(rules.columns, "", schemas.NoPeriod)
		l := arrange(headers, make([]content, len(headers)), v)
		for field, at := range l.column {
			if at >= 0 && int(l.fields[at]) != field {
				t.Fatalf("field %d is column %d, which is field %d", field, at, l.fields[at])
			}
		}
		for at, field := range l.fields {
			if field >= 0 && l.column[field] != at {
				t.Fatalf("column %d is field %d, which is column %d", at, field, l.column[field])
			}
		}
	})
}

// FuzzTable: whatever the bytes, the account of every sheet balances, refused
// files send nothing, and what is sent is what the account says.
func FuzzTable(f *testing.F) {
	rules, err := LoadRules()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("Date,Supplier,Amount\n01/02/2024,Larkrise Ltd,10.50\n,Total,10.50\n"))
	f.Add([]byte("15/04/2024,A Ltd,1\nDate,Supplier,Amount\n16/04/2024,B,-2\nSupplier,Date,Amount\nC,17/04/2024,(3)\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 20000 {
			return
		}
		sheet := schemas.Sheet{Number: 1, Format: "csv", Rows: func(yield func([]schemas.Row) error) (int, error) {
			return fuzzRows(data, yield)
		}}
		tally := &tally{}
		report, err := rules.Normalize([]schemas.Sheet{sheet}, About{FileName: "x.csv", Period: schemas.NoPeriod, AllIssues: true}, tally)
		if err != nil {
			t.Fatal(err)
		}
		account := report.Sheets[0].Account
		if !account.Balances() {
			t.Fatalf("the account does not balance: %+v", account)
		}
		if report.Outcome == schemas.OutcomeRefuse {
			account = schemas.Account{}
		}
		if tally.payments != account.Payments || tally.pence != account.PaymentPence {
			t.Fatalf("sent %d payments of %s, the account says %+v", tally.payments, tally.pence, account)
		}
	})
}

func fuzzRows(data []byte, yield func([]schemas.Row) error) (int, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	n := 0
	for {
		cells, err := r.Read()
		if err != nil {
			return n, nil
		}
		n++
		if err := yield([]schemas.Row{{Origin: schemas.Origin{Row: n}, Cells: cells}}); err != nil {
			return n, err
		}
	}
}

type tally struct {
	payments int
	pence    schemas.Amount
}

func (s *tally) Payments(_ schemas.Sheet, batch []schemas.Payment) error {
	for _, p := range batch {
		s.payments++
		s.pence += p.Amount
	}
	return nil
}
func (s *tally) Issues(schemas.Sheet, []schemas.Issue) error { return nil }
