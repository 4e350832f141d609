package ingest

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// newPartScanner scans an XML part in whatever encoding its first bytes or its
// declaration name; nearly always that is UTF-8.
func newPartScanner(in io.Reader) (*xmlScanner, error) {
	head := make([]byte, 512)
	n, err := readBlock(in, head)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = head[:n]
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	src := io.MultiReader(bytes.NewReader(head), in)
	if enc := xmlEncoding(head); enc != nil {
		src = enc.NewDecoder().Reader(src)
		return newXMLScanner(src), nil
	}
	s := newXMLScanner(in)
	s.end = copy(s.buf, head)
	if err == io.EOF {
		s.err = err
	}
	return s, nil
}

// xmlEncoding is nil for UTF-8.
func xmlEncoding(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	end := bytes.Index(head, []byte("?>"))
	at := bytes.Index(head, []byte("encoding="))
	if at < 0 || end < at || len(head) < at+10 {
		return nil
	}
	name, _, _ := bytes.Cut(head[at+10:], head[at+9:at+10])
	enc, err := htmlindex.Get(string(name))
	if known, _ := htmlindex.Name(enc); err != nil || known == "utf-8" {
		return nil
	}
	return enc
}
