package main

import (
	"os"
	"testing"

	"commonspend/fault"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"commonspend": fault.Traced(main)})
}

// TestScripts runs testdata/script/*.txtar against the real program, each in a
// folder of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			// A script must not read the machine's own settings.
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"flip":  flip,
			"cut":   cut,
		},
	})
}

// exits runs the program and compares its exit code: exits 3 run -c x.yaml.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGUMENTS…")
	}
	err := ts.Exec("sh", append([]string{"-c", `code=$1; shift; commonspend "$@"; got=$?; [ $got = $code ] || { echo "exit code $got, want $code" >&2; exit 1; }`, "exits"}, args...)...)
	ts.Check(err)
}

// flip alters one byte in the middle of a file: flip PATH.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: flip PATH")
	}
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	text[len(text)/2] ^= 1
	ts.Check(os.WriteFile(path, text, 0o644))
}

// cut takes the last line off a file: cut PATH.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cut PATH")
	}
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	end := len(text) - 1
	for end > 0 && text[end-1] != '\n' {
		end--
	}
	ts.Check(os.WriteFile(path, text[:end], 0o644))
}
