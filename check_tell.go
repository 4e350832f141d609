package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"commonspend/publish/receipt"
	"commonspend/schemas"
	"commonspend/store/disk"
)

// telling writes the receipts of `check` as they come.
type telling struct {
	a        *app
	examples int  // located a kind in text; -1 for all
	brief    bool // a line or two a file
	outcomes map[schemas.Outcome]int
	problems []string

	html     string // the page's path; "" for none
	pages    *receipt.Pages
	lines    []receipt.Line
	sections *os.File // the page's sections, until their number is known
}

const (
	textExamples = 3  // of a kind of issue, unless all are wanted
	wholeFiles   = 10 // more files than this are told in a line or two each
)

func (a *app) newTelling(flags checkFlags, files int) (*telling, error) {
	t := &telling{a: a, examples: textExamples, html: flags.html, outcomes: map[schemas.Outcome]int{},
		brief: (files > wholeFiles || flags.html != "") && !flags.all}
	if flags.all {
		t.examples = -1
	}
	if t.html == "" {
		return t, nil
	}
	var err error
	if t.pages, err = receipt.LoadPages(); err != nil {
		return nil, err
	}
	if folder := filepath.Dir(t.html); !isFolder(folder) {
		return nil, fmt.Errorf("%s cannot be written: there is no folder %s", t.html, folder)
	}
	t.sections, err = disk.Temp(filepath.Dir(t.html))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written: %s", t.html, plainCause(err))
	}
	return t, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// close removes what was only kept for the page.
func (t *telling) close() {
	if t.sections != nil {
		t.sections.Close()
		os.Remove(t.sections.Name())
	}
}

func (t *telling) problem(sentence string) { t.problems = append(t.problems, sentence) }

// file tells of one file.
func (t *telling) file(file toCheck, v verdict) error {
	var path *os.PathError
	if errors.As(v.err, &path) {
		t.problem(fmt.Sprintf("%s cannot be read: %s", file.path, plainCause(v.err)))
		return nil
	}
	if v.err != nil {
		return fmt.Errorf("%s: %w", file.path, v.err)
	}
	t.outcomes[v.receipt.Outcome]++
	if t.sections != nil {
		id := fmt.Sprintf("file-%d", len(t.lines)+1)
		t.lines = append(t.lines, v.receipt.Line(id))
		if err := t.section(v.receipt, id); err != nil {
			return err
		}
	}
	switch {
	case t.a.json:
		return v.receipt.WriteJSON(t.a.out)
	case t.brief:
		return v.receipt.Brief(t.a.out)
	}
	return v.receipt.Text(t.a.out, t.examples)
}

func (t *telling) section(r *receipt.Receipt, id string) error {
	out := bufio.NewWriter(t.sections)
	if err := t.pages.Section(out, r, id); err != nil {
		return err
	}
	return out.Flush()
}

// finish writes the page and what is to be said of all files together.
func (t *telling) finish() error {
	if err := t.page(); err != nil {
		return err
	}
	told := t.outcomes[schemas.OutcomeLoad] + t.outcomes[schemas.OutcomeEmpty] + t.outcomes[schemas.OutcomeRefuse]
	if !t.a.json && told > 1 {
		fmt.Fprintln(t.a.out, t.counts())
		if t.brief && t.html == "" {
			fmt.Fprintln(t.a.out, "Check a file by itself, or give --html FILE, for its whole receipt.")
		}
	}
	switch {
	case len(t.problems) > 1:
		for _, problem := range t.problems {
			fmt.Fprintln(t.a.err, "commonspend: "+problem)
		}
		return fmt.Errorf("%s", plural(len(t.problems), "", "{n} paths could not be read; the others were checked"))
	case len(t.problems) == 1:
		return errors.New(t.problems[0])
	case t.outcomes[schemas.OutcomeRefuse] > 0:
		return &refusedError{count: t.outcomes[schemas.OutcomeRefuse]}
	}
	return nil
}

// counts says of all files together what became of them.
func (t *telling) counts() string {
	return fmt.Sprintf("%s: %s with payments, %s with none, %s refused.",
		plural(t.outcomes[schemas.OutcomeLoad]+t.outcomes[schemas.OutcomeEmpty]+t.outcomes[schemas.OutcomeRefuse], "1 file", "{n} files"),
		thousands(int64(t.outcomes[schemas.OutcomeLoad])), thousands(int64(t.outcomes[schemas.OutcomeEmpty])),
		thousands(int64(t.outcomes[schemas.OutcomeRefuse])))
}

func (t *telling) page() error {
	if len(t.lines) == 0 {
		return nil
	}
	title := plural(len(t.lines), "Check of a spend file", "Check of {n} spend files")
	err := disk.Write(t.html, func(w io.Writer) error {
		if _, err := t.sections.Seek(0, io.SeekStart); err != nil {
			return err
		}
		return t.pages.Page(w, title, t.counts(), t.lines, t.sections)
	})
	if err != nil {
		return fmt.Errorf("%s cannot be written: %s", t.html, plainCause(err))
	}
	return nil
}
