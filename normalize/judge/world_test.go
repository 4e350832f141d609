package judge

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"commonspend/schemas"
	"commonspend/store"
)

// madeUp are bodies put beside the register's: a group that a board took over,
// and a stranger to it.
var madeUp = Imported{Version: "+made-up", Bodies: []schemas.Body{
	{ID: "X-E", Name: "NHS Eastmere CCG", Kind: "nhs commissioner", Tier: "Clinical commissioning group", From: day("2013-04-01"), To: day("2020-03-31"), SucceededBy: []string{"X-F"}},
	{ID: "X-F", Name: "NHS Great Mere Integrated Care Board", Kind: "nhs commissioner", Tier: "Integrated care board", From: day("2020-04-01"), To: schemas.NoDate},
	{ID: "X-D", Name: "Westmere Borough Council", Kind: "council", Tier: "Non-metropolitan district", From: schemas.NoDate, To: schemas.NoDate},
}}

func day(text string) schemas.Date {
	d, err := schemas.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// paid is a payment as a file has it.
type paid struct {
	payee, expense, description, entity, postcode, number, kind string
	class                                                       schemas.PayeeClass // "" for an organisation
}

func (p paid) payment(row int) schemas.Payment {
	class := p.class
	if class == "" {
		class = schemas.PayeeOrganisation
	}
	return schemas.Payment{Row: row, Date: day("2019-06-01"), Amount: 100, VAT: schemas.VATUnknown, Payee: p.payee, PayeeClass: class,
		ExpenseType: p.expense, Description: p.description, Entity: p.entity, Postcode: p.postcode, SupplierID: p.number, NumberKind: p.kind}
}

// sent is a file of a publisher.
type sent struct {
	publisher string
	payments  []paid
}

// world is a warehouse that files are loaded into and judged in.
type world struct {
	testing.TB
	*store.Warehouse
	judges *Judges
	files  int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w, err := store.Open(t.Context(), t.TempDir(), "test", store.Settings{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	judges, err := New(madeUp)
	if err != nil {
		t.Fatal(err)
	}
	made := &world{TB: t, Warehouse: w, judges: judges}
	made.write(func(ctx context.Context, conn *sql.Conn) error {
		for _, p := range []schemas.Publisher{{ID: "east", Name: "NHS Eastmere CCG", BodyID: "X-E"}, {ID: "sales", Name: "Sales to the public sector"}} {
			if err := store.PutPublisher(ctx, conn, p); err != nil {
				return err
			}
		}
		return nil
	})
	return made
}

func (w *world) write(do func(context.Context, *sql.Conn) error) {
	w.Helper()
	if err := w.Write(w.Context(), func(conn *sql.Conn) error { return do(w.Context(), conn) }); err != nil {
		w.Fatal(err)
	}
}

func (w *world) run(query string, args ...any) {
	w.Helper()
	w.write(func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, query, args...)
		return err
	})
}

// load puts files in, numbered from 1 in the order they came.
func (w *world) load(files ...sent) {
	w.Helper()
	for _, f := range files {
		w.files++
		in := store.NewIncoming(store.File{No: w.files, Hash: fmt.Sprint("hash", w.files), SHA: fmt.Sprint("sha", w.files), Publisher: f.publisher,
			Name: "made up", Received: time.Unix(0, 0).UTC()}, nil)
		account := schemas.Account{Physical: len(f.payments), Payments: len(f.payments)}
		for i, p := range f.payments {
			payment := p.payment(i + 1)
			account.PaymentPence += payment.Amount
			if err := in.Payments(schemas.Sheet{Number: 1}, []schemas.Payment{payment}); err != nil {
				w.Fatal(err)
			}
		}
		account.ReadablePence = account.PaymentPence
		in.Close(schemas.FileReport{Outcome: schemas.OutcomeLoad, Period: schemas.NoPeriod,
			Sheets: []schemas.SheetReport{{Number: 1, Account: account, DateFrom: schemas.NoDate, DateTo: schemas.NoDate}}}, nil)
		next := in
		if _, err := w.Load(w.Context(), func() *store.Incoming { one := next; next = nil; return one }); err != nil {
			w.Fatal(err)
		}
	}
}

// refresh judges, and takes the marks off as the working out of derived tables
// does. It returns the files that were marked.
func (w *world) refresh() (Counts, string) {
	w.Helper()
	counts, err := w.judges.Refresh(w.Context(), w.Warehouse)
	if err != nil {
		w.Fatal(err)
	}
	marked := w.list("SELECT DISTINCT file_no FROM unrefreshed ORDER BY 1")
	w.run("DELETE FROM unrefreshed")
	return counts, marked
}

// list writes a result as CSV, without a header.
func (w *world) list(query string) string {
	w.Helper()
	rows, err := w.DB().QueryContext(w.Context(), "SELECT COLUMNS(*)::VARCHAR FROM ("+query+")")
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		w.Fatal(err)
	}
	var out strings.Builder
	to := csv.NewWriter(&out)
	cells, into, line := make([]sql.NullString, len(columns)), make([]any, len(columns)), make([]string, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			w.Fatal(err)
		}
		for i, cell := range cells {
			line[i] = cell.String
		}
		to.Write(line)
	}
	to.Flush()
	return out.String()
}
