// Command bench measures commonspend beside the programs it is compared with
// and writes BENCHMARKS.md: ratios within one run, since machines are noisy.
//
// What comes in: the built ./commonspend and, where it is there, the corpus in
// ../shared. What goes out: BENCHMARKS.md, with the machine and the commands.
// What it refuses: to run without the built program.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	if len(os.Args) > 1 {
		switch args := os.Args[1:]; {
		case args[0] == "duckdb-load" && len(args) == 3:
			exit(duckdbLoad(context.Background(), args[1], args[2]))
			return
		case args[0] == "judge" && len(args) == 2:
			exit(judgeAll(context.Background(), args[1]))
			return
		case args[0] == "serve-api" && len(args) == 2:
			exit(serveAPI(args[1]))
			return
		case args[0] == "serve-portal" && len(args) == 2:
			exit(servePortal(args[1]))
			return
		case args[0] == "copy-csv" && len(args) == 4:
			exit(copyCSV(args[1], args[2], args[3]))
			return
		case args[0] == "write-sheet" && len(args) == 5:
			exit(writeSheet(args[1], args[2], args[3], args[4]))
			return
		case args[0] == "read-sheet" && len(args) == 3:
			exit(readSheet(args[1], args[2]))
			return
		}
	}
	exit(bench(os.Args[1:]))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measurement is one part of BENCHMARKS.md.
type measurement struct {
	name string
	run  func(b *run) (string, error)
}

var measurements = []measurement{
	{"load", measureLoad},
	{"check", measureCheck},
	{"sheets", measureSheets},
	{"corpus", measureCorpus},
	{"growth", measureGrowth},
	{"api", measureAPI},
	{"portal", measurePortal},
	{"compare", measureCompare},
	{"comparison", measureComparison},
}

// run is one run of the benchmarks, in a folder of its own.
type run struct {
	program string // the built commonspend
	self    string
	folder  string
}

// bench runs the measurements named, or all, and writes their parts.
func bench(names []string) error {
	program, err := filepath.Abs("commonspend")
	if err != nil {
		return err
	}
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("./commonspend is not built: run make build")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "commonspend-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	b := &run{program: program, self: self, folder: folder}
	parts := []string{heading()}
	for _, m := range measurements {
		if len(names) > 0 && !slices.Contains(names, m.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "measuring", m.name)
		part, err := m.run(b)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		parts = append(parts, part)
		fmt.Fprintln(os.Stderr, part)
	}
	if len(names) > 0 {
		return nil // a part alone is for looking at
	}
	return os.WriteFile("BENCHMARKS.md", []byte(strings.Join(parts, "\n")), 0o644)
}

// median returns the middle of an odd number of durations.
func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func ratio(a, b time.Duration) string { return fmt.Sprintf("%.2f", float64(a)/float64(b)) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
