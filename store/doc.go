// Package store is the one place that knows how DuckDB is opened, locked and
// loaded.
//
// What comes in: a data directory; for each file its payments and issues,
// batch by batch, and the report of what was decided. What goes out: committed
// tables (schemas/sql/warehouse.sql) and handles to read them. What it refuses:
// a warehouse another process holds, and a file whose rows or pence do not add
// up (Imbalance): nothing of that file's transaction is kept.
package store
