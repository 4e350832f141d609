package ingest

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// tokens spells what the scanner makes of a document.
func tokens(src io.Reader) string {
	s, err := newPartScanner(src)
	if err != nil {
		return err.Error()
	}
	var out strings.Builder
	for kind := s.next(); kind != xmlEOF; kind = s.next() {
		switch kind {
		case xmlStart:
			fmt.Fprintf(&out, "<%s", s.name)
			for name, v, rest := nextAttr(s.attrs); name != nil; name, v, rest = nextAttr(rest) {
				fmt.Fprintf(&out, " %s=%s", name, appendResolved(nil, v))
			}
			out.WriteString(">")
		case xmlEnd:
			fmt.Fprintf(&out, "</%s>", s.name)
		case xmlText:
			out.Write(s.text)
		}
	}
	if err := s.fault(); err != nil {
		out.WriteString("!" + err.Error())
	}
	return out.String()
}

func TestXMLTokens(t *testing.T) {
	long := strings.Repeat("long & wide\r\n", 20000)
	for in, want := range map[string]string{
		`<a><b/>text</a>`:                                       "<a><b></b>text</a>",
		`<x:a y:b = "1" c='2'/>`:                                "<a b=1 c=2></a>",
		`<a b="x>y" c='"' d="/"/>`:                              `<a b=x>y c=" d=/></a>`,
		"\xef\xbb\xbf<?xml version='1.0'?><a />":                "<a></a>",
		"<a>1&lt;2&#163;&#x1F600;&amp;amp;&nbsp;&</a>":          "<a>1<2£😀&amp;&nbsp;&</a>",
		"<a\n b='1'\n>a\r\nb\rc</a\n>":                          "<a b=1>a\nb\nc</a>",
		`<!DOCTYPE a [<!ENTITY e "<b>">]><a><!-- <b> --></a>`:   "<a></a>",
		`<a><![CDATA[<b>&lt;]]]></a>`:                           "<a><b>&lt;]</a>",
		"<a>" + strings.ReplaceAll(long, "&", "&amp;") + "</a>": "<a>" + strings.ReplaceAll(long, "\r\n", "\n") + "</a>",
		`<a`:         "!the XML breaks off",
		`<a>x<`:      "<a>x!the XML breaks off",
		`<a><!-- x`:  "<a>!the XML breaks off",
		`<a><![CDAT`: "<a>!the XML breaks off",
		`plain`:      "plain",
		``:           "",
		`<?xml version="1.0" encoding="iso-8859-1"?>` + "<a>\xa3</a>": "<a>£</a>",
	} {
		if got := tokens(strings.NewReader(in)); got != want {
			t.Errorf("%.60q is %.80q, want %.80q", in, got, want)
		}
		if got := tokens(iotest.OneByteReader(strings.NewReader(in))); got != want {
			t.Errorf("%.60q byte by byte is %.80q, want %.80q", in, got, want)
		}
	}
}

func TestXMLSkip(t *testing.T) {
	const in = `<a><b c="</b>"><b/><!-- </b> --><![CDATA[</b>]]><b x='>'>t</b></b><d/></a>`
	s := newXMLScanner(iotest.OneByteReader(strings.NewReader(in)))
	s.next()
	s.next()
	s.skip()
	if s.next() != xmlStart || string(s.name) != "d" {
		t.Errorf("after the skipped element comes %s", s.name)
	}
}

func TestXMLTagTooLong(t *testing.T) {
	got := tokens(strings.NewReader(`<a b="` + strings.Repeat("x", xmlTagBytes) + `"/>`))
	if got != "!"+errXMLTag.Error() {
		t.Errorf("a tag of over 4 MiB is %.60q", got)
	}
}
