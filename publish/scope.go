package publish

import (
	"context"
	"database/sql"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"commonspend/store"
)

//go:embed sql/*.sql
var queries embed.FS

// workers is how many connections write partitions at once.
const workers = 2

// query returns the text of an embedded query. A name that is not there is a
// mistake in the program, which the first run of any test meets.
func query(name string) string {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return string(text)
}

// scope is a set of connections to the warehouse on which the tables and views
// of what may be published stand, for this build alone.
type scope struct{ conns []*sql.Conn }

// scopeNames are the temporary tables and views, in the order they are made.
func scopeNames() []string {
	return []string{"standing", "shown", "titled", "sheets", "payments", "issues"}
}

func openScope(ctx context.Context, db *sql.DB, opts Options) (*scope, error) {
	count := workers
	if limit := db.Stats().MaxOpenConnections; limit > 0 && limit < count {
		count = limit
	}
	s := &scope{}
	for range count {
		conn, err := db.Conn(ctx)
		if err == nil {
			s.conns = append(s.conns, conn)
			err = prepare(ctx, conn, opts)
		}
		if err != nil {
			s.close()
			return nil, err
		}
	}
	return s, s.oneEditionAFile(ctx)
}

// prepare sets the secret and makes the scope's tables on one connection. The
// secret is bound, so that no error message can repeat it.
func prepare(ctx context.Context, conn *sql.Conn, opts Options) error {
	if _, err := conn.ExecContext(ctx, "SET VARIABLE publish_secret = ?", hex.EncodeToString(opts.Secret)); err != nil {
		return fmt.Errorf("set the secret: %w", err)
	}
	for _, name := range scopeNames() {
		if _, err := conn.ExecContext(ctx, query("scope_"+name)); err != nil {
			return fmt.Errorf("gather %s: %w", name, err)
		}
	}
	if err := fillTitled(ctx, conn, opts.Titled); err != nil {
		return fmt.Errorf("gather what names a person: %w", err)
	}
	return nil
}

// fillTitled lists the texts that name a person by title.
func fillTitled(ctx context.Context, conn *sql.Conn, titled func(string) bool) error {
	type line struct {
		Text string `json:"text"`
	}
	found := []line{}
	err := each(ctx, conn, query("list_texts"), nil, func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		if titled(text) {
			found = append(found, line{text})
		}
		return err
	})
	if err != nil {
		return err
	}
	return insertAll(ctx, conn, "titled", `{"text":"VARCHAR"}`, found)
}

// oneEditionAFile holds that no file's payments would be published twice.
func (s *scope) oneEditionAFile(ctx context.Context) error {
	var twice int
	err := s.first().QueryRowContext(ctx, query("count_twice")).Scan(&twice)
	if err == nil && twice > 0 {
		err = fmt.Errorf("%d files make more than one standing claim: their payments would be published twice; run `commonspend rebuild`", twice)
	}
	if err != nil {
		s.close()
	}
	return err
}

func (s *scope) first() *sql.Conn { return s.conns[0] }

// detach lets go of serve.duckdb, where it is attached.
func (s *scope) detach() {
	_, _ = s.first().ExecContext(context.Background(), "DETACH DATABASE IF EXISTS serving")
}

// close leaves the connections as they were found.
func (s *scope) close() {
	ctx := context.Background()
	for _, conn := range s.conns {
		for _, view := range []string{"published_figures", "published_issues", "published_payments", "published_sheets", "added"} {
			_, _ = conn.ExecContext(ctx, "DROP VIEW IF EXISTS "+view)
		}
		for _, table := range []string{"shown", "standing", "titled", "named", "replaced", "gone", "fresh", "reworded", "touched_lines", "touched_payees", "asked", "asked_months", "asked_payments"} {
			_, _ = conn.ExecContext(ctx, "DROP TABLE IF EXISTS "+table)
		}
		_, _ = conn.ExecContext(ctx, "RESET VARIABLE publish_secret")
		_ = conn.Close()
	}
	s.conns = nil
}

// each calls scan for every row of a query.
func each(ctx context.Context, conn *sql.Conn, text string, values map[string]any, scan func(*sql.Rows) error) (err error) {
	bound, args, err := store.Bind(text, values)
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, bound, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// execute runs a query with bound values.
func execute(ctx context.Context, conn *sql.Conn, text string, values map[string]any) error {
	bound, args, err := store.Bind(text, values)
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, bound, args...)
	return err
}

// literal writes text as an SQL literal, where a value cannot be bound.
func literal(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// insertAll fills a table from a list, bound as one JSON text. columns gives
// each column's name and type: {"rows":"BIGINT"}.
func insertAll(ctx context.Context, conn *sql.Conn, table, columns string, list any) error {
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "INSERT INTO "+table+
		" BY NAME SELECT unnest(from_json(CAST(? AS JSON), '["+columns+"]'), recursive := true)", string(text))
	return err
}
