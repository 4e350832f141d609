package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The rows of each generated workbook; a sheet of .xls ends at 65,536.
const (
	sheetRows    = 100_000
	oldSheetRows = 65_000
	longRows     = 500_000
)

// sheetRuns is how often each reader is run on each workbook, by turns.
const sheetRuns = 5

// workbook is a generated file and what is asked of our reader on it.
type workbook struct {
	name  string
	path  string
	rows  int
	kind  string   // of writeSheet
	peers []string // who else is timed on it
	aims  string   // the least ratios to each
}

// measureSheets reads generated workbooks with our reader, excelize's raw
// Rows() and python-calamine, each in a process of its own, by turns.
func measureSheets(b *run) (string, error) {
	folder := filepath.Join(b.folder, "sheets")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	python, absent := pythonTools()
	if absent != nil {
		fmt.Fprintln(os.Stderr, "python-calamine is not measured:", absent)
	}
	timed, err := b.timeWorkbooks(folder, python)
	if err != nil {
		return "", err
	}
	long, err := b.longWorkbooks(folder)
	if err != nil {
		return "", err
	}
	version := "python-calamine " + calamineVersion
	if python == "" {
		version = "python-calamine, which could not be installed here"
	}
	return fmt.Sprintf(`
## Spreadsheets of 12 columns: dates, texts, numbers, styles

Rows a second, from opening the file to its last row, median of %d runs by turns, each
reader in a process of its own: this one; excelize's Rows() with RawCellValue; %s,
iter_rows(). Texts repeat as in spend files.

| file | rows | commonspend | excelize | python-calamine | ÷ excelize | ÷ calamine | target |
|---|---|---|---|---|---|---|---|
%s
%s rows, commonspend alone:

| file | rows a second | peak memory (VmHWM) | target |
|---|---|---|---|
%s`, sheetRuns, version, timed, thousands(longRows), long), nil
}

// write writes a workbook in a process of its own, as a program that this one
// starts is said to have had as its peak at least what this one then had.
func (b *run) write(w workbook, python string) error {
	_, err := command(b.self, nil, "write-sheet", w.kind, w.path, fmt.Sprint(w.rows), python)
	return err
}

// timeWorkbooks writes each workbook, times its readers and returns the lines
// of the table.
func (b *run) timeWorkbooks(folder, python string) (string, error) {
	books := []workbook{
		{"XLSX, shared texts", "shared.xlsx", sheetRows, "shared", []string{"excelize", "calamine"}, "5; 1.5"},
		{"XLSX, inline texts", "inline.xlsx", sheetRows, "inline", []string{"excelize", "calamine"}, "5; 1.5"},
		{"XLS", "old.xls", oldSheetRows, "xls", []string{"calamine"}, "–; 1"},
		{"ODS", "open.ods", sheetRows, "ods", []string{"calamine"}, "–; 1"},
	}
	var lines strings.Builder
	for _, w := range books {
		w.path = filepath.Join(folder, w.path)
		if python == "" && w.kind == "xls" {
			continue // it is Python that writes it
		}
		if err := b.write(w, python); err != nil {
			return "", err
		}
		took, err := b.readers(w, python)
		if err != nil {
			return "", fmt.Errorf("%s: %w", w.name, err)
		}
		lines.WriteString(w.line(took))
		os.Remove(w.path)
	}
	return lines.String(), nil
}

// readers times all readers of a workbook by turns.
func (b *run) readers(w workbook, python string) (map[string][]time.Duration, error) {
	took := map[string][]time.Duration{}
	for range sheetRuns {
		for _, who := range append([]string{"commonspend"}, w.peers...) {
			if who == "calamine" && python == "" {
				continue
			}
			done, _, err := b.readSheet(who, w.path, w.rows, python)
			if err != nil {
				return nil, err
			}
			took[who] = append(took[who], done)
		}
	}
	return took, nil
}

// readSheet has one reader read a workbook in a process of its own.
func (b *run) readSheet(who, path string, rows int, python string) (time.Duration, int64, error) {
	program, args := b.self, []string{"read-sheet", who, path}
	if who == "calamine" {
		program, args = python, []string{"-c", calamineScript, path}
	}
	done, err := command(program, nil, args...)
	if err != nil {
		return 0, 0, err
	}
	var read struct {
		Rows, Width int
		Seconds     float64
	}
	if err := json.Unmarshal(done.out, &read); err != nil {
		return 0, 0, fmt.Errorf("%s: %w", who, err)
	}
	if read.Rows != rows+1 || read.Width != len(sheetHeader()) {
		return 0, 0, fmt.Errorf("%s read %d rows, the last of %d cells, where %d and %d were written", who, read.Rows, read.Width, rows+1, len(sheetHeader()))
	}
	return time.Duration(read.Seconds * float64(time.Second)), done.memory, nil
}

// line is a workbook's line of the table.
func (w workbook) line(took map[string][]time.Duration) string {
	speed := func(who string) string {
		if len(took[who]) == 0 {
			return "–"
		}
		return thousands(int(float64(w.rows) / median(took[who]).Seconds()))
	}
	against := func(who string) string {
		if len(took[who]) == 0 {
			return "–"
		}
		return ratio(median(took[who]), median(took["commonspend"]))
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", w.name, thousands(w.rows), speed("commonspend"), speed("excelize"),
		speed("calamine"), against("excelize"), against("calamine"), w.aims)
}

// longWorkbooks measures the memory that a long workbook takes.
func (b *run) longWorkbooks(folder string) (string, error) {
	var lines strings.Builder
	for _, w := range []workbook{
		{name: "XLSX, shared texts", path: "long-shared.xlsx", rows: longRows, kind: "long-shared"},
		{name: "XLSX, inline texts", path: "long-inline.xlsx", rows: longRows, kind: "inline"},
	} {
		w.path = filepath.Join(folder, w.path)
		if err := b.write(w, ""); err != nil {
			return "", err
		}
		took, memory, err := b.readSheet("commonspend", w.path, longRows, "")
		if err != nil {
			return "", fmt.Errorf("%s: %w", w.name, err)
		}
		fmt.Fprintf(&lines, "| %s | %s | %s | 200 MB |\n", w.name, thousands(int(longRows/took.Seconds())), megabytes(memory))
		os.Remove(w.path)
	}
	return lines.String(), nil
}

// thousands writes 1234567 as "1,234,567".
func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
