package compare

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestRefreshEqualsRebuild lets files arrive, be replaced and be withdrawn at
// random, one, a few or many at a time, and holds the tables after each Refresh equal, row
// for row, to those of a Rebuild of the same warehouse.
func TestRefreshEqualsRebuild(t *testing.T) {
	seen := make([][]bool, 5)
	t.Run("seed", func(t *testing.T) {
		for seed := range seen {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				seen[seed] = comeAndGo(newWorld(t, uint64(seed)))
			})
		}
	})
	for i, from := range cases {
		if !slices.ContainsFunc(seen, func(s []bool) bool { return s[i] }) {
			t.Errorf("at no time was there a row %s", from)
		}
	}
}

// comeAndGo changes the world in steps, one to four files in most, many in
// every fifth, and returns which of the cases it met.
func comeAndGo(w *world) []bool {
	seen := make([]bool, len(cases))
	for step := range 15 {
		before := w.dumpSlices()
		replaced := w.refresh(w.change(1 + w.rand.IntN(4) + 60*(step%5/4)))
		w.sameAsRebuild()
		w.onlyReplaced(before, replaced)
		for i, from := range cases {
			seen[i] = seen[i] || strings.Count(query(w, w.db, "SELECT 1 "+from), "\n") > 1
		}
	}
	return seen
}

// world is a warehouse in which files come and go.
type world struct {
	*testing.T
	db    *sql.DB
	rand  *rand.Rand
	next  int   // the number of the file that comes next
	files []int // those there are
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{T: t, db: openWarehouse(t), rand: rand.New(rand.NewPCG(seed, 3)), next: 1}
	for i, kind := range strings.Split("DDDDDDDDDDT-", "") {
		// p0 and p1 publish for one body; the last is of no kind.
		body, kind := fmt.Sprintf("GB-%d", max(i, 1)), strings.Trim(kind, "-")
		w.exec("INSERT INTO publishers VALUES (?, '', ?, 'local', ?, ?, 0, 'OGL', '')",
			fmt.Sprintf("p%d", i), body, kind, []string{"LGTC500", "", "CARD"}[i%3])
	}
	for no := range hashes {
		w.exec("INSERT INTO lines VALUES (?, 'unknown', '', '', 0, 'model', '', '')", no)
		w.exec("INSERT INTO payees VALUES (?, '', 'organisation', '', '', '', '', 0, 'name', '', '')", no)
	}
	return w
}

// hashes is how many lines, and payees, are judged; one more of each is not.
const hashes = 3

// judge changes the judgement of a line, a payee or an entity, and returns the
// files that hold it.
func (w *world) judge() []int {
	no := w.rand.IntN(hashes)
	pick := func(of ...string) string { return of[w.rand.IntN(len(of))] }
	switch w.rand.IntN(3) {
	case 0:
		w.exec("UPDATE lines SET scope = ?, category = ?, confidence = ? WHERE line_hash = ?",
			pick("procurement", "procurement", "grant", "unknown"), pick("72000000-5", "72200000-7", "45000000-7", ""), 0.5*float64(w.rand.IntN(3)), no)
		return w.holding("SELECT DISTINCT file_no FROM payments WHERE line_hash = ? ORDER BY 1", no)
	case 1:
		w.exec("UPDATE payees SET supplier = ? WHERE payee_hash = ?", pick("", "s1", "s2"), no)
		return w.holding("SELECT DISTINCT file_no FROM payments WHERE payee_hash = ? ORDER BY 1", no)
	default:
		publisher := fmt.Sprintf("p%d", w.rand.IntN(12))
		w.exec("DELETE FROM entities WHERE publisher = ?", publisher)
		for range w.rand.IntN(3) {
			w.exec("INSERT INTO entities VALUES (?, ?, NULLIF(?, '')::DATE, NULLIF(?, '')::DATE, ?, ?::BOOLEAN, 1, 'register', '', '')", publisher,
				pick("", "Agency", "Agency"), pick("", "2018-04-01"), pick("", "2018-04-30"), pick("GB-20", "GB-3", ""), pick("false", "false", "true"))
		}
		return w.holding("SELECT file_no FROM files WHERE publisher = ? ORDER BY 1", publisher)
	}
}

func (w *world) holding(text string, value any) (files []int) {
	w.Helper()
	rows, err := w.db.Query(text, value)
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var no int
		if err := rows.Scan(&no); err != nil {
			w.Fatal(err)
		}
		files = append(files, no)
	}
	return files
}

func (w *world) exec(text string, args ...any) {
	w.Helper()
	if _, err := w.db.Exec(text, args...); err != nil {
		w.Fatalf("%s: %v", text, err)
	}
}

// change lets files arrive, change in place or be withdrawn, that many times,
// and returns their numbers.
func (w *world) change(times int) []int {
	var touched []int
	for range times {
		switch i := w.rand.IntN(12); {
		case i >= 10:
			touched = append(touched, w.judge()...)
		case i < 7 || len(w.files) < 3:
			touched = append(touched, w.load(w.next))
			w.files = append(w.files, w.next)
			w.next++
		case i < 9: // read again, by other rules
			no := w.files[w.rand.IntN(len(w.files))]
			w.remove(no)
			touched = append(touched, w.load(no))
		default:
			at := w.rand.IntN(len(w.files))
			w.remove(w.files[at])
			touched = append(touched, w.files[at])
			w.files = slices.Delete(w.files, at, at+1)
		}
	}
	slices.Sort(touched)
	return slices.Compact(touched)
}

func (w *world) remove(no int) {
	for _, table := range []string{"files", "sheets", "payments", "issues"} {
		w.exec("DELETE FROM "+table+" WHERE file_no = ?", no)
	}
}

// load puts a file and its payments in. Few names, months and lines make
// resubmissions and shared periods frequent.
func (w *world) load(no int) int {
	pick := func(of ...string) string { return of[w.rand.IntN(len(of))] }
	month := 3 + w.rand.IntN(3) // on both sides of the turn of the financial year
	from, to := fmt.Sprintf("2018-%02d-01", month), []string{3: "2018-03-31", 4: "2018-04-30", 5: "2018-05-31"}[month]
	switch w.rand.IntN(20) {
	case 17:
		to = to[:8] + "20"
	case 18:
		from, to = "2018-03-01", "2018-05-31"
	case 0, 1:
		from, to = "2017-04-01", "2018-03-31"
	case 2, 3:
		from, to = "", ""
	case 4: // years that no other file touches lie between
		from, to = fmt.Sprintf("2014-%02d-01", month), fmt.Sprintf("2014-%02d-28", month)
	}
	outcome := pick("load", "load", "load", "load", "load", "load", "empty", "refuse")
	w.exec(`INSERT INTO files VALUES (?, '', ?, ?, ?, 0, TIMESTAMP '2018-10-01 09:00:00', ?, '', ?,
		NULLIF(?, '')::DATE, NULLIF(?, '')::DATE, 'name', '')`,
		no, fmt.Sprintf("p%d", w.rand.IntN(12)), fmt.Sprintf("%d-%d.csv", month, w.rand.IntN(3)),
		pick("", "", "", "https://a.example/", "https://b.example/"), outcome, pick("LGTC500", "LGTC500", "LGTC500", "LGTC500", "CARD"), from, to)
	if outcome == "load" && len(w.files) > 0 && w.rand.IntN(5) == 0 {
		w.repeat(no, w.files[w.rand.IntN(len(w.files))])
	} else if outcome == "load" && w.rand.IntN(12) == 0 {
		w.accumulate(no, month)
	} else if outcome == "load" {
		w.layOut(no)
		w.pay(no, month, []string{"net", "gross", "unknown"}[min(w.rand.IntN(30), 2)])
	}
	return no
}

// repeat puts the lines of another file in, for the same publisher and duty:
// all of them, or all but one.
func (w *world) repeat(no, of int) {
	w.layOut(no)
	w.exec(`UPDATE files SET publisher = o.publisher, duty = o.duty FROM files o WHERE files.file_no = ? AND o.file_no = ?`, no, of)
	w.exec(`INSERT INTO payments SELECT * REPLACE (?::INTEGER AS file_no) FROM payments WHERE file_no = ? AND row > ?`, no, of, 2+w.rand.IntN(2)*w.rand.IntN(2))
}

// accumulate puts in six lines of each month from March to the file's own.
func (w *world) accumulate(no, month int) {
	w.layOut(no)
	w.exec("UPDATE files SET publisher = ?, duty = 'HMT25K' WHERE file_no = ?", fmt.Sprintf("p%d", w.rand.IntN(3)), no)
	w.exec(`INSERT INTO payments (file_no, sheet_no, row, date_column, amount_column, payee_column, date, date_kind, amount,
		vat_basis, payee, payee_class, text_withheld, transaction, number_kind, line_hash, payee_hash)
		SELECT ?, 1, i + 2, 1, 2, 3, DATE '2018-03-01' + CAST(i % 6 AS INTEGER) + INTERVAL 1 MONTH * CAST(i // 6 AS INTEGER), 'unknown', 60000,
		'net', 'Payee 1', 'organisation', false, 'A' || i, '', 0, 0 FROM range(?) t(i)`, no, 6*(month-2))
}

// layOut puts a file's tables in, of a few layouts.
func (w *world) layOut(no int) {
	for sheet := range 1 + w.rand.IntN(2) {
		w.exec(`INSERT INTO sheets SELECT ?, ?, '', '', '', '', 1, 0, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, 'none', 'unknown', '', ?`,
			no, sheet+1, w.rand.IntN(3), columnsJSON([]string{"Date=date|Amount=amount", "Date=date|Amount=", "Paid=date|Amount=amount|Note="}[w.rand.IntN(3)]))
	}
}

func (w *world) pay(no, month int, vat string) {
	for row := range 1 + w.rand.IntN(6) {
		date := fmt.Sprintf("2018-%02d-%02d", month, 1+w.rand.IntN(2))
		switch w.rand.IntN(20) {
		case 0, 3:
			date = ""
		case 1:
			date = fmt.Sprintf("20%02d-03-31", 15+w.rand.IntN(9)) // some beyond a year after it was received
		case 2:
			vat = "net"
		}
		class := []string{"organisation", "organisation", "individual", "missing"}[w.rand.IntN(4)]
		w.exec(`INSERT INTO payments (file_no, sheet_no, row, date_column, amount_column, payee_column, date, date_kind, amount,
			vat_basis, payee, payee_class, text_withheld, expense_type, transaction, entity, number_kind, line_hash, payee_hash)
			VALUES (?, ?, ?, 1, 2, 3, NULLIF(?, '')::DATE, 'unknown', ?, ?, ?, ?, false, NULLIF(?, ''), NULLIF(?, ''), NULLIF(?, ''), '', ?, ?)`,
			no, 1+w.rand.IntN(2), row+2, date, 60000*(w.rand.IntN(3)-1)+1, vat, fmt.Sprint("Payee ", w.rand.IntN(2)), class,
			[]string{"", "Roads", "To payee 1"}[w.rand.IntN(3)], []string{"", " ", "R1", "R2"}[w.rand.IntN(4)],
			[]string{"", "", "Agency"}[w.rand.IntN(3)], w.rand.IntN(hashes+1), w.rand.IntN(hashes+1))
	}
}

func (w *world) refresh(touched []int) (replaced []Slice) {
	w.Helper()
	inTx(w, w.db, func(ctx context.Context, tx *sql.Tx) (err error) {
		replaced, err = Refresh(ctx, tx, touched)
		return err
	})
	return replaced
}

// sameAsRebuild makes all again in a transaction that is then given up, so
// that an error of one refresh cannot be mended before the next.
func (w *world) sameAsRebuild() {
	w.Helper()
	got := map[string]string{}
	for table := range derived {
		got[table] = dump(w, w.db, table, "*")
	}
	tx, err := w.db.Begin()
	if err != nil {
		w.Fatal(err)
	}
	defer tx.Rollback()
	if err := Rebuild(w.Context(), tx); err != nil {
		w.Fatal(err)
	}
	for table := range derived {
		if want := dump(w, tx, table, "*"); got[table] != want {
			w.Fatalf("%s after a refresh:\n%s\nafter a rebuild:\n%s", table, got[table], want)
		}
	}
}

// dumpSlices returns the rows of coverage and figures of each slice.
func (w *world) dumpSlices() map[string]string {
	parts := map[string]string{}
	for _, table := range []string{"coverage", "figures"} {
		for line := range strings.Lines(dump(w, w.db, table, "*")) {
			cells := strings.SplitN(line, ",", 3)
			parts[cells[0]+" "+cells[1]] += line
		}
	}
	return parts
}

// onlyReplaced fails when a slice changed that Refresh did not report.
func (w *world) onlyReplaced(before map[string]string, replaced []Slice) {
	w.Helper()
	after := w.dumpSlices()
	for _, s := range replaced {
		delete(before, s.Body+" "+s.Year.String())
		delete(after, s.Body+" "+s.Year.String())
	}
	if !maps.Equal(before, after) {
		w.Fatalf("slices changed that are not among those replaced, %v", replaced)
	}
}

// cases are what the random files must bring about for the test to mean much.
var cases = []string{
	"FROM editions WHERE superseded_by IS NOT NULL",
	"FROM issues WHERE kind = 'period_shared'",
	"FROM issues WHERE kind = 'layout_changed'",
	"FROM issues WHERE kind = 'period_undecided'",
	"FROM issues WHERE kind = 'period_repeated'",
	"FROM issues i JOIN editions e ON e.file_no = i.file_no WHERE kind = 'period_repeated' AND superseded_by < i.file_no",
	"FROM editions WHERE superseded_by < file_no",
	"FROM editions WHERE undecided",
	"FROM same_payments WHERE told_by = 'payee'",
	"FROM same_payments WHERE told_by = 'reference'",
	"FROM transactions WHERE repeats",
	"FROM transactions WHERE inferred AND payments > 1",
	"FROM transactions WHERE transaction_pence <> pence",
	"FROM transactions WHERE supplier <> '' AND category <> ''",
	"FROM transactions WHERE body = 'GB-20'",
	"FROM transactions WHERE duty = 'REPORTED'",
	"FROM transactions WHERE duty = 'REPORTED' AND repeats",
	"FROM coverage WHERE duty = 'REPORTED' AND status = 'held'",
	"FROM figures WHERE comparable_pence <> 0 AND dimension = 'division'",
	"FROM benchmarks",
	"FROM coverage WHERE status = 'partial'",
	"FROM coverage WHERE undecided > 0",
	"FROM coverage WHERE repeated_pence <> 0",
	"FROM layouts WHERE files > 1",
	"FROM coverage WHERE status = 'missing'",
	"FROM coverage WHERE status = 'stray'",
	"FROM coverage WHERE month IS NULL",
	"FROM coverage WHERE superseded > 0",
	`FROM coverage c WHERE status = 'held' AND NOT EXISTS (SELECT 1 FROM file_months m JOIN editions e ON e.file_no = m.file_no
	WHERE m.claimed AND e.superseded_by IS NULL AND m.body = c.body AND m.duty = c.duty AND m.month = c.month)`,
	"FROM coverage WHERE vat_basis = 'mixed'",
	"FROM comparisons WHERE median_pence IS NOT NULL",
	"FROM comparisons WHERE withheld <> ''",
	"FROM comparisons WHERE withheld LIKE 'two files that cover %'",
}
