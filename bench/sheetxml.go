package main

import (
	"archive/zip"
	"bufio"
	"fmt"
	"strings"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// writeODS writes .ods in the form that LibreOffice gives it.
func writeODS(path string, rows int) error {
	const mime = "application/vnd.oasis.opendocument.spreadsheet"
	first := fixed("mimetype", mime)
	first.method = zip.Store
	return packed(path, []part{first,
		fixed("META-INF/manifest.xml", xmlHead+`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="`+mime+`"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`),
		{"content.xml", zip.Deflate, func(out *bufio.Writer) error { return odsContent(out, rows) }}})
}

func odsContent(out *bufio.Writer, rows int) error {
	out.WriteString(xmlHead + `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Payments" table:style-name="ta1"><table:table-column table:style-name="co1" table:number-columns-repeated="16384"/>`)
	err := sheetCells(rows, func(_ int, cells []any) error {
		out.WriteString(`<table:table-row table:style-name="ro1">`)
		for _, c := range cells {
			switch c := c.(type) {
			case serial:
				fmt.Fprintf(out, `<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="%s" calcext:value-type="date"><text:p>%s</text:p></table:table-cell>`,
					c.date().Format("2006-01-02"), c.date().Format("02/01/2006"))
			case float64:
				fmt.Fprintf(out, `<table:table-cell table:style-name="ce2" office:value-type="float" office:value="%v" calcext:value-type="float"><text:p>%.2f</text:p></table:table-cell>`, number(c), c)
			default:
				fmt.Fprintf(out, `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>%s</text:p></table:table-cell>`, escaped(c))
			}
		}
		_, err := out.WriteString(`<table:table-cell table:number-columns-repeated="16372"/></table:table-row>`)
		return err
	})
	fmt.Fprintf(out, `<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`, 1_048_575-rows)
	return err
}

func number(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.2f", f), ".00") }

func escaped(text any) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(fmt.Sprint(text))
}

// writeLongShared writes .xlsx with shared texts, without holding its rows in
// memory as excelize must.
func writeLongShared(path string, rows int) error {
	texts := texts{place: map[string]int{}}
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const relations = "http://schemas.openxmlformats.org/package/2006/relationships"
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	return packed(path, []part{
		fixed("[Content_Types].xml", xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="`+kind+`sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="`+kind+`worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="`+kind+`styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="`+kind+`sharedStrings+xml"/></Types>`),
		fixed("_rels/.rels", xmlHead+`<Relationships xmlns="`+relations+`"><Relationship Id="rId1" Type="`+office+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		fixed("xl/workbook.xml", xmlHead+`<workbook xmlns="`+main+`" xmlns:r="`+office+`"><sheets><sheet name="Payments" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		fixed("xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="`+relations+`"><Relationship Id="rId1" Type="`+office+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+office+`/styles" Target="styles.xml"/><Relationship Id="rId3" Type="`+office+`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`),
		fixed("xl/styles.xml", xmlHead+`<styleSheet xmlns="`+main+`"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`),
		{"xl/worksheets/sheet1.xml", zip.Deflate, func(out *bufio.Writer) error { return texts.sheet(out, rows, main) }},
		{"xl/sharedStrings.xml", zip.Deflate, func(out *bufio.Writer) error { return texts.table(out, main) }}})
}

// texts are the shared texts of a workbook.
type texts struct {
	list  []string
	place map[string]int
}

func (t *texts) at(text string) int {
	at, ok := t.place[text]
	if !ok {
		at, t.place[text] = len(t.list), len(t.list)
		t.list = append(t.list, text)
	}
	return at
}

func (t *texts) sheet(out *bufio.Writer, rows int, main string) error {
	fmt.Fprintf(out, `%s<worksheet xmlns="%s"><dimension ref="A1:L%d"/><sheetData>`, xmlHead, main, rows+1)
	err := sheetCells(rows, func(i int, cells []any) error {
		fmt.Fprintf(out, `<row r="%d" spans="1:12">`, i+1)
		for j, c := range cells {
			at := fmt.Sprintf("%c%d", 'A'+j, i+1)
			switch c := c.(type) {
			case serial:
				fmt.Fprintf(out, `<c r="%s" s="1"><v>%d</v></c>`, at, int(c))
			case float64:
				fmt.Fprintf(out, `<c r="%s" s="2"><v>%s</v></c>`, at, number(c))
			default:
				fmt.Fprintf(out, `<c r="%s" t="s"><v>%d</v></c>`, at, t.at(fmt.Sprint(c)))
			}
		}
		_, err := out.WriteString("</row>")
		return err
	})
	out.WriteString("</sheetData></worksheet>")
	return err
}

func (t *texts) table(out *bufio.Writer, main string) error {
	fmt.Fprintf(out, `%s<sst xmlns="%s" uniqueCount="%d">`, xmlHead, main, len(t.list))
	for _, text := range t.list {
		fmt.Fprintf(out, "<si><t>%s</t></si>", escaped(text))
	}
	_, err := out.WriteString("</sst>")
	return err
}
