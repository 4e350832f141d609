package store

import (
	"context"
	"database/sql"
	"fmt"
)

// WithThreads has DuckDB use so many threads while do runs. A thread of a query
// that waits for another's part spins, on a core that do may want for itself.
func WithThreads(ctx context.Context, conn *sql.Conn, threads int, do func() error) error {
	var before int
	if err := conn.QueryRowContext(ctx, "SELECT current_setting('threads')").Scan(&before); err != nil {
		return fmt.Errorf("read how many threads there are: %w", err)
	}
	if err := setThreads(ctx, conn, min(threads, before)); err != nil {
		return err
	}
	err := do()
	back := setThreads(context.WithoutCancel(ctx), conn, before)
	if err != nil {
		return err // the one to tell
	}
	return back
}

func setThreads(ctx context.Context, conn *sql.Conn, threads int) error {
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("SET threads = %d", threads)); err != nil {
		return fmt.Errorf("set the number of threads: %w", err)
	}
	return nil
}
