package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// columnsOf finds where columns stand in a header, in whatever case: each once,
// and the first few for certain; -1 where one is not there.
func columnsOf(header, columns []string, needed int) ([]int, error) {
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
	}
	at := make([]int, len(columns))
	for i, column := range columns {
		at[i] = slices.Index(names, column)
		switch {
		case at[i] < 0 && i < needed:
			return nil, fmt.Errorf("line 1: there is no column %q; the columns read are %s", column, strings.Join(columns, ", "))
		case at[i] >= 0 && slices.Contains(names[at[i]+1:], column):
			return nil, fmt.Errorf("line 1: the column %q stands there twice", column)
		}
	}
	return at, nil
}

var errNotUTF8 = errors.New("its bytes are not UTF-8: save the file as CSV UTF-8")

// readable refuses a record with a cell that is not UTF-8.
func readable(in *csv.Reader, record []string) error {
	for i, cell := range record {
		if !utf8.ValidString(cell) {
			line, _ := in.FieldPos(i)
			return &csv.ParseError{StartLine: line, Err: errNotUTF8}
		}
	}
	return nil
}

// brokenCSV says in one sentence where a CSV breaks off and why.
func brokenCSV(err error) error {
	var broken *csv.ParseError
	if !errors.As(err, &broken) {
		return err
	}
	why := "a quote is out of place"
	switch {
	case errors.Is(broken.Err, csv.ErrFieldCount):
		why = "it has another number of fields than the first line"
	case errors.Is(broken.Err, errNotUTF8):
		why = errNotUTF8.Error()
	}
	return &brokenLine{broken.StartLine, why}
}

// brokenLine is a line of CSV that cannot be read.
type brokenLine struct {
	line int
	why  string
}

func (b *brokenLine) Error() string { return fmt.Sprintf("line %d: %s", b.line, b.why) }
