// Package fault runs a program and lets one of its calls to the file system
// fail, or the program die there. Only tests use it.
//
// What comes in: a command, a directory, and which call below that directory,
// counted over all threads as they come, is to meet which Action. What goes
// out: how the program ended, what it said, and every call counted. It works
// from outside (ptrace), so that calls made by Go and by C++ libraries count
// alike. What it refuses: to run where ptrace is not to be had (ErrUnavailable).
package fault

import (
	"errors"
	"time"
)

// ErrUnavailable says that this machine does not let one process trace another.
var ErrUnavailable = errors.New("tracing is not possible here")

// Action is what a call meets.
type Action int

const (
	Nothing Action = iota
	EIO            // the call fails: the device did not take it
	Full           // this call, and from then on every one that needs space, fails: no space left
	Short          // a write takes half of its bytes and says so; any other call meets EIO
	Kill           // the program is killed before the call is made
	Torn           // the program is killed when half of a write's bytes are written; any other call is made first
)

func (a Action) String() string {
	return [...]string{"nothing", "EIO", "disk full", "short write", "kill", "torn write and kill"}[a]
}

// Command is what is run, and the fault that it meets.
type Command struct {
	Path  string // the program: one whose main is wrapped by Traced
	Args  []string
	Env   []string
	Dir   string        // where it runs
	Under string        // calls on files below this directory count
	At    int           // the call that meets Do, 1 for the first; 0 for none
	Do    Action        //
	Kill  time.Duration // when it is killed with signal 9, from its start; 0 for never
	Limit time.Duration // when it is taken to hang, and killed; 0 for a minute
}

// Call is one call to the file system.
type Call struct {
	Name string // as the system names it: write, fsync, renameat
	Path string
	From string // the other path of a rename or link; else ""
}

// Result is how a command ended.
type Result struct {
	Exit   int    // exit code, or -1 when it was killed
	Output string // standard output and error, as they came
	Calls  []Call // those counted, in order
	Met    bool   // the call that was to meet the fault came
	Inside []Call // calls under way when the program was killed
	Hung   bool   // it was killed for not ending
	Took   time.Duration
}

// tracedVariable in the environment tells a program that it is traced.
const tracedVariable = "COMMONSPEND_TEST_TRACED"
