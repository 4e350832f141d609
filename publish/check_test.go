package publish

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCheckRefuses(t *testing.T) {
	m := newMade(t).usual()
	last := m.publish()
	m.run("UPDATE editions SET superseded_by = 99 WHERE publisher = 'low-fen'")
	m.add("upper-mere", "2024-05", line{date: "2024-05-02", payee: "Brook Paper Ltd", pence: 900000000})
	_, err := Publish(context.Background(), m.db, m.options())
	var refused *CheckError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v", err)
	}
	want := []string{
		"Publisher low-fen had 1 payment in the last release and has none now.",
		"Publisher upper-mere had 6 payments for 2024/25 in the last release and has 1 now.",
		"Low Fen District Council had 1 month of LGTC500 payments in the last release that are missing now (2024-05).",
		"Upper Mere District Council's LGTC500 payments for 2024/25 came to £2,800.08 in the last release and come to £9,000,000.00 now, over the same months."}
	if !slices.Equal(refused.Problems, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(refused.Problems, "\n"), strings.Join(want, "\n"))
	}
	if folder, _ := Latest(m.dir); filepath.Base(folder) != last.Number {
		t.Errorf("the latest release is %s", folder)
	}
	verified(t, m.dir)
	opts := m.options()
	opts.Force = true
	forced, err := Publish(context.Background(), m.db, opts)
	if err != nil || !slices.Equal(forced.Forced, want) {
		t.Errorf("forced: %v, %v", forced, err)
	}
	verified(t, m.dir)
}

// TestCheckGrowth holds that a new month is no jump, however large.
func TestCheckGrowth(t *testing.T) {
	m := newMade(t).usual()
	m.publish()
	m.add("low-fen", "2024-06", line{date: "2024-06-02", payee: "Brook Paper Ltd", pence: 900000000})
	m.publish()
}

// TestCheckAsked holds that a withdrawal is not held against a release, and that
// what else was lost is.
func TestCheckAsked(t *testing.T) {
	m := newMade(t).usual()
	last := m.publish()
	m.add("upper-mere", "2023-04", line{date: "2023-04-05", payee: "Brook Paper Ltd", pence: 120000})
	withdrawn := m.file - 1
	m.run("DELETE FROM editions WHERE publisher = 'low-fen'")
	m.run("DELETE FROM payments WHERE file_no = (SELECT file_no FROM files WHERE publisher = 'low-fen')")
	m.derive()
	var sha string
	m.one(&sha, "SELECT file FROM files WHERE publisher = 'low-fen'")
	opts := m.options()
	_, err := Publish(context.Background(), m.db, opts)
	var refused *CheckError
	if !errors.As(err, &refused) || len(refused.Problems) != 3 {
		t.Fatalf("nothing was asked for: %v", err)
	}
	opts.Asked = []Asked{{Sequence: withdrawn + 1, Publisher: "low-fen", File: sha}}
	_, err = Publish(context.Background(), m.db, opts)
	want := []string{"Publisher upper-mere had 2 payments for 2023/24 in the last release and has 1 now."}
	if !errors.As(err, &refused) || !slices.Equal(refused.Problems, want) {
		t.Errorf("withdrawn: got %v, want %s", err, want)
	}
	opts.Asked[0].Sequence = last.JournalLength
	if _, err = Publish(context.Background(), m.db, opts); !errors.As(err, &refused) || len(refused.Problems) != 3 {
		t.Errorf("asked for before the last release: %v", err)
	}
}

// TestCheckErrorIsShort holds that the error's own words name a few problems.
func TestCheckErrorIsShort(t *testing.T) {
	err := &CheckError{Last: "2026-11-22.1", Problems: []string{"A.", "B.", "C.", "D.", "E."}}
	want := "nothing was published, and release 2026-11-22.1 stays: A. B. C. And 2 more like these: `commonspend publish --json` lists all. Where this is right, publish with --force."
	if got := err.Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
