package portal

import "testing"

// TestRegister holds what is told of each body to what the tables have of it.
func TestRegister(t *testing.T) {
	s := serving(t, Options{})
	held := s.take()
	defer held.done()
	number := func(query string, args ...any) (n int64) {
		t.Helper()
		if err := held.db.QueryRow(query, args...).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	var issues, years int
	for slug, facts := range held.facts {
		id := facts.body.Body
		var payments, found int64
		for _, y := range facts.years {
			payments += y.Payments
		}
		for _, i := range facts.issues {
			found += i.Count
		}
		issues, years = issues+len(facts.issues), years+len(facts.years)
		for what, both := range map[string][2]int64{
			"months held":    {facts.months.Held, number("SELECT count(*) FROM coverage WHERE body = ? AND status = 'held'", id)},
			"months missing": {facts.months.Missing, number("SELECT count(*) FROM coverage WHERE body = ? AND status = 'missing'", id)},
			"files":          {facts.files.Received, number("SELECT count(*) FROM files WHERE body = ?", id)},
			"files refused":  {facts.files.Refused, number("SELECT count(*) FROM files WHERE body = ? AND outcome = 'refuse'", id)},
			"rows refused":   {facts.files.Rows, number("SELECT CAST(COALESCE(sum(s.refused), 0) AS BIGINT) FROM sheets s JOIN files f ON f.file_no = s.file_no WHERE f.body = ? AND f.current", id)},
			"payments":       {payments, number("SELECT CAST(COALESCE(sum(payments), 0) AS BIGINT) FROM figures WHERE body = ? AND dimension = 'total'", id)},
			"issues":         {found, number("SELECT count(*) FROM issues i JOIN files f ON f.file_no = i.file_no WHERE f.body = ? AND f.current", id)},
		} {
			if both[0] != both[1] {
				t.Errorf("%s: %s are %d, the tables have %d", slug, what, both[0], both[1])
			}
		}
	}
	if issues == 0 || years == 0 || int64(len(held.facts)) != number("SELECT count(*) FROM bodies") {
		t.Errorf("%d bodies, %d years, %d kinds of issues", len(held.facts), years, issues)
	}
	if held.allMonths.Held != number("SELECT count(*) FROM coverage WHERE status = 'held'") || held.allFiles.Received != number("SELECT count(*) FROM files") {
		t.Errorf("all months %v, all files %v", held.allMonths, held.allFiles)
	}
	if int64(len(held.shared)) != number("SELECT count(*) FROM (SELECT file FROM files GROUP BY file HAVING count(*) > 1)") || len(held.shared) == 0 {
		t.Errorf("%d hashes are of more than one receipt", len(held.shared))
	}
	replaced := number("SELECT min(file_no) FROM files WHERE superseded_by IS NOT NULL")
	r := &request{Context: t.Context(), release: held, server: s}
	found, err := r.readReceipts([]int64{replaced})
	if err != nil || len(found) != 1 || found[0].Replaced != fileURL(held.hashes[found[0].replacedBy], found[0].replacedBy, true) {
		t.Errorf("file %d: %v, %v", replaced, found, err)
	}
}
