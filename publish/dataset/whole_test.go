package dataset

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonspend/publish"
)

// damage alters a byte of a file that is laid out, for all that link to it.
func damage(t *testing.T, folder, name string) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(folder, name), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	one := make([]byte, 1)
	if _, err := file.ReadAt(one, 20); err != nil {
		t.Fatal(err)
	}
	one[0] ^= 1
	if _, err := file.WriteAt(one, 20); err != nil {
		t.Fatal(err)
	}
}

func amiss(t *testing.T, dir string) (paths []string) {
	t.Helper()
	problems, err := Verify(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		paths = append(paths, p.Path)
	}
	return paths
}

// TestDamageStaysWhereItIs: what is damaged is neither sent nor linked to, and
// is found.
func TestDamageStaysWhereItIs(t *testing.T) {
	dir := t.TempDir()
	payments := slices.Repeat([]string{"A|100", "B|200"}, 10) // enough to lie packed as well
	last := makeRelease(t, dir, "2026-11-22.1", "", payments...)
	next := makeRelease(t, dir, "2026-11-23.1", "2026-11-22.1", payments...)
	if err := Build(t.Context(), last, ""); err != nil {
		t.Fatal(err)
	}
	if found := amiss(t, dir); len(found) > 0 {
		t.Fatalf("of what is whole, damaged are %v", found)
	}
	s, folder := &Server{Dir: dir}, Folder(dir, last.Number)
	const stem = "payments/upper-mere/2024-25"
	if code := asked(t, s, "/2026-11-22.1/"+stem+".parquet").Code; code != 200 {
		t.Fatalf("what is whole is %d", code)
	}
	names := []string{stem + ".csv", stem + ".csv.gz", stem + ".excel.csv", stem + ".parquet", stem + ".xlsx", "payments-2024-25.xlsx"}
	for _, name := range names {
		damage(t, folder, name)
	}
	for _, name := range append(names, joinedNames()...) {
		if sent := asked(t, s, "/2026-11-22.1/"+name); sent.Code != 503 || !strings.Contains(sent.Body.String(), "is not sent") {
			t.Errorf("%s is sent although it is damaged: %d", name, sent.Code)
		}
	}
	if sent := asked(t, s, "/2026-11-22.1/"+stem+".csv", "Accept-Encoding", "gzip"); sent.Code != 503 || sent.Header().Get("Content-Encoding") != "" {
		t.Errorf("what lies packed: %d %v", sent.Code, sent.Header())
	}
	if err := Build(t.Context(), next, ""); err != nil {
		t.Fatal(err)
	}
	if code := asked(t, s, "/2026-11-23.1/payments.csv").Code; code != 200 {
		t.Errorf("the next release's is %d", code)
	}
	if err := os.Remove(filepath.Join(folder, "changes.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "more.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	want := []string{"datasets/2026-11-22.1/changes.json", "datasets/2026-11-22.1/more.txt"}
	for _, name := range names {
		want = append(want, "datasets/2026-11-22.1/"+name)
	}
	slices.Sort(want)
	if found := amiss(t, dir); !slices.Equal(found, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
}

// TestLaidOutAgainForAnAddress: only what tells the address is other than it was.
func TestLaidOutAgainForAnAddress(t *testing.T) {
	dir := t.TempDir()
	release := makeRelease(t, dir, "2026-11-23.1", "", "A|100", "B|200")
	s, folder := &Server{Dir: dir}, Folder(dir, release.Number)
	var first, now map[string]string
	for i, base := range []string{"", "https://example.org/data", ""} {
		if err := Build(t.Context(), release, base); err != nil {
			t.Fatal(err)
		}
		var err error
		if now, err = publish.ReadSums(folder, sumsName); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = now
		}
		catalogue := asked(t, s, "/2026-11-23.1/"+catalogueName)
		if catalogue.Code != 200 || strings.Contains(catalogue.Body.String(), `"https://example.org/data/2026-11-23.1/payments.csv"`) != (i > 0) || catalogue.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("for %q: %d %s", base, catalogue.Code, catalogue.Body)
		}
		if found := amiss(t, dir); len(found) > 0 {
			t.Errorf("for %q, damaged are %v", base, found)
		}
	}
	if address, ok := Address(dir, release.Number); !ok || address != "https://example.org/data/2026-11-23.1/" {
		t.Errorf("a layout for no address takes the place of one for %q", address)
	}
	for name, sha := range first {
		if packedFrom := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst"); sha != now[name] && !namesAddress(packedFrom) {
			t.Errorf("%s is another", name)
		}
	}
	left, err := os.ReadDir(filepath.Dir(folder))
	if err != nil || len(left) != 2 { // the folder and the lock
		t.Errorf("left are %v", left)
	}
}

// TestLinksToTheLatestLaidOut: a release between, of which nothing is laid out,
// does not have all written anew.
func TestLinksToTheLatestLaidOut(t *testing.T) {
	dir := t.TempDir()
	first := makeRelease(t, dir, "2026-11-22.1", "", "A|100")
	makeRelease(t, dir, "2026-11-22.2", "2026-11-22.1", "B|100")
	third := makeRelease(t, dir, "2026-11-22.3", "2026-11-22.2", "A|100")
	for _, release := range []*publish.Release{first, third} {
		if err := Build(t.Context(), release, ""); err != nil {
			t.Fatal(err)
		}
	}
	one, err := os.Stat(filepath.Join(Folder(dir, first.Number), "payments-2024-25.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if three, err := os.Stat(filepath.Join(Folder(dir, third.Number), "payments-2024-25.xlsx")); err != nil || !os.SameFile(one, three) {
		t.Errorf("it is written anew: %v", err)
	}
}

func TestSentencesCount(t *testing.T) {
	r := Ruling{What: "scope grant", When: map[string]string{"payee": "Hollin Paving Ltd", "expense_type": "Roads"}}
	for payments, want := range map[int64]string{
		1: "1 payment with expense type “Roads” and payee “Hollin Paving Ltd” was judged by a person: scope grant.",
		2: "2 payments with expense type “Roads” and payee “Hollin Paving Ltd” were judged by a person: scope grant.",
	} {
		if got := (heard{Ruling: r, payments: payments}).sentence(); got != want {
			t.Errorf("%s", got)
		}
	}
}
