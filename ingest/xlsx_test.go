package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"commonspend/schemas"

	"github.com/xuri/excelize/v2"
)

const (
	relHead = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relKind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// xlsxParts is a workbook of one sheet with these rows; shared texts and styles
// as given. Style 1 is a built-in date, 2 a custom one, 3 elapsed time.
func xlsxParts(rows, texts string) []part {
	return []part{
		{"_rels/.rels", relHead + `<Relationship Id="rId1" Type="` + relKind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook><workbookPr/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relHead + `<Relationship Id="rId1" Type="` + relKind + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-809]dd\ mmmm\ yyyy;@"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>`},
		{"xl/sharedStrings.xml", `<sst>` + texts + `</sst>`},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`},
	}
}

func xlsx(t testing.TB, rows, texts string) []byte { return zipped(t, xlsxParts(rows, texts)...) }

// replaced is the parts with one of them another text; a new one is added.
func replaced(parts []part, name, text string) []part {
	for i := range parts {
		if parts[i].name == name {
			parts[i].text = text
			return parts
		}
	}
	return append(parts, part{name, text})
}

func TestXLSXKinds(t *testing.T) {
	expect(t, openXLSX, xlsx(t, `
		<row r="1"><c r="A1"><v>1234.5600000000001</v></c><c r="B1"><v>-1.5E-3</v></c><c r="C1" t="n"><v>1E+17</v></c><c r="D1"><v>007.50</v></c></row>
		<row r="2"><c r="A2" s="1"><v>43861</v></c><c r="B2" s="2"><v>43861.5</v></c><c r="C2" s="3"><v>1.5</v></c><c r="D2" s="1"><v>0.25</v></c></row>
		<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="d"><v>2020-01-31T00:00:00Z</v></c></row>
		<row r="4"><c r="A4"><f>B1</f></c><c r="B4" t="str"><f>B1</f><v></v></c><c r="C4"><f>B1</f><v>3</v></c><c r="D4" t="str"><f>B1</f><v>x &amp; y</v></c></row>
		<row r="5"><c r="A5"><v>none</v></c><c r="B5" s="1"><v>-3</v></c><c r="C5" t="d"><v>10:10:10</v></c></row>`, ""), `
		# S
		1: 1234.56 number|-0.0015 number|100000000000000000 number|7.5 number
		2: 2020-01-31 date|2020-01-31T12:00:00 date|1.5 number|0.25 number
		3: TRUE bool|FALSE bool|#N/A error|2020-01-31 date
		4:  formula|-|3 number|x & y text
		5: none text|-3 number|10:10:10 text
	`)
}

func TestXLSXPlaces(t *testing.T) {
	// Row 2 is absent, row 4 holds formats alone, and so do rows 6 and 7.
	expect(t, openXLSX, xlsx(t, `
		<row r="1"><c r="C1"><v>1</v></c><c><v>2</v></c><c r="F1" s="1"/></row>
		<row r="3"><c><v>3</v></c><c r="B3" s="1"/><c><v>4</v></c></row>
		<row r="4"><c r="A4" s="1"/></row>
		<row><c r="AA5"><v>5</v></c></row>
		<row r="6"><c r="A6" s="1"/></row><row r="7"/>`, ""), `
		# S
		1: -|-|1 number|2 number
		2:
		3: 3 number|-|4 number
		4:
		5: -|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|5 number
	`)
}

func TestXLSXTexts(t *testing.T) {
	texts := `<si><t>plain</t></si><si><r><t>rich </t></r><r><rPr/><t xml:space="preserve"> runs</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>` +
		`<si><t>_x0041__x005F_x0042__xD83D__xDE00_</t></si><si><t>&#163;&lt;&unknown;<![CDATA[<b>&amp;]]></t></si><si/><si><t> trimmed
</t></si>`
	expect(t, openXLSX, xlsx(t, `
		<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c><c t="s"><v>5</v></c></row>
		<x:row r="2"><x:c t="inlineStr"><x:is><x:t>in</x:t><x:t>line</x:t></x:is></x:c><x:c t="inlineStr"><x:is/><x:v>value</x:v></x:c></x:row>
		<row r="3"><c t="inlineStr"><v>1.0</v><is><t>1.</t></is></c><c t="str"><v>a
b</v></c></row>`, texts), `
		# S
		1: plain text|rich runs text|A_x0042_😀 text|£<&unknown;<b>&amp; text|-|trimmed text
		2: inline text|value text
		3: 1. text|a\nb text
	`)
}

// The sheets are those with cells, in the workbook's own order; strict
// relations, absolute targets and the 1904 epoch are understood.
func TestXLSXBook(t *testing.T) {
	const strict = `http://purl.oclc.org/ooxml/officeDocument/relationships/`
	row := `<row r="1"><c s="1"><v>1</v></c></row>`
	parts := xlsxParts(row, "")
	parts = replaced(parts, "xl/workbook.xml", `<workbook><workbookPr date1904="true"/><sheets><sheet name="Z" r:id="r3"/><sheet name="Chart" r:id="r2"/>`+
		`<sheet name="A &amp; B" state="veryHidden" r:id="r1"/><sheet name="Gone" r:id="r9"/></sheets><extLst><x15:workbookPr/></extLst></workbook>`)
	parts = replaced(parts, "xl/_rels/workbook.xml.rels", relHead+`<Relationship Id="r1" Type="`+strict+`worksheet" Target="/xl/worksheets/sheet1.xml"/>`+
		`<Relationship Id="r2" Type="`+strict+`chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="r3" Type="`+strict+`worksheet" Target="Worksheets\Other.xml"/></Relationships>`)
	parts = replaced(parts, "xl/worksheets/other.xml", `<worksheet><sheetData/></worksheet>`)
	expect(t, openXLSX, zipped(t, parts...), `
		# Z
		# A & B hidden
		1: 1904-01-02 date
	`)
}

func TestXLSXUTF16Part(t *testing.T) {
	parts := xlsxParts("", "")
	sheet := `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row r="1"><c t="str"><v>£</v></c></row></sheetData></worksheet>`
	wide := "\xff\xfe"
	for _, r := range sheet {
		wide += string([]byte{byte(r), byte(r >> 8)})
	}
	expect(t, openXLSX, zipped(t, replaced(parts, "xl/worksheets/sheet1.xml", wide)...), `
		# S
		1: £ text
	`)
}

func TestXLSXRefusals(t *testing.T) {
	good := xlsx(t, `<row r="1"><c><v>1</v></c></row>`, "")
	part := func(name, text string) []byte { return zipped(t, replaced(xlsxParts("", ""), name, text)...) }
	for _, c := range []struct {
		name        string
		in          []byte
		limits      Limits
		kind, words string
	}{
		{"cut short", good[:len(good)/2], Limits{}, "unreadable", "damaged"},
		{"no workbook", zipped(t, member("a.txt", "x")), Limits{}, "unreadable", "without a workbook"},
		{"binary", zipped(t, member("xl/workbook.bin", "x")), Limits{}, "unreadable", ".xlsb"},
		{"sheet breaks off", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c><v>1</v></c>`), Limits{}, "unreadable", "breaks off"},
		{"comment breaks off", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData><!-- <row r="1">`), Limits{}, "unreadable", "breaks off"},
		{"no sheet", part("xl/workbook.xml", `<workbook/>`), Limits{}, "no-table", "no sheet"},
		{"same cells", part("xl/workbook.xml", `<workbook><sheets><sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/></sheets></workbook>`), Limits{}, "unreadable", "same cells"},
		{"rows backwards", xlsx(t, `<row r="2"/><row r="1"/>`, ""), Limits{}, "unreadable", "Row 1"},
		{"no row", xlsx(t, `<c><v>1</v></c>`, ""), Limits{}, "unreadable", "outside any row"},
		{"row 0", xlsx(t, `<row r="0"/>`, ""), Limits{}, "unreadable", "Row 0"},
		{"cell twice", xlsx(t, `<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>`, ""), Limits{}, "unreadable", "twice"},
		{"no such text", xlsx(t, `<row r="1"><c t="s"><v>7</v></c></row>`, "<si/>"), Limits{}, "unreadable", "refers to a text"},
		{"columns", xlsx(t, `<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`, ""), Limits{}, "limit", "16384 columns"},
		{"rows", xlsx(t, `<row r="99"><c><v>1</v></c></row>`, ""), Limits{Rows: 98}, "limit", "98 rows"},
		{"cell", xlsx(t, `<row r="1"><c t="str"><v>12345</v></c></row>`, ""), Limits{CellBytes: 4}, "limit", "4 bytes"},
		{"record", xlsx(t, `<row r="1"><c t="str"><v>123</v></c><c t="str"><v>123</v></c></row>`, ""), Limits{RecordBytes: 5}, "limit", "5 bytes"},
		{"entry", good, Limits{EntryBytes: 200}, "limit", "200 bytes"},
		{"file", good, Limits{FileBytes: 700}, "limit", "700 bytes"},
		{"entries", good, Limits{Entries: 3}, "limit", "3 parts"},
	} {
		t.Run(c.name, func(t *testing.T) { expectRefusal(t, openXLSX, c.in, c.limits, c.kind, c.words) })
	}
}

func member(name, text string) part { return part{name, text} }

func TestXLSXEncryptedEntries(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Flags: 1, Method: zip.Store, CompressedSize64: 3, UncompressedSize64: 3})
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "xyz")
	z.Close()
	expectRefusal(t, openXLSX, out.Bytes(), Limits{}, "encrypted", "password")
}

// Entities are not expanded, however they are declared.
func TestXLSXEntityBomb(t *testing.T) {
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`
	expect(t, openXLSX, zipped(t, replaced(xlsxParts("", ""), "xl/worksheets/sheet1.xml", bomb)...), `
		# S
		1: &b; text
	`)
}

// generated is a workbook as excelize writes it, with texts inline.
func generated(t testing.TB, rows int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= rows; i++ {
		cell, _ := excelize.CoordinatesToCellName(1, i)
		day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%700)
		err := w.SetRow(cell, []any{"Example Council", excelize.Cell{StyleID: date, Value: day}, i, "Supplier", float64(i*7919%10000000) / 100,
			"Adult Social Care", "Cost centre", i % 300, "Revenue", float64(i%997) * 1.1, "Net", "what was bought"})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Rows may be read again, stops at yield's error, and leaves nothing running.
func TestXLSXRowsAgain(t *testing.T) {
	in := generated(t, 5001)
	sheets, err := openXLSX(bytes.NewReader(in), int64(len(in)), schemas.Sheet{}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	stop := errors.New("enough")
	if _, err := sheets[0].Rows(func([]schemas.Row) error { return stop }); err != stop {
		t.Errorf("stopped with %v", err)
	}
	for range 2 {
		batches, lines := 0, 0
		physical, err := sheets[0].Rows(func(batch []schemas.Row) error {
			batches, lines = batches+1, lines+len(batch)
			if got := strings.Join(batch[0].Cells[1:2], ""); batches == 1 && got != "2020-01-02" {
				t.Errorf("first date is %s", got)
			}
			return nil
		})
		if err != nil || physical != 5001 || lines != 5001 || batches != 3 {
			t.Errorf("%d rows, %d lines in %d batches: %v", physical, lines, batches, err)
		}
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, before %d", after, before)
	}
}
