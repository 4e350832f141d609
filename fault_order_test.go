package main

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"commonspend/fault"
	"commonspend/store/disk"
)

// TestSyncedBeforeNamed looks at the order of the calls that ingest and publish
// make. A kill cannot show a sync that is missing, since what was written is
// still with the system; a power cut would. So: nothing gets its final name
// before it is synced, and nothing is told of before it and its name are.
func TestSyncedBeforeNamed(t *testing.T) {
	s := newScenario(t, smallFiles())
	renames := 0
	for _, stage := range s.stages {
		order := pending{bytes: map[string]bool{}, names: map[string]bool{}}
		for i, call := range stage.calls {
			for _, problem := range order.follow(call) {
				t.Errorf("%s, call %d, %s %s: %s", stage.name, i+1, call.Name, call.Path, problem)
			}
			if call.From != "" {
				renames++
			}
		}
		for _, left := range append(order.unsynced(""), order.unnamed("")...) {
			t.Errorf("%s ends and %s is not synced", stage.name, left)
		}
	}
	if renames < 8 {
		t.Errorf("only %d renames were seen", renames)
	}
}

// pending is what is written and not synced yet: the bytes of files, and the
// names in folders.
type pending struct{ bytes, names map[string]bool }

// told are the files that tell of others, and where those others lie.
func told() map[string][]string {
	return map[string][]string{
		"/journal.jsonl":   {"/originals", "/releases"},
		"/journal.head":    {"/journal.jsonl", "/"},
		"/releases/latest": {"/objects", "/releases"},
	}
}

// follow takes note of a call, and returns what it comes too early for. The
// warehouse is DuckDB's affair and can be made again, and locks hold nothing.
func (p *pending) follow(call fault.Call) (problems []string) {
	if strings.HasPrefix(call.Path, "/warehouse.") || strings.HasSuffix(call.Path, ".lock") {
		return nil
	}
	switch {
	case strings.HasSuffix(call.Name, "sync"):
		delete(p.bytes, call.Path)
		delete(p.names, call.Path)
		if call.Path == "" { // the data directory itself
			delete(p.names, "/")
		}
	case writes(call) || call.Name == "ftruncate":
		problems = p.early(call.Path)
		p.bytes[call.Path] = true
	case strings.HasPrefix(call.Name, "mkdir") || strings.HasPrefix(call.Name, "symlink"):
		if !strings.HasPrefix(path.Base(call.Path), disk.TempPrefix) { // which nobody looks for
			p.names[path.Dir(call.Path)] = true
		}
	case strings.HasPrefix(call.Name, "unlink"):
		delete(p.bytes, call.Path)
	case strings.HasPrefix(call.Name, "rename"):
		problems = p.early(call.Path)
		for _, left := range append(p.unsynced(call.From), p.unnamed(call.From)...) {
			problems = append(problems, left+" is not synced")
		}
		p.names[path.Dir(call.Path)] = true
	}
	return problems
}

// early lists what must be synced before a file that tells of it.
func (p *pending) early(file string) (problems []string) {
	for _, folder := range told()[file] {
		for _, left := range append(p.unsynced(folder), p.unnamed(folder)...) {
			problems = append(problems, fmt.Sprintf("it tells of what is not synced: %s", left))
		}
	}
	return problems
}

func (p *pending) unsynced(under string) []string { return within(p.bytes, under) }

// unnamed lists the folders below a path, and the path, with names not synced.
func (p *pending) unnamed(under string) []string { return within(p.names, under) }

func within(paths map[string]bool, under string) (found []string) {
	for one := range paths {
		if one == under || strings.HasPrefix(one, strings.TrimSuffix(under, "/")+"/") {
			found = append(found, one)
		}
	}
	return found
}
