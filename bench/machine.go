package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// heading says on what the measurements were made, and by which command.
func heading() string {
	return fmt.Sprintf(`# Benchmarks

Written by `+"`make bench`"+` on %s, with %d cores in use (%s), %s of memory, %s.
Each figure is a ratio within one run, or stands beside the machine above. Targets
are for two cores; `+"`taskset -c 0,1 make bench`"+` measures on two of a larger machine.
`, time.Now().UTC().Format("2 January 2006"), runtime.NumCPU(), processor(), memory(), runtime.Version())
}

func processor() string { return field("/proc/cpuinfo", "model name") }

func memory() string { return field("/proc/meminfo", "MemTotal") }

// field reads "name : value" from one of the kernel's own files.
func field(path, name string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	for _, line := range strings.Split(string(text), "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// ran is what a program did, and at what cost.
type ran struct {
	out    []byte
	took   time.Duration
	memory int64 // peak resident set, in bytes (the kernel's VmHWM)
}

// command runs a program to its end. A run that exits with one of the codes
// allowed is not an error.
func command(program string, allowed []int, args ...string) (ran, error) {
	cmd := exec.Command(program, args...)
	var errors strings.Builder
	cmd.Stderr = &errors
	began := time.Now()
	out, err := cmd.Output()
	done := ran{out: out, took: time.Since(began)}
	if cmd.ProcessState != nil {
		done.memory = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * 1024
		for _, code := range allowed {
			if cmd.ProcessState.ExitCode() == code {
				return done, nil
			}
		}
	}
	if err != nil {
		return done, fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, errors.String())
	}
	return done, nil
}

// ingested is what of `commonspend ingest --json` is needed here.
type ingested struct {
	Rows     int            `json:"rows"`
	Payments int            `json:"payments"`
	Pence    int64          `json:"pence"`
	Bytes    int64          `json:"bytes"`
	Seconds  float64        `json:"seconds"`
	Outcomes map[string]int `json:"outcomes"`
	Held     int            `json:"held"`
}

func (b *run) ingest(args ...string) (ingested, ran, error) {
	done, err := command(b.program, []int{0, 1}, append([]string{"ingest", "--json"}, args...)...)
	var result ingested
	if err == nil {
		err = json.Unmarshal(done.out, &result)
	}
	return result, done, err
}

func (r ingested) indexed() time.Duration { return time.Duration(r.Seconds * float64(time.Second)) }

func megabytes(bytes int64) string { return fmt.Sprintf("%.0f MB", float64(bytes)/1e6) }
