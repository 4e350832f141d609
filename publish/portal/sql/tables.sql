-- One row: a table that the release's database holds.
SELECT table_name FROM duckdb_tables() ORDER BY table_name
