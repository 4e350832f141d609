package store

import (
	"context"
	"database/sql"
	"fmt"
)

// OpenReadOnly opens a finished database file to read: a release's
// serve.duckdb. It can be opened by any number of processes, and is locked: no
// file but this one can be reached through it, and no setting changed.
func OpenReadOnly(ctx context.Context, path string, settings Settings) (*sql.DB, error) {
	db, err := sql.Open("duckdb", path+"?access_mode=read_only&enable_external_access=false&lock_configuration=true&"+settings.query())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}
