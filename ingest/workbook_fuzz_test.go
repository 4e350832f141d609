package ingest

import (
	"bytes"
	"errors"
	"testing"

	"commonspend/schemas"
)

// fuzzLimits keep one input's work small.
var fuzzLimits = Limits{FileBytes: 1 << 20, EntryBytes: 1 << 20, Entries: 50, Rows: 2000, Columns: 100, CellBytes: 4096, RecordBytes: 1 << 16}

// readsOrRefuses reads a workbook and wants rows or a refusal, and the same
// from a second reading.
func readsOrRefuses(t *testing.T, open opener, in []byte) {
	t.Helper()
	first, err := spellBook(open, in, fuzzLimits)
	var refusal *schemas.Refusal
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("%q: %v", in, err)
	}
	if second, _ := spellBook(open, in, fuzzLimits); second != first {
		t.Errorf("%q is read as %q and then as %q", in, first, second)
	}
}

// The input is a whole file, or the rows of a sheet and the shared texts.
func FuzzXLSX(f *testing.F) {
	f.Add([]byte(`<row r="1"><c r="A1" t="s"><v>0</v></c><c s="1"><v>43861.5</v></c><c t="inlineStr"><is><t>a</t></is></c></row>`), []byte(`<si><t>_x0041_&amp;</t></si>`))
	f.Add([]byte(`<row><c t="str"><f>A1</f><v><![CDATA[x]]></v></c><!-- c --><c t="e"><v>#N/A</v></c><c t="d"><v>2020-01-31</v></c></row>`), []byte(`<si><r><t xml:space="preserve"> a</t></r><rPh><t>b</t></rPh></si>`))
	f.Add(xlsx(f, `<row r="1"><c><v>1e3</v></c></row>`, ``), []byte(nil))
	f.Fuzz(func(t *testing.T, in, texts []byte) {
		if bytes.HasPrefix(in, []byte("PK")) {
			readsOrRefuses(t, openXLSX, in)
			return
		}
		readsOrRefuses(t, openXLSX, xlsx(t, string(in), string(texts)))
	})
}

// The input is a whole file, or a stream without its container.
func FuzzXLS(f *testing.F) {
	cell := biffCell(recLabelSST, 0, 0, 0, 0, 0, 0, 0)
	sst := biff(recSST, append([]byte{1, 0, 0, 0, 1, 0, 0, 0}, wide("shared")...)...)
	f.Add(xlsStream(sst, cell, biffCell(recFormula, 1, 1, 1, formula(double(2.5)...)...)))
	f.Add(xlsStream(nil, biffCell(recFormula, 0, 1, 0, formula(0, 0, 0, 0, 0, 0, 0xFF, 0xFF)...), biff(recString, narrow("result")...), biffCell(recLabel, 0, 0, 0, narrow("x")...)))
	f.Add(compound("Workbook", append(xlsStream(sst, cell), make([]byte, 4500)...)))
	f.Fuzz(func(t *testing.T, in []byte) { readsOrRefuses(t, openXLS, in) })
}

// The input is a whole file, or the rows of a table.
func FuzzODS(f *testing.F) {
	f.Add([]byte(`<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1.5" table:number-columns-repeated="3"/></table:table-row>`))
	f.Add([]byte(`<table:table-row><table:table-cell><text:p>a<text:s text:c="2"/></text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT1H"/></table:table-row>`))
	f.Add(zipped(f, part{"content.xml", odsTableXML(`<table:table-row/>`)}))
	f.Fuzz(func(t *testing.T, in []byte) {
		if bytes.HasPrefix(in, []byte("PK")) {
			readsOrRefuses(t, openODS, in)
			return
		}
		document := odsTableXML(string(in))
		readsOrRefuses(t, openFODS, []byte(document))
		readsOrRefuses(t, openODS, zipped(t, part{"content.xml", document}))
	})
}
