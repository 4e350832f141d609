package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commonspend/fault"
	"commonspend/store/disk"
)

// TestFaultDuringRepair interrupts both commands where most is left behind,
// and then lets the calls that clear it away fail, or be the last, by turns.
func TestFaultDuringRepair(t *testing.T) {
	s := newScenario(t, smallFiles())
	ingest, publish := s.stages[0], s.stages[1]
	torn := s.interrupted(t, ingest, lastCall(ingest, "pwrite64", "/journal.jsonl"), fault.Torn)
	aside := s.interrupted(t, publish, lastCall(publish, "renameat", "/objects/"), fault.Torn)
	// Of publish, what comes before it begins anew; of ingest, what it does to the ledger.
	aside.calls = aside.calls[:slices.IndexFunc(aside.calls, func(c fault.Call) bool {
		return c.Name == "mkdirat" && strings.HasPrefix(c.Path, "/releases/"+disk.TempPrefix)
	})]
	torn.calls = torn.calls[:slices.IndexFunc(torn.calls, func(c fault.Call) bool { return strings.HasPrefix(c.Path, "/warehouse.duckdb") })]
	count := s.sweep(t, []*stage{torn, aside}, func(at int, _ fault.Call) fault.Action { return either(at%2 == 0, fault.EIO, fault.Kill) })
	t.Logf("the first %d and %d calls of a repair: %s", len(torn.calls), len(aside.calls), count)
}

// lastCall returns the number of the last call of that name on such a path.
func lastCall(of *stage, name, prefix string) (at int) {
	for i, call := range of.calls {
		if call.Name == name && strings.HasPrefix(call.Path, prefix) {
			at = i + 1
		}
	}
	return at
}

// interrupted returns a stage that begins where another was interrupted. What
// was acknowledged before that must still be there after both.
func (s *scenario) interrupted(t *testing.T, of *stage, at int, do fault.Action) *stage {
	t.Helper()
	dir, err := s.place(of)
	if err != nil {
		t.Fatal(err)
	}
	result, err := s.trace(dir, of, fault.Command{At: at, Do: do})
	if err != nil || result.Exit != -1 {
		t.Fatalf("%s is not interrupted at call %d: %+v, %v", of.name, at, result, err)
	}
	again := &stage{name: of.name, args: of.args, data: dir, held: of.held}
	s.count(t, again)
	return again
}

// TestMoreComesInAfterAKill kills publish where the release it was making is
// not made again, because more files come in before the next: what it placed
// is taken back, or where its release already stood, told of in the journal.
func TestMoreComesInAfterAKill(t *testing.T) {
	s := newScenario(t, smallFiles())
	july := filepath.Join(s.inputs, "july.csv")
	if err := os.WriteFile(july, []byte(spendFile("07", 847, 3)), 0o644); err != nil {
		t.Fatal(err)
	}
	for after, stands := range map[string]int{"/objects/": 0, "/releases/": 1} {
		t.Run(strings.Trim(after, "/"), func(t *testing.T) {
			dir := s.interrupted(t, s.stages[1], lastCall(s.stages[1], "renameat", after), fault.Torn).data
			if len(untold(dir)) != stands {
				t.Fatalf("the journal does not tell of %v", untold(dir))
			}
			for _, args := range [][]string{s.ingestArgs("july.csv"), {"publish"}, {"verify"}} {
				if output, exit := s.run(dir, args); exit != 0 {
					t.Errorf("%s: exit code %d: %s", args[0], exit, output)
				}
			}
			for _, problem := range append(untold(dir), remains(dir)...) {
				t.Error(problem)
			}
		})
	}
}
