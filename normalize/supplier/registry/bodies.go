package registry

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"commonspend/normalize/supplier"
)

// The places of what the Organisation Data Service's CSVs say: they have no header.
const (
	odsCode     = 0
	odsName     = 1
	odsPostcode = 9
	odsOpened   = 10
	odsClosed   = 11
)

var odsShape = regexp.MustCompile(`^[A-Z0-9]{3,9}$`)

func readBodies(in *bufio.Reader, take func(supplier.Entry) error) error {
	if _, err := in.Peek(1); errors.Is(err, io.EOF) {
		return &Refused{Sentence: "the file is empty"}
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	for {
		record, err := next(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		e, err := odsEntry(record)
		if err != nil {
			return &Refused{line, err.Error()}
		}
		if err := take(e); err != nil {
			return err
		}
	}
}

func odsEntry(record []string) (supplier.Entry, error) {
	if len(record) <= odsClosed {
		return supplier.Entry{}, fmt.Errorf("the line should have %d columns or more, and has %d", odsClosed+1, len(record))
	}
	e := supplier.Entry{Register: supplier.BodyRegister, Number: record[odsCode], Name: strings.TrimSpace(record[odsName]),
		Postcode: record[odsPostcode], Status: supplier.Live}
	if !odsShape.MatchString(e.Number) {
		return e, fmt.Errorf("%q is no code of an organisation", e.Number)
	}
	if e.Name == "" {
		return e, fmt.Errorf("organisation %q has no name", e.Number)
	}
	var err error
	if e.From, err = date(record[odsOpened]); err != nil {
		return e, err
	}
	if e.To, err = date(record[odsClosed]); err != nil {
		return e, err
	}
	if e.To != "" {
		e.Status = supplier.Ended
	}
	return e, nil
}
