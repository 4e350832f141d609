// Package registry reads registers of organisations as their keepers publish them.
//
// What comes in: Companies House's free company data (CSV, or the zip it comes in),
// the Charity Commission's publicextract.charity (JSON, tabs or CSV, or its zip), and
// the NHS Organisation Data Service's CSVs. What goes out: a stream of entries.
// What it refuses, whole: a file of another shape, an empty one, one that is not
// UTF-8, and one with a number that its register would not issue, or not twice; the
// sentence names the line.
package registry

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"commonspend/normalize/supplier"
)

// Refused says why a file cannot be used, and the way out.
type Refused struct {
	Line     int // 1-based; of JSON, the entry; 0 for the file as a whole
	Sentence string
}

func (r *Refused) Error() string {
	if r.Line == 0 {
		return r.Sentence
	}
	return fmt.Sprintf("line %d: %s", r.Line, r.Sentence)
}

// Kind is a register that can be read.
type Kind string

// The registers.
const (
	Companies Kind = "companies"
	Charities Kind = "charities"
	Bodies    Kind = "bodies"
)

// kinds is how each is read, what it is called, and how the right file is had.
var kinds = map[Kind]struct {
	read     func(*bufio.Reader, func(supplier.Entry) error) error
	is, want string
}{
	Companies: {readCompanies, "Companies House's free company data", "download BasicCompanyDataAsOneFile and import it as it is"},
	Charities: {readCharities, "the register of charities", "download publicextract.charity and import it as it is"},
	Bodies:    {readBodies, "a list of the NHS Organisation Data Service", "download one of its CSVs, such as etr, and import it as it is"},
}

// Read gives take each entry of a register's file, in its order, and returns how
// many there were. After an error nothing that take was given may be kept.
func Read(kind Kind, path string, take func(supplier.Entry) error) (int, error) {
	as, ok := kinds[kind]
	if !ok {
		return 0, &Refused{Sentence: fmt.Sprintf("no register is called %q: there are companies, charities and bodies", kind)}
	}
	in, closeAll, err := open(path)
	if err != nil {
		return 0, err
	}
	defer closeAll()
	n := 0
	err = as.read(in, func(e supplier.Entry) error {
		n++
		return take(e)
	})
	var refused *Refused
	switch {
	case errors.As(err, &refused):
		return 0, &Refused{refused.Line, refused.Sentence + ": this is not " + as.is + ", or not all of it; " + as.want}
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return 0, &Refused{Sentence: "the file is cut short or damaged: download it again"}
	case err != nil:
		return 0, err
	case n == 0:
		return 0, &Refused{Sentence: "the file has no entries: " + as.want}
	}
	return n, nil
}

// open opens a file, or the one file in a zip, past a byte order mark.
func open(path string) (*bufio.Reader, func(), error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	closeAll := func() { file.Close() }
	var in io.Reader = file
	begin := make([]byte, 4)
	n, _ := io.ReadFull(file, begin)
	if string(begin[:n]) == "PK\x03\x04" {
		member, err := only(path)
		if err != nil {
			closeAll()
			return nil, nil, err
		}
		in, closeAll = member, func() { member.Close(); file.Close() }
	} else if _, err := file.Seek(0, io.SeekStart); err != nil {
		closeAll()
		return nil, nil, err
	}
	r := bufio.NewReaderSize(in, 1<<20)
	if mark, _ := r.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = r.Discard(3)
	}
	return r, closeAll, nil
}

// member is the file in a zip.
type member struct {
	io.ReadCloser
	archive *zip.ReadCloser
}

func (m member) Close() error { return errors.Join(m.ReadCloser.Close(), m.archive.Close()) }

// only opens the one file in a zip.
func only(path string) (io.ReadCloser, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, &Refused{Sentence: "the zip is cut short or damaged: download it again"}
	}
	var files []*zip.File
	for _, f := range archive.File {
		if !f.FileInfo().IsDir() {
			files = append(files, f)
		}
	}
	if len(files) != 1 {
		archive.Close()
		return nil, &Refused{Sentence: fmt.Sprintf("the zip holds %d files: unpack it and import the one with the register", len(files))}
	}
	in, err := files[0].Open()
	if err != nil {
		archive.Close()
		return nil, &Refused{Sentence: "the zip cannot be unpacked: download it again"}
	}
	return member{in, archive}, nil
}

// table reads CSV by the names of its columns.
type table struct {
	in     *csv.Reader
	at     map[string]int
	record []string
}

// newTable reads the header, of which some columns must be there.
func newTable(in io.Reader, comma rune, needs ...string) (*table, error) {
	t := &table{in: csv.NewReader(in), at: map[string]int{}}
	t.in.Comma, t.in.ReuseRecord = comma, true
	t.in.LazyQuotes = comma == '\t'
	header, err := next(t.in)
	if errors.Is(err, io.EOF) {
		return nil, &Refused{Sentence: "the file is empty"}
	}
	if err != nil {
		return nil, err
	}
	for i, name := range header {
		t.at[strings.TrimSpace(name)] = i
	}
	for _, name := range needs {
		if _, ok := t.at[name]; !ok {
			return nil, &Refused{1, fmt.Sprintf("there is no column %q", name)}
		}
	}
	return t, nil
}

func (t *table) next() (bool, error) {
	record, err := next(t.in)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	t.record = record
	return err == nil, err
}

func (t *table) line() int {
	line, _ := t.in.FieldPos(0)
	return line
}

// cell is a cell by its column's name, "" where there is no such column.
func (t *table) cell(name string) string {
	if i, ok := t.at[name]; ok {
		return strings.TrimSpace(strings.Clone(t.record[i]))
	}
	return ""
}

// next reads a record, of which every cell is UTF-8: what is kept of others could
// not be written anywhere.
func next(in *csv.Reader) ([]string, error) {
	record, err := in.Read()
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad) && errors.Is(bad.Err, csv.ErrFieldCount):
		return nil, &Refused{bad.StartLine, "it has another number of columns than the first line"}
	case errors.As(err, &bad):
		return nil, &Refused{bad.StartLine, "a quotation mark is out of place"}
	}
	for i, cell := range record {
		if !utf8.ValidString(cell) {
			line, _ := in.FieldPos(i)
			return nil, &Refused{line, "its bytes are not UTF-8"}
		}
	}
	return record, err
}
