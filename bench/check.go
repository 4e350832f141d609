package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// checkRuns is how often each is run; the medians are compared.
const checkRuns = 5

// measureCheck checks every delimited text of the corpus, in turn with bare
// encoding/csv over the same bytes: each file read from disk in one go, its
// records read into one reused slice, nothing done with them.
func measureCheck(b *run) (string, error) {
	corpus := filepath.Join("..", "shared", "data", "corpus")
	if _, err := os.Stat(corpus); err != nil {
		return "\n## check\n\nNot measured: ../shared is absent.\n", nil
	}
	paths, size, err := b.delimited(corpus)
	if err != nil {
		return "", err
	}
	bare, all, one, records, peak, err := b.checkInTurn(paths)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`
## `+"`commonspend check`"+` of the corpus's %d CSV files (%s, %d records)

Median of %d alternated runs, each of the whole command with --json. Bare encoding/csv:
one processor, LazyQuotes, no fixed number of fields, one record reused; commas only,
and bytes as they are.

| | median | ratio to bare encoding/csv | target |
|---|---|---|---|
| bare encoding/csv, one processor | %s | 1 | |
| check, as it comes | %s | %s | 8 |
| check, GOMAXPROCS=1 | %s | %s | |

Peak memory (VmHWM): %s.
`, len(paths), megabytes(size), records, checkRuns, seconds(median(bare)),
		seconds(median(all)), ratio(median(all), median(bare)),
		seconds(median(one)), ratio(median(one), median(bare)), megabytes(peak)), nil
}

// checkInTurn reads the files by bare encoding/csv, by check, and by check on
// one processor, in turn.
func (b *run) checkInTurn(paths []string) (bare, all, one []time.Duration, records int, peak int64, err error) {
	for range checkRuns {
		began := time.Now()
		if records, err = bareCSV(paths); err != nil {
			return nil, nil, nil, 0, 0, err
		}
		bare = append(bare, time.Since(began))
		done, err := b.check(paths)
		if err != nil {
			return nil, nil, nil, 0, 0, err
		}
		all, peak = append(all, done.took), max(peak, done.memory)
		if done, err = b.check(paths, "GOMAXPROCS=1"); err != nil {
			return nil, nil, nil, 0, 0, err
		}
		one = append(one, done.took)
	}
	return bare, all, one, records, peak, nil
}

// delimited lists the files of the corpus that check found to be CSV.
func (b *run) delimited(corpus string) (paths []string, size int64, err error) {
	done, err := b.check([]string{corpus})
	if err != nil {
		return nil, 0, err
	}
	lines := json.NewDecoder(bytes.NewReader(done.out))
	for {
		var receipt struct {
			File   string `json:"file"`
			Format string `json:"format"`
			Bytes  int64  `json:"bytes"`
		}
		if err := lines.Decode(&receipt); err == io.EOF {
			return paths, size, nil
		} else if err != nil {
			return nil, 0, err
		}
		if receipt.Format == "csv" {
			paths, size = append(paths, receipt.File), size+receipt.Bytes
		}
	}
}

// check runs the program's check with --json; settings are of its environment.
func (b *run) check(paths []string, settings ...string) (ran, error) {
	args := append(settings, b.program, "check", "--json")
	return command("env", []int{0, 1}, append(args, paths...)...)
}

// bareCSV reads files as CSV and does nothing with them.
func bareCSV(paths []string) (records int, err error) {
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return 0, err
		}
		in := csv.NewReader(bytes.NewReader(text))
		in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = -1, true, true
		for {
			_, err := in.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return 0, fmt.Errorf("%s: %w", path, err)
			}
			records++
		}
	}
	return records, nil
}
