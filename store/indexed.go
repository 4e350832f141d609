package store

import (
	"context"
	"database/sql"
	"fmt"

	"commonspend/schemas"
)

// Indexed returns how far the journal has been applied: the number of its
// events and the hash of the last of them.
func (w *Warehouse) Indexed(ctx context.Context) (length int, head string, err error) {
	err = w.db.QueryRowContext(ctx, "SELECT journal_length, journal_head FROM indexed").Scan(&length, &head)
	if err != nil {
		return 0, "", fmt.Errorf("read how far the journal is indexed: %w", err)
	}
	return length, head, nil
}

// Files counts the files that the warehouse knows of, whatever became of them.
func (w *Warehouse) Files(ctx context.Context) (int, error) {
	var files int
	if err := w.db.QueryRowContext(ctx, "SELECT count(*) FROM files").Scan(&files); err != nil {
		return 0, fmt.Errorf("count the files: %w", err)
	}
	return files, nil
}

// SetIndexed records how far the journal has been applied, in the transaction
// that applies it.
func SetIndexed(ctx context.Context, conn *sql.Conn, length int, head string) error {
	_, err := conn.ExecContext(ctx, "UPDATE indexed SET journal_length = ?, journal_head = ?", length, head)
	if err != nil {
		return fmt.Errorf("record how far the journal is indexed: %w", err)
	}
	return nil
}

// everything in the table unrefreshed stands for all files: a publisher was
// described otherwise, and with it the body and kind of its figures.
const everything = 0

// PutPublisher writes a publisher as last described over what was held of it.
func PutPublisher(ctx context.Context, conn *sql.Conn, p schemas.Publisher) error {
	done, err := conn.ExecContext(ctx, "DELETE FROM publishers WHERE publisher = ?", p.ID)
	if err != nil {
		return fmt.Errorf("replace publisher %s: %w", p.ID, err)
	}
	replaced, err := done.RowsAffected()
	if err != nil {
		return fmt.Errorf("replace publisher %s: %w", p.ID, err)
	}
	if replaced > 0 {
		if err := InsertRows(ctx, conn, "unrefreshed", [][]any{{everything}}); err != nil {
			return err
		}
	}
	row := []any{p.ID, p.Name, p.Body(), p.Sector, p.Kind, p.Duty, int64(p.Threshold), p.Licence, p.Attribution}
	return InsertRows(ctx, conn, "publishers", [][]any{row})
}

// Withdraw takes a file's payments, issues and accounts out of use. The file
// itself stays listed, with the outcome "withdrawn" and the reason.
func Withdraw(ctx context.Context, conn *sql.Conn, file int, why string) error {
	for _, table := range []string{"payments", "issues", "sheets"} {
		if _, err := conn.ExecContext(ctx, "DELETE FROM "+table+" WHERE file_no = ?", file); err != nil {
			return fmt.Errorf("withdraw file %d from %s: %w", file, table, err)
		}
	}
	_, err := conn.ExecContext(ctx, "UPDATE files SET outcome = 'withdrawn', reason = ? WHERE file_no = ?", why, file)
	if err != nil {
		return fmt.Errorf("withdraw file %d: %w", file, err)
	}
	return InsertRows(ctx, conn, "unrefreshed", [][]any{{file}})
}

// Unrefreshed lists the files whose derived tables are behind, in order; all
// is true when every derived table is to be made again.
func (w *Warehouse) Unrefreshed(ctx context.Context) (files []int, all bool, err error) {
	rows, err := w.db.QueryContext(ctx, "SELECT DISTINCT file_no FROM unrefreshed ORDER BY file_no")
	if err != nil {
		return nil, false, fmt.Errorf("list what is to be refreshed: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var file int
		if err := rows.Scan(&file); err != nil {
			return nil, false, fmt.Errorf("list what is to be refreshed: %w", err)
		}
		if file == everything {
			all = true
			continue
		}
		files = append(files, file)
	}
	return files, all, rows.Err()
}
