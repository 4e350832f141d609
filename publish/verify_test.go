package publish

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// twoReleases publishes, adds a file and publishes again.
func twoReleases(t *testing.T) *made {
	m := newMade(t).usual()
	m.publish()
	m.add("upper-mere", "2024-06", line{date: "2024-06-02", payee: "Brook Paper Ltd", pence: 5})
	m.publish()
	return m
}

// TestVerifyNamesWhatIsAltered changes one byte of each published file in
// turn, at its beginning, middle and end, and then takes it away.
func TestVerifyNamesWhatIsAltered(t *testing.T) {
	m := twoReleases(t)
	verified(t, m.dir)
	for _, folder := range []string{"releases", "objects"} {
		for _, name := range below(t, filepath.Join(m.dir, folder)) {
			path := filepath.Join(m.dir, folder, name)
			was, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []int{0, len(was) / 2, len(was) - 1} {
				altered := slices.Clone(was)
				altered[at] ^= 1
				write(t, path, altered)
				named(t, m.dir, filepath.Join(folder, name))
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			named(t, m.dir, filepath.Join(folder, name))
			write(t, path, was)
		}
	}
	verified(t, m.dir)
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// named fails the test unless Verify finds something amiss at a path.
func named(t *testing.T, dir, path string) {
	t.Helper()
	problems, err := Verify(context.Background(), dir)
	if err != nil || !slices.ContainsFunc(problems, func(p Problem) bool { return p.Path == filepath.ToSlash(path) }) {
		t.Errorf("%s: found %v, %v", path, problems, err)
	}
}

func TestVerifyNamesWhatIsExtra(t *testing.T) {
	m := twoReleases(t)
	folder, err := Latest(m.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "extra.csv"), filepath.Join(m.dir, "objects", "ab", strings.Repeat("ab", 32)), filepath.Join(m.dir, "releases", "note.txt")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, []byte("x"))
		name, _ := filepath.Rel(m.dir, path)
		named(t, m.dir, name)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	verified(t, m.dir)
}

// TestVerifyNamesWhatIsGone takes away a whole release, old or new.
func TestVerifyNamesWhatIsGone(t *testing.T) {
	for number, want := range map[string]string{"2026-11-22.1": "releases/2026-11-22.2", "2026-11-22.2": "releases/latest"} {
		m := twoReleases(t)
		if err := os.RemoveAll(filepath.Join(m.dir, "releases", number)); err != nil {
			t.Fatal(err)
		}
		named(t, m.dir, want)
	}
}

// TestVerifyMeasures alters the manifest and everything that vouches for it.
func TestVerifyMeasures(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	r.Partitions[0].Pence++
	if err := writeJSON(filepath.Join(r.Folder(), "manifest.json"), r); err != nil {
		t.Fatal(err)
	}
	if err := writeSums(r.Folder(), r); err != nil {
		t.Fatal(err)
	}
	named(t, m.dir, ObjectPath(r.Partitions[0].Object))
}

// TestDamageIsRepaired publishes over a lost object and a damaged serve.duckdb.
func TestDamageIsRepaired(t *testing.T) {
	m := newMade(t).usual()
	first := m.publish()
	lost := first.Partitions[0]
	if err := os.Remove(first.Object(lost)); err != nil {
		t.Fatal(err)
	}
	serve := filepath.Join(first.Folder(), serveName)
	text, err := os.ReadFile(serve)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	write(t, serve, text)
	second := m.publish()
	if second.Partitions[0] != lost {
		t.Errorf("%v became %v", lost, second.Partitions[0])
	}
	problems, err := Verify(context.Background(), m.dir)
	// The list of checksums is named too: which of the two changed, it cannot tell.
	if err != nil || len(problems) != 2 || problems[0].Path != "releases/"+first.Number+"/"+serveName {
		t.Errorf("found %v, %v", problems, err)
	}
	altered := second.Object(second.Partitions[1])
	text, err = os.ReadFile(altered)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	write(t, altered, text)
	if third := m.publish(); third.Unchanged {
		t.Error("an altered object passes for unchanged")
	}
	if sha, _, err := HashFile(altered); err != nil || sha != second.Partitions[1].Object {
		t.Errorf("the altered object was not made again: %v", err)
	}
}

// TestLeftoversAreCleared puts back what a crash leaves at each moment of
// placing a release.
func TestLeftoversAreCleared(t *testing.T) {
	m := newMade(t).usual()
	first := m.publish()
	orphan := strings.Repeat("cd", 32)
	aside := filepath.Join(m.dir, "releases", ".unfinished-1")
	for _, folder := range []string{filepath.Join(aside, "release"), filepath.Join(m.dir, "objects", "cd")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(m.dir, ObjectPath(orphan)), []byte("x"))
	note, err := json.Marshal(placing{Number: "2026-11-22.2", Objects: []string{orphan}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(aside, placingName), note)
	verified(t, m.dir) // nothing half done is published
	if r := m.publish(); !r.Unchanged || r.Number != first.Number {
		t.Errorf("release %s", r.Number)
	}
	for _, path := range []string{aside, filepath.Join(m.dir, ObjectPath(orphan))} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", path)
		}
	}
	verified(t, m.dir)
}

// TestUnpointedRelease is of a crash between placing a release and pointing to
// it: the next publish points to it, and keeps its objects.
func TestUnpointedRelease(t *testing.T) {
	m := twoReleases(t)
	if err := point(m.dir, "2026-11-22.1"); err != nil {
		t.Fatal(err)
	}
	second, err := Open(filepath.Join(m.dir, "releases", "2026-11-22.2"))
	if err != nil {
		t.Fatal(err)
	}
	aside := filepath.Join(m.dir, "releases", ".unfinished-2")
	if err := os.Mkdir(aside, 0o755); err != nil {
		t.Fatal(err)
	}
	note, err := json.Marshal(placing{Number: second.Number, Objects: objectsOf(second)})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(aside, placingName), note)
	verified(t, m.dir)
	if r := m.publish(); !r.Unchanged || r.Number != second.Number {
		t.Errorf("release %s", r.Number)
	}
	verified(t, m.dir)
}
