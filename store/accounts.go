package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"commonspend/schemas"
)

func insertFiles(ctx context.Context, conn *sql.Conn, files []*Incoming) error {
	var rows, marks [][]any
	for _, in := range files {
		f, r := in.File, in.report
		rows = append(rows, []any{f.No, f.SHA, f.Publisher, f.Name, f.Source, f.Bytes, f.Received, string(r.Outcome), r.Reason,
			r.Duty, date(r.Period.From), date(r.Period.To), r.PeriodBasis, f.Rules})
		marks = append(marks, []any{f.No})
	}
	if err := InsertRows(ctx, conn, "files", rows); err != nil {
		return err
	}
	return InsertRows(ctx, conn, "unrefreshed", marks)
}

func insertSheets(ctx context.Context, conn *sql.Conn, files []*Incoming) error {
	var rows [][]any
	for _, in := range files {
		for _, s := range in.report.Sheets {
			columns, err := json.Marshal(s.Columns)
			if err != nil {
				return fmt.Errorf("write the columns of %s: %w", in.File.Name, err)
			}
			a := s.Account
			rows = append(rows, []any{in.File.No, s.Number, s.Member, s.Name, s.Encoding, s.Delimiter, s.HeaderRow,
				a.Physical, a.Preamble, a.Header, a.Payments, a.Refused, a.Blank, a.Total, a.Note,
				int64(a.ReadablePence), int64(a.PaymentPence), int64(a.TotalPence), int64(a.NotePence),
				a.Negative, date(s.DateFrom), date(s.DateTo), s.DateOrder, string(s.VAT), s.VATEvidence, string(columns)})
		}
	}
	return InsertRows(ctx, conn, "sheets", rows)
}

// date is a Date as the driver takes it: text that DuckDB casts, nil for none.
func date(d schemas.Date) any {
	if d == schemas.NoDate {
		return nil
	}
	return d.String()
}

// rowsPerInsert bounds the length of one INSERT statement.
const rowsPerInsert = 64

// InsertRows inserts rows of one length, a few dozen to a statement.
func InsertRows(ctx context.Context, conn *sql.Conn, table string, rows [][]any) error {
	for len(rows) > 0 {
		batch := rows[:min(len(rows), rowsPerInsert)]
		rows = rows[len(batch):]
		mark := "(" + strings.TrimSuffix(strings.Repeat("?,", len(batch[0])), ",") + ")"
		query := "INSERT INTO " + table + " VALUES " + strings.TrimSuffix(strings.Repeat(mark+",", len(batch)), ",")
		var args []any
		for _, row := range batch {
			args = append(args, row...)
		}
		if _, err := conn.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
	}
	return nil
}

type sheetKey struct{ file, sheet int }

type tally struct {
	rows  int
	pence schemas.Amount
}

// checkAccounts holds the first promise: for every sheet the rows add up to
// those the reader counted, the pence to those that could be read, and the
// table holds just the payments that the account names.
func checkAccounts(ctx context.Context, conn *sql.Conn, files []*Incoming) error {
	held, err := tallies(ctx, conn, files[0].File.No, files[len(files)-1].File.No)
	if err != nil {
		return err
	}
	for _, in := range files {
		for _, sheet := range in.report.Sheets {
			key := sheetKey{in.File.No, sheet.Number}
			if err := checkSheet(in.File.Name, sheet, held[key]); err != nil {
				return err
			}
			delete(held, key)
		}
	}
	for key := range held {
		return &Imbalance{File: fmt.Sprintf("file %d", key.file), Why: fmt.Sprintf("sheet %d has payments and no account", key.sheet)}
	}
	return nil
}

func checkSheet(name string, sheet schemas.SheetReport, held tally) error {
	a := sheet.Account
	if !a.Balances() {
		return &Imbalance{File: name, Why: fmt.Sprintf("sheet %d: %+v", sheet.Number, a)}
	}
	if held.rows != a.Payments || held.pence != a.PaymentPence {
		why := fmt.Sprintf("sheet %d: %d payments of %d pence were read and %d of %d stored", sheet.Number, a.Payments, a.PaymentPence, held.rows, held.pence)
		return &Imbalance{File: name, Why: why}
	}
	return nil
}

func tallies(ctx context.Context, conn *sql.Conn, from, to int) (map[sheetKey]tally, error) {
	rows, err := conn.QueryContext(ctx, `SELECT file_no, sheet_no, count(*), CAST(sum(amount) AS BIGINT)
FROM payments WHERE file_no BETWEEN ? AND ? GROUP BY file_no, sheet_no`, from, to)
	if err != nil {
		return nil, fmt.Errorf("check the accounts: %w", err)
	}
	defer rows.Close()
	held := map[sheetKey]tally{}
	for rows.Next() {
		var key sheetKey
		var sum tally
		if err := rows.Scan(&key.file, &key.sheet, &sum.rows, &sum.pence); err != nil {
			return nil, fmt.Errorf("check the accounts: %w", err)
		}
		held[key] = sum
	}
	return held, rows.Err()
}
