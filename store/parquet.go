package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// ParquetView writes the SQL of a view of published Parquet files, all of one
// dataset: for a scratch database, or for a person's own shell.
func ParquetView(name string, paths []string) string {
	quoted := make([]string, 0, len(paths))
	for _, path := range paths {
		quoted = append(quoted, "'"+strings.ReplaceAll(path, "'", "''")+"'")
	}
	return fmt.Sprintf("CREATE VIEW %s AS SELECT * FROM read_parquet([%s], union_by_name = true)", name, strings.Join(quoted, ", "))
}

// ServingView writes the SQL of a view of a table of a release's serve.duckdb,
// attached as serving.
func ServingView(name string) string {
	return fmt.Sprintf("CREATE VIEW %s AS SELECT * FROM serving.%s", name, name)
}

// AttachServing writes the SQL that lets a scratch database read it.
func AttachServing(path string) string {
	return "ATTACH '" + strings.ReplaceAll(path, "'", "''") + "' AS serving (READ_ONLY)"
}

// Lacking tells a statement that failed for want of a table or column that it
// names from one that failed otherwise.
func Lacking(err error) bool {
	var failed *duckdb.Error
	return errors.As(err, &failed) && (failed.Type == duckdb.ErrorTypeCatalog || failed.Type == duckdb.ErrorTypeBinder)
}
