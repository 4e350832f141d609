package normalize

import (
	"slices"
	"strings"

	"commonspend/schemas"
)

// batchRows is how many payments the sink is lent at a time.
const batchRows = 2000

// emitter reads a table for the second time and sends what it holds.
type emitter struct {
	t       *table
	p       *part
	next    int // index in t.parts of the part after p
	sink    Sink
	log     *issueLog
	payees  *payeeMemo
	paid    *payeeMemo // of payees whose payments' words say that they are private persons
	beside  *payeeMemo // of short texts beside the payee
	period  schemas.Period
	account schemas.Account
	sums    sums
	from    schemas.Date
	to      schemas.Date
	batch   []schemas.Payment
	arena   []byte // the Other texts of the batch, one after another
	ends    []int  // where each payment's Other ends in the arena
	other   []otherColumn
	texts   []textColumn
	number  string // what kind of number the supplier's identifier is
	persons []int  // columns whose headers say that they name people
	ods     bool
	ordinal int
}

// textColumn is a column that is kept as published.
type textColumn struct {
	column int
	field  field
}

// emit reads the sheet again and sends its payments and issues.
func (t *table) emit(sink Sink, log *issueLog, payees *payeeWords, period schemas.Period) (schemas.SheetReport, error) {
	e := &emitter{t: t, sink: sink, log: log, period: period, from: schemas.NoDate, to: schemas.NoDate,
		payees: &payeeMemo{words: payees, class: map[string]schemas.PayeeClass{}},
		paid:   &payeeMemo{words: payees, class: map[string]schemas.PayeeClass{}, paid: true},
		beside: &payeeMemo{words: payees, class: map[string]schemas.PayeeClass{}}, ods: t.sheet.Format == "ods"}
	e.batch = make([]schemas.Payment, 0, min(batchRows, t.seen.payments))
	e.use(&t.parts[0])
	e.next = 1
	log.describe(t)
	physical, err := t.sheet.Rows(e.take)
	if err != nil {
		return schemas.SheetReport{}, err
	}
	if err := e.flush(); err != nil {
		return schemas.SheetReport{}, err
	}
	e.account.Physical, e.account.ReadablePence = physical, t.seen.pence
	return e.report(), nil
}

// use makes a part's layout the one that governs.
func (e *emitter) use(p *part) {
	e.p, e.other, e.texts, e.persons = p, p.otherColumns(), e.texts[:0], e.persons[:0]
	for i, header := range p.headers {
		if e.payees.words.column[normalForm(header)] {
			e.persons = append(e.persons, i)
		}
	}
	e.number = ""
	for i, f := range p.fields {
		if f == fieldSupplierID {
			e.number = numberKind(p.headers[i])
		}
		if f > fieldSupplier {
			e.texts = append(e.texts, textColumn{i, f})
		}
	}
}

// numberKind says of a supplier identifier's header whose numbers they are:
// company, charity or vat, or "" for a ledger's own.
func numberKind(header string) string {
	words := strings.Fields(normalForm(header))
	for _, kind := range []string{"vat", "charity", "company"} {
		if slices.Contains(words, kind) {
			return kind
		}
	}
	return ""
}

func (e *emitter) take(rows []schemas.Row) error {
	for i := range rows {
		if e.next < len(e.t.parts) && e.t.parts[e.next].from == e.ordinal {
			e.use(&e.t.parts[e.next])
			e.next++
		}
		e.row(rows[i])
		e.ordinal++
		if len(e.batch) >= batchRows {
			if err := e.flush(); err != nil {
				return err
			}
		}
	}
	// What the batch holds is lent by the reader's rows: it goes before they do.
	return e.flush()
}

func (e *emitter) row(row schemas.Row) {
	first := &e.t.parts[0]
	if e.ordinal == first.header || e.ordinal == first.upper {
		e.account.Header++
		return
	}
	if e.t.seen.repeats[e.ordinal] {
		e.account.Header++
		e.log.add(headerRepeated, fieldNone, row.Row, 0, "")
		return
	}
	r, shape := e.p.read(row, e.ordinal, e.ods)
	switch e.t.class(e.p, row, r, &e.sums) {
	case rowPayment:
		e.payment(row, r, shape)
	case rowRefused:
		e.account.Refused++
		kind, at := amountUnreadable, e.p.column[fieldAmount]
		if r.amount.given {
			kind = amountIsNumber
		}
		e.log.add(kind, fieldAmount, row.Row, at+1, cellAt(row, at))
	case rowBlank:
		e.account.Blank++
	case rowPreamble:
		e.account.Preamble++
		if filledCells(row.Cells) > 0 {
			e.log.add(preambleRow, fieldNone, row.Row, 0, firstCell(row.Cells))
		}
	case rowTotal:
		e.account.Total++
		e.account.TotalPence += r.amount.pence
		e.log.add(totalRow, fieldAmount, row.Row, e.p.column[fieldAmount]+1, cellAt(row, e.p.column[fieldAmount]))
	case rowNote:
		e.account.Note++
		e.account.NotePence += r.amount.pence
		e.log.add(rowUnaccounted, fieldNone, row.Row, 0, firstCell(row.Cells))
	}
}

func firstCell(cells []string) string {
	for _, cell := range cells {
		if text := trim(cell); text != "" {
			return text
		}
	}
	return ""
}

// payment turns a row into a payment and records what is odd about it.
func (e *emitter) payment(row schemas.Row, r reading, shape dateShape) {
	e.account.Payments++
	e.account.PaymentPence += r.amount.pence
	if r.amount.pence < 0 {
		e.account.Negative++
	}
	e.batch = append(e.batch, schemas.Payment{})
	out := &e.batch[len(e.batch)-1]
	out.Row, out.Amount, out.VAT, out.DateKind = row.Row, r.amount.pence, e.p.vat, e.p.dateKind
	out.DateColumn, out.AmountColumn, out.PayeeColumn = e.p.column[fieldDate]+1, e.p.column[fieldAmount]+1, e.p.column[fieldSupplier]+1
	out.Date = e.date(row, shape)
	out.Payee = trim(cellAt(row, e.p.column[fieldSupplier]))
	out.PayeeClass = e.payees.of(out.Payee)
	e.oddAmount(row, r.amount)
	e.text(out, row)
}

func (e *emitter) oddAmount(row schemas.Row, m money) {
	at := e.p.column[fieldAmount]
	if m.subpenny {
		e.log.add(amountSubpenny, fieldAmount, row.Row, at+1, cellAt(row, at))
	}
	if m.dollar {
		e.log.add(amountDollarSign, fieldAmount, row.Row, at+1, cellAt(row, at))
	}
}

// date resolves the row's date under the column's order, and records why where
// it has none.
func (e *emitter) date(row schemas.Row, shape dateShape) schemas.Date {
	at := e.p.column[fieldDate]
	d, ok := shape.resolve(e.p.dates.order)
	if !ok {
		kind := dateUnreadable
		switch {
		case shape.form == dateBlank:
			kind = dateMissing
		case shape.form == dateSlashed && shape.fits(1-e.p.dates.order):
			kind = dateOrderConflict
		}
		e.log.add(kind, fieldDate, row.Row, at+1, cellAt(row, at))
		return schemas.NoDate
	}
	if e.from == schemas.NoDate || d < e.from {
		e.from = d
	}
	if d > e.to {
		e.to = d
	}
	const far = 400 // days outside the edition's period
	if e.period.Known() && (d < e.period.From-far || d > e.period.To+far) {
		e.log.add(dateOutlier, fieldDate, row.Row, at+1, cellAt(row, at))
	}
	return d
}

// text copies the published texts and marks what may name a private person.
func (e *emitter) text(out *schemas.Payment, row schemas.Row) {
	damaged := false
	for _, c := range e.texts {
		if c.column >= len(row.Cells) {
			continue
		}
		text := trim(row.Cells[c.column])
		if text != "" {
			*place(out, c.field) = text
		}
	}
	if out.SupplierID != "" {
		out.NumberKind = e.number
	}
	start := len(e.arena)
	e.arena = appendOther(e.arena, row.Cells, e.other, len(e.p.headers))
	e.ends = append(e.ends, len(e.arena))
	e.holdBack(out, row, e.arena[start:])
	damaged = strings.Contains(out.Payee, "\uFFFD") || strings.Contains(out.Description, "\uFFFD")
	if damaged {
		e.log.add(textEncodingDamage, fieldNone, row.Row, 0, "")
	}
	if out.PayeeClass == schemas.PayeeMissing && e.p.column[fieldSupplier] >= 0 {
		e.log.add(payeeMissing, fieldSupplier, row.Row, e.p.column[fieldSupplier]+1, "")
	}
}

// holdBack decides what of a payment may name a private person.
func (e *emitter) holdBack(out *schemas.Payment, row schemas.Row, other []byte) {
	words := e.payees.words
	if out.PayeeClass == schemas.PayeeOrganisation && e.paid.of(out.Payee) == schemas.PayeeIndividual &&
		words.paysPerson(out.ExpenseType, out.ExpenseArea, out.Description, out.Category) {
		out.PayeeClass = schemas.PayeeIndividual
	}
	out.TextWithheld = out.PayeeClass == schemas.PayeeIndividual || words.namesPerson(out.Description) ||
		words.namesPersonBytes(other) || e.fillsAny(row, e.persons) || e.isPerson(out.Description) || e.isPerson(out.Transaction)
	for _, c := range e.texts {
		out.TextWithheld = out.TextWithheld || words.titled(*place(out, c.field))
	}
}

// isPerson reports whether a short text beside the payee is nothing but what
// reads like a private person's name: "ASHDOWN J P".
func (e *emitter) isPerson(text string) bool {
	return mayBeName(text) && e.beside.of(text) == schemas.PayeeIndividual
}

// mayBeName reports whether a text is short enough for a name and holds no
// digit, as references do.
func mayBeName(text string) bool {
	if len(text) < 3 || len(text) > 40 {
		return false
	}
	for i := range len(text) {
		if isDigit(text[i]) {
			return false
		}
	}
	return true
}

func (e *emitter) fillsAny(row schemas.Row, columns []int) bool {
	for _, at := range columns {
		if !blank(cellAt(row, at)) {
			return true
		}
	}
	return false
}

// place returns the payment's text for a field.
func place(p *schemas.Payment, f field) *string {
	switch f {
	case fieldEntity:
		return &p.Entity
	case fieldDepartmentFamily:
		return &p.DepartmentFamily
	case fieldExpenseType:
		return &p.ExpenseType
	case fieldExpenseArea:
		return &p.ExpenseArea
	case fieldDescription:
		return &p.Description
	case fieldTransaction:
		return &p.Transaction
	case fieldCategory:
		return &p.Category
	case fieldSupplierID:
		return &p.SupplierID
	case fieldVATAmount:
		return &p.VATAmount
	case fieldPostcode:
		return &p.Postcode
	}
	return &p.ContractReference
}

// flush sends the batch. The Other texts share one string.
func (e *emitter) flush() error {
	if len(e.batch) > 0 {
		all, start := string(e.arena), 0
		for i, end := range e.ends {
			e.batch[i].Other, start = all[start:end], end
		}
		if err := e.sink.Payments(e.t.sheet, e.batch); err != nil {
			return err
		}
		e.batch, e.arena, e.ends = e.batch[:0], e.arena[:0], e.ends[:0]
	}
	return e.log.flush()
}

// report is what was decided about the sheet.
func (e *emitter) report() schemas.SheetReport {
	t, p := e.t, &e.t.parts[0]
	report := schemas.SheetReport{Number: t.sheet.Number, Member: t.sheet.Member, Name: t.sheet.Name, Encoding: t.sheet.Encoding,
		Delimiter: t.sheet.Delimiter, HeaderRow: p.row, Account: e.account, DateFrom: e.from, DateTo: e.to,
		DateOrder: p.dates.name(), VAT: p.vat, VATEvidence: p.evidence, IssueCounts: e.log.counts}
	for i, header := range p.headers {
		filled := i < len(t.seen.filled) && t.seen.filled[i]
		if header != "" || filled || p.fields[i] != fieldNone {
			report.Columns = append(report.Columns, schemas.ColumnMap{Column: i + 1, Header: header, Field: fieldName(p.fields[i])})
		}
	}
	return report
}
