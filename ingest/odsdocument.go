package ingest

import (
	"bytes"
	"fmt"
	"io"
)

// A document up to this long, unpacked, is kept after its tables have been
// listed, so that reading them need not unpack it again.
const odsKeepBytes = 32 << 20

// A longer one is gone through anew for each of its tables, but not for more
// than this many times the largest file.
const odsRescans = 16

// odsDocument is what going through the document once has shown.
type odsDocument struct {
	open   func() (*readAhead, error)
	size   uint64 // of the document unpacked, as the file says
	limits Limits
	tables []odsTable
	hidden map[string]bool // table styles that hide
	kept   []byte          // the whole document, nil when it is long
}

type odsTable struct {
	name, style string
	at          int64 // of its start tag in the document
}

// list goes through the document for its tables and the styles that hide.
func (d *odsDocument) list() error {
	in, err := d.open()
	if err != nil {
		return err
	}
	defer in.Close()
	s, err := newPartScanner(in)
	if err != nil {
		return fault("The document", err)
	}
	keep := &keeper{src: s.src}
	if d.size < odsKeepBytes {
		keep.kept = append(make([]byte, 0, d.size+512), s.buf[:s.end]...)
		s.src = keep
	}
	d.hidden = map[string]bool{}
	if err := d.listStyles(s); err != nil {
		return err
	}
	if err := d.listTables(s); err != nil {
		return err
	}
	for s.next() != xmlEOF { // so that the checksum has been looked at
	}
	d.kept = keep.kept
	if length := s.base + int64(s.end); d.kept == nil && length*int64(len(d.tables)) > odsRescans*d.limits.FileBytes {
		return overLimit("the document", fmt.Sprintf("%d tables of its length", len(d.tables)-1))
	}
	return fault("The document", s.fault())
}

// keeper keeps what is read through it, while it is not too much.
type keeper struct {
	src  io.Reader
	kept []byte
	lost bool // there was more
}

func (k *keeper) Read(p []byte) (int, error) {
	n, err := k.src.Read(p)
	if k.lost = k.lost || len(k.kept)+n > odsKeepBytes; k.lost {
		k.kept = nil
	} else {
		k.kept = append(k.kept, p[:n]...)
	}
	return n, err
}

// listStyles reads up to the start of the spreadsheet.
func (d *odsDocument) listStyles(s *xmlScanner) error {
	style := ""
	for {
		switch s.next() {
		case xmlEOF:
			return fault("The document", s.fault())
		case xmlStart:
			switch string(s.name) {
			case "style":
				style = s.attr("name")
			case "table-properties", "properties":
				if s.attr("display") == "false" {
					d.hidden[style] = true
				}
				if len(d.hidden) > maxStyles {
					return overLimit("the document", fmt.Sprintf("%d styles", maxStyles))
				}
			case "spreadsheet":
				return nil
			}
		}
	}
}

// listTables reads the spreadsheet's children: tables inside links, tracked
// changes and cells are none of them.
func (d *odsDocument) listTables(s *xmlScanner) error {
	for {
		switch s.next() {
		case xmlEOF:
			return fault("The document", s.cut())
		case xmlEnd:
			return nil
		case xmlStart:
			if string(s.name) == "table" {
				d.tables = append(d.tables, odsTable{s.attr("name"), s.attr("style-name"), s.tagAt})
			}
			s.skip()
		}
		if len(d.tables) > d.limits.Entries {
			return overLimit("the document", fmt.Sprintf("%d tables", d.limits.Entries))
		}
	}
}

// readTable reads the rows of table i.
func (d *odsDocument) readTable(i int, out *rowBatch) (int, error) {
	var s *xmlScanner
	if d.kept != nil {
		s = newXMLScanner(bytes.NewReader(d.kept[d.tables[i].at:]))
	} else {
		in, err := d.open()
		if err != nil {
			return 0, err
		}
		defer in.Close()
		if s, err = newPartScanner(in); err != nil {
			return 0, out.fault(err)
		}
	}
	for s.next() != xmlStart || d.kept == nil && s.tagAt < d.tables[i].at {
		if s.err != nil && s.pos == s.end {
			return 0, out.fault(s.cut())
		}
	}
	rows := &odsRows{scan: s, out: out, row: 1}
	if err := rows.read(); err != nil {
		return out.last, out.fault(err)
	}
	return out.close()
}
