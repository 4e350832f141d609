package store

import (
	"database/sql"
	"fmt"
)

// OpenScratch opens a database in memory, to read published Parquet files with
// and write other forms of them.
func OpenScratch(settings Settings) (*sql.DB, error) {
	db, err := sql.Open("duckdb", "?"+settings.query())
	if err != nil {
		return nil, fmt.Errorf("open a database in memory: %w", err)
	}
	return db, nil
}
