package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"commonspend/schemas"
)

func warehouse(t *testing.T) *Warehouse {
	t.Helper()
	w, err := Open(t.Context(), t.TempDir(), "test", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// incoming makes a file of n payments of £1.00, £2.00 … on one sheet.
func incoming(no, n int, stop <-chan struct{}) (*Incoming, func()) {
	in := NewIncoming(File{No: no, Hash: fmt.Sprint("hash", no), SHA: fmt.Sprint("sha", no), Publisher: "p", Name: fmt.Sprint("file", no), Received: time.Unix(0, 0).UTC()}, stop)
	return in, func() {
		sheet := schemas.Sheet{Number: 1}
		var sum schemas.Amount
		for i := range n {
			amount := schemas.Amount((i + 1) * 100)
			sum += amount
			payment := schemas.Payment{Row: i + 2, Amount: amount, Date: schemas.NoDate, Payee: "Wexcombe Paving Ltd", VAT: schemas.VATUnknown}
			if err := in.Payments(sheet, []schemas.Payment{payment}); err != nil {
				in.Close(schemas.FileReport{}, err)
				return
			}
		}
		_ = in.Issues(sheet, []schemas.Issue{{Kind: "date_missing", SheetNumber: 1, Origin: schemas.Origin{Row: 2}}})
		account := schemas.Account{Physical: n + 1, Header: 1, Payments: n, ReadablePence: sum, PaymentPence: sum}
		in.Close(schemas.FileReport{Outcome: schemas.OutcomeLoad, Period: schemas.NoPeriod,
			Sheets: []schemas.SheetReport{{Number: 1, Account: account, DateFrom: schemas.NoDate, DateTo: schemas.NoDate}}}, nil)
	}
}

func each(files ...*Incoming) func() *Incoming {
	return func() *Incoming {
		if len(files) == 0 {
			return nil
		}
		first := files[0]
		files = files[1:]
		return first
	}
}

func count(t *testing.T, w *Warehouse, query string) int {
	t.Helper()
	var n int
	if err := w.DB().QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLoadCommitsFilesInOrderWithTheirAccounts(t *testing.T) {
	w := warehouse(t)
	one, fillOne := incoming(2, 20_000, nil)
	two, fillTwo := incoming(3, 5, nil)
	go fillTwo()
	go fillOne()
	loaded, err := w.Load(t.Context(), each(one, two))
	if err != nil {
		t.Fatal(err)
	}
	if len(loaded) != 2 || loaded[0].File.No != 2 || loaded[1].Report.Sheets[0].Account.Payments != 5 {
		t.Fatalf("loaded %+v", loaded)
	}
	if n := count(t, w, "SELECT count(*) FROM payments"); n != 20_005 {
		t.Errorf("%d payments", n)
	}
	// 1 + 2 + … + 20,000 pounds, and 1 + … + 5.
	if n := count(t, w, "SELECT CAST(sum(amount) AS BIGINT) FROM payments"); n != 20_001_000_000+1_500 {
		t.Errorf("%d pence", n)
	}
	if n := count(t, w, "SELECT count(*) FROM issues"); n != 2 {
		t.Errorf("%d issues", n)
	}
	length, head, err := w.Indexed(t.Context())
	if err != nil || length != 3 || head != "hash3" {
		t.Errorf("indexed to %d %s, %v", length, head, err)
	}
}

func TestLoadKeepsNothingOfAFileThatDoesNotBalance(t *testing.T) {
	for name, spoil := range map[string]func(*schemas.Account){
		"a row too few stored": func(a *schemas.Account) { a.Payments++; a.Physical++ },
		"a penny too few":      func(a *schemas.Account) { a.ReadablePence++; a.PaymentPence++ },
		"a row unaccounted":    func(a *schemas.Account) { a.Physical++ },
		"a penny unaccounted":  func(a *schemas.Account) { a.ReadablePence++ },
	} {
		t.Run(name, func(t *testing.T) {
			w := warehouse(t)
			in, fill := incoming(2, 3, nil)
			fill()
			spoil(&in.report.Sheets[0].Account)
			_, err := w.Load(t.Context(), each(in))
			var imbalance *Imbalance
			if !errors.As(err, &imbalance) {
				t.Fatalf("no imbalance: %v", err)
			}
			if n := count(t, w, "SELECT (SELECT count(*) FROM payments) + (SELECT count(*) FROM files)"); n != 0 {
				t.Fatalf("%d rows were kept", n)
			}
		})
	}
}

func TestAFileThatFailsIsNamedAndNothingIsKept(t *testing.T) {
	w := warehouse(t)
	one, fillOne := incoming(2, 10, nil)
	fillOne()
	two := NewIncoming(File{No: 3, Name: "two"}, nil)
	two.Close(schemas.FileReport{}, errors.New("boom"))
	_, err := w.Load(t.Context(), each(one, two))
	var failed *FileError
	if !errors.As(err, &failed) || failed.File.No != 3 {
		t.Fatalf("the failing file is not named: %v", err)
	}
	if n := count(t, w, "SELECT count(*) FROM payments"); n != 0 {
		t.Fatalf("%d payments were kept", n)
	}
}

func TestASecondOpeningIsToldWhoHoldsTheWarehouse(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(t.Context(), dir, "first", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), dir, "second", Settings{})
	var locked *Locked
	if !errors.As(err, &locked) || locked.Holder.Command != "first" {
		t.Fatalf("not told who holds it: %v", err)
	}
	w.Close()
	again, err := Open(context.Background(), dir, "third", Settings{})
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

func TestWithdrawLeavesTheFileListed(t *testing.T) {
	w := warehouse(t)
	in, fill := incoming(2, 10, nil)
	fill()
	if _, err := w.Load(t.Context(), each(in)); err != nil {
		t.Fatal(err)
	}
	conn, err := w.DB().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := Withdraw(t.Context(), conn, 2, "sent by mistake"); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if n := count(t, w, "SELECT count(*) FROM payments"); n != 0 {
		t.Errorf("%d payments stay", n)
	}
	if n := count(t, w, "SELECT count(*) FROM files WHERE outcome = 'withdrawn'"); n != 1 {
		t.Errorf("%d files listed as withdrawn", n)
	}
}
