package compare

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"commonspend/schemas"
	"commonspend/store"
)

// leastPeers is how many other bodies a median needs.
const leastPeers = 5

//go:embed sql/*.sql
var queries embed.FS

// Slice is the part of coverage and figures that is replaced as a whole.
type Slice struct {
	Body string
	Year schemas.FinancialYear // 0 for payments that count under no month
}

// step is one SQL file of a refresh, with the values it names.
type step struct {
	name   string
	values map[string]any
}

// steps lists a refresh in order. Everything is made from what the touched
// files were and are, so that a refresh of all files is a rebuild.
var steps = []step{
	{"spans", map[string]any{"moment": "before"}},
	{"before", nil},
	{"file_months", nil},
	{"editions", nil},
	{"shared_periods", nil},
	{"spans", map[string]any{"moment": "after"}},
	{"after", nil},
	{"coverage", nil},
	{"figures", nil},
	{"comparisons", map[string]any{"least_peers": leastPeers}},
}

// Refresh brings the derived tables up to date after the files numbered
// fileNos were loaded, replaced or withdrawn (deleted, or refused now). It
// returns the slices of coverage and figures that it replaced; comparisons are
// replaced for all bodies of the same kinds in the same financial years.
//
// Publishers are read as they are now: when one of them changes its body or
// its kind, only Rebuild puts all that rests on it right.
func Refresh(ctx context.Context, tx *sql.Tx, fileNos []int) ([]Slice, error) {
	if err := run(ctx, tx, step{"work", nil}); err != nil {
		return nil, err
	}
	for _, no := range fileNos {
		if err := run(ctx, tx, step{"touch", map[string]any{"file_no": no}}); err != nil {
			return nil, err
		}
	}
	return refresh(ctx, tx)
}

// Rebuild makes all derived tables again from nothing.
func Rebuild(ctx context.Context, tx *sql.Tx) error {
	for _, name := range []string{"work", "clear"} {
		if err := run(ctx, tx, step{name, nil}); err != nil {
			return err
		}
	}
	_, err := refresh(ctx, tx)
	return err
}

func refresh(ctx context.Context, tx *sql.Tx) ([]Slice, error) {
	for _, s := range steps {
		if err := run(ctx, tx, s); err != nil {
			return nil, err
		}
	}
	if err := remember(ctx, tx); err != nil {
		return nil, err
	}
	return replaced(ctx, tx)
}

// run executes an SQL file. Only the last statement of a file may name values.
func run(ctx context.Context, tx *sql.Tx, s step) error {
	query, args, err := s.bind()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("compare: %s.sql: %w", s.name, err)
	}
	return nil
}

func (s step) bind() (string, []any, error) {
	text, err := queries.ReadFile("sql/" + s.name + ".sql")
	if err != nil {
		return "", nil, fmt.Errorf("compare: %w", err)
	}
	query, args, err := store.Bind(string(text), s.values)
	if err != nil {
		return "", nil, fmt.Errorf("compare: %s.sql: %w", s.name, err)
	}
	return query, args, nil
}

// replaced lists the slices that were made again.
func replaced(ctx context.Context, tx *sql.Tx) ([]Slice, error) {
	query, args, err := step{"replaced", nil}.bind()
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list the slices replaced: %w", err)
	}
	defer rows.Close()
	var slices []Slice
	for rows.Next() {
		var body, year string
		if err := rows.Scan(&body, &year); err != nil {
			return nil, fmt.Errorf("list the slices replaced: %w", err)
		}
		slices = append(slices, Slice{Body: body, Year: startYear(year)})
	}
	return slices, rows.Err()
}

// startYear reads the "2018/19" of a slice: 2018; "" is 0.
func startYear(text string) schemas.FinancialYear {
	var year int
	if n, _ := fmt.Sscanf(text, "%4d/", &year); n == 0 {
		return 0
	}
	return schemas.FinancialYear(year)
}
