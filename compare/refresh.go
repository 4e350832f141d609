package compare

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"

	"commonspend/schemas"
	"commonspend/store"
)

// leastPeers is how many other bodies a median needs, and how many bodies a
// benchmark's quartiles; mostPeers how many its 10 % and 90 % points.
const (
	leastPeers = 5
	mostPeers  = 10
)

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

// forming lists, in order, what reads payments. Everything is made from what
// the touched files were and are, so that a refresh of all files is a rebuild.
var forming = []step{
	{"spans", map[string]any{"moment": "before"}},
	{"before", nil},
	{"file_months", nil},
	{"editions", nil},
	{"shared_periods", nil},
	{"spans", map[string]any{"moment": "after"}},
	{"after", nil},
	{"same_payments", nil},
	{"transactions", nil},
}

// adding lists, in order, what is made of transactions; ledger_figures alone
// reads the standing payments of the slices again.
var adding = []step{
	{"sums", nil},
	{"coverage", nil},
	{"totals", nil},
	{"figures", nil},
	{"ledger_figures", nil},
	{"comparisons", map[string]any{"least_peers": leastPeers}},
	{"benchmarks", map[string]any{"least_peers": leastPeers, "most_peers": mostPeers}},
}

// Refresh brings the derived tables up to date after the files numbered
// fileNos were loaded, replaced or withdrawn (deleted, or refused now), or
// after the judgement of a line, payee or entity of theirs changed. It
// returns the slices of coverage and figures that it replaced; comparisons and
// benchmarks are replaced for all bodies of the same kinds in the same
// financial years.
//
// Publishers are read as they are now: when one of them changes its body, its
// kind or its threshold, only Rebuild puts all that rests on it right.
func Refresh(ctx context.Context, tx *sql.Tx, fileNos []int) ([]Slice, error) {
	if err := prepare(ctx, tx); err != nil {
		return nil, err
	}
	for _, no := range fileNos {
		if err := run(ctx, tx, step{"touch", map[string]any{"file_no": no}}); err != nil {
			return nil, err
		}
	}
	if err := refresh(ctx, tx, "recent"); err != nil {
		return nil, err
	}
	return replaced(ctx, tx)
}

// Rebuild makes all derived tables again from nothing.
func Rebuild(ctx context.Context, tx *sql.Tx) error {
	if err := prepare(ctx, tx); err != nil {
		return err
	}
	if err := run(ctx, tx, step{"clear", nil}); err != nil {
		return err
	}
	return refresh(ctx, tx, "all")
}

// Add makes coverage, figures, comparisons and benchmarks again from all the
// transactions as they stand: the second half of a Rebuild.
func Add(ctx context.Context, tx *sql.Tx) error {
	if err := prepare(ctx, tx); err != nil {
		return err
	}
	for _, s := range []step{{"everything", nil}, {"spans", map[string]any{"moment": "after"}}} {
		if err := run(ctx, tx, s); err != nil {
			return err
		}
	}
	return add(ctx, tx, "all")
}

// add makes again what rests on transactions. source names those that are
// added up: recent, of the slices, or all.
func add(ctx context.Context, tx *sql.Tx, source string) error {
	for _, s := range append([]step{{source, nil}}, adding...) {
		if err := run(ctx, tx, s); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes the tables that a refresh works in.
func prepare(ctx context.Context, tx *sql.Tx) error {
	if err := run(ctx, tx, step{"work", nil}); err != nil {
		return err
	}
	duties, err := schemas.Codelist("duties")
	if err != nil {
		return err
	}
	for i, d := range duties {
		floor, err := strconv.ParseInt(d["threshold_pence"], 10, 64)
		if err != nil {
			return fmt.Errorf("the threshold of %s: %w", d["duty"], err)
		}
		values := map[string]any{"duty": d["duty"], "place": i + 1, "floor_pence": floor}
		if err := run(ctx, tx, step{"duty", values}); err != nil {
			return err
		}
	}
	return nil
}

// refresh makes again what the touched files have a part in.
func refresh(ctx context.Context, tx *sql.Tx, source string) error {
	for _, s := range forming {
		if err := run(ctx, tx, s); err != nil {
			return err
		}
	}
	if err := accounted(ctx, tx); err != nil {
		return err
	}
	if err := add(ctx, tx, source); err != nil {
		return err
	}
	return remember(ctx, tx)
}

// accounted checks that the transactions made hold every payment once: a line
// or payee that is judged twice would count its payments twice.
func accounted(ctx context.Context, tx *sql.Tx) error {
	query, args, err := step{"unaccounted", nil}.bind()
	if err != nil {
		return err
	}
	var held, formed int64
	switch err := tx.QueryRowContext(ctx, query, args...).Scan(&held, &formed); {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("compare: unaccounted.sql: %w", err)
	}
	return fmt.Errorf("compare: the standing files hold %d payments and their transactions %d, or other pence: "+
		"lines or payees are judged twice; `commonspend rebuild` judges them again", held, formed)
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
