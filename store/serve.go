package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
)

// ServeStorage is how a release's serve.duckdb is attached to be written: in
// row groups so small that the pages of one body, payee or text read few rows
// beside their own.
const ServeStorage = "STORAGE_VERSION 'latest', ROW_GROUP_SIZE 4096"

// OpenReadOnly opens a finished database file to read: a release's
// serve.duckdb. It can be opened by any number of processes, and is locked: no
// file but this one can be reached through it, and no setting changed; nothing
// is written beside it. A join with a list of up to 2,000 numbers reads only
// the row groups that may hold one of them (DuckDB's own bound is 50).
func OpenReadOnly(ctx context.Context, path string, settings Settings) (*sql.DB, error) {
	db, err := openReadOnly(path, settings)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}

func openReadOnly(path string, settings Settings) (*sql.DB, error) {
	file, err := filepath.EvalSymlinks(path)
	if err == nil {
		file, err = filepath.Abs(file)
	}
	if err != nil {
		return nil, err
	}
	folder, leave, err := takeShared(file)
	if err != nil {
		return nil, err
	}
	return openSpilling(file+"?access_mode=read_only&enable_external_access=false&lock_configuration=true&dynamic_or_filter_threshold=2000&"+settings.query(), folder, leave)
}
