package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// odsXML is a document with these tables; the style "gone" hides.
func odsXML(tables string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>` +
		`<style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style>` +
		`<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>` +
		`</office:automatic-styles><office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`
}

func odsTableXML(rows string) string {
	return odsXML(`<table:table table:name="S"><table:table-column/>` + rows + `</table:table>`)
}

// expectODS reads the document both zipped and flat.
func expectODS(t *testing.T, document, want string) {
	t.Helper()
	expect(t, openODS, zipped(t, part{"mimetype", "x"}, part{"content.xml", document}), want)
	expect(t, openFODS, []byte(document), want)
}

func TestODSKinds(t *testing.T) {
	expectODS(t, odsTableXML(`
		<table:table-row><table:table-cell office:value-type="float" office:value="1234.5600000000001" calcext:value-type="float"><text:p>1,234.56</text:p></table:table-cell><table:table-cell office:value-type="currency" office:value="-12.5"/><table:table-cell office:value-type="percentage" office:value="0.2"/></table:table-row>
		<table:table-row><table:table-cell office:value-type="date" office:date-value="2020-01-31"><text:p>31 Jan</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2020-01-31T12:00:00.5"/><table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/></table:table-row>
		<table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="boolean" office:boolean-value="false"/></table:table-row>
		<table:table-row><table:table-cell table:formula="of:=X()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell><table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=A1"/><table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value=""/></table:table-row>
		<table:table-row><table:table-cell office:value-type="float"><text:p>twelve</text:p></table:table-cell><table:table-cell><text:p>untyped</text:p></table:table-cell><table:table-cell office:value-type="string" office:string-value="a &amp; b"><text:p>shown</text:p></table:table-cell></table:table-row>`), `
		# S
		1: 1234.56 number|-12.5 number|0.2 number
		2: 2020-01-31 date|2020-01-31T12:00:00 date|1.5 number
		3: TRUE bool|FALSE bool
		4: #NAME? error|#DIV/0! error| formula
		5: twelve text|untyped text|a & b text
	`)
}

func TestODSTexts(t *testing.T) {
	expectODS(t, odsTableXML(`<table:table-row><table:table-cell office:value-type="string">`+
		`<office:annotation><text:p>a comment</text:p></office:annotation><text:p>one<text:s text:c="3"/>two<text:tab/><text:span>thr</text:span>ee</text:p><text:p>line<text:line-break/>break</text:p>`+
		`<draw:frame><text:p>a drawing</text:p></draw:frame><table:table><table:table-row><table:table-cell><text:p>nested</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row>`), `
		# S
		1: one   two\tthree\nline\nbreak text
	`)
}

// Repeats count for places, and are written out only where they hold something.
func TestODSRepeats(t *testing.T) {
	empty := `<table:table-cell table:number-columns-repeated="%d"/>`
	cell := `<table:table-cell table:number-columns-repeated="%d" office:value-type="float" office:value="%d"/>`
	row := func(times int, cells ...string) string {
		return fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d">%s</table:table-row>`, times, strings.Join(cells, ""))
	}
	expectODS(t, odsTableXML(`<table:table-header-rows>`+row(1, fmt.Sprintf(empty, 2), fmt.Sprintf(cell, 2, 5), fmt.Sprintf(empty, 16380))+`</table:table-header-rows>`+
		row(2, fmt.Sprintf(empty, 16384))+row(2, fmt.Sprintf(cell, 1, 7), `<table:covered-table-cell/>`, fmt.Sprintf(cell, 1, 8))+
		row(1048570, fmt.Sprintf(empty, 16384))), `
		# S
		1: -|-|5 number|5 number
		2:
		3:
		4: 7 number|-|8 number
		5: 7 number|-|8 number
	`)
}

// Only the spreadsheet's own tables count, in their order.
func TestODSTables(t *testing.T) {
	row := `<table:table-row><table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell></table:table-row>`
	table := func(name, style, text string) string {
		return `<table:table table:name="` + name + `" table:style-name="` + style + `">` + fmt.Sprintf(row, text) + `</table:table>`
	}
	expectODS(t, odsXML(`<table:tracked-changes><table:table table:name="old"/></table:tracked-changes>`+
		table("B", "gone", "b")+`<!-- > -->`+table("A &gt; &quot;", "shown", "a")+`<table:table table:name="E"/>`+`<table:dde-links><table:dde-link>`+table("linked", "", "l")+`</table:dde-link></table:dde-links>`), `
		# B hidden
		1: b text
		# A > "
		1: a text
		# E
	`)
}

func TestODSRefusals(t *testing.T) {
	content := func(document string) []byte { return zipped(t, part{"content.xml", document}) }
	wide := odsTableXML(`<table:table-row><table:table-cell table:number-columns-repeated="16385" office:value-type="float" office:value="1"/></table:table-row>`)
	long := odsTableXML(`<table:table-row table:number-rows-repeated="1000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`)
	block := func(rows, columns int, text string) string {
		return fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="%d"><text:p>%s</text:p></table:table-cell></table:table-row>`, rows, columns, text)
	}
	many := func(rows, columns int, text string) string { return odsTableXML(block(rows, columns, text)) }
	spaces := odsTableXML(`<table:table-row><table:table-cell><text:p>` + strings.Repeat(`<text:s text:c="999999999"/>`, 1000) + `</text:p></table:table-cell></table:table-row>`)
	locked := `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`
	for _, c := range []struct {
		name        string
		in          []byte
		limits      Limits
		kind, words string
	}{
		{"password", zipped(t, part{"META-INF/manifest.xml", locked}, part{"content.xml", "xyz"}), Limits{}, "encrypted", "password"},
		{"no content", zipped(t, part{"mimetype", "x"}), Limits{}, "unreadable", "content.xml"},
		{"no table", content(odsXML("")), Limits{}, "no-table", "no table"},
		{"cut short", content(odsTableXML("")[:400]), Limits{}, "unreadable", "breaks off"},
		{"columns", content(wide), Limits{}, "limit", "16384 columns"},
		{"rows", content(long), Limits{Rows: 999}, "limit", "999 rows"},
		{"repeated cells", content(many(1_000_000, 16_000, "x")), Limits{}, "limit", "200000000 cells"},
		{"repeats for one cell", content(many(10_000, 1001, "x")), Limits{}, "limit", "10000000 empty or repeated cells for the 1"},
		{"repeats for ten cells", content(odsTableXML(strings.Repeat(block(1000, 1000, "x"), 20))), Limits{}, "limit", "10000000 empty or repeated cells for the 11"},
		{"repeated text", content(many(1000, 16, "0123456789")), Limits{EntryBytes: 159_989}, "limit", "159989 bytes of repeated text"},
		{"repeated rows", content(many(999_999_999, 1, "x")), Limits{}, "limit", "10000000 rows"},
		{"spaces", content(spaces), Limits{}, "limit", "bytes"},
		{"entry", content(wide), Limits{EntryBytes: 99}, "limit", "99 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) { expectRefusal(t, openODS, c.in, c.limits, c.kind, c.words) })
	}
}

func TestDurations(t *testing.T) {
	for in, want := range map[string]string{
		"PT12H00M00S": "0.5", "P1DT6H": "1.25", "-PT6H": "-0.25", "PT0.864S": "0.00001", "12:00": "", "P": "", "PTxH": "", "PT5": "",
	} {
		got := ""
		if days, ok := durationDays([]byte(in)); ok {
			got = string(appendFloat(nil, days))
		}
		if got != want {
			t.Errorf("%s is %q days, want %q", in, got, want)
		}
	}
}
