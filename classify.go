package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"

	"commonspend/normalize/category"

	"github.com/spf13/cobra"
)

// classifyCommand judges lines read from stdin.
func (a *app) classifyCommand() *cobra.Command {
	threshold := -1.0
	cmd := &cobra.Command{
		Use:   "classify",
		Short: "Say what payments are and what was bought, from lines on stdin",
		Long: "Reads CSV with the columns id, publisher, payee and text, where text is the\n" +
			"publisher's own columns as `Header=Value | Header=Value`, and writes CSV with\n" +
			"id, scope, category, confidence, method and reason. A blank category abstains.",
		Example: "  commonspend classify < lines.csv > judged.csv\n  commonspend classify --json --threshold 0 < lines.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("threshold") && (threshold < 0 || threshold > 1) {
				return &usageError{fmt.Sprintf("--threshold %v is not between 0 and 1", threshold)}
			}
			return a.classify(cmd.InOrStdin(), threshold)
		},
	}
	cmd.Flags().Float64Var(&threshold, "threshold", threshold, "the `confidence` below which no category is named; else the model's own")
	return cmd
}

// classifyBatch is how many lines a worker judges at a time.
const classifyBatch = 512

// classified is a batch of lines on its way: read, then judged.
type classified struct {
	ids   []string
	lines []category.Line
	done  chan []category.Judgement
}

// classify judges lines on all processors and writes them in the order read.
func (a *app) classify(in io.Reader, threshold float64) error {
	judge, err := category.New()
	if err != nil {
		return err
	}
	if threshold >= 0 {
		judge.SetThreshold(threshold)
	}
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := a.judgementWriter(out)
	stop := make(chan struct{})
	defer close(stop)
	batches, failed := judging(in, judge, stop)
	for batch := range batches {
		if err := write(batch.ids, <-batch.done); err != nil {
			return err
		}
	}
	return errors.Join(*failed, out.Flush())
}

// judging starts reading and judging, and gives the batches in the order read;
// the error is there when they end.
func judging(in io.Reader, judge *category.Judge, stop <-chan struct{}) (<-chan *classified, *error) {
	batches, work := make(chan *classified, 64), make(chan *classified)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			desk := judge.Desk()
			for batch := range work {
				batch.judge(desk)
			}
		}()
	}
	var failed error
	go func() {
		defer close(batches)
		defer close(work)
		failed = readLines(in, func(batch *classified) bool {
			for _, to := range []chan *classified{batches, work} {
				select {
				case to <- batch:
				case <-stop:
					return false
				}
			}
			return true
		})
	}()
	return batches, &failed
}

func (c *classified) judge(desk *category.Desk) {
	judged := make([]category.Judgement, len(c.lines))
	for i, line := range c.lines {
		judged[i] = desk.Judge(line)
	}
	c.done <- judged
}

// judgementWriter writes batches of judgements: as CSV, its header before the
// first, or as one JSON object a line.
func (a *app) judgementWriter(out io.Writer) func([]string, []category.Judgement) error {
	if a.json {
		return jsonJudgements(out)
	}
	table, head := csv.NewWriter(out), false
	return func(ids []string, judged []category.Judgement) error {
		if !head {
			head = true
			if err := table.Write([]string{"id", "scope", "category", "confidence", "method", "reason"}); err != nil {
				return err
			}
		}
		for i, j := range judged {
			if err := table.Write([]string{ids[i], j.Scope, j.Category, strconv.FormatFloat(j.Confidence, 'f', 3, 64), j.Method, j.Reason}); err != nil {
				return err
			}
		}
		table.Flush()
		return table.Error()
	}
}

func jsonJudgements(out io.Writer) func([]string, []category.Judgement) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	type object struct {
		ID         string  `json:"id"`
		Scope      string  `json:"scope"`
		Category   string  `json:"category"`
		Confidence float64 `json:"confidence"`
		Method     string  `json:"method"`
		Reason     string  `json:"reason"`
		Version    string  `json:"version"`
	}
	return func(ids []string, judged []category.Judgement) error {
		for i, j := range judged {
			if err := encoder.Encode(object{ids[i], j.Scope, j.Category, j.Confidence, j.Method, j.Reason, j.Version}); err != nil {
				return err
			}
		}
		return nil
	}
}

// lineColumns are the columns that classify reads.
var lineColumns = []string{"id", "publisher", "payee", "text"}

// readLines reads lines and hands them on in batches, until told to stop.
func readLines(in io.Reader, hand func(*classified) bool) error {
	table := csv.NewReader(bufio.NewReaderSize(in, 1<<16))
	head, err := table.Read()
	if err == io.EOF {
		return errors.New("line 1: the input is empty; its first line must name the columns id, publisher, payee and text")
	}
	if err != nil {
		return unreadable(err)
	}
	at, err := columnsOf(head, lineColumns, len(lineColumns))
	if err != nil {
		return err
	}
	batch := &classified{done: make(chan []category.Judgement, 1)}
	for {
		record, err := table.Read()
		if err == nil {
			err = readable(table, record)
		}
		if err != nil {
			hand(batch)
			return unreadable(err)
		}
		batch.ids = append(batch.ids, record[at[0]])
		batch.lines = append(batch.lines, category.Line{Publisher: record[at[1]], Payee: record[at[2]], Text: record[at[3]]})
		if len(batch.ids) == classifyBatch {
			if !hand(batch) {
				return nil
			}
			batch = &classified{done: make(chan []category.Judgement, 1)}
		}
	}
}

// unreadable says in one sentence where a CSV breaks off and why; at its end
// there is nothing to say.
func unreadable(err error) error {
	if err == io.EOF {
		return nil
	}
	return fmt.Errorf("%w; what was read before it is judged", brokenCSV(err))
}
