package ingest

import (
	"fmt"
	"io"

	"commonspend/schemas"
)

// openODS reads an OpenDocument spreadsheet (.ods): its tables in their order.
// Repeated rows and columns are expanded while reading and only where they
// hold something; comments and drawings are left out. A merged range has its
// value at the top left, and what else the file still holds under it.
func openODS(r io.ReaderAt, size int64, sheet schemas.Sheet, limits Limits) ([]schemas.Sheet, error) {
	limits = limits.orDefault()
	a, err := openArchive(r, size, limits)
	if err != nil {
		return nil, err
	}
	if err := refuseEncryptedODS(a); err != nil {
		return nil, err
	}
	const content = "content.xml"
	doc := &odsDocument{limits: limits, open: func() (*readAhead, error) { return a.open(content) }}
	if f, ok := a.parts[content]; ok {
		doc.size = f.UncompressedSize64
	}
	return doc.sheets(sheet)
}

// openFODS reads the same kept in one plain XML file (.fods).
func openFODS(r io.ReaderAt, size int64, sheet schemas.Sheet, limits Limits) ([]schemas.Sheet, error) {
	limits = limits.orDefault()
	if size > limits.FileBytes {
		return nil, overLimit("the workbook", fmt.Sprintf("%d bytes", limits.FileBytes))
	}
	doc := &odsDocument{limits: limits, size: uint64(size), open: func() (*readAhead, error) {
		return newReadAhead(io.NopCloser(io.NewSectionReader(r, 0, size))), nil
	}}
	return doc.sheets(sheet)
}

// refuseEncryptedODS looks into the manifest, which says what is encrypted.
func refuseEncryptedODS(a *archive) error {
	const manifest = "META-INF/manifest.xml"
	if !a.has(manifest) {
		return nil
	}
	return a.scan(manifest, func(s *xmlScanner) error {
		if string(s.name) == "encryption-data" {
			return encrypted()
		}
		return nil
	})
}

func (d *odsDocument) sheets(sheet schemas.Sheet) ([]schemas.Sheet, error) {
	if err := d.list(); err != nil {
		return nil, err
	}
	if len(d.tables) == 0 {
		return nil, refusal("no-table", "The document holds no table of cells. Send the payments as .xlsx, .ods or CSV.")
	}
	var sheets []schemas.Sheet
	for i, t := range d.tables {
		one := schemas.Sheet{
			File: sheet.File, Member: sheet.Member, Name: t.name,
			Number: i + 1, Format: "ods", Hidden: d.hidden[t.style],
		}
		one.Rows = func(yield func([]schemas.Row) error) (int, error) {
			return d.readTable(i, newRowBatch(one, d.limits, yield))
		}
		sheets = append(sheets, one)
	}
	return sheets, nil
}
