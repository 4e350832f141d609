package compare

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"commonspend/schemas"
)

// The memory of layouts is there to tell of changes, not to map columns by.
// Mapping looks at the whole header row and at the cells, so a header row seen
// before is mapped as before without a memory; where it is not, the cells
// differ, and they are right: on the 1,491 real files this was tried on, one
// of some 1,170 with a header row their publisher had used before was mapped
// otherwise, and its postcode column did hold descriptions. No refused file has
// a header row that its publisher used in another, and nil months are found
// empty under theirs as it is.

// laidOut is a standing file and its layout.
type laidOut struct {
	publisher, duty string
	period          schemas.Period
	no, sheet, row  int
	text            string // of the columns, as in sheets
	columns         []column
	layout          string
}

// column is a column of a layout: what it is known by, its header as
// published, and its field, "" for none.
type column struct{ key, header, field string }

// remember makes the layouts of the touched publishers and duties again, and
// their layout_changed issues.
func remember(ctx context.Context, tx *sql.Tx) error {
	if err := run(ctx, tx, step{"layout_clear", nil}); err != nil {
		return err
	}
	files, err := laidOutFiles(ctx, tx)
	if err != nil {
		return err
	}
	for len(files) > 0 {
		n := 1
		for n < len(files) && files[n].publisher == files[0].publisher && files[n].duty == files[0].duty {
			n++
		}
		if err := rememberLine(ctx, tx, files[:n]); err != nil {
			return err
		}
		files = files[n:]
	}
	return nil
}

// rememberLine stores the layouts of one publisher's files under one duty, in
// order, and what is new in each that none of the year before had.
func rememberLine(ctx context.Context, tx *sql.Tx, files []laidOut) error {
	for _, l := range gather(files) {
		if err := run(ctx, tx, step{"layout", l}); err != nil {
			return err
		}
	}
	for i, f := range files {
		before, changed := changedFrom(files[:i], f)
		if !changed {
			continue
		}
		value := "Since " + before.period.String() + ": " + drift(before.columns, f.columns)
		if err := run(ctx, tx, step{"layout_changed", map[string]any{
			"file_no": f.no, "sheet_no": f.sheet, "row": f.row, "value": value}}); err != nil {
			return err
		}
	}
	return nil
}

// gather lists the layouts among files, in the order in which they came up, as
// the values of layout.sql.
func gather(files []laidOut) []map[string]any {
	var list []map[string]any
	place := map[string]int{}
	for _, f := range files {
		at, ok := place[f.layout]
		if !ok {
			at, place[f.layout] = len(list), len(list)
			list = append(list, map[string]any{"publisher": f.publisher, "duty": f.duty, "layout": f.layout,
				"columns": f.text, "files": 0, "first": f.no})
		}
		list[at]["files"], list[at]["last"] = list[at]["files"].(int)+1, f.no
	}
	return list
}

// aYear is how far back a layout counts as in use: a department and its agency
// that publish by turns change nothing, and a return to what was used years
// ago is a change.
const aYear = 366

// changedFrom reports whether a file's layout is new: unlike that of every file
// before it whose period began within the year before, and of the last ones
// there were. It returns the file to tell the change by: of the last period that
// began before the file's own, the one with most columns in common. A file
// without a known period, or of a publisher's first, has nothing before it.
func changedFrom(files []laidOut, f laidOut) (before laidOut, changed bool) {
	last := lastStart(files, f)
	if last == schemas.NoDate {
		return before, false
	}
	most := -1
	for _, e := range files {
		switch {
		case e.period.From < min(last, f.period.From-aYear):
			continue
		case e.layout == f.layout:
			return before, false
		case e.period.From == last && inCommon(e.columns, f.columns) > most:
			before, most = e, inCommon(e.columns, f.columns)
		}
	}
	return before, true
}

// lastStart returns when the last period before that of f began, NoDate where
// there is none.
func lastStart(files []laidOut, f laidOut) schemas.Date {
	if !f.period.Known() {
		return schemas.NoDate
	}
	for _, e := range slices.Backward(files) {
		if e.period.From < f.period.From {
			return e.period.From
		}
	}
	return schemas.NoDate
}

// inCommon counts the columns that stand in both layouts with the same field.
func inCommon(a, b []column) int {
	n := 0
	for _, c := range a {
		if at := find(b, c.key); at >= 0 && b[at].field == c.field {
			n++
		}
	}
	return n
}

func find(columns []column, key string) int {
	return slices.IndexFunc(columns, func(c column) bool { return c.key == key })
}

// laidOutFiles reads the files whose layouts are to be made again, in the order
// of publisher, duty and period.
func laidOutFiles(ctx context.Context, tx *sql.Tx) ([]laidOut, error) {
	query, args, err := step{"layout_files", nil}.bind()
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list the layouts: %w", err)
	}
	defer rows.Close()
	var files []laidOut
	for rows.Next() {
		var f laidOut
		var from, to sql.NullTime
		if err := rows.Scan(&f.publisher, &f.duty, &from, &to, &f.no, &f.sheet, &f.row, &f.text); err != nil {
			return nil, fmt.Errorf("list the layouts: %w", err)
		}
		f.period = schemas.NoPeriod
		if from.Valid && to.Valid {
			f.period = schemas.Period{From: schemas.DateIn(from.Time), To: schemas.DateIn(to.Time)}
		}
		if err := f.parse(); err != nil {
			return nil, fmt.Errorf("the columns of file %d: %w", f.no, err)
		}
		files = append(files, f)
	}
	return files, rows.Err()
}

// parse reads the columns and names the layout: a hash of what its columns are
// known by and of their fields. A column with neither header nor field is left
// out: stray cells beside a table come and go.
func (f *laidOut) parse() error {
	var published []schemas.ColumnMap
	if err := json.Unmarshal([]byte(f.text), &published); err != nil {
		return err
	}
	seen := map[string]int{}
	hash := sha256.New()
	for _, c := range published {
		key := fold(c.Header)
		switch {
		case c.Header == "" && c.Field == "":
			continue
		case c.Header == "":
			key = fmt.Sprint("column ", c.Column)
		case key == "":
			key = c.Header // "£"
		}
		if seen[key]++; seen[key] > 1 {
			key = fmt.Sprintf("%s (%d)", key, seen[key])
		}
		f.columns = append(f.columns, column{key, c.Header, c.Field})
		fmt.Fprintf(hash, "%s\x1f%s\n", key, c.Field)
	}
	f.layout = hex.EncodeToString(hash.Sum(nil))[:12]
	return nil
}

// fold brings a header to what it is known by: its letters and digits, small.
// "Body Name (£)" and "BodyName" are one header.
func fold(header string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, header)
}
