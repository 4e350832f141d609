package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"commonspend/schemas"

	// The driver that database/sql opens as "duckdb".
	_ "github.com/duckdb/duckdb-go/v2"
)

// Warehouse is the index of one data directory, held by this process alone.
type Warehouse struct {
	db   *sql.DB
	lock *Lock
	path string
}

// Settings bound what DuckDB takes of the machine.
type Settings struct {
	Memory  string // as DuckDB writes it: "400MB"; "" for DefaultMemory
	Threads int    // 0 for all cores
}

// DefaultMemory keeps a load of any size within a small machine: twice as much
// made nothing faster.
const DefaultMemory = "512MB"

// DerivingMemory is what working out the derived tables may take: it sorts and
// groups all payments of the slices at hand at once.
const DerivingMemory = "4GB"

// Allow lets DuckDB take so much memory from now on, as "4GB".
func (w *Warehouse) Allow(ctx context.Context, memory string) error {
	if _, err := w.db.ExecContext(ctx, "SET memory_limit = '"+memory+"'"); err != nil {
		return fmt.Errorf("allow the warehouse %s: %w", memory, err)
	}
	return nil
}

// Open takes the data directory's warehouse lock and opens the warehouse,
// making it when there is none. who names this process to others that find the
// lock taken; their error is a *Locked.
func Open(ctx context.Context, dir, who string, settings Settings) (*Warehouse, error) {
	return open(ctx, dir, filepath.Join(dir, "warehouse.duckdb"), who, settings)
}

// OpenAside does the same for a new warehouse that is to take the place of
// the one that stands; Install puts it there.
func OpenAside(ctx context.Context, dir, who string, settings Settings) (*Warehouse, error) {
	return open(ctx, dir, filepath.Join(dir, asideName), who, settings)
}

// asideName is what a new warehouse is called until it is installed.
const asideName = "warehouse.new.duckdb"

// open takes the lock, and clears what an interrupted rebuild left: it may be
// as large as the warehouse, and only the holder of the lock builds one.
func open(ctx context.Context, dir, path, who string, settings Settings) (*Warehouse, error) {
	lock, err := TakeLock(dir, who)
	if err != nil {
		return nil, err
	}
	for _, left := range []string{filepath.Join(dir, asideName), filepath.Join(dir, asideName+".wal")} {
		if err := os.RemoveAll(left); err != nil {
			lock.Release()
			return nil, fmt.Errorf("clear %s: %w", left, err)
		}
	}
	return openLocked(ctx, lock, path, settings)
}

func openLocked(ctx context.Context, lock *Lock, path string, settings Settings) (*Warehouse, error) {
	// Rows may lie in the tables in any order, which saves a quarter of a load:
	// whatever is published is sorted by its full key.
	db, err := sql.Open("duckdb", path+"?preserve_insertion_order=false&"+settings.query())
	if err == nil {
		err = migrate(ctx, db)
	}
	if err != nil {
		lock.Release()
		return nil, &Unopenable{Path: path, Err: err}
	}
	return &Warehouse{db: db, lock: lock, path: path}, nil
}

// Unopenable says that DuckDB cannot open the warehouse. The warehouse is only
// an index, so that the way out is to make it again.
type Unopenable struct {
	Path string
	Err  error
}

func (u *Unopenable) Error() string {
	return "the warehouse " + u.Path + " cannot be opened; `commonspend rebuild` makes it again from originals and journal: " + u.Err.Error()
}

func (u *Unopenable) Unwrap() error { return u.Err }

// query writes the settings as the driver's connection string takes them.
// Nothing may be installed or loaded at run time. A checkpoint does not go
// back to merge row groups that a large load left partly filled: that made the
// next small file pay a second for it, and little is ever deleted here. The newest storage format is
// safe here, since only this program, with its own DuckDB, opens the file; it
// packs short repeated texts better and loads faster than the oldest.
func (s Settings) query() string {
	memory := s.Memory
	if memory == "" {
		memory = DefaultMemory
	}
	options := []string{
		"memory_limit=" + memory,
		"storage_compatibility_version=latest",
		"autoinstall_known_extensions=false",
		"autoload_known_extensions=false",
		"max_vacuum_tasks=0",
	}
	if s.Threads > 0 {
		options = append(options, fmt.Sprintf("threads=%d", s.Threads))
	}
	return strings.Join(options, "&")
}

// migrate creates the tables of a new warehouse. A warehouse of another
// version is not converted: it is an index, and `rebuild` makes it again.
func migrate(ctx context.Context, db *sql.DB) error {
	var tables int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM information_schema.tables").Scan(&tables); err != nil {
		return err
	}
	if tables == 0 {
		if _, err := db.ExecContext(ctx, "BEGIN; "+schemas.WarehouseSQL+"; COMMIT"); err != nil {
			return err
		}
		_, err := db.ExecContext(ctx, "INSERT INTO indexed VALUES (0, '', ?)", schemas.WarehouseVersion())
		return err
	}
	var version string
	if err := db.QueryRowContext(ctx, "SELECT warehouse_version FROM indexed").Scan(&version); err != nil {
		return err
	}
	if version != schemas.WarehouseVersion() {
		return fmt.Errorf("it was made with other tables (version %s, this program has %s)", version, schemas.WarehouseVersion())
	}
	return nil
}

// DB is the warehouse's database, for the stages that compute over it.
func (w *Warehouse) DB() *sql.DB { return w.db }

// Close writes what is pending into the file and gives up the lock.
func (w *Warehouse) Close() error {
	err := w.db.Close()
	w.lock.Release()
	return err
}

// Install closes a warehouse that OpenAside opened and puts it in the place of
// the one that stands, by one rename.
func (w *Warehouse) Install() error {
	defer w.lock.Release()
	if _, err := w.db.Exec("CHECKPOINT"); err != nil {
		return fmt.Errorf("finish the new warehouse: %w", err)
	}
	if err := w.db.Close(); err != nil {
		return fmt.Errorf("finish the new warehouse: %w", err)
	}
	return install(w.path, filepath.Join(filepath.Dir(w.path), "warehouse.duckdb"))
}
