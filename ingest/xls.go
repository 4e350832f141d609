package ingest

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"commonspend/schemas"

	"github.com/richardlehane/mscfb"
)

// openXLS reads an Excel 97 workbook (BIFF8) or an Excel 5 and 95 one
// (BIFF5/7) out of its OLE2 container: worksheets in the order the workbook
// lists them, charts and macro sheets left out. The container also holds
// password-protected .xlsx files and other programs' documents; those are
// refused.
func openXLS(r io.ReaderAt, size int64, sheet schemas.Sheet, limits Limits) (sheets []schemas.Sheet, err error) {
	limits = limits.orDefault()
	stream, err := biffStream(r, size, limits)
	if err != nil {
		return nil, err
	}
	book, err := readXLSBook(stream)
	if err != nil {
		return nil, err
	}
	if len(book.sheets) > limits.Entries {
		return nil, overLimit("the workbook", fmt.Sprintf("%d sheets", limits.Entries))
	}
	if len(book.sheets) == 0 {
		return nil, refusal("no-table", "The workbook has no sheet with cells. Send the sheet that holds the payments.")
	}
	for i, s := range book.sheets {
		one := schemas.Sheet{
			File: sheet.File, Member: sheet.Member, Name: s.name,
			Number: i + 1, Format: "xls", Hidden: s.hidden,
		}
		at := s.offset
		one.Rows = func(yield func([]schemas.Row) error) (int, error) {
			return book.readSheet(at, newRowBatch(one, limits, yield))
		}
		sheets = append(sheets, one)
	}
	return sheets, nil
}

// biffStream takes the workbook's stream out of the container; some programs
// write it without one.
func biffStream(r io.ReaderAt, size int64, limits Limits) (stream []byte, err error) {
	var head [4]byte
	if _, err := r.ReadAt(head[:], 0); err != nil && err != io.EOF {
		return nil, err
	}
	if string(head[:]) != "\xd0\xcf\x11\xe0" {
		return readStream(r, size, limits)
	}
	defer func() {
		// The container is read by a library; a broken file must not end the run.
		if p := recover(); p != nil {
			stream, err = nil, damagedXLS("its container cannot be read")
		}
	}()
	if r, err = inMemory(r, size); err != nil {
		return nil, err
	}
	box, err := mscfb.New(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, damagedXLS("its container cannot be read")
	}
	found, err := findStream(box)
	if err != nil {
		return nil, err
	}
	if found.Size > limits.EntryBytes || found.Size > size {
		return nil, damagedXLS("it breaks off")
	}
	stream = make([]byte, found.Size)
	for n := 0; n < len(stream); {
		// In steps, since the library's work for one Read grows with its square.
		step, err := found.Read(stream[n:min(n+64<<10, len(stream))])
		if n += step; err != nil || step == 0 {
			return nil, damagedXLS("it breaks off")
		}
	}
	return stream, nil
}

// inMemory copies a file of usual size, since the container's sectors are
// looked up four bytes at a time.
func inMemory(r io.ReaderAt, size int64) (io.ReaderAt, error) {
	if size > 64<<20 {
		return r, nil
	}
	all := make([]byte, size)
	if _, err := r.ReadAt(all, 0); err != nil && err != io.EOF {
		return nil, err
	}
	return bytes.NewReader(all), nil
}

// findStream finds the stream named Workbook, or Book as Excel 5 and 95 call it.
func findStream(box *mscfb.Reader) (*mscfb.File, error) {
	var found *mscfb.File
	for _, f := range box.File {
		switch name := strings.ToLower(f.Name); {
		case name == "encryptedpackage" || name == "encryptioninfo":
			return nil, encrypted()
		case len(f.Path) > 0: // inside an embedded object
		case name == "workbook", name == "book" && found == nil:
			found = f
		}
	}
	if found == nil {
		return nil, refusal("unreadable", "The file is a Microsoft Office document without a workbook inside. Send the payments as .xlsx, .xls, .ods or CSV.")
	}
	return found, nil
}

func readStream(r io.ReaderAt, size int64, limits Limits) ([]byte, error) {
	if size > limits.EntryBytes {
		return nil, overLimit("the workbook", fmt.Sprintf("%d bytes", limits.EntryBytes))
	}
	return io.ReadAll(io.NewSectionReader(r, 0, size))
}

func damagedXLS(why string) error {
	return refusal("unreadable", "The .xls workbook is damaged: %s. Open it in Excel, save it as .xlsx and send that.", why)
}
