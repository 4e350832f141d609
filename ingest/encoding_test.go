package ingest

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func page(t *testing.T, page *charmap.Charmap, text string) string {
	t.Helper()
	out, err := page.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func inUTF16(order binary.AppendByteOrder, text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

func TestEncodings(t *testing.T) {
	const (
		pounds = "Supplier,Amount (£)\nDove House,£12.50\n"
		words  = "Supplier,Amount\nCafé Zoë,1\nChildren’s Trust – North,2\n"
		accent = "Supplier,Amount\nCafé Zoë,1\nGarçon Fils,2\n" // what cp850 can spell
		face   = "Supplier,Amount\nJoy \U0001f600 Ltd,1\n"
	)
	le, be := binary.LittleEndian, binary.BigEndian
	for _, c := range []struct{ name, in, want, text string }{
		{"no high byte", "a,b\n1,2\n", "ascii", "a,b\n1,2\n"},
		{"UTF-8", words, "utf-8", words},
		{"UTF-8 with mark", "\ufeff" + words, "utf-8-sig", words},
		{"UTF-8 read wrongly once before", "Amount\nÂ£5\n", "utf-8", "Amount\nÂ£5\n"},
		{"a lost character", "Amount\n\ufffd5\n", "utf-8", "Amount\n\ufffd5\n"},
		{"marked as UTF-8 with a byte of cp1252", "\ufeffé,\x92\n", "utf-8-sig", "é,’\n"},
		{"UTF-16 LE", "\xff\xfe" + inUTF16(le, face), "utf-16le", face},
		{"UTF-16 BE", "\xfe\xff" + inUTF16(be, face), "utf-16be", face},
		{"UTF-16 LE without mark", inUTF16(le, face), "utf-16le", face},
		{"UTF-16 BE without mark", inUTF16(be, pounds), "utf-16be", pounds},
		{"UTF-16 cut in half", "\xff\xfe" + inUTF16(le, "a,b\n") + "c", "utf-16le", "a,b\n\ufffd"},
		{"cp1252 pounds", page(t, charmap.Windows1252, pounds), "cp1252", pounds},
		{"cp1252 words", page(t, charmap.Windows1252, words), "cp1252", words},
		{"Mac Roman words", page(t, charmap.Macintosh, words), "mac_roman", words},
		{"Mac Roman pounds are cp1252 pounds", page(t, charmap.Macintosh, pounds), "cp1252", pounds},
		{"cp850 pounds", page(t, charmap.CodePage850, pounds), "cp850", pounds},
		{"cp850 accents", page(t, charmap.CodePage850, accent), "cp850", accent},
		{"cp1252 with UTF-8 read wrongly in it", "Amount\n\xc2\xa35\n\xa37\n", "cp1252", "Amount\nÂ£5\n£7\n"},
		{"one byte that spells nothing anywhere", "Cost \xfb Support,1\n", "cp1252", "Cost û Support,1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheet := open(t, c.in).Sheets[0]
			if sheet.Encoding != c.want {
				t.Errorf("encoding %s, want %s", sheet.Encoding, c.want)
			}
			if got, want := spell(t, sheet), spell(t, open(t, c.text).Sheets[0]); got != want {
				t.Errorf("read\n%swant\n%s", got, want)
			}
		})
	}
}

// The only byte that tells stands at the end of a file of many chunks.
func TestEncodingLooksAtTheWholeFile(t *testing.T) {
	text := strings.Repeat("Supplier,1.00\n", 100_000) + "Caf\xe9,2.00\n"
	if got := open(t, text).Sheets[0].Encoding; got != "cp1252" {
		t.Errorf("encoding %s, want cp1252", got)
	}
	if got := open(t, strings.Repeat("é", 400_000)+"x\n").Sheets[0].Encoding; got != "utf-8" {
		t.Errorf("encoding %s, want utf-8: a character lies across two chunks", got)
	}
}

// FuzzEncoding: whatever the bytes and wherever they are cut, decoding ends,
// yields UTF-8 where it changes anything, and does not depend on the cuts.
func FuzzEncoding(f *testing.F) {
	f.Add([]byte("caf\xe9 \x92 \xff\xfe"), uint8(3))
	f.Add([]byte("\xff\xfea\x00\x3d\xd8\x00"), uint8(2))
	f.Add([]byte("\xef\xbb\xbf\xc3\xa9\xe9\xf0\x9f"), uint8(1))
	f.Fuzz(func(t *testing.T, in []byte, step uint8) {
		seen := &survey{}
		if err := seen.read(bytes.NewReader(in)); err != nil {
			t.Fatal(err)
		}
		set := seen.charset()
		body := in[set.mark:]
		whole, used := set.decode(nil, body, true)
		if used != len(body) {
			t.Fatalf("%s: decoded %d of %d bytes", set.name, used, len(body))
		}
		decode := set.transcoder()
		if decode == nil {
			return
		}
		var parts, rest []byte
		for len(body) > 0 {
			n := min(int(step)+1, len(body))
			rest = append(rest, body[:n]...)
			body = body[n:]
			parts, used = decode(parts, rest, len(body) == 0)
			rest = rest[used:]
		}
		if len(rest) > 0 || !bytes.Equal(parts, whole) {
			t.Fatalf("%s: decoding in steps of %d differs", set.name, int(step)+1)
		}
	})
}
