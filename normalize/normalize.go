package normalize

import (
	"cmp"

	"commonspend/schemas"
)

// About is what is known of a file beside its bytes.
type About struct {
	Publisher             schemas.Publisher
	FileName              string         // as received: a path, or its last element
	Duty                  string         // a code of codelists/duties.csv; "" where not declared
	Period                schemas.Period // NoPeriod unless declared
	AllIssues             bool           // send every located issue, else at most 100 of a kind and sheet
	WithoutPublisherRules bool           // leave out the rows of the rule files that name a publisher
}

// Sink takes what a file becomes, in order, batch by batch. Slices and strings
// are only lent until the call returns.
type Sink interface {
	Payments(sheet schemas.Sheet, batch []schemas.Payment) error
	Issues(sheet schemas.Sheet, batch []schemas.Issue) error
}

// Normalize reads each sheet twice: once to find its table and to gather what
// the columns show as a whole, once to send payments and issues to the sink.
// Nothing is sent for a file that is refused.
func (r *Rules) Normalize(sheets []schemas.Sheet, about About, sink Sink) (schemas.FileReport, error) {
	f := file{rules: r, about: about, sink: sink}
	claims := claimsOf(about.FileName)
	if err := f.findTables(sheets, firstClaim(about.Period, claims)); err != nil {
		return schemas.FileReport{}, err
	}
	f.chooseTables()
	report := f.verdict()
	report.Period, report.PeriodBasis = f.period(claims)
	report.Duty = f.duty()
	if report.Outcome == schemas.OutcomeRefuse {
		f.sink = nowhere{}
	}
	for i := range f.sheets {
		sheet, err := f.send(&f.sheets[i], report.Period)
		if err != nil {
			return schemas.FileReport{}, err
		}
		report.Sheets = append(report.Sheets, sheet)
	}
	return report, nil
}

// file is a file on its way through Normalize.
type file struct {
	rules  *Rules
	about  About
	sink   Sink
	sheets []candidateSheet
}

// candidateSheet is a sheet, with its table where one was found and chosen.
type candidateSheet struct {
	sheet   schemas.Sheet
	table   *table
	rows    int    // that hold anything, as far as the search for a table went
	nothing bool   // a cell says that there is nothing to report
	figures bool   // a column holds figures
	slipped string // the header of an amount or a payee that stands over a ledger's numbers
	copy    bool   // its payments are another sheet's
}

// findTables locates and surveys the table of each sheet.
func (f *file) findTables(sheets []schemas.Sheet, claimed schemas.Period) error {
	publisher := f.about.Publisher.ID
	if f.about.WithoutPublisherRules {
		publisher = ""
	}
	v := vocabularyFor(f.rules.columns, publisher, claimed)
	for _, sheet := range sheets {
		found, err := locate(sheet, v, f.rules)
		if err != nil {
			return err
		}
		f.continueTable(found, sheet)
		c := candidateSheet{sheet: sheet, rows: found.filled, nothing: found.nothing}
		if found.ok {
			c.table = &table{sheet: sheet, parts: []part{found.part}}
			c.table.seen.rules = f.rules.labels
			if err := c.table.survey(v, claimed); err != nil {
				return err
			}
		}
		if c.table == nil {
			c.figures, c.slipped = found.holdsFigures(), found.slipped()
		}
		f.sheets = append(f.sheets, c)
	}
	return nil
}

// verdict says what becomes of the file.
func (f *file) verdict() schemas.FileReport {
	tables, payments, refused := 0, 0, 0
	for _, c := range f.sheets {
		if c.table != nil {
			tables++
			payments += c.table.seen.payments
			refused += c.table.seen.refused
		}
	}
	switch {
	case payments > 0:
		return schemas.FileReport{Outcome: schemas.OutcomeLoad}
	case tables > 0 && refused == 0:
		return schemas.FileReport{Outcome: schemas.OutcomeEmpty,
			Reason: "The file has the columns of a list of payments and no payment under them: there is nothing to report for its period."}
	case tables > 0:
		return schemas.FileReport{Outcome: schemas.OutcomeRefuse,
			Reason: "The file has the columns of a list of payments, but not one amount in it can be read; export it again with amounts as plain numbers such as 1234.56."}
	}
	for _, c := range f.sheets {
		if c.nothing {
			return schemas.FileReport{Outcome: schemas.OutcomeEmpty,
				Reason: "The file says that there is nothing to report for its period."}
		}
	}
	return schemas.FileReport{Outcome: schemas.OutcomeRefuse, Reason: f.whyNoTable()}
}

// whyNoTable says what a file without a table of payments seems to be.
func (f *file) whyNoTable() string {
	const send = "; send the list of payments itself, one line each, with a date, a payee and an amount under a header row."
	rows, figures, slipped := 0, false, ""
	for _, c := range f.sheets {
		rows += c.rows
		figures = figures || c.figures
		slipped = cmp.Or(slipped, c.slipped)
	}
	switch {
	case slipped != "":
		return "The header row and the cells under it are out of step: under “" + slipped + "” stand numbers that a ledger gave out, " +
			"and no payee or amount; export the list again so that every column keeps its own header and every cell its own column."
	case rows == 0:
		return "The file holds no rows" + send
	case figures:
		return "The file holds figures but no list of payments: no header row names an amount, with amounts that can be read under it, beside a date or a payee, so it looks like totals, statistics or a register" + send
	}
	return "The file holds text but no list of payments: no header row names an amount, with amounts that can be read under it, beside a date or a payee, so it looks like a form or a description" + send
}

// send emits a sheet's table, or accounts for a sheet without one.
func (f *file) send(c *candidateSheet, period schemas.Period) (schemas.SheetReport, error) {
	log := &issueLog{sheet: c.sheet, sink: f.sink, all: f.about.AllIssues, counts: map[schemas.IssueKind]int{}}
	if c.table != nil {
		return c.table.emit(f.sink, log, f.rules.payees, period)
	}
	return c.leaveOut(log)
}

// leaveOut accounts for each row of a sheet that holds no payments: blank or note.
func (c *candidateSheet) leaveOut(log *issueLog) (schemas.SheetReport, error) {
	report := schemas.SheetReport{Number: c.sheet.Number, Member: c.sheet.Member, Name: c.sheet.Name, Encoding: c.sheet.Encoding,
		Delimiter: c.sheet.Delimiter, DateFrom: schemas.NoDate, DateTo: schemas.NoDate, DateOrder: "none", VAT: schemas.VATUnknown,
		IssueCounts: log.counts}
	physical, err := c.sheet.Rows(func(rows []schemas.Row) error {
		for _, row := range rows {
			if filledCells(row.Cells) == 0 {
				report.Account.Blank++
			} else {
				report.Account.Note++
			}
		}
		return nil
	})
	if err != nil {
		return report, err
	}
	report.Account.Physical = physical
	switch {
	case c.copy:
		log.add(sheetRepeated, fieldNone, 0, 0, c.sheet.Name)
	case physical > 0:
		log.add(sheetWithoutTable, fieldNone, 0, 0, c.sheet.Name)
	}
	return report, log.flush()
}

// nowhere is the sink of a refused file: nothing of it is passed on.
type nowhere struct{}

func (nowhere) Payments(schemas.Sheet, []schemas.Payment) error { return nil }
func (nowhere) Issues(schemas.Sheet, []schemas.Issue) error     { return nil }
