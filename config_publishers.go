package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"commonspend/schemas"
)

// publisherColumns are the columns of a PUBLISHERS.csv; the first two must be
// there, and no other is known.
func publisherColumns() []string {
	return []string{"folder", "publisher", "body_id", "sector", "body_type", "duty", "threshold", "licence", "attribution"}
}

// loadPublishersCSV reads a PUBLISHERS.csv: one line for each folder of files.
// Its error is a *configError: the first mistake found.
func loadPublishersCSV(path string) ([]schemas.Publisher, error) {
	text, err := readConfigFile(path)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(text) {
		return nil, &configError{Path: path, Sentence: "this file is not UTF-8: save it as CSV UTF-8"}
	}
	table := &publisherTable{reader: csv.NewReader(bytes.NewReader(text)), check: newConfigCheck(path)}
	table.reader.FieldsPerRecord = -1 // counted here, in plainer words
	if err := table.readHeader(); err != nil {
		return nil, err
	}
	var publishers []schemas.Publisher
	for {
		line, err := table.next()
		if err == io.EOF {
			return publishers, nil
		}
		if err != nil {
			return nil, err
		}
		publisher := table.check.publisher(line)
		if table.check.err != nil {
			return nil, table.check.err
		}
		publishers = append(publishers, publisher)
	}
}

type publisherTable struct {
	reader *csv.Reader
	check  *configCheck
	header []string
}

func (t *publisherTable) readHeader() error {
	cells, err := t.cells()
	if err == io.EOF {
		t.check.fail(placed{}, "this file is empty: its first line must be %s", strings.Join(publisherColumns()[:5], ","))
		return t.check.err
	}
	if err != nil {
		return err
	}
	for _, cell := range cells {
		if !slices.Contains(publisherColumns(), cell.text) {
			t.check.fail(cell, "the column %q is not known: the nearest known is %q", cell.text, nearest(cell.text, publisherColumns()))
		}
		t.check.once("the column "+cell.text, cell)
		t.header = append(t.header, cell.text)
	}
	for _, needed := range publisherColumns()[:2] {
		if !slices.Contains(t.header, needed) {
			t.check.fail(cells[0], "the column %q is missing", needed)
		}
	}
	return t.check.err
}

// next reads a line as an entry, each cell with its place.
func (t *publisherTable) next() (configEntry, error) {
	cells, err := t.cells()
	if err != nil {
		return configEntry{}, err
	}
	if len(cells) != len(t.header) {
		t.check.fail(cells[0], "this line has %d cells where the header has %d", len(cells), len(t.header))
		return configEntry{}, t.check.err
	}
	var entry configEntry
	slots := []*placed{&entry.ID, &entry.Name, &entry.Body, &entry.Sector, &entry.Kind,
		&entry.Duty, &entry.Threshold, &entry.Licence, &entry.Attribution}
	for i, cell := range cells {
		cell.key = t.header[i]
		*slots[slices.Index(publisherColumns(), cell.key)] = cell
	}
	return entry, nil
}

func (t *publisherTable) cells() ([]placed, error) {
	record, err := t.reader.Read()
	var mistake *csv.ParseError
	if errors.As(err, &mistake) {
		t.check.fail(placed{line: mistake.Line, column: mistake.Column}, "this line is not CSV: %s", mistake.Err)
		return nil, t.check.err
	}
	if err != nil {
		return nil, err
	}
	cells := make([]placed, len(record))
	for i, text := range record {
		line, column := t.reader.FieldPos(i)
		cells[i] = placed{text: strings.TrimSpace(text), line: line, column: column}
	}
	return cells, nil
}
