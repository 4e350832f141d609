package ingest

import (
	"fmt"
	"os"

	"commonspend/schemas"
)

// File is one original opened for reading. Its sheets' Rows read from disk, so
// they are good until Close.
type File struct {
	Format  string // csv xlsx xls ods zip gzip: what the bytes are, whatever the name says
	Sheets  []schemas.Sheet
	Skipped []Skipped // members of a zip that hold no table; another member does
	bytes   *os.File
}

// Skipped is a member of a zip that was passed over, and why.
type Skipped struct {
	Member string
	Why    *schemas.Refusal
}

// Close ends the reading.
func (f *File) Close() error { return f.bytes.Close() }

// Open reads the original at path, whose SHA-256 is sha, as far as is needed to
// say what it is. The error is a *schemas.Refusal when the bytes are not a
// readable spend file; any other error is trouble of ours. Rows may return a
// Refusal too: a limit passed, or damage that shows only on the way.
func Open(path, sha string, limits Limits) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a folder where a file is needed", path)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	o := &opening{sha: sha, limits: limits.orDefault(), file: &File{bytes: file}}
	if err := o.original(plainContent(file, info.Size())); err != nil {
		file.Close()
		return nil, err
	}
	return o.file, nil
}

// opening is the work of one Open: what is known so far and how much of the
// limits is used up.
type opening struct {
	sha      string
	limits   Limits
	inflated int64 // bytes of members read so far, counted against FileBytes
	file     *File
}

// original reads the file itself: a table, or a wrapping of tables.
func (o *opening) original(c content) error {
	head, err := o.head(c)
	if err != nil {
		return err
	}
	switch kind := sniff(head); kind {
	case "zip":
		return o.zip(c)
	case "gzip":
		return o.gzip(c)
	default:
		format, err := o.table(c, kind)
		o.file.Format = format
		return err
	}
}

// table reads the sheets of one content that is no wrapping, and returns its format.
func (o *opening) table(c content, kind string) (string, error) {
	switch kind {
	case "ole2", "biff":
		return o.workbook(c, "xls", openXLS)
	case "fods":
		return o.workbook(c, "ods", openFODS)
	case "text":
		return "csv", o.csv(c)
	case "zip", "gzip":
		return "", refuse(c.member, "archive", "is an archive inside an archive", "send the tables in one zip, or each by itself")
	}
	return "", refuseKind(c.member, kind)
}

// add appends the sheets that a reader found, numbered in the file's order.
func (o *opening) add(sheets []schemas.Sheet) {
	for _, sheet := range sheets {
		sheet.Number = len(o.file.Sheets) + 1
		o.file.Sheets = append(o.file.Sheets, sheet)
	}
}

// head returns the beginning of a content, enough to tell what it is.
func (o *opening) head(c content) ([]byte, error) {
	r, err := c.open()
	if err != nil {
		return nil, c.damaged(err)
	}
	defer r.Close()
	head, err := readUpTo(r, headBytes)
	if err != nil {
		return nil, c.damaged(err)
	}
	return head, nil
}
