package judge

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"slices"
	"sync"

	"commonspend/normalize/body"
	"commonspend/normalize/category"
	"commonspend/normalize/supplier"
	"commonspend/schemas"
	"commonspend/store"
)

//go:embed sql/*.sql
var queries embed.FS

// Judges are what judges: the model and rules for lines, the rules for payees,
// the register for entities. The first two are read when they are needed: most
// often nothing is new.
type Judges struct {
	lines        func() (*category.Judge, error)
	payees       func() (*supplier.Rules, error)
	register     *body.Register
	denominators []schemas.Denominator
	imported     Imported
	versions     versions
}

// versions names what judges, as the table judged keeps it.
type versions struct{ lines, payees, entities string }

// New makes judges of the embedded rules, model and register, and of what was
// imported, which counts before the register's own.
func New(imported Imported) (*Judges, error) {
	register, err := body.LoadRegister()
	if err != nil {
		return nil, err
	}
	denominators, err := schemas.Denominators()
	if err != nil {
		return nil, err
	}
	j := &Judges{lines: sync.OnceValues(category.New), payees: sync.OnceValues(supplier.LoadRules), register: register,
		denominators: merged(denominators, imported.Denominators), imported: imported}
	if len(imported.Bodies) > 0 {
		j.register = register.With(imported.Bodies)
	}
	payeesVersion, err := imported.payeesVersion()
	j.versions = versions{category.EmbeddedVersion(), payeesVersion, j.register.Version() + imported.Version}
	return j, err
}

// merged puts imported denominators in the place of those of the same body,
// measure and year.
func merged(own, imported []schemas.Denominator) []schemas.Denominator {
	type key struct {
		body, measure string
		year          int
	}
	replaced := map[key]bool{}
	for _, d := range imported {
		replaced[key{d.Body, d.Measure, d.Year}] = true
	}
	all := slices.DeleteFunc(slices.Clone(own), func(d schemas.Denominator) bool { return replaced[key{d.Body, d.Measure, d.Year}] })
	return append(all, imported...)
}

// Counts says what a Refresh judged anew.
type Counts struct {
	Lines, Payees, Entities int
}

// Refresh judges what files that are marked in unrefreshed brought, and all
// again where the rules, the model, the register or an override changed. Files
// whose judgements changed are marked too. All of it is one transaction.
func (j *Judges) Refresh(ctx context.Context, w *store.Warehouse) (Counts, error) {
	var counts Counts
	err := w.Write(ctx, func(conn *sql.Conn) error {
		r := &refresh{Judges: j, conn: conn, counts: &counts}
		if err := r.run(ctx); err != nil {
			return fmt.Errorf("judge: %w", err)
		}
		return nil
	})
	return counts, err
}

// refresh is one Refresh on its way.
type refresh struct {
	*Judges
	conn      *sql.Conn
	overrides []override
	staleness versions        // what was made with other rules, by a version that is not blank
	fewer     bool            // payments were withdrawn
	state     *supplier.State // what the last resolution of payees left
	counts    *Counts
}

// run takes the steps of a refresh, where there is anything to do.
func (r *refresh) run(ctx context.Context) error {
	var behind int
	if err := r.conn.QueryRowContext(ctx, "SELECT count(*) FROM unrefreshed").Scan(&behind); err != nil {
		return err
	}
	if err := r.recall(ctx); err != nil || behind == 0 && r.staleness == (versions{}) {
		return err
	}
	go r.lines() // reading the model takes a while, and there is most often a new text to judge
	var err error
	if r.overrides, err = readOverrides(ctx, r.conn); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{r.forget, r.clearOrphans, r.listMarked, r.judgeEntities, r.judgeLines, r.judgePayees, r.printFiles, r.remember} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// recall reads what the judgements held were made with, and tells which of them
// are to be made again.
func (r *refresh) recall(ctx context.Context) error {
	var held versions
	var state []byte
	row := r.conn.QueryRowContext(ctx, "SELECT lines, payees, entities, resolution FROM judged")
	if err := row.Scan(&held.lines, &held.payees, &held.entities, &state); err != nil && err != sql.ErrNoRows {
		return err
	}
	r.state = &supplier.State{}
	if err := r.state.UnmarshalBinary(state); err != nil {
		r.state = nil // it only saves time
	}
	r.staleness = versions{changed(held.lines, r.versions.lines), changed(held.payees, r.versions.payees), changed(held.entities, r.versions.entities)}
	return nil
}

// changed returns now where it differs from held, else "".
func changed(held, now string) string {
	if held == now {
		return ""
	}
	return now
}

// forget clears the judgements of lines and entities that were made otherwise.
// Then everything that rests on them is to be worked out again. Payees are
// resolved over what is held, to tell those that changed.
func (r *refresh) forget(ctx context.Context) error {
	if r.staleness.lines == "" && r.staleness.entities == "" {
		return nil
	}
	if r.staleness.lines != "" {
		if err := r.exec(ctx, "DELETE FROM lines"); err != nil {
			return err
		}
	}
	if r.staleness.entities != "" {
		if err := r.putRegister(ctx); err != nil {
			return err
		}
	}
	return r.exec(ctx, "INSERT INTO unrefreshed SELECT 0 WHERE EXISTS (SELECT * FROM payments)")
}

// clearOrphans forgets what only withdrawn files held.
func (r *refresh) clearOrphans(ctx context.Context) error {
	query := "SELECT count(*) > 0 FROM unrefreshed u WHERE file_no <> 0 AND NOT EXISTS (SELECT * FROM payments p WHERE p.file_no = u.file_no)"
	if err := r.conn.QueryRowContext(ctx, query).Scan(&r.fewer); err != nil || !r.fewer {
		return err
	}
	return r.runFile(ctx, "orphans")
}

// printFiles notes what is judged of each file that is marked, by which a
// release tells what it has to write anew.
func (r *refresh) printFiles(ctx context.Context) error {
	if err := r.listMarked(ctx); err != nil { // payees that were resolved otherwise mark more
		return err
	}
	return r.runFile(ctx, "judged_files")
}

// listMarked lists the files whose payments are to be looked at.
func (r *refresh) listMarked(ctx context.Context) error { return r.runFile(ctx, "marked") }

func (r *refresh) remember(ctx context.Context) error {
	state := []byte{}
	if r.state != nil {
		var err error
		if state, err = r.state.MarshalBinary(); err != nil {
			return err
		}
	}
	if err := r.exec(ctx, "DELETE FROM judged"); err != nil {
		return err
	}
	now := r.versions
	return store.InsertRows(ctx, r.conn, "judged", [][]any{{now.lines, now.payees, now.entities, state}})
}

func (r *refresh) exec(ctx context.Context, query string) error {
	_, err := r.conn.ExecContext(ctx, query)
	return err
}

// runFile executes an embedded SQL file that returns no rows.
func (r *refresh) runFile(ctx context.Context, name string) error {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return err
	}
	if _, err := r.conn.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}

// query reads an embedded SQL file and binds its values.
func query(name string, values map[string]any) (string, []any, error) {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return "", nil, err
	}
	return store.Bind(string(text), values)
}
