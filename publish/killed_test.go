package publish

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// child is the data directory that TestKilledChild publishes from.
var child = flag.String("child", "", "for TestKilled alone: the data directory its child process publishes from")

// TestKilledChild is the process that TestKilled kills.
func TestKilledChild(t *testing.T) {
	if *child == "" {
		return // nothing to do but as the child of TestKilled
	}
	m := reopen(t, *child)
	fmt.Println("ready")
	m.publish()
}

func reopen(t *testing.T, dir string) *made {
	db, err := sql.Open("duckdb", filepath.Join(dir, "warehouse.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	m := &made{t: t, db: db, dir: dir}
	m.one(&m.file, "SELECT max(file_no) FROM files")
	return m
}

// TestKilled kills publishes at random moments. Each time, what is published
// is the old release or the new one, whole; and the next publish succeeds.
func TestKilled(t *testing.T) {
	m := newMade(t).usual()
	random := rand.New(rand.NewSource(7))
	partial := 0
	for round := range 12 {
		before, err := Latest(m.dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		m.db.Close()
		kill(t, m.dir, time.Duration(random.Intn(450))*time.Millisecond)
		if left, _ := filepath.Glob(filepath.Join(m.dir, "releases", ".unfinished-*")); len(left) > 0 {
			partial++
		}
		verified(t, m.dir)
		after, err := Latest(m.dir)
		if before != "" && (err != nil || CompareNumbers(filepath.Base(after), filepath.Base(before)) < 0) {
			t.Fatalf("round %d: release %s became %s: %v", round, before, after, err)
		}
		m = reopen(t, m.dir)
		m.publish()
		verified(t, m.dir)
		m.add("upper-mere", fmt.Sprintf("20%02d-06", 10+round%14), line{date: "2024-06-02", payee: "Brook Paper Ltd", pence: int64(round)})
	}
	t.Logf("%d of 12 kills fell inside a publish", partial)
	if partial == 0 {
		t.Error("no kill fell inside a publish: it shows nothing")
	}
}

// kill starts a publish in a child process and kills it a while after it is
// ready to begin.
func kill(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKilledChild$", "-child="+dir)
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	ready := make([]byte, len("ready\n"))
	if _, err := out.Read(ready); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = command.Process.Kill()
	_ = command.Wait()
}
