package normalize

import (
	"commonspend/schemas"
	"strings"
)

// locatedLimit is how many issues of a kind a sheet sends, unless all are wanted.
const locatedLimit = 100

// Kinds of issues, as codelists/issue_kinds.csv describes them.
const (
	amountUnreadable   schemas.IssueKind = "amount_unreadable"
	amountIsNumber     schemas.IssueKind = "amount_is_number"
	amountInThousands  schemas.IssueKind = "amount_in_thousands"
	amountUnitInDoubt  schemas.IssueKind = "amount_unit_in_doubt"
	amountSubpenny     schemas.IssueKind = "amount_subpenny"
	amountDollarSign   schemas.IssueKind = "amount_dollar_sign"
	dateMissing        schemas.IssueKind = "date_missing"
	dateUnreadable     schemas.IssueKind = "date_unreadable"
	dateOutlier        schemas.IssueKind = "date_outlier"
	dateOrderConflict  schemas.IssueKind = "date_order_conflict"
	dateOrderAssumed   schemas.IssueKind = "date_order_assumed"
	payeeMissing       schemas.IssueKind = "payee_missing"
	rowUnaccounted     schemas.IssueKind = "row_unaccounted"
	totalRow           schemas.IssueKind = "total_row"
	headerRepeated     schemas.IssueKind = "header_repeated"
	headerInside       schemas.IssueKind = "header_inside"
	headerOutOfStep    schemas.IssueKind = "header_out_of_step"
	preambleRow        schemas.IssueKind = "preamble"
	headerMissing      schemas.IssueKind = "header_missing"
	encodingNotUTF8    schemas.IssueKind = "encoding_not_utf8"
	columnUnmapped     schemas.IssueKind = "column_unmapped"
	headerDuplicate    schemas.IssueKind = "header_duplicate"
	headerBlank        schemas.IssueKind = "header_blank"
	sheetHidden        schemas.IssueKind = "sheet_hidden"
	headerContinued    schemas.IssueKind = "header_continued"
	sheetRepeated      schemas.IssueKind = "sheet_repeated"
	sheetWithoutTable  schemas.IssueKind = "sheet_without_payments"
	textEncodingDamage schemas.IssueKind = "text_encoding_damage"
)

// issueLog gathers a sheet's issues and passes them on in batches.
type issueLog struct {
	sheet  schemas.Sheet
	sink   Sink
	all    bool
	counts map[schemas.IssueKind]int
	batch  []schemas.Issue
}

// add records an issue at a place; row 0 is the sheet's own.
func (l *issueLog) add(kind schemas.IssueKind, f field, row, column int, value string) {
	l.counts[kind]++
	if !l.all && l.counts[kind] > locatedLimit {
		return
	}
	origin := schemas.Origin{File: l.sheet.File, Member: l.sheet.Member, Sheet: l.sheet.Name, Row: row}
	l.batch = append(l.batch, schemas.Issue{Origin: origin, SheetNumber: l.sheet.Number, Column: column,
		Field: fieldName(f), Kind: kind, Value: strings.Clone(clip(value))})
}

func (l *issueLog) flush() error {
	if len(l.batch) == 0 {
		return nil
	}
	err := l.sink.Issues(l.sheet, l.batch)
	l.batch = l.batch[:0]
	return err
}

// fieldName returns the field's name in codelists/fields.csv, "" for none.
func fieldName(f field) string {
	if f < 0 || f >= fieldCount {
		return ""
	}
	return fieldNames[f]
}

var fieldNames = [fieldCount]string{"date", "amount", "supplier", "entity", "department_family", "expense_type", "expense_area",
	"description", "transaction", "category", "supplier_id", "vat_amount", "postcode", "contract_reference"}

// describe records what is odd about the table as a whole.
func (l *issueLog) describe(t *table) {
	switch t.sheet.Encoding {
	case "", "ascii", "utf-8", "utf-8-sig":
	default:
		l.add(encodingNotUTF8, fieldNone, 0, 0, t.sheet.Encoding)
	}
	if t.sheet.Hidden {
		l.add(sheetHidden, fieldNone, 0, 0, t.sheet.Name)
	}
	p := &t.parts[0]
	if p.noHeader {
		l.add(headerMissing, fieldNone, 0, 0, "")
	}
	if p.continued {
		l.add(headerContinued, fieldNone, 0, 0, "")
	}
	if p.header > 0 && t.seen.early {
		l.add(headerInside, fieldNone, p.row, 0, "")
	}
	if p.byCells {
		l.add(headerOutOfStep, fieldNone, p.row, 0, "")
	}
	for i := range t.parts {
		l.describeUnit(&t.parts[i])
	}
	if p.dates.assumed {
		l.add(dateOrderAssumed, fieldDate, 0, p.column[fieldDate]+1, "")
	}
	l.describeColumns(t, p)
}

// describeUnit records what is said of the unit of a table's amounts.
func (l *issueLog) describeUnit(p *part) {
	at := p.column[fieldAmount] + 1
	if p.thousands != "" {
		l.add(amountInThousands, fieldAmount, p.row, at, p.thousands)
	}
	if p.denied != "" {
		l.add(amountUnitInDoubt, fieldAmount, p.row, at, p.denied)
	}
}

func (l *issueLog) describeColumns(t *table, p *part) {
	seen := map[string]bool{}
	for i, header := range p.headers {
		filled := i < len(t.seen.filled) && t.seen.filled[i]
		switch {
		case header == "" && filled && !p.noHeader:
			l.add(headerBlank, fieldNone, p.row, i+1, "")
		case header != "" && seen[header]:
			l.add(headerDuplicate, fieldNone, p.row, i+1, header)
		case header != "" && filled && p.fields[i] == fieldNone:
			l.add(columnUnmapped, fieldNone, p.row, i+1, header)
		}
		seen[header] = true
	}
}
