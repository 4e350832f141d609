package store

import (
	"database/sql"
	"fmt"
	"os"
)

// OpenScratch opens a database in memory, to read published Parquet files with
// and write other forms of them. What its memory does not hold lies in a
// private folder, until it is closed.
func OpenScratch(settings Settings) (*sql.DB, error) {
	folder, err := spillFolder()
	if err != nil {
		return nil, err
	}
	db, err := openSpilling("?"+settings.query(), folder, func() error { return os.RemoveAll(folder) })
	if err != nil {
		return nil, fmt.Errorf("open a database in memory: %w", err)
	}
	return db, nil
}
