package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"commonspend/normalize/supplier"
)

// ownNames resolves a CSV of generated names, in a process of its own:
//
//	evaluate supplier-names NAMES.csv [ENTRIES]
//
// With a number of entries, the names are looked for in a generated register of
// that many companies too. It writes JSON.
const ownNames = "supplier-names"

// run is what resolving a list of generated names came to.
type run struct {
	F1        float64 `json:"f1"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Seconds   float64 `json:"seconds"`
	PeakMB    int64   `json:"peak_mb"`
	Given     int     `json:"given"` // names that were given a company
	Right     int     `json:"right"` // and the right one
	Real      int     `json:"real"`  // names whose organisation is in the register
}

// measuredLarge holds what evaluateLarge came to when it last ran: it takes many minutes.
var measuredLarge = filepath.Join("evaluate", "peers", "measured.md")

func readLarge() (string, error) {
	text, err := os.ReadFile(measuredLarge)
	if errors.Is(err, fs.ErrNotExist) {
		return "## Suppliers by the million\n\nNot measured yet: run `make peers`.\n", nil
	}
	return string(text), err
}

func writeLarge() error {
	part, err := evaluateLarge()
	if err != nil {
		return err
	}
	fmt.Print(part)
	return os.WriteFile(measuredLarge, []byte(part), 0o644)
}

// evaluateLarge resolves 100,000 and a million generated names with ours and with
// Splink, and a million against a register of five million, on two cores.
func evaluateLarge() (string, error) {
	payees, err := goldPayees()
	if errors.Is(err, fs.ErrNotExist) {
		return "## Suppliers by the million\n\nNot measured: ../shared/data/gold is absent.\n", nil
	}
	if err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp("", "suppliers")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	var out strings.Builder
	out.WriteString(largeHeading)
	path := ""
	for _, n := range []int{100_000, 1_000_000} {
		path = filepath.Join(folder, fmt.Sprint(n))
		if err := writeNames(path, plainNames(payees), n); err != nil {
			return "", err
		}
		ours, err := runOurs(path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, largeRow, n, "commonspend", ours.Seconds, ours.PeakMB, ours.F1, ours.Precision, ours.Recall)
		peer, err := runSplink(path)
		if err != nil {
			fmt.Fprintf(&out, "| %d | Splink 4.0.17 | not measured: %s | | | | |\n", n, err)
			continue
		}
		fmt.Fprintf(&out, largeRow, n, "Splink 4.0.17", peer.Seconds, peer.PeakMB, peer.F1, peer.Precision, peer.Recall)
	}
	return out.String() + againstRegister(path), nil
}

const largeRow = "| %d | %s | %.1f | %d | %.3f | %.3f | %.3f |\n"

const largeHeading = `## Suppliers by the million

` + "`make peers`" + ` makes names from those of the corpus (the front of
one with the end of another), each written in up to seven ways: cut to a column, words moved, slips,
legal forms, notes. Both resolve the same file on two cores, each in a process of its own; F1,
precision and recall count pairs of names in one cluster, of one organisation in truth. Splink
(evaluate/peers/resolve.py, with the best of three thresholds on the truth) was set up by us.
Ours was told to stay near 2.6 GB (GOMEMLIMIT), and near 6.5 GB with the register.

| names | | seconds | peak MB | F1 | precision | recall |
|---|---|---|---|---|---|---|
`

// registerSize is how many companies the generated register has.
const registerSize = 5_000_000

func againstRegister(path string) string {
	got, err := runOurs(path, fmt.Sprint(registerSize))
	if err != nil {
		return fmt.Sprintf("\nAgainst a register: not measured: %s\n", err)
	}
	return fmt.Sprintf(`
The million names against a generated register of %d companies (a third of the organisations, and
the rest made the same way): %.0f s, %d MB at the peak, the register's making included. Of %d names
whose organisation is in it %.1f %% were given it; of those given a company it was the right one for %.1f %%
(the others are companies with names one slip or word away, or made of the same words).
`, registerSize, got.Seconds, got.PeakMB, got.Real, 100*float64(got.Right)/float64(max(1, got.Real)), 100*float64(got.Right)/float64(max(1, got.Given)))
}

func writeNames(path string, corpus []string, n int) error {
	names, truth := generate(corpus, n)
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	out := csv.NewWriter(file)
	rows := [][]string{{"name", "organisation"}}
	for i, name := range names {
		rows = append(rows, []string{name, strconv.Itoa(truth[i])})
	}
	return errors.Join(out.WriteAll(rows), file.Close())
}

func runOurs(args ...string) (run, error) {
	self, err := os.Executable()
	if err != nil {
		return run{}, err
	}
	cmd := exec.Command(self, append([]string{ownNames}, args...)...)
	limit := "2600MiB"
	if len(args) > 1 {
		limit = "6500MiB"
	}
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2", "GOMEMLIMIT="+limit)
	return runJSON(cmd)
}

func runSplink(path string) (run, error) {
	python := filepath.Join("evaluate", "peers", "venv", "bin", "python")
	if _, err := os.Stat(python); err != nil {
		return run{}, errors.New("make peers installs it")
	}
	return runJSON(exec.Command(python, filepath.Join("evaluate", "peers", "resolve.py"), path, "2"))
}

func runJSON(cmd *exec.Cmd) (run, error) {
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return run{}, err
	}
	var got run
	return got, json.Unmarshal(out, &got)
}

// resolveNames is the child of runOurs.
func resolveNames(args []string) error {
	payees, truth, err := readNames(args[0])
	if err != nil {
		return err
	}
	rules, err := supplier.LoadRules()
	if err != nil {
		return err
	}
	var got run
	begun := time.Now()
	if len(args) == 1 {
		result := rules.Resolve(payees)
		got.Seconds = time.Since(begun).Seconds()
		got.F1, got.Precision, got.Recall = pairwise(result.Identities, truth)
	} else {
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		corpus, err := goldPayees()
		if err != nil {
			return err
		}
		begun = time.Now()
		result := rules.ResolveWith(payees, madeUpCompanies(payees, truth, plainNames(corpus), n))
		got.Seconds = time.Since(begun).Seconds()
		got.countFound(result, truth)
	}
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return err
	}
	got.PeakMB = use.Maxrss / 1024
	return json.NewEncoder(os.Stdout).Encode(got)
}

func readNames(path string) (payees []supplier.Payee, truth []string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, nil, err
	}
	for _, row := range rows[1:] {
		payees, truth = append(payees, supplier.Payee{Name: row[0]}), append(truth, row[1])
	}
	return payees, truth, nil
}

// madeUpCompanies is a register of so many companies: a third of the payees'
// organisations, whose number is 1 and theirs in seven digits, and others.
func madeUpCompanies(payees []supplier.Payee, truth []string, corpus []string, n int) iter.Seq[supplier.Entry] {
	return func(yield func(supplier.Entry) bool) {
		made := 0
		put := func(number, name string) bool {
			made++
			return yield(supplier.Entry{Register: supplier.CompanyRegister, Number: number, Name: name + " LIMITED", Status: supplier.Live})
		}
		last := ""
		for i, p := range payees {
			if truth[i] != last && inRegister(truth[i]) && !put("1"+strings.Repeat("0", 7-len(truth[i]))+truth[i], p.Name) {
				return
			}
			last = truth[i]
		}
		random := rand.New(rand.NewPCG(13, 17))
		for made < n && put(fmt.Sprintf("%08d", 20_000_000+made), recombined(corpus, random)) {
		}
	}
}

func inRegister(organisation string) bool {
	n, err := strconv.Atoi(organisation)
	return err == nil && n%3 == 0
}

// countFound counts which names were given their organisation's company.
func (r *run) countFound(result supplier.Result, truth []string) {
	for i, entries := range result.Found {
		if inRegister(truth[i]) {
			r.Real++
		}
		if len(entries) == 0 {
			continue
		}
		r.Given++
		if number := entries[0].Number; number[0] == '1' && strings.TrimLeft(number[1:], "0") == strings.TrimLeft(truth[i], "0") {
			r.Right++
		}
	}
}

// pairwise counts pairs of names that are in one cluster and of one organisation.
func pairwise(ids []supplier.Identity, truth []string) (f1, precision, recall float64) {
	found, real, right := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}
	for i, id := range ids {
		real[truth[i]]++
		if id.ID != "" {
			found[id.ID]++
			right[[2]string{id.ID, truth[i]}]++
		}
	}
	r := pairsIn(right)
	precision, recall = r/max(1, pairsIn(found)), r/max(1, pairsIn(real))
	return 2 * precision * recall / max(1e-9, precision+recall), precision, recall
}

func pairsIn[K comparable](counts map[K]float64) float64 {
	sum := 0.0
	for _, n := range counts {
		sum += n * (n - 1) / 2
	}
	return sum
}
