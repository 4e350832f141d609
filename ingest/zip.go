package ingest

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/charmap"

	"commonspend/schemas"
)

// workbookReader is one of openXLSX, openXLS and openODS.
type workbookReader func(r io.ReaderAt, size int64, sheet schemas.Sheet, limits Limits) ([]schemas.Sheet, error)

// zip reads a zip: a workbook of XML parts, or tables packed together.
func (o *opening) zip(c content) error {
	packed, err := o.unzip(c)
	if err != nil {
		return err
	}
	if kind := zipKind(packed); kind != "members" {
		o.file.Format, err = o.zipped(c, kind)
		return err
	}
	o.file.Format = "zip"
	return o.members(packed)
}

// unzip reads a zip's directory.
func (o *opening) unzip(c content) (*zip.Reader, error) {
	at, size, err := c.at()
	if err != nil {
		return nil, c.damaged(err)
	}
	packed, err := zip.NewReader(at, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are never used as paths
		return nil, c.damaged(err)
	}
	if len(packed.File) > o.limits.Entries {
		return nil, overLimit("it", strconv.Itoa(o.limits.Entries)+" parts")
	}
	packed.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	return packed, nil
}

// zipKind tells a workbook or other office file from a zip of members, by the
// parts that each must have.
func zipKind(packed *zip.Reader) string {
	for _, part := range packed.File {
		switch strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/")) {
		case "xl/workbook.xml":
			return "xlsx"
		case "xl/workbook.bin":
			return "xlsb"
		case "word/document.xml":
			return "word"
		case "ppt/presentation.xml":
			return "slides"
		case "mimetype":
			if kind := openDocument(part); kind != "" {
				return kind
			}
		}
	}
	if has(packed, "[Content_Types].xml") && has(packed, "_rels/.rels") {
		return "xlsx" // its workbook stands elsewhere, or nowhere: for that reader to say
	}
	if has(packed, "content.xml") && has(packed, "META-INF/manifest.xml") {
		return "ods"
	}
	return "members"
}

func has(packed *zip.Reader, name string) bool {
	for _, part := range packed.File {
		if part.Name == name {
			return true
		}
	}
	return false
}

// openDocument reads the part "mimetype", which says which OpenDocument it is.
func openDocument(part *zip.File) string {
	r, err := part.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	text, _ := readUpTo(r, 100)
	kind, found := strings.CutPrefix(string(text), "application/vnd.oasis.opendocument.")
	switch {
	case !found:
		return ""
	case strings.HasPrefix(kind, "spreadsheet"):
		return "ods"
	}
	return "document"
}

// zipped reads a content that zipKind found to be an office file.
func (o *opening) zipped(c content, kind string) (string, error) {
	switch kind {
	case "xlsx":
		return o.workbook(c, "xlsx", openXLSX)
	case "ods":
		return o.workbook(c, "ods", openODS)
	case "members":
		return "", refuse(c.member, "archive", "is an archive inside an archive", "send the tables in one zip, or each by itself")
	}
	return "", refuseKind(c.member, kind)
}

func (o *opening) workbook(c content, format string, read workbookReader) (string, error) {
	at, size, err := c.at()
	if err != nil {
		return "", c.damaged(err)
	}
	if c.member != "" {
		o.inflated += size
	}
	sheets, err := read(at, size, schemas.Sheet{File: o.sha, Member: c.member, Format: format}, o.limits)
	if err != nil {
		return "", err
	}
	o.add(sheets)
	return format, nil
}

// members reads each member of a zip. One that is no table is passed over when
// another is; a limit passed ends the file.
func (o *opening) members(packed *zip.Reader) error {
	for _, part := range packed.File {
		if incidental(part.Name) {
			continue
		}
		c := o.member(part)
		err := o.inside(c)
		var refusal *schemas.Refusal
		switch {
		case err == nil:
		case !errors.As(err, &refusal) || refusal.Kind == "limit":
			return err
		default:
			o.file.Skipped = append(o.file.Skipped, Skipped{Member: c.member, Why: refusal})
		}
	}
	switch {
	case len(o.file.Sheets) > 0:
		return nil
	case len(o.file.Skipped) > 0:
		return o.file.Skipped[0].Why
	}
	return refuse("", "empty-file", "is a zip with nothing in it", "send the tables themselves")
}

// incidental reports names that systems put into zips by themselves.
func incidental(name string) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") ||
		base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}

// member is the content of one part of a zip: as long as a part may be, and no
// longer than what the parts before it left of the file's limit.
func (o *opening) member(part *zip.File) content {
	name := part.Name
	if part.NonUTF8 {
		if old, err := charmap.CodePage437.NewDecoder().String(name); err == nil {
			name = old
		}
	}
	name = strings.ToValidUTF8(name, "\ufffd")
	most := min(o.limits.EntryBytes, o.limits.FileBytes-o.inflated)
	return inflated(name, most, func() (io.ReadCloser, error) {
		if part.Flags&1 != 0 {
			return nil, refuseKind(name, "encrypted")
		}
		r, err := part.Open()
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, refuse(name, "unreadable", "is packed in a way that is not read", "zip it again with ordinary compression, or send it by itself")
		}
		return r, err
	})
}

// inside reads a member, which may be a table or a workbook but no archive.
func (o *opening) inside(c content) error {
	head, err := o.head(c)
	if err != nil {
		return err
	}
	kind := sniff(head)
	if kind == "zip" {
		packed, err := o.unzip(c)
		if err != nil {
			return err
		}
		_, err = o.zipped(c, zipKind(packed))
		return err
	}
	_, err = o.table(c, kind)
	return err
}

// gzip reads the one table or workbook that a gzip holds, under the name it
// gives, if any.
func (o *opening) gzip(c content) error {
	o.file.Format = "gzip"
	open := func() (io.ReadCloser, error) {
		r, err := c.open()
		if err != nil {
			return nil, err
		}
		return gzip.NewReader(r)
	}
	name := ""
	if r, err := open(); err == nil {
		name = strings.ToValidUTF8(r.(*gzip.Reader).Name, "\ufffd")
	}
	return o.inside(inflated(name, o.limits.FileBytes, open))
}
