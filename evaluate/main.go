// Command evaluate measures judgements against lines that people labelled and
// writes EVALUATION.md, one section for each kind of judgement.
//
// What comes in: the labelled files in ../shared/data/gold. What goes out:
// EVALUATION.md, with the commands. What it refuses: nothing is learnt from or
// fitted to what it measures on; a section whose files are absent says so.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// section is one part of EVALUATION.md.
type section struct {
	name  string
	write func() (string, error)
}

var sections = []section{
	{"category", evaluateCategory},
	{"supplier", evaluateSupplier},
	{"suppliers", readLarge},
	{"planted", evaluatePlanted},
	{"corpus", evaluateCorpus},
}

// commands are not sections of EVALUATION.md by themselves.
var commands = map[string]func(args []string) error{
	"supplier-weights": func([]string) error { return writeSupplierWeights(os.Stdout) },
	"supplier-words":   func([]string) error { return writeCommonWords(os.Stdout) },
	ownNames:           resolveNames,
	"corpus":           writeCorpus,
	"suppliers-large":  func([]string) error { return writeLarge() },
}

func main() {
	do := evaluate
	if len(os.Args) > 1 {
		if command, ok := commands[os.Args[1]]; ok {
			do = func(args []string) error { return command(args[1:]) }
		}
	}
	if err := do(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

// evaluate writes the sections named to stdout, or all of them to EVALUATION.md.
func evaluate(names []string) error {
	parts := []string{heading}
	for _, s := range sections {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "evaluating", s.name)
		part, err := s.write()
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		parts = append(parts, part)
	}
	if len(names) > 0 {
		fmt.Println(strings.Join(parts[1:], "\n"))
		return nil
	}
	return os.WriteFile("EVALUATION.md", []byte(strings.Join(parts, "\n")), 0o644)
}

const heading = `# Evaluation

Written by ` + "`make evaluate`" + `. Intervals are 95 %, Wilson's for counts. Figures by pounds give
no line more than 1 % of the weight. Classes with under 20 labels are reported, not claimed.
`

// gold is the path of a labelled file.
func gold(name string) string { return filepath.Join("..", "shared", "data", "gold", name) }

// readTable reads a CSV into one map for each line.
func readTable(in io.Reader) ([]map[string]string, error) {
	records, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, err
	}
	var list []map[string]string
	for _, record := range records[1:] {
		entry := make(map[string]string, len(record))
		for i, cell := range record {
			entry[records[0][i]] = cell
		}
		list = append(list, entry)
	}
	return list, nil
}

func readGold(name string) ([]map[string]string, error) {
	in, err := os.Open(gold(name))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return readTable(in)
}
