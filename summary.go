package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"commonspend/normalize"
	"commonspend/schemas"
	"commonspend/store"
	"commonspend/store/ledger"
)

// ingestResult is what `ingest --json` writes. Money is whole pence.
type ingestResult struct {
	Files    []fileResult   `json:"files"`    // loaded, empty and refused, in order
	Held     int            `json:"held"`     // bytes that were held already
	Problems []string       `json:"problems"` // files that could not be had
	Handed   int            `json:"handed_to_process,omitempty"`
	Outcomes map[string]int `json:"outcomes"`
	Rows     int            `json:"rows"` // physical
	Payments int            `json:"payments"`
	Pence    schemas.Amount `json:"pence"`
	Issues   int            `json:"issues"`
	Bytes    int64          `json:"bytes"`
	Seconds  float64        `json:"seconds"`
	limit    string         // the first file that passed a limit, and the sentence on it
}

// fileResult is what became of one file.
type fileResult struct {
	Number    int             `json:"number"`
	File      string          `json:"file"` // SHA-256
	Publisher string          `json:"publisher"`
	Name      string          `json:"name"`
	Outcome   schemas.Outcome `json:"outcome"`
	Reason    string          `json:"reason"`
	Period    string          `json:"period"`
	Rows      int             `json:"rows"`
	Payments  int             `json:"payments"`
	Pence     schemas.Amount  `json:"pence"`
	Issues    int             `json:"issues"`
}

func resultOf(file store.Loaded) fileResult {
	r := fileResult{Number: file.File.No, File: file.File.SHA, Publisher: file.File.Publisher, Name: file.File.Name,
		Outcome: file.Report.Outcome, Reason: file.Report.Reason, Period: file.Report.Period.String()}
	for _, sheet := range file.Report.Sheets {
		r.Rows += sheet.Account.Physical
		r.Payments += sheet.Account.Payments
		r.Pence += sheet.Account.PaymentPence
		for _, n := range sheet.IssueCounts {
			r.Issues += n
		}
	}
	return r
}

// collectWhileIndexing is how much the heap may grow between collections, in per
// cent: less than half of the usual, since DuckDB needs room beside it. On the real corpus
// it saves 200 MB at the peak and costs a twentieth of the time.
const collectWhileIndexing = 40

// index brings the warehouse up to the journal. With check, every original is
// hashed before it is read.
func (a *app) index(ctx context.Context, l *ledger.Ledger, w *store.Warehouse, check bool) (ingestResult, error) {
	rules, err := normalize.LoadRules()
	if err != nil {
		return ingestResult{}, err
	}
	if err := l.Settle(); err != nil {
		return ingestResult{}, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(collectWhileIndexing))
	began := a.now()
	x := &indexer{ledger: l, warehouse: w, rules: rules, check: check,
		workers: runtime.GOMAXPROCS(0), progress: a.newProgress(), failed: map[int]error{}}
	loaded, err := x.catchUp(ctx)
	x.progress.done()
	for _, failure := range x.failed {
		fmt.Fprintln(a.err, "commonspend: a reader failed:", failure)
	}
	result := newIngestResult()
	for _, file := range loaded {
		result.add(file)
	}
	result.Seconds = a.now().Sub(began).Round(time.Millisecond).Seconds()
	return result, err
}

// newIngestResult is a result of nothing, with every list and count in its place.
func newIngestResult() ingestResult {
	outcomes := map[string]int{}
	for _, outcome := range []schemas.Outcome{schemas.OutcomeLoad, schemas.OutcomeEmpty, schemas.OutcomeRefuse} {
		outcomes[string(outcome)] = 0
	}
	return ingestResult{Files: []fileResult{}, Problems: []string{}, Outcomes: outcomes}
}

func (r *ingestResult) add(file store.Loaded) {
	one := resultOf(file)
	r.Files = append(r.Files, one)
	r.Outcomes[string(one.Outcome)]++
	if file.Report.Kind == "limit" {
		r.limit = firstText(r.limit, one.Publisher+"/"+one.Name+": "+one.Reason)
	}
	r.Rows += one.Rows
	r.Payments += one.Payments
	r.Pence += one.Pence
	r.Issues += one.Issues
	r.Bytes += file.File.Bytes
}

// tellIngest writes the result, and returns the error that its refusals and
// problems amount to.
func (a *app) tellIngest(result ingestResult, all []kept, strangers []string) error {
	limit := result.limit
	result.Problems = append(result.Problems, strangers...)
	for _, one := range all {
		if one.heldAs != "" {
			result.Held++
		}
		if one.problem != "" {
			result.Problems = append(result.Problems, one.problem)
			if one.limit {
				limit = firstText(limit, one.problem)
			}
		}
	}
	if err := a.writeResult(result, result.text()); err != nil {
		return err
	}
	switch refused := result.Outcomes[string(schemas.OutcomeRefuse)]; {
	case limit != "":
		return &refusedError{count: refused + len(result.Problems), limit: limit}
	case len(result.Problems) > 0:
		return fmt.Errorf("%s", plural(len(result.Problems), result.Problems[0], "{n} files could not be taken in; everything else was"))
	case refused > 0:
		return &refusedError{count: refused}
	}
	return nil
}

// writeResult writes a command's result: as one JSON object, or as text.
func (a *app) writeResult(result any, text string) error {
	if !a.json {
		_, err := fmt.Fprint(a.out, text)
		return err
	}
	out := json.NewEncoder(a.out)
	out.SetEscapeHTML(false)
	return out.Encode(result)
}

func (r ingestResult) text() string {
	var b strings.Builder
	for _, file := range r.Files {
		if file.Outcome != schemas.OutcomeLoad {
			fmt.Fprintf(&b, "%-7s %s/%s: %s\n", file.Outcome, file.Publisher, file.Name, file.Reason)
		}
	}
	for _, problem := range r.Problems {
		fmt.Fprintf(&b, "problem %s\n", problem)
	}
	if r.Handed != 0 {
		fmt.Fprintf(&b, "Kept and journalled; the running commonspend (process %d) will load them within seconds.\n", r.Handed)
	}
	fmt.Fprintf(&b, "%s loaded, %s empty, %s refused, %s held already, %s with problems\n",
		thousands(int64(r.Outcomes["load"])), thousands(int64(r.Outcomes["empty"])), thousands(int64(r.Outcomes["refuse"])),
		thousands(int64(r.Held)), thousands(int64(len(r.Problems))))
	if len(r.Files) > 0 {
		fmt.Fprintf(&b, "%s rows, %s payments, %s, %s issues; every line account balances\n",
			thousands(int64(r.Rows)), thousands(int64(r.Payments)), r.Pence.Pounds(), thousands(int64(r.Issues)))
		fmt.Fprintf(&b, "%.1f MB in %.1f s\n", float64(r.Bytes)/1e6, r.Seconds)
	}
	return b.String()
}
