package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"commonspend/fault"
	"commonspend/store/disk"
)

// TestFaultAtEveryCall lets the calls to the file system that ingest and
// publish make fail, and lets them die at each: every file and every kind of
// call, and with -every-call every single one. After each, nothing
// acknowledged is lost, nothing half done is to be seen, and the next run
// repairs itself.
func TestFaultAtEveryCall(t *testing.T) {
	s := newScenario(t, smallFiles())
	for _, sweep := range []struct {
		name string
		do   func(at int, call fault.Call) fault.Action // Nothing: not in this sweep
	}{
		// Every call fails; of those that need space, every other on a full disk.
		{"errors", func(at int, call fault.Call) fault.Action {
			return either(needsSpace(call) && at%2 == 0, fault.Full, fault.EIO)
		}},
		{"kills", func(int, fault.Call) fault.Action { return fault.Kill }},
		// Of the writes to what is thrown away anyway, being unfinished, every third will do.
		{"kills inside writes", func(at int, call fault.Call) fault.Action {
			return either(writes(call) && (at%3 == 0 || !strings.Contains(call.Path, disk.TempPrefix)), fault.Torn, fault.Nothing)
		}},
		// A write that takes half of its bytes is no error: the other half follows.
		{"short writes", func(at int, call fault.Call) fault.Action {
			return either(writes(call) && at%5 == 0, fault.Short, fault.Nothing)
		}},
	} {
		t.Run(sweep.name, func(t *testing.T) {
			count := s.sweep(t, s.stages, sweep.do)
			t.Logf("%d calls of ingest and %d of publish: %s", len(s.stages[0].calls), len(s.stages[1].calls), count)
		})
	}
}

func either(applies bool, do, otherwise fault.Action) fault.Action {
	if applies {
		return do
	}
	return otherwise
}

func writes(c fault.Call) bool { return strings.Contains(c.Name, "write") }

func needsSpace(c fault.Call) bool {
	return writes(c) || strings.HasPrefix(c.Name, "mkdir") || strings.HasPrefix(c.Name, "open") || strings.HasPrefix(c.Name, "symlink")
}

// sweep tries a fault at every call of some commands.
func (s *scenario) sweep(t *testing.T, stages []*stage, do func(int, fault.Call) fault.Action) tally {
	t.Helper()
	var tries []try
	for _, stage := range stages {
		telling := tellingCalls(stage.calls)
		for i, call := range stage.calls {
			if !telling[i] && !*everyCall {
				continue
			}
			if action := do(i+1, call); action != fault.Nothing {
				tries = append(tries, try{stage, i + 1, action})
			}
		}
		// Threads may take turns otherwise than before, and make a call more.
		last := len(stage.calls)
		if action := do(last, stage.calls[last-1]); action != fault.Nothing {
			tries = append(tries, try{stage, last + 1, action})
		}
	}
	return s.all(t, tries)
}

// everyCall has the sweeps take in every single call, which takes half an hour
// and more: a database makes many of one kind to one file.
var everyCall = flag.Bool("every-call", false, "let every file call fail, not only the telling ones")

// tellingCalls marks, of the calls of one name to one file, the first two, the
// one in the middle and the last.
func tellingCalls(calls []fault.Call) []bool {
	like := map[string][]int{}
	for i, call := range calls {
		like[call.Name+" "+call.Path] = append(like[call.Name+" "+call.Path], i)
	}
	telling := make([]bool, len(calls))
	for _, at := range like {
		for _, i := range []int{0, min(1, len(at)-1), len(at) / 2, len(at) - 1} {
			telling[at[i]] = true
		}
	}
	return telling
}

// try is one run of a stage with a fault.
type try struct {
	stage *stage
	at    int
	do    fault.Action
}

func (y try) String() string {
	call := "a call more than there were"
	if y.at <= len(y.stage.calls) {
		call = y.stage.calls[y.at-1].Name + " " + y.stage.calls[y.at-1].Path
	}
	return fmt.Sprintf("%s, call %d (when undisturbed %s), %s", y.stage.name, y.at, call, y.do)
}

type tally struct{ trials, met, killed, failed, fine int }

func (c tally) String() string {
	return fmt.Sprintf("%d trials, in %d of which the fault came; %d were killed, %d ended with an error, %d unharmed", c.trials, c.met, c.killed, c.failed, c.fine)
}

// all makes the trials on all cores and reports what they find.
func (s *scenario) all(t *testing.T, tries []try) (count tally) {
	t.Helper()
	var group sync.WaitGroup
	var lock sync.Mutex
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, one := range tries {
		places <- struct{}{}
		group.Go(func() {
			defer func() { <-places }()
			result, problems := s.one(one)
			lock.Lock()
			defer lock.Unlock()
			count.add(result)
			for _, problem := range problems {
				t.Errorf("%s: %s", one, problem)
			}
			if len(problems) > 0 {
				t.Logf("it ended with %d and said:\n%s", result.Exit, result.Output)
			}
		})
	}
	group.Wait()
	return count
}

func (c *tally) add(r fault.Result) {
	c.trials++
	if r.Met {
		c.met++
	}
	switch {
	case r.Exit == 0:
		c.fine++
	case r.Exit > 0:
		c.failed++
	default:
		c.killed++
	}
}

// one makes a trial in a directory of its own and returns what it found amiss.
func (s *scenario) one(y try) (fault.Result, []string) {
	dir, err := s.place(y.stage)
	if err != nil {
		return fault.Result{}, []string{err.Error()}
	}
	defer os.RemoveAll(filepath.Dir(dir))
	result, err := s.trace(dir, y.stage, fault.Command{At: y.at, Do: y.do})
	if err != nil {
		return result, []string{err.Error()}
	}
	problems := append(sentence(result, y.do), s.sound(dir, y.stage, result.Exit == 0)...)
	return result, append(problems, s.repaired(dir, y.stage)...)
}

// sentence checks how a command ended: killed if so asked, else well, or with
// the exit code for input and output or integrity and one plain sentence.
func sentence(r fault.Result, do fault.Action) []string {
	said := strings.TrimSpace(r.Output)
	kills := do == fault.Kill || do == fault.Torn
	switch {
	case r.Hung:
		return []string{"it hangs"}
	case r.Exit == 0 && r.Met && kills:
		return []string{"it was to be killed, and ended well"}
	case r.Exit == 0:
		return nil
	case r.Exit < 0 && !kills:
		return []string{"it died of a signal"}
	case r.Exit < 0:
		return nil
	case r.Exit != exitInputOutput && r.Exit != exitIntegrity:
		return []string{fmt.Sprintf("it ended with exit code %d", r.Exit)}
	case !strings.HasPrefix(said, "commonspend: ") || strings.Count(said, "\n") > 0:
		return []string{"it does not say why in one sentence"}
	case do == fault.Full && (r.Exit != exitInputOutput || !strings.Contains(said, "is full")):
		return []string{"it does not say that the disk is full"}
	}
	return nil
}

// unavailable skips where nothing can be traced.
func unavailable(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, fault.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}
