package judge

import (
	"context"
	"database/sql"
	"fmt"

	"commonspend/normalize/category"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// byOverride is the method of what a person said.
const byOverride = "override"

// override is a row of the table overrides: a condition of NULL matches anything.
type override struct {
	no                                  int
	what                                string
	publisher, payee, postcode, entity  sql.NullString
	expenseType, expenseArea, described sql.NullString
	scope, category, sameAs, body       sql.NullString
}

func readOverrides(ctx context.Context, conn *sql.Conn) ([]override, error) {
	rows, err := conn.QueryContext(ctx, `SELECT no, what, publisher, payee, postcode, entity, expense_type, expense_area, description,
		scope, category, same_as, body FROM overrides ORDER BY no DESC`)
	if err != nil {
		return nil, fmt.Errorf("read the overrides: %w", err)
	}
	defer rows.Close()
	var all []override
	for rows.Next() {
		var o override
		if err := rows.Scan(&o.no, &o.what, &o.publisher, &o.payee, &o.postcode, &o.entity, &o.expenseType, &o.expenseArea, &o.described,
			&o.scope, &o.category, &o.sameAs, &o.body); err != nil {
			return nil, fmt.Errorf("read the overrides: %w", err)
		}
		all = append(all, o)
	}
	return all, rows.Err()
}

// reason is what is published of an override: who said so, and why, stay in the
// journal and in the table overrides.
func (o *override) reason() string { return fmt.Sprintf("a person said so (override %d)", o.no) }

// overridesByPayee are the overrides of lines, the latest first, under the
// payee they are about; under "" those that are about any payee.
type overridesByPayee map[string][]*override

func byPayee(all []override) overridesByPayee {
	said := overridesByPayee{}
	for i := range all {
		if o := &all[i]; o.what == "line" {
			said[o.payee.String] = append(said[o.payee.String], o)
		}
	}
	return said
}

// of returns the latest override that is about a text: columns as texts.sql
// has them, from publisher on.
func (s overridesByPayee) of(columns [8]*array.String, row int) *override {
	if len(s) == 0 {
		return nil
	}
	var latest *override
	for _, list := range [][]*override{s[columns[1].Value(row)], s[""]} {
		for _, o := range list {
			if (latest == nil || o.no > latest.no) && o.isAbout(columns, row) {
				latest = o
			}
		}
	}
	return latest
}

func (o *override) isAbout(columns [8]*array.String, row int) bool {
	for i, wanted := range [...]sql.NullString{o.publisher, o.payee, o.expenseType, o.expenseArea, o.described} {
		if wanted.Valid && wanted.String != columns[i].Value(row) {
			return false
		}
	}
	return true
}

// overrule puts a person's word in place of a judgement; what it leaves open
// stays as judged.
func (o *override) overrule(j *category.Judgement) {
	if o.scope.Valid {
		j.Scope = o.scope.String
		if j.Scope != category.Procurement {
			j.Category, j.Likely = "", ""
		}
	}
	if o.category.Valid {
		j.Category, j.Likely = o.category.String, o.category.String
	}
	j.Confidence, j.Method, j.Reason = 1, byOverride, o.reason()
}
