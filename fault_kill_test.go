package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"commonspend/fault"
)

// kills is how many times a program is killed at a random moment.
const kills = 50

// TestKilledAtRandomMoments kills ingest and publish with signal 9 at moments
// spread evenly over the time that they take, and holds what
// TestFaultAtEveryCall holds. A kill that comes too late is tried again.
func TestKilledAtRandomMoments(t *testing.T) {
	s := newScenario(t, map[string]string{
		"april.csv":           spendFile("04", 547, 2000),
		"may.csv":             spendFile("05", 647, 2000),
		"april-corrected.csv": spendFile("04", 557, 12_000),
		"june.csv":            spendFile("06", 747, 12_000),
	}, "--force")
	took := s.duration(t)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d; ingest takes %s, publish %s", seed, took[0].Round(time.Millisecond), took[1].Round(time.Millisecond))
	var moments []time.Duration
	for range 4 * kills {
		moments = append(moments, 1+time.Duration(random.Int64N(int64(took[0]+took[1]))))
	}
	count := s.killAt(t, moments, took[0])
	t.Logf("killed %d times, %d of them inside a call that writes, syncs or renames (%d inside a write or a sync); %d came too late",
		count.killed, count.inside, count.writing, count.late)
	if count.killed < kills {
		t.Errorf("only %d kills came in time", count.killed)
	}
}

// duration measures both commands undisturbed, on all cores as in the trials.
func (s *scenario) duration(t *testing.T) (longest [2]time.Duration) {
	t.Helper()
	var group sync.WaitGroup
	var lock sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i, stage := range s.stages {
				result, err := s.killed(stage, 0)
				lock.Lock()
				longest[i] = max(longest[i], result.Took)
				if err != nil {
					t.Error(err)
				}
				lock.Unlock()
			}
		})
	}
	group.Wait()
	return longest
}

// killed runs a stage in a directory of its own, which it removes.
func (s *scenario) killed(stage *stage, after time.Duration) (fault.Result, error) {
	dir, err := s.place(stage)
	if err != nil {
		return fault.Result{}, err
	}
	defer os.RemoveAll(filepath.Dir(dir))
	return s.trace(dir, stage, fault.Command{Kill: after})
}

type killCount struct{ begun, killed, inside, writing, late int }

// killAt tries moments until there were enough kills. Those after the time
// that ingest takes fall into publish.
func (s *scenario) killAt(t *testing.T, moments []time.Duration, ingest time.Duration) (count killCount) {
	t.Helper()
	var group sync.WaitGroup
	var lock sync.Mutex
	next := func() (time.Duration, bool) {
		lock.Lock()
		defer lock.Unlock()
		if len(moments) == 0 || count.begun-count.late == kills {
			return 0, false
		}
		count.begun++
		moment := moments[0]
		moments = moments[1:]
		return moment, true
	}
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for moment, more := next(); more; moment, more = next() {
				stage, after := s.stages[0], moment
				if after > ingest {
					stage, after = s.stages[1], after-ingest
				}
				result, problems := s.killOnce(stage, after)
				lock.Lock()
				count.add(result)
				for _, problem := range problems {
					t.Errorf("%s, killed after %s inside %v: %s", stage.name, after, result.Inside, problem)
				}
				lock.Unlock()
			}
		})
	}
	group.Wait()
	return count
}

func (c *killCount) add(r fault.Result) {
	if r.Exit >= 0 {
		c.late++
		return
	}
	c.killed++
	if len(r.Inside) > 0 {
		c.inside++
	}
	for _, call := range r.Inside {
		if writes(call) || call.Name == "fsync" || call.Name == "fdatasync" {
			c.writing++
			break
		}
	}
}

func (s *scenario) killOnce(stage *stage, after time.Duration) (fault.Result, []string) {
	dir, err := s.place(stage)
	if err != nil {
		return fault.Result{}, []string{err.Error()}
	}
	defer os.RemoveAll(filepath.Dir(dir))
	result, err := s.trace(dir, stage, fault.Command{Kill: after})
	if err != nil {
		return result, []string{err.Error()}
	}
	if result.Exit > 0 {
		return result, []string{"it was to be killed, and said: " + result.Output}
	}
	return result, append(s.sound(dir, stage, result.Exit == 0), s.repaired(dir, stage)...)
}
