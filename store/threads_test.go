package store

import (
	"database/sql"
	"errors"
	"testing"
)

// TestWithThreads holds the number of threads to be another while something runs,
// and what it was before after that, however it ended.
func TestWithThreads(t *testing.T) {
	w, err := Open(t.Context(), t.TempDir(), "test", Settings{Threads: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	threads := func() (n int) {
		if err := w.DB().QueryRow("SELECT current_setting('threads')").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	failed := errors.New("failed")
	for _, c := range []struct {
		threads, within int
		err             error
	}{{1, 1, nil}, {2, 2, failed}, {4, 3, nil}} {
		err := w.Write(t.Context(), func(conn *sql.Conn) error {
			return WithThreads(t.Context(), conn, c.threads, func() error {
				if n := threads(); n != c.within {
					t.Errorf("with %d threads there are %d", c.threads, n)
				}
				return c.err
			})
		})
		if err != c.err || threads() != 3 {
			t.Errorf("with %d threads: %v; afterwards there are %d, not 3", c.threads, err, threads())
		}
	}
}
