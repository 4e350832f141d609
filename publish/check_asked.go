package publish

import (
	"context"
	"database/sql"
	"strings"
)

// Asked is what a person asked for in the journal that takes payments out of a
// release, or gives them to another body. The check does not hold it against
// the next release.
type Asked struct {
	Sequence  int    `json:"-"` // of its event
	Publisher string `json:"publisher"`
	File      string `json:"file"`   // SHA-256 of the file withdrawn; "" where an entity was said to be another body
	Entity    string `json:"entity"` // "" for payments that name none
}

// askedSince lists what was asked for between the last release and this one.
func (b *build) askedSince() (since []Asked) {
	for _, a := range b.opts.Asked {
		if a.Sequence > b.last.JournalLength && a.Sequence <= b.opts.JournalLength {
			since = append(since, a)
		}
	}
	return since
}

// findAsked fills asked_months with the months that were asked to change, and
// counts the payments of withdrawn files in the last release by publisher and
// financial year. Where the last release cannot be read it excuses nothing.
func (b *build) findAsked(ctx context.Context) (withdrawn map[string]map[string]int64, err error) {
	conn := b.scope.first()
	if _, err := conn.ExecContext(ctx, query("check_asked")); err != nil {
		return nil, err
	}
	since := b.askedSince()
	objects := b.objectsOf(since)
	if len(objects) == 0 {
		return nil, nil
	}
	if err := insertAll(ctx, conn, "asked", `{"publisher":"VARCHAR","file":"VARCHAR","entity":"VARCHAR"}`, since); err != nil {
		return nil, err
	}
	fill := strings.ReplaceAll(query("check_asked_payments"), "$last", "["+strings.Join(objects, ", ")+"]")
	if _, err := conn.ExecContext(ctx, fill); err != nil {
		b.next.Notes = append(b.next.Notes, "What was withdrawn or given to another body since the last release could not be looked up in it: the check let nothing pass for that.")
		return nil, nil
	}
	withdrawn = map[string]map[string]int64{}
	err = each(ctx, conn, "SELECT publisher, financial_year, CAST(sum(payments) AS BIGINT) FROM asked_payments WHERE withdrawn GROUP BY ALL ORDER BY ALL", nil, func(rows *sql.Rows) error {
		var publisher, year string
		var payments int64
		if err := rows.Scan(&publisher, &year, &payments); err != nil {
			return err
		}
		if withdrawn[publisher] == nil {
			withdrawn[publisher] = map[string]int64{}
		}
		withdrawn[publisher][year] = payments
		return nil
	})
	if err != nil {
		return nil, err
	}
	return withdrawn, b.fillAskedMonths(ctx)
}

// objectsOf lists, as SQL literals, the last release's objects of payments of
// the publishers concerned.
func (b *build) objectsOf(asked []Asked) (objects []string) {
	publishers := map[string]bool{}
	for _, a := range asked {
		publishers[a.Publisher] = true
	}
	for _, p := range b.last.Partitions {
		if p.Dataset == "payments" && publishers[p.Publisher] {
			objects = append(objects, literal(b.last.Object(p)))
		}
	}
	return objects
}

// fillAskedMonths lists the months, and notes how many there are.
func (b *build) fillAskedMonths(ctx context.Context) error {
	conn := b.scope.first()
	if _, err := conn.ExecContext(ctx, query("check_asked_months")); err != nil {
		return err
	}
	var months int64
	err := conn.QueryRowContext(ctx, "SELECT count(*) FROM asked_months").Scan(&months)
	if err == nil && months > 0 {
		b.next.Notes = append(b.next.Notes, "Files were withdrawn, or payments given to another body, since the last release: not checked against it are "+count(months, "month")+" of bodies.")
	}
	return err
}
