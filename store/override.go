package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"commonspend/store/ledger"
)

// overridable lists what an override may be about, and the expression of each
// in SQL over payments p and their files f.
var overridable = map[string]string{
	"publisher": "f.publisher", "payee": "p.payee", "postcode": "coalesce(p.postcode, '')", "entity": "coalesce(p.entity, '')",
	"expense_type": "coalesce(p.expense_type, '')", "expense_area": "coalesce(p.expense_area, '')", "description": "coalesce(p.description, '')",
}

// OverrideColumns lists the columns that an override of a line, a payee or an
// entity may name, in order.
func OverrideColumns(what string) []string {
	switch what {
	case "line":
		return []string{"publisher", "payee", "expense_type", "expense_area", "description"}
	case "payee":
		return []string{"payee", "postcode"}
	case "entity":
		return []string{"publisher", "entity"}
	}
	return nil
}

// Override enters a person's word. What it touches is forgotten, to be judged
// again, and the files that hold it are marked.
func Override(ctx context.Context, conn *sql.Conn, event ledger.Event) error {
	o := event.Overridden
	about := func(column string) any {
		if value, ok := o.When[column]; ok {
			return value
		}
		return nil
	}
	row := []any{event.Sequence, o.What, about("publisher"), about("payee"), about("postcode"), about("entity"),
		about("expense_type"), about("expense_area"), about("description"), text(o.Scope), text(o.Category), text(o.SameAs), text(o.Body), event.By, o.Why}
	if err := InsertRows(ctx, conn, "overrides", [][]any{row}); err != nil {
		return err
	}
	return forgetJudgement(ctx, conn, o.What, o.When)
}

func text(value *string) any {
	if value == nil {
		return nil
	}
	return *value
}

// UndoOverride takes an override back; one that was taken back already changes nothing.
func UndoOverride(ctx context.Context, conn *sql.Conn, no int) error {
	var what string
	columns := slices.Sorted(maps.Keys(overridable))
	values := make([]sql.NullString, len(columns))
	into := []any{&what}
	for i := range values {
		into = append(into, &values[i])
	}
	err := conn.QueryRowContext(ctx, "SELECT what, "+strings.Join(columns, ", ")+" FROM overrides WHERE no = ?", no).Scan(into...)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return fmt.Errorf("undo override %d: %w", no, err)
	}
	when := map[string]string{}
	for i, value := range values {
		if value.Valid {
			when[columns[i]] = value.String
		}
	}
	if _, err := conn.ExecContext(ctx, "DELETE FROM overrides WHERE no = ?", no); err != nil {
		return fmt.Errorf("undo override %d: %w", no, err)
	}
	return forgetJudgement(ctx, conn, what, when)
}

// forgetJudgement clears the judgements that a person spoke of. Payees are all
// resolved again: which are one supplier may hang on any of them.
func forgetJudgement(ctx context.Context, conn *sql.Conn, what string, when map[string]string) error {
	if what == "payee" {
		_, err := conn.ExecContext(ctx, "UPDATE judged SET payees = ''")
		return err
	}
	clear := "DELETE FROM lines WHERE line_hash IN (SELECT p.line_hash FROM payments p JOIN files f ON f.file_no = p.file_no WHERE %s)"
	if what == "entity" {
		clear = "DELETE FROM entities e WHERE EXISTS (SELECT * FROM payments p JOIN files f ON f.file_no = p.file_no WHERE %s AND f.publisher = e.publisher AND coalesce(p.entity, '') = e.entity)"
	}
	where, args := matching(when)
	for _, query := range []string{
		"INSERT INTO unrefreshed SELECT DISTINCT p.file_no FROM payments p JOIN files f ON f.file_no = p.file_no WHERE %s", clear} {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf(query, where), args...); err != nil {
			return fmt.Errorf("forget the judgement of a %s: %w", what, err)
		}
	}
	return nil
}

// matching writes the condition that an override's columns make.
func matching(when map[string]string) (where string, args []any) {
	parts := []string{"TRUE"}
	for _, column := range slices.Sorted(maps.Keys(when)) {
		parts = append(parts, overridable[column]+" = ?")
		args = append(args, when[column])
	}
	return strings.Join(parts, " AND "), args
}

// Matching counts the payments that an override would be about, and their pence.
func (w *Warehouse) Matching(ctx context.Context, when map[string]string) (payments int, pence int64, err error) {
	where, args := matching(when)
	err = w.db.QueryRowContext(ctx, "SELECT count(*), coalesce(CAST(sum(p.amount) AS BIGINT), 0) FROM payments p JOIN files f ON f.file_no = p.file_no WHERE "+where, args...).Scan(&payments, &pence)
	return payments, pence, err
}

// MatchingPublished counts the payments in a release's database that an
// override would be about, and their pence; of all are those in the release. It
// shows no private payee, nor the texts beside one.
func MatchingPublished(ctx context.Context, db *sql.DB, when map[string]string) (payments int, pence int64, all int, err error) {
	parts := []string{"TRUE"}
	var args []any
	for _, column := range slices.Sorted(maps.Keys(when)) {
		if _, ok := overridable[column]; !ok {
			return 0, 0, 0, fmt.Errorf("no override is about %s", column)
		}
		parts = append(parts, "coalesce("+column+", '') = ?")
		args = append(args, when[column])
	}
	err = db.QueryRowContext(ctx, "SELECT count(*), coalesce(CAST(sum(amount) AS BIGINT), 0), (SELECT count(*) FROM payments) FROM payments WHERE "+
		strings.Join(parts, " AND "), args...).Scan(&payments, &pence, &all)
	return payments, pence, all, err
}

// Import enters a register that was imported, over an earlier one of its name.
// All that is judged by it is to be judged again.
func Import(ctx context.Context, conn *sql.Conn, event ledger.Event) error {
	i := event.Imported
	if _, err := conn.ExecContext(ctx, "DELETE FROM registers WHERE register = ?", i.Register); err != nil {
		return fmt.Errorf("replace the register %s: %w", i.Register, err)
	}
	return InsertRows(ctx, conn, "registers", [][]any{{i.Register, event.Sequence, i.SHA, i.Name, i.Dated, i.Entries}})
}
