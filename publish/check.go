package publish

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/schemas"
)

// CheckError says what a release would have lost or moved against the last
// one. Nothing was published.
type CheckError struct {
	Last     string   // number of the release that stays
	Problems []string // plain sentences
}

// toldProblems is how many problems the error's own words name.
const toldProblems = 3

func (e *CheckError) Error() string {
	told, rest := e.Problems, ""
	if more := len(told) - toldProblems; more > 0 {
		told, rest = told[:toldProblems], fmt.Sprintf(" And %d more like these: `commonspend publish --json` lists all.", more)
	}
	return fmt.Sprintf("nothing was published, and release %s stays: %s%s Where this is right, publish with --force.",
		e.Last, strings.Join(told, " "), rest)
}

// check compares the release with the last one.
func (b *build) check(ctx context.Context) error {
	if b.last == nil {
		return nil
	}
	withdrawn, err := b.findAsked(ctx)
	if err != nil {
		return fmt.Errorf("find what was asked for since release %s: %w", b.last.Number, err)
	}
	problems := b.checkRows(withdrawn)
	for _, find := range []func(context.Context) ([]string, error){b.checkMonths, b.checkTotals} {
		found, err := find(ctx)
		if err != nil {
			return fmt.Errorf("check against release %s: %w", b.last.Number, err)
		}
		problems = append(problems, found...)
	}
	if len(problems) == 0 {
		return nil
	}
	if !b.opts.Force {
		return &CheckError{Last: b.last.Number, Problems: problems}
	}
	b.next.Forced = problems
	return nil
}

// checkRows looks for publishers that vanished and for years that lost more
// than one payment in a hundred; a smaller loss, as a corrected file brings,
// is noted in the manifest. Payments of files that were withdrawn are not missed,
// unless nothing is left at all.
func (b *build) checkRows(withdrawn map[string]map[string]int64) []string {
	var problems []string
	last, next := paymentRows(b.last), paymentRows(b.next)
	if len(last) > 0 && len(next) == 0 {
		problems = append(problems, "No payment is left to publish: this release would be empty.")
	}
	for publisher, years := range withdrawn {
		for year, rows := range years {
			last[publisher][year] -= rows
		}
	}
	for _, publisher := range slices.Sorted(maps.Keys(last)) {
		if len(next[publisher]) == 0 && total(last[publisher]) > 0 {
			problems = append(problems, fmt.Sprintf("Publisher %s had %s in the last release and has none now.",
				publisher, count(total(last[publisher]), "payment")))
			continue
		}
		for _, year := range slices.Sorted(maps.Keys(last[publisher])) {
			had, has := last[publisher][year], next[publisher][year]
			if has >= had {
				continue
			}
			sentence := fmt.Sprintf("Publisher %s had %s for %s in the last release and has %d now.",
				publisher, count(had, "payment"), yearName(year), has)
			if 100*(had-has) > had {
				problems = append(problems, sentence)
			} else {
				b.next.Notes = append(b.next.Notes, sentence)
			}
		}
	}
	return problems
}

// paymentRows counts payments by publisher and financial year.
func paymentRows(r *Release) map[string]map[string]int64 {
	rows := map[string]map[string]int64{}
	for _, p := range r.Partitions {
		if p.Dataset != "payments" {
			continue
		}
		if rows[p.Publisher] == nil {
			rows[p.Publisher] = map[string]int64{}
		}
		rows[p.Publisher][p.FinancialYear] += p.Rows
	}
	return rows
}

func total(years map[string]int64) (sum int64) {
	for _, rows := range years {
		sum += rows
	}
	return sum
}

// checkMonths looks for months of a body that the last release held.
func (b *build) checkMonths(ctx context.Context) (problems []string, err error) {
	err = b.compareCoverage(ctx, "check_months", func(rows *sql.Rows) error {
		var name, duty, first, last string
		var months int64
		if err := rows.Scan(&name, &duty, &months, &first, &last); err != nil {
			return err
		}
		span := first
		if first != last {
			span = first + " to " + last
		}
		problems = append(problems, fmt.Sprintf("%s had %s of %s payments in the last release that are missing now (%s).",
			name, count(months, "month"), duty, span))
		return nil
	})
	return problems, err
}

// checkTotals looks for totals that moved by more than half.
func (b *build) checkTotals(ctx context.Context) (problems []string, err error) {
	err = b.compareCoverage(ctx, "check_totals", func(rows *sql.Rows) error {
		var name, duty, year string
		var last, next schemas.Amount
		if err := rows.Scan(&name, &duty, &year, &last, &next); err != nil {
			return err
		}
		problems = append(problems, fmt.Sprintf("%s's %s payments for %s came to %s in the last release and come to %s now, over the same months.",
			name, duty, yearName(year), last.Pounds(), next.Pounds()))
		return nil
	})
	return problems, err
}

// compareCoverage runs a check over the two releases' coverage tables.
func (b *build) compareCoverage(ctx context.Context, name string, scan func(*sql.Rows) error) error {
	return each(ctx, b.scope.first(), query(name), map[string]any{
		"last": filepath.Join(b.last.Folder(), "coverage.parquet"),
		"next": b.file("coverage.parquet")}, scan)
}

// count writes "1 payment" or "12 payments".
func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// yearName writes a financial year for a sentence.
func yearName(year string) string {
	if year == "" {
		return "no known year"
	}
	return year
}
