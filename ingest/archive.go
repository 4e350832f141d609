package ingest

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"commonspend/schemas"

	"github.com/klauspost/compress/flate"
)

// archive is the zip that an XLSX or ODS workbook is, with its parts by name
// and what has been inflated of each so far.
type archive struct {
	parts  map[string]*zip.File // by lower-case name without a leading slash
	limits Limits
	mu     sync.Mutex
	seen   map[string]int64 // most inflated bytes read of a part in one go
	total  int64            // sum of seen
}

func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
	// The section makes a negative offset, from a broken directory, an end of file.
	z, err := zip.NewReader(io.NewSectionReader(r, 0, size), size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault("The workbook", err)
	}
	if len(z.File) > limits.Entries {
		return nil, overLimit("the workbook", fmt.Sprintf("%d parts", limits.Entries))
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser {
		return flate.NewReader(bufio.NewReaderSize(r, 64<<10))
	})
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), limits: limits, seen: map[string]int64{}}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, ok := a.parts[name]; !ok {
			a.parts[name] = f
		}
	}
	return a, nil
}

// partName folds a part's name: writers differ in case and slashes.
func partName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

func (a *archive) has(name string) bool {
	_, ok := a.parts[partName(name)]
	return ok
}

// open starts reading a part; the reader inflates ahead in the background
// until it is closed.
func (a *archive) open(name string) (*readAhead, error) {
	name = partName(name)
	f, ok := a.parts[name]
	switch {
	case !ok:
		return nil, refusal("unreadable", "The workbook lacks its part %s. Open it in a spreadsheet program, save it again and send that.", name)
	case f.Flags&1 != 0:
		return nil, encrypted()
	case f.Method != zip.Deflate && f.Method != zip.Store:
		return nil, refusal("unreadable", "The workbook is packed by a method that Excel does not use. Open it in a spreadsheet program, save it again and send that.")
	}
	rc, err := f.Open()
	if err != nil {
		return nil, fault("The workbook", err)
	}
	return newReadAhead(&meteredPart{ReadCloser: rc, archive: a, name: name}), nil
}

// meteredPart counts inflated bytes as they stream, for the part and for the
// file; what a second reading of the same part inflates again is not counted
// twice.
type meteredPart struct {
	io.ReadCloser
	archive *archive
	name    string
	n       int64
}

func (m *meteredPart) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.n += int64(n)
	a := m.archive
	a.mu.Lock()
	defer a.mu.Unlock()
	if more := m.n - a.seen[m.name]; more > 0 {
		a.seen[m.name] = m.n
		a.total += more
	}
	switch {
	case m.n > a.limits.EntryBytes:
		return n, overLimit("the part "+m.name, fmt.Sprintf("%d bytes once unpacked", a.limits.EntryBytes))
	case a.total > a.limits.FileBytes:
		return n, overLimit("the workbook", fmt.Sprintf("%d bytes once unpacked", a.limits.FileBytes))
	}
	return n, err
}

func encrypted() error {
	return refusal("encrypted", "The workbook is protected by a password. Take the password off (in Excel: File, Info, Protect Workbook, Encrypt with Password, clear it), save it and send that.")
}

// fault turns what a broken file makes a reader say into a refusal; a failing
// disk stays an error.
func fault(what string, err error) error {
	var known *schemas.Refusal
	var corrupt flate.CorruptInputError
	var internal flate.InternalError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, errXMLCut), errors.Is(err, errXMLTag):
		return refusal("unreadable", "%s is damaged: %v. Open it in a spreadsheet program, save it again and send that.", what, err)
	case errors.As(err, &corrupt), errors.As(err, &internal),
		errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return refusal("unreadable", "%s is damaged or cut short. Open it in a spreadsheet program, save it again and send that.", what)
	}
	return fmt.Errorf("%s: %w", strings.ToLower(what[:1])+what[1:], err)
}
