package registry

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"commonspend/normalize/supplier"
)

var charityColumns = []string{"registered_charity_number", "charity_name", "charity_registration_status", "charity_contact_postcode"}

// charityShape is of numbers in England and Wales, a linked charity's with its own
// after a stroke, and of Scotland and Northern Ireland.
var charityShape = regexp.MustCompile(`^(?:[1-9]\d{5,6}(?:-\d{1,4})?|SC\d{6}|NIC\d{6})$`)

func readCharities(in *bufio.Reader, take func(supplier.Entry) error) error {
	begin, _ := in.Peek(4096)
	text := strings.TrimSpace(string(begin))
	if strings.HasPrefix(text, "[") {
		return readCharityJSON(in, take)
	}
	comma := ','
	if line, _, _ := strings.Cut(text, "\n"); strings.Contains(line, "\t") {
		comma = '\t'
	}
	t, err := newTable(in, comma, charityColumns...)
	if err != nil {
		return err
	}
	for {
		more, err := t.next()
		if !more {
			return err
		}
		e, err := charity(t.cell)
		if err != nil {
			return &Refused{t.line(), err.Error()}
		}
		if err := take(e); err != nil {
			return err
		}
	}
}

// readCharityJSON reads an array of objects.
func readCharityJSON(in io.Reader, take func(supplier.Entry) error) error {
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	if _, err := decoder.Token(); err != nil {
		return err
	}
	for n := 1; decoder.More(); n++ {
		var fields map[string]any
		if err := decoder.Decode(&fields); err != nil {
			return badJSON(n, err)
		}
		for _, name := range charityColumns {
			if _, ok := fields[name]; !ok {
				return &Refused{n, fmt.Sprintf("the entry has no %q", name)}
			}
		}
		e, err := charity(func(name string) string {
			if fields[name] == nil {
				return ""
			}
			return strings.TrimSpace(fmt.Sprint(fields[name]))
		})
		if err != nil {
			return &Refused{n, err.Error()}
		}
		if err := take(e); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return badJSON(0, err)
	}
	return nil
}

func badJSON(entry int, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	if errors.As(err, &syntax) || errors.As(err, &kind) {
		return &Refused{entry, err.Error()}
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func charity(cell func(string) string) (supplier.Entry, error) {
	e := supplier.Entry{Register: supplier.CharityRegister, Number: cell("registered_charity_number"), Name: cell("charity_name"),
		Postcode: cell("charity_contact_postcode"), Status: supplier.Live}
	if linked := cell("linked_charity_number"); linked != "" && linked != "0" {
		e.Number += "-" + linked
	}
	if !charityShape.MatchString(e.Number) {
		return e, fmt.Errorf("%q is no charity number", e.Number)
	}
	if e.Name == "" {
		return e, fmt.Errorf("charity %q has no name", e.Number)
	}
	if strings.EqualFold(cell("charity_registration_status"), "removed") {
		e.Status = supplier.Ended
	}
	var err error
	if e.From, err = date(cell("date_of_registration")); err != nil {
		return e, err
	}
	e.To, err = date(cell("date_of_removal"))
	return e, err
}
