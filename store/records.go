package store

import (
	"commonspend/schemas"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// rowsPerRecord is how many payments go into one Arrow record batch: a few
// megabytes, and four of DuckDB's own vectors of 2,048 rows.
const rowsPerRecord = 8192

// textColumns are the payments columns that hold published text or nothing,
// in the order in which paymentText lists their values.
var textColumns = [...]string{
	"department_family", "entity", "expense_type", "expense_area", "description", "transaction",
	"category", "supplier_id", "vat_amount", "postcode", "contract_reference", "other",
}

func paymentText(p *schemas.Payment) [len(textColumns)]string {
	return [...]string{
		p.DepartmentFamily, p.Entity, p.ExpenseType, p.ExpenseArea, p.Description, p.Transaction,
		p.Category, p.SupplierID, p.VATAmount, p.Postcode, p.ContractReference, p.Other,
	}
}

// paymentSchema lists the columns of a payments record, in the order of the table.
func paymentSchema() *arrow.Schema {
	integer, small, text := arrow.PrimitiveTypes.Int32, arrow.PrimitiveTypes.Int16, arrow.BinaryTypes.String
	fields := []arrow.Field{
		{Name: "file_no", Type: integer}, {Name: "sheet_no", Type: integer}, {Name: "row", Type: integer},
		{Name: "date_column", Type: small}, {Name: "amount_column", Type: small}, {Name: "payee_column", Type: small},
		{Name: "date", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "date_kind", Type: text}, {Name: "amount", Type: arrow.PrimitiveTypes.Int64}, {Name: "vat_basis", Type: text},
		{Name: "payee", Type: text}, {Name: "payee_class", Type: text}, {Name: "text_withheld", Type: arrow.FixedWidthTypes.Boolean},
	}
	for _, name := range textColumns {
		fields = append(fields, arrow.Field{Name: name, Type: text, Nullable: true})
	}
	fields = append(fields, arrow.Field{Name: "number_kind", Type: text},
		arrow.Field{Name: "line_hash", Type: arrow.PrimitiveTypes.Int64}, arrow.Field{Name: "payee_hash", Type: arrow.PrimitiveTypes.Int64})
	return arrow.NewSchema(fields, nil)
}

// paymentRecords builds record batches from one file's payments.
type paymentRecords struct {
	file      int32
	publisher string
	schema    *arrow.Schema
	columns   paymentColumns
	rows      int
}

type paymentColumns struct {
	file, sheet, row          *array.Int32Builder
	dateAt, amountAt, payeeAt *array.Int16Builder
	date                      *array.Date32Builder
	amount, line, paid        *array.Int64Builder
	withheld                  *array.BooleanBuilder
	dateKind, vat             textColumn
	payee, class, numberKind  textColumn
	text                      [len(textColumns)]textColumn
}

func newPaymentRecords(file File) paymentRecords {
	memory := memory.DefaultAllocator
	return paymentRecords{file: int32(file.No), publisher: file.Publisher, schema: paymentSchema(), columns: paymentColumns{
		file: array.NewInt32Builder(memory), sheet: array.NewInt32Builder(memory), row: array.NewInt32Builder(memory),
		dateAt: array.NewInt16Builder(memory), amountAt: array.NewInt16Builder(memory), payeeAt: array.NewInt16Builder(memory),
		date: array.NewDate32Builder(memory), amount: array.NewInt64Builder(memory), line: array.NewInt64Builder(memory), paid: array.NewInt64Builder(memory), withheld: array.NewBooleanBuilder(memory),
	}}
}

// begin makes room for a batch.
func (c *paymentColumns) begin() {
	for _, builder := range []array.Builder{c.file, c.sheet, c.row, c.dateAt, c.amountAt, c.payeeAt, c.date, c.amount, c.line, c.paid, c.withheld} {
		builder.Reserve(rowsPerRecord)
	}
	for _, column := range []*textColumn{&c.dateKind, &c.vat, &c.payee, &c.class, &c.numberKind} {
		column.begin()
	}
	for i := range c.text {
		c.text[i].begin()
	}
}

// add copies payments until the record is full and returns how many it took.
func (r *paymentRecords) add(sheet int, batch []schemas.Payment) int {
	taken := min(len(batch), rowsPerRecord-r.rows)
	if r.rows == 0 {
		r.columns.begin()
	}
	for i := range batch[:taken] {
		r.append(int32(sheet), &batch[i])
	}
	r.rows += taken
	return taken
}

func (r *paymentRecords) append(sheet int32, p *schemas.Payment) {
	c := &r.columns
	c.file.UnsafeAppend(r.file)
	c.sheet.UnsafeAppend(sheet)
	c.row.UnsafeAppend(int32(p.Row))
	c.dateAt.UnsafeAppend(int16(p.DateColumn))
	c.amountAt.UnsafeAppend(int16(p.AmountColumn))
	c.payeeAt.UnsafeAppend(int16(p.PayeeColumn))
	if p.Date == schemas.NoDate {
		c.date.AppendNull()
	} else {
		c.date.UnsafeAppend(arrow.Date32(p.Date))
	}
	c.dateKind.add(p.DateKind)
	c.amount.UnsafeAppend(int64(p.Amount))
	c.vat.add(string(p.VAT))
	c.payee.add(p.Payee)
	c.class.add(string(p.PayeeClass))
	c.withheld.UnsafeAppend(p.TextWithheld)
	for i, text := range paymentText(p) {
		c.text[i].addOrNull(text)
	}
	c.numberKind.add(p.NumberKind)
	c.line.UnsafeAppend(schemas.LineHash(r.publisher, p))
	c.paid.UnsafeAppend(schemas.PayeeHash(p))
}

func (r *paymentRecords) isFull() bool { return r.rows == rowsPerRecord }

// take returns what was added as a record batch, its columns in the order of
// paymentSchema, and begins anew.
func (r *paymentRecords) take() arrow.RecordBatch {
	c := &r.columns
	arrays := []arrow.Array{
		c.file.NewArray(), c.sheet.NewArray(), c.row.NewArray(),
		c.dateAt.NewArray(), c.amountAt.NewArray(), c.payeeAt.NewArray(),
		c.date.NewArray(), c.dateKind.take(), c.amount.NewArray(), c.vat.take(),
		c.payee.take(), c.class.take(), c.withheld.NewArray(),
	}
	for i := range c.text {
		arrays = append(arrays, c.text[i].take())
	}
	arrays = append(arrays, c.numberKind.take(), c.line.NewArray(), c.paid.NewArray())
	batch := array.NewRecordBatch(r.schema, arrays, int64(r.rows))
	for _, column := range arrays {
		column.Release() // the batch holds them now
	}
	r.rows = 0
	return batch
}

func issueSchema() *arrow.Schema {
	integer, text := arrow.PrimitiveTypes.Int32, arrow.BinaryTypes.String
	return arrow.NewSchema([]arrow.Field{
		{Name: "file_no", Type: integer}, {Name: "sheet_no", Type: integer}, {Name: "row", Type: integer}, {Name: "column_no", Type: integer},
		{Name: "field", Type: text}, {Name: "kind", Type: text}, {Name: "value", Type: text},
	}, nil)
}

// issueRecords gathers one file's issues: as a rule few.
type issueRecords struct {
	file    int32
	builder *array.RecordBuilder
	rows    int
}

func newIssueRecords(file int) issueRecords {
	return issueRecords{file: int32(file)}
}

func (r *issueRecords) add(sheet int, batch []schemas.Issue) {
	if r.builder == nil {
		r.builder = array.NewRecordBuilder(memory.DefaultAllocator, issueSchema())
	}
	for _, issue := range batch {
		r.builder.Field(0).(*array.Int32Builder).Append(r.file)
		r.builder.Field(1).(*array.Int32Builder).Append(int32(sheet))
		r.builder.Field(2).(*array.Int32Builder).Append(int32(issue.Row))
		r.builder.Field(3).(*array.Int32Builder).Append(int32(issue.Column))
		r.builder.Field(4).(*array.StringBuilder).Append(issue.Field)
		r.builder.Field(5).(*array.StringBuilder).Append(string(issue.Kind))
		r.builder.Field(6).(*array.StringBuilder).Append(issue.Value)
	}
	r.rows += len(batch)
}
