package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"commonspend/ingest"
	"commonspend/normalize"
	"commonspend/publish/receipt"
	"commonspend/schemas"

	"github.com/spf13/cobra"
)

// checkFlags are the flags of `check`.
type checkFlags struct {
	publisher, publishers, config, html string
	all                                 bool
	limits                              configLimits
	timeout                             time.Duration
}

func (a *app) checkCommand() *cobra.Command {
	var flags checkFlags
	cmd := &cobra.Command{
		Use:   "check FILE…",
		Short: "Say what would be made of spend files, before they are published",
		Example: `  commonspend check april.csv
  commonspend check april.csv may.xlsx --html receipt.html
  commonspend check spending/ --json > receipts.jsonl`,
		Long: `Reads each FILE, or each file of a folder, as ingest would, and keeps nothing:
no data directory is needed. It tells what the file holds, that every row of it is
accounted for, what each column was read as, and what is odd, where, and who
should act. A file that would not be taken in is refused, with what to do next.
Of each kind of issue at most 100 are located in a table, unless --all is given.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error { return a.check(cmd.Context(), paths, flags) },
	}
	flag := cmd.Flags()
	flag.StringVar(&flags.publisher, "publisher", "", "whose files these are, if rules of that publisher's own are to count: the publisher's `ID`")
	flag.StringVar(&flags.publishers, "publishers", "", "a PUBLISHERS.csv `file` that describes the publishers")
	flag.StringVarP(&flags.config, "config", "c", "", "a configuration `file` that describes the publishers and the limits")
	flag.StringVar(&flags.html, "html", "", "write the receipts as one page that needs no other, to this `file`")
	flag.BoolVar(&flags.all, "all", false, "locate every issue, however many")
	for _, l := range flags.limitFlags() {
		flag.StringVar(&l.value.text, l.name, "", l.usage)
	}
	flag.DurationVar(&flags.timeout, "timeout", time.Minute, "the longest that one file may take")
	return cmd
}

// limitFlag is a flag that sets a limit, written as the configuration's is.
type limitFlag struct {
	name, usage string
	value       *placed
}

func (f *checkFlags) limitFlags() []limitFlag {
	return []limitFlag{
		{"max-bytes", "the largest `size` of a file once unpacked (1 GiB)", &f.limits.File},
		{"max-entry-bytes", "the largest `size` of one part of a zip or workbook (512 MiB)", &f.limits.Entry},
		{"max-entries", "the most parts of a zip or workbook: a `number` (2,000)", &f.limits.Entries},
		{"max-rows", "the most rows of a sheet: a `number` (10,000,000)", &f.limits.Rows},
		{"max-columns", "the most cells of a row: a `number` (16,384)", &f.limits.Columns},
		{"max-cell-bytes", "the largest `size` of a cell (1 MiB)", &f.limits.Cell},
	}
}

func (a *app) check(ctx context.Context, paths []string, flags checkFlags) error {
	c, known, err := a.newChecker(paths, flags)
	if err != nil {
		return err
	}
	files, missing := checkable(paths, flags.publisher, known)
	told, err := a.newTelling(flags, len(files))
	if err != nil {
		return err
	}
	defer told.close()
	for _, problem := range missing {
		told.problem(problem)
	}
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(collectBeyond)
	if err := c.each(ctx, files, told.file); err != nil {
		return err
	}
	return told.finish()
}

// The collector runs when the heap has doubled. With a few megabytes in use and
// hundreds of small files to read, that took two thirds of the time: so while
// checking it waits for more, until a size that small files never reach.
const (
	collectAt     = 800       // per cent of what is in use
	collectBeyond = 256 << 20 // bytes
)

// checkGrace is how long a reader may go on when its file's time is up.
const checkGrace = 5 * time.Second

// newChecker makes the checker that the flags ask for, and returns the
// publishers that are described.
func (a *app) newChecker(paths []string, flags checkFlags) (*checker, map[string]schemas.Publisher, error) {
	known, err := a.describedPublishers(paths, ingestFlags{publishers: flags.publishers, config: flags.config})
	if err != nil {
		return nil, nil, err
	}
	limits, err := flags.allowed()
	if err != nil {
		return nil, nil, err
	}
	rules, err := normalize.LoadRules()
	if err != nil {
		return nil, nil, err
	}
	words, err := receipt.LoadWords()
	if err != nil {
		return nil, nil, err
	}
	c := &checker{rules: rules, words: words, limits: limits, timeout: flags.timeout, grace: checkGrace, all: flags.all,
		workers: runtime.GOMAXPROCS(0),
		failed: func(path, failure string) {
			fmt.Fprintf(a.err, "commonspend: a reader failed on %s: %s\n", path, failure)
		}}
	c.read = c.original
	return c, known, nil
}

// allowed returns the limits: the flags' where given, else the configuration's.
func (f *checkFlags) allowed() (ingest.Limits, error) {
	if f.timeout <= 0 {
		return ingest.Limits{}, &usageError{"--timeout must be more than 0, such as 30s or 5m"}
	}
	check := newConfigCheck("")
	for _, l := range f.limitFlags() {
		l.value.key = "--" + l.name
	}
	limits := check.limits(f.limits)
	if check.err != nil {
		return limits, &usageError{check.err.(*configError).Sentence}
	}
	if f.config == "" {
		return limits, nil
	}
	config, err := loadConfig(f.config)
	if err != nil {
		return limits, err
	}
	return orElse(limits, config.Limits), nil
}

// orElse fills limits that were not given.
func orElse(given, otherwise ingest.Limits) ingest.Limits {
	for _, at := range []struct{ given, otherwise *int64 }{
		{&given.FileBytes, &otherwise.FileBytes}, {&given.EntryBytes, &otherwise.EntryBytes}} {
		if *at.given == 0 {
			*at.given = *at.otherwise
		}
	}
	for _, at := range []struct{ given, otherwise *int }{
		{&given.Entries, &otherwise.Entries}, {&given.Rows, &otherwise.Rows}, {&given.Columns, &otherwise.Columns},
		{&given.CellBytes, &otherwise.CellBytes}, {&given.RecordBytes, &otherwise.RecordBytes}} {
		if *at.given == 0 {
			*at.given = *at.otherwise
		}
	}
	return given
}
