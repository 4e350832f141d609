package store

import (
	"context"
	"fmt"
)

// CheckAll holds the first promise over the whole warehouse: for every sheet
// the rows and pence of its account add up, and its payments are those that
// the account names. It returns how many files it checked, and a plain
// sentence for each sheet that fails.
func (w *Warehouse) CheckAll(ctx context.Context) (files int, problems []string, err error) {
	if err := w.db.QueryRowContext(ctx, "SELECT count(*) FROM files").Scan(&files); err != nil {
		return 0, nil, fmt.Errorf("check the accounts: %w", err)
	}
	rows, err := w.db.QueryContext(ctx, unbalancedSQL)
	if err != nil {
		return files, nil, fmt.Errorf("check the accounts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var file, sheet int
		if err := rows.Scan(&file, &sheet); err != nil {
			return files, nil, fmt.Errorf("check the accounts: %w", err)
		}
		problems = append(problems, fmt.Sprintf("file %d, sheet %d: its payments do not agree with its line account; `commonspend rebuild` makes the warehouse again", file, sheet))
	}
	return files, problems, rows.Err()
}

// One row: a sheet whose account does not add up, or whose payments differ from it.
const unbalancedSQL = `
SELECT coalesce(s.file_no, p.file_no) AS file_no, coalesce(s.sheet_no, p.sheet_no) AS sheet_no
FROM sheets AS s
FULL JOIN (
  SELECT file_no, sheet_no, count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence
  FROM payments GROUP BY file_no, sheet_no
) AS p ON p.file_no = s.file_no AND p.sheet_no = s.sheet_no
WHERE s.file_no IS NULL
   OR s.physical <> s.preamble + s.header + s.payments + s.refused + s.blank + s.total + s.note
   OR s.readable_pence <> s.payment_pence + s.total_pence + s.note_pence
   OR s.payments <> coalesce(p.payments, 0)
   OR s.payment_pence <> coalesce(p.pence, 0)
ORDER BY file_no, sheet_no`
