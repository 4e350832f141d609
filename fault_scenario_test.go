package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"commonspend/fault"
	"commonspend/schemas"
)

// scenario is a data directory with one release in it, into which more files
// go, and of which another release is made; each undisturbed, to compare with.
type scenario struct {
	program string
	work    string // where trials are made
	inputs  string
	stages  []*stage
	want    outcome // of the second release
}

// stage is a command, what was there before it, and what it did undisturbed.
type stage struct {
	name  string
	args  []string
	data  string // the data directory as it is before
	held  acknowledged
	calls []fault.Call
}

// outcome is what a release amounts to.
type outcome struct {
	payments int64
	pence    schemas.Amount
}

// smallFiles are the files of a scenario, by name: two that are there, then a
// resubmission of one of them and a new one.
func smallFiles() map[string]string {
	return map[string]string{
		"april.csv":           spendFile("04", 547, 3),
		"may.csv":             spendFile("05", 647, 3),
		"april-corrected.csv": spendFile("04", 557, 3),
		"june.csv":            spendFile("06", 747, 3),
	}
}

// spendFile writes a month's payments; the first of them is of so many pounds.
func spendFile(month string, pounds, rows int) string {
	var b strings.Builder
	b.WriteString("Body Name,Payment Date,Supplier Name,Expense Type,Amount\n")
	for i := range rows {
		fmt.Fprintf(&b, "Wexcombe,%02d/%s/2025,Hollin Paving Ltd,Roads,%d.%02d\n", i%28+1, month, pounds+i, i%100)
	}
	return b.String()
}

const scenarioPublishers = "folder,publisher,body_id,sector,body_type,licence\n" +
	"wexcombe,Wexcombe District Council,,local,Non-metropolitan district,OGL-UK-3.0\n"

// newScenario makes the first release, and counts the calls of what follows.
// force is "--force" for files whose totals jump from release to release.
func newScenario(t *testing.T, files map[string]string, force ...string) *scenario {
	t.Helper()
	program, err := exec.LookPath("commonspend")
	if err != nil {
		t.Fatal(err)
	}
	s := &scenario{program: program, work: t.TempDir(), inputs: t.TempDir()}
	files["PUBLISHERS.csv"] = scenarioPublishers
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(s.inputs, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(t.TempDir(), "data")
	for _, args := range [][]string{s.ingestArgs("april.csv", "may.csv"), {"publish"}} {
		if output, exit := s.run(data, args); exit != 0 {
			t.Fatalf("%s: exit code %d: %s", args, exit, output)
		}
	}
	for _, next := range []*stage{{name: "ingest", args: s.ingestArgs("april-corrected.csv", "june.csv")}, {name: "publish", args: append([]string{"publish"}, force...)}} {
		data = s.undisturbed(t, next, data)
	}
	_, s.want, err = release(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *scenario) ingestArgs(names ...string) []string {
	args := []string{"ingest", "--publisher", "wexcombe", "--publishers", filepath.Join(s.inputs, "PUBLISHERS.csv")}
	for _, name := range names {
		args = append(args, filepath.Join(s.inputs, name))
	}
	return args
}

// undisturbed adds a stage: it notes what is there, runs the command under the
// tracer, and returns the data directory as it is then.
func (s *scenario) undisturbed(t *testing.T, next *stage, data string) string {
	t.Helper()
	next.data = data
	held, err := acknowledge(data)
	if err != nil {
		t.Fatal(err)
	}
	next.held = held
	s.stages = append(s.stages, next)
	return s.count(t, next)
}

// count runs a stage's command under the tracer without a fault, notes its
// calls, and returns the data directory as it is then.
func (s *scenario) count(t *testing.T, of *stage) string {
	t.Helper()
	dir, err := s.place(of)
	if err != nil {
		t.Fatal(err)
	}
	result, err := s.trace(dir, of, fault.Command{})
	unavailable(t, err)
	if result.Exit != 0 || len(result.Calls) == 0 {
		t.Fatalf("%s: %d calls, exit code %d: %s", of.name, len(result.Calls), result.Exit, result.Output)
	}
	of.calls = result.Calls
	for i := range of.calls {
		call := &of.calls[i]
		call.Path, call.From = strings.TrimPrefix(call.Path, dir), strings.TrimPrefix(call.From, dir)
	}
	return dir
}

// place copies what is there before a stage to a directory of its own.
func (s *scenario) place(before *stage) (string, error) {
	folder, err := os.MkdirTemp(s.work, "trial-")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(folder, "data")
	return dir, copyFolder(before.data, dir)
}

// environment keeps to two cores, and does without collecting garbage: the
// commands take half a second.
func (s *scenario) environment() []string {
	return append(os.Environ(), "HOME="+s.inputs, "GOMAXPROCS=2", "GOGC=off")
}

// trace runs a stage's command with a fault.
func (s *scenario) trace(dir string, of *stage, command fault.Command) (fault.Result, error) {
	command.Path, command.Args, command.Env = s.program, append([]string{"--data", dir}, of.args...), s.environment()
	command.Dir, command.Under = filepath.Dir(dir), dir
	return fault.Run(command)
}

// run runs a command as it is, and returns what it said and its exit code.
func (s *scenario) run(dir string, args []string) (string, int) {
	command := exec.Command(s.program, append([]string{"--data", dir}, args...)...)
	command.Env = s.environment()
	output, err := command.CombinedOutput()
	if command.ProcessState == nil {
		return err.Error(), -1
	}
	return string(output), command.ProcessState.ExitCode()
}

// repaired runs what was disturbed again, and what follows it, and looks
// whether all is as if nothing had happened.
func (s *scenario) repaired(dir string, from *stage) (problems []string) {
	again := [][]string{s.stages[1].args, {"verify"}}
	if from.name == "ingest" {
		again = append([][]string{from.args}, again...)
	}
	for _, args := range again {
		output, exit := s.run(dir, args)
		if exit != 0 || args[0] == "verify" && !strings.Contains(output, "All is sound") {
			return []string{fmt.Sprintf("afterwards %s ends with exit code %d: %s", args[0], exit, output)}
		}
	}
	folder, got, err := release(dir)
	if err != nil {
		return []string{err.Error()}
	}
	if got != s.want {
		problems = append(problems, fmt.Sprintf("afterwards release %s holds %d payments of %d pence, not %d of %d",
			filepath.Base(folder), got.payments, got.pence, s.want.payments, s.want.pence))
	}
	return append(append(problems, untold(dir)...), remains(dir)...)
}

// remains lists what should not be there when all is done.
func remains(dir string) (problems []string) {
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && (strings.HasPrefix(entry.Name(), ".") || strings.Contains(entry.Name(), ".wal") || strings.Contains(entry.Name(), ".new.")) {
			problems = append(problems, "afterwards there is still "+strings.TrimPrefix(path, dir))
		}
		return nil
	})
	return problems
}

// copyFolder copies files, folders and links.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := to + strings.TrimPrefix(path, from)
		switch {
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}
