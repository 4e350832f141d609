package main

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"io/fs"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"commonspend/demo"
	"commonspend/schemas"
	"commonspend/store"
)

// publishWorld runs the whole pipeline over a made-up world, fetched over
// HTTP, into dir, and returns what it wrote to stderr.
func publishWorld(t *testing.T, world *demo.World, dir string) []byte {
	t.Helper()
	site := httptest.NewServer(world.Serve())
	defer site.Close()
	var log bytes.Buffer
	a := &app{out: &log, err: &log, now: time.Now, random: rand.Reader, dir: dir}
	config := &Config{Publishers: world.Publishers, Sources: world.Sources(site.URL), Schedule: "@yearly",
		Contact: "test@example.org", Fetch: FetchConfig{AllowLoopback: true}}
	s, err := a.openService(t.Context(), config, "test", freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.turn(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	return log.Bytes()
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// TestDemoEqualsItsLedger follows every penny of the made-up ledger through
// files, fetch, reading, comparison and release, and looks for every made-up
// private person in all that is published or logged.
func TestDemoEqualsItsLedger(t *testing.T) {
	world := demo.Generate(7)
	dir := t.TempDir()
	log := publishWorld(t, world, dir)
	db := openLatest(t, dir)
	compareSums(t, db, world)
	compareCoverage(t, db, world)
	for _, name := range world.People {
		if bytes.Contains(bytes.ToLower(log), bytes.ToLower([]byte(name))) {
			t.Errorf("the log names a private person")
		}
		findNowhere(t, db, name)
	}
	findInNoFile(t, filepath.Join(dir, "releases"), world.People)
	findInNoFile(t, filepath.Join(dir, "objects"), world.People)
}

func openLatest(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := store.OpenReadOnly(t.Context(), filepath.Join(dir, "releases", "latest", "serve.duckdb"), store.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// compareSums compares the published figures, by body and month of payment,
// with the ledger.
func compareSums(t *testing.T, db *sql.DB, world *demo.World) {
	rows, err := db.Query(`SELECT b.publisher, f.month, f.payments, f.pence, f.credit_pence
		FROM figures AS f JOIN bodies AS b ON b.body = f.body WHERE f.dimension = 'total'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	want := world.SumsByDate()
	if len(want) < 60*24 {
		t.Fatalf("the ledger has only %d sums", len(want))
	}
	for rows.Next() {
		var publisher string
		var month time.Time
		var got demo.Sum
		if err := rows.Scan(&publisher, &month, &got.Payments, &got.Amount, &got.Credits); err != nil {
			t.Fatal(err)
		}
		slot := demo.Slot{Publisher: publisher, Month: schemas.DateIn(month)}
		if got != want[slot] {
			t.Errorf("%s %s: published %+v, the ledger has %+v", publisher, slot.Month, got, want[slot])
		}
		delete(want, slot)
	}
	for slot, sum := range want {
		t.Errorf("%s %s: nothing is published, the ledger has %+v", slot.Publisher, slot.Month, sum)
	}
}

// compareCoverage finds the nil and the missing months shown as such.
func compareCoverage(t *testing.T, db *sql.DB, world *demo.World) {
	for status, slots := range map[string][]demo.Slot{"nil": world.Nil, "missing": world.Missing} {
		for _, slot := range slots {
			var got string
			err := db.QueryRow(`SELECT c.status FROM coverage AS c JOIN bodies AS b ON b.body = c.body
				WHERE b.publisher = ? AND c.month = CAST(? AS DATE)`, slot.Publisher, slot.Month.String()).Scan(&got)
			if err != nil || got != status {
				t.Errorf("%s %s: coverage says %q (%v), want %s", slot.Publisher, slot.Month, got, err, status)
			}
		}
	}
}

// findNowhere looks for a name in every text column of every table.
func findNowhere(t *testing.T, db *sql.DB, name string) {
	for table, columns := range textColumnsOf(t, db) {
		query := "SELECT count(*) FROM " + table + " WHERE contains(lower(concat_ws('|'"
		for _, column := range columns {
			query += `, "` + column + `"`
		}
		var n int
		if err := db.QueryRow(query+")), lower(?))", name).Scan(&n); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		if n > 0 {
			t.Errorf("table %s of serve.duckdb names a private person in %d rows", table, n)
		}
	}
}

func textColumnsOf(t *testing.T, db *sql.DB) map[string][]string {
	rows, err := db.Query(`SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'VARCHAR'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	found := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		found[table] = append(found[table], column)
	}
	if len(found["payments"]) < 10 {
		t.Fatalf("payments has only %d text columns", len(found["payments"]))
	}
	return found
}

// findInNoFile looks through the bytes of every file; what Parquet compresses
// is seen by the reading of the tables above and by publish's own tests.
func findInNoFile(t *testing.T, root string, names []string) {
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text = bytes.ToLower(text)
		for _, name := range names {
			if bytes.Contains(text, bytes.ToLower([]byte(name))) {
				t.Errorf("%s names a private person", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
