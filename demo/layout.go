package demo

import "commonspend/schemas"

// layout is how one publisher lays out its files: always the same for a
// publisher, whatever the seed.
type layout struct {
	container string // csv xlsx zip
	encoding  encoding
	delimiter string
	lineEnd   string // "mixed" alternates CR LF and LF
	columns   []column
	dates     dateForm
	money     moneyForm
	name      nameForm

	preamble     int  // rows above the header
	repeatHeader int  // the header again after so many payments; 0 for never
	blankEvery   int  // a blank row after so many payments; 0 for never
	trailing     int  // empty columns at the right
	total        bool // a total row below the payments
	footer       bool // notes below it
	quoteAll     bool // every cell in quotation marks
	neighbours   bool // holds a few days of the months beside it
	undated      bool // leaves a date blank now and then
	pipes        bool // some cells are full of pipes

	twoSheets, notesSheet, epoch1904, merged bool // of workbooks
}

// column is one published column: what it holds and what it is called.
type column struct {
	holds  content
	header string
}

type content int

const (
	holdsBody content = iota
	holdsDate
	holdsExpense
	holdsArea
	holdsPayee
	holdsReference
	holdsAmount
	holdsVAT
	holdsGross // the amount and the VAT beside it
	holdsText
	holdsPostcode
	holdsCategory // a CPV code
)

func (l layout) has(c content) bool {
	for _, column := range l.columns {
		if column.holds == c {
			return true
		}
	}
	return false
}

func (l layout) twoTables() bool { return l.twoSheets || l.container == "zip" }

// basis is what the header lets a reader know about VAT: from silence, nothing.
func (l layout) basis() schemas.VATBasis {
	for _, c := range l.columns {
		if c.holds != holdsAmount {
			continue
		}
		switch c.header {
		case "Net Amount", "Net", "Total (excludes VAT)":
			return schemas.VATNet
		case "Gross Amount (£)", "Amount including VAT":
			return schemas.VATGross
		}
	}
	return schemas.VATUnknown
}

// councilColumns are the headers of councils, each seen in the shape of real ones.
func councilColumns() [][]column {
	return [][]column{
		{{holdsBody, "Body Name"}, {holdsArea, "Service Area"}, {holdsExpense, "Expense Type"}, {holdsDate, "Date"},
			{holdsReference, "Transaction Number"}, {holdsAmount, "Amount"}, {holdsPayee, "Supplier Name"}, {holdsText, "Description"}},
		{{holdsBody, "Organisation Name"}, {holdsArea, "Directorate"}, {holdsDate, "Payment Date"}, {holdsPayee, "Supplier (Beneficiary) Name"},
			{holdsReference, "Transaction Number"}, {holdsAmount, "Net Amount"}, {holdsVAT, "Irrecoverable VAT"}, {holdsText, "Purpose of Spend"}},
		{{holdsPayee, "Supplier"}, {holdsDate, "Paid Date"}, {holdsAmount, "Amount (£)"}, {holdsArea, "Department"},
			{holdsExpense, "Expenditure Category"}, {holdsReference, "Transaction No"}},
		{{holdsDate, "Date"}, {holdsPayee, "Supplier"}, {holdsAmount, "Net"}, {holdsVAT, "VAT"}, {holdsGross, "Gross"},
			{holdsText, "Narrative"}, {holdsArea, "Cost Centre"}, {holdsReference, "Invoice Number"}},
		{{holdsDate, "Payment Date"}, {holdsPayee, "Payee"}, {holdsAmount, "Gross Amount (£)"}, {holdsText, "Purpose"},
			{holdsArea, "Directorate"}, {holdsReference, "Payment Number"}},
		{{holdsPayee, "Vendor Name"}, {holdsExpense, "Cost Element Description"}, {holdsReference, "Document No"}, {holdsAmount, "Amount"},
			{holdsDate, "Clearing Date"}, {holdsArea, "Directorate"}},
		{{holdsArea, "Directorate"}, {holdsExpense, "Group Description"}, {holdsDate, "Paid Date"}, {holdsPayee, "Supplier Name"},
			{holdsReference, "Internal Ref"}, {holdsCategory, "Procurement Category"}, {holdsAmount, "Total (excludes VAT)"}},
	}
}

// centralColumns are the headers of departments and trusts; the first is the
// Treasury's own.
func centralColumns() [][]column {
	return [][]column{
		{{holdsBody, "Department family"}, {holdsBody, "Entity"}, {holdsDate, "Date"}, {holdsExpense, "Expense type"},
			{holdsArea, "Expense area"}, {holdsPayee, "Supplier"}, {holdsReference, "Transaction number"}, {holdsAmount, "Amount"}},
		{{holdsBody, "Department Family"}, {holdsBody, "Entity"}, {holdsDate, "Date"}, {holdsExpense, "Expense Type"}, {holdsArea, "Expense Area"},
			{holdsPayee, "Supplier"}, {holdsReference, "Transaction Number"}, {holdsAmount, "Amount"}, {holdsText, "Description"}, {holdsPostcode, "Supplier Postcode"}},
		{{holdsBody, "Department"}, {holdsBody, "Entity"}, {holdsDate, "Payment date"}, {holdsExpense, "Expense Type"}, {holdsArea, "Expense Area"},
			{holdsPayee, "Supplier Name"}, {holdsReference, "Transaction No"}, {holdsAmount, " Amount (£) "}, {holdsText, "Description"}},
		{{holdsBody, "Departmental Family"}, {holdsBody, "Entity"}, {holdsDate, "Date of Payment"}, {holdsExpense, "Expense Type"},
			{holdsArea, "Expense Area"}, {holdsPayee, "Supplier"}, {holdsReference, "Transactions Number"}, {holdsAmount, "Spend"}},
		{{holdsBody, "Entity"}, {holdsDate, "Payment Date"}, {holdsArea, "Expense Area"}, {holdsExpense, "Expense Type"},
			{holdsPayee, "Supplier Name"}, {holdsReference, "Payment Number"}, {holdsAmount, "Invoice Amount"}},
		{{holdsBody, "Entity"}, {holdsDate, "Date Paid"}, {holdsPayee, "Supplier"}, {holdsText, "Description"}, {holdsAmount, "Net Amount"},
			{holdsVAT, "VAT Amount"}, {holdsGross, "Gross Amount"}, {holdsReference, "Invoice Number"}},
	}
}

// common gives the ith publisher of a kind its habits. The lists have lengths
// without a common factor where it matters, so that habits meet in many ways.
func common(i int, columns [][]column) layout {
	return layout{
		container:  "csv",
		encoding:   encodings()[i%11],
		delimiter:  []string{",", ",", ",", ";", ",", ",", "|", ",", ","}[i%9],
		lineEnd:    []string{"\r\n", "\n", "\r\n", "mixed"}[i%4],
		columns:    columns[i%len(columns)],
		dates:      dateForms()[i%7],
		money:      moneyForm(i % int(moneyForms)),
		name:       nameForm(i % int(nameForms)),
		preamble:   []int{0, 1, 0, 4, 0}[i%5],
		trailing:   []int{0, 0, 6, 0, 0, 1, 0}[i%7],
		blankEvery: []int{0, 0, 0, 11, 0, 0}[i%6],
		total:      i%3 == 1,
		footer:     i%6 == 4,
		quoteAll:   i%8 == 5,
		neighbours: i%5 < 2,
		undated:    i%10 == 6,
	}
}

func councilLayout(i int) layout {
	l := common(i, councilColumns())
	switch i {
	case 3:
		l = l.workbook()
		l.twoSheets = true
	case 8: // the classic Macintosh
		l.encoding, l.lineEnd, l.money = macRoman, "\r", moneyPound
	case 9: // £ as 0x9C, in the header and in the cells
		l.encoding, l.columns, l.money, l.preamble = cp850, councilColumns()[2], moneyPound, 1
	case 12:
		l.dates = dateMonthFirst
	case 13:
		l = l.workbook()
		l.notesSheet = true
	case 15:
		l.pipes, l.delimiter = true, ","
	case 16:
		l.dates = dateSerial
	case 17:
		l.repeatHeader = 25
	case 20:
		l.encoding, l.delimiter = utf16LE, "\t"
	case 22:
		l.container = "zip"
	case 26:
		l.preamble = 75
	}
	return l
}

func trustLayout(i int) layout {
	l := common(i+3, centralColumns())
	switch i {
	case 2:
		l = l.workbook()
		l.epoch1904 = true
	case 5:
		l.encoding, l.delimiter = utf16BE, ","
	case 7:
		l.repeatHeader, l.blankEvery = 40, 0
	case 10:
		l.container = "zip"
	case 12:
		l.dates = dateSerial
	case 14:
		l.trailing = 130
	}
	return l
}

func departmentLayout(i int) layout {
	l := common(i+5, centralColumns())
	switch i {
	case 4:
		l = l.workbook()
		l.merged, l.preamble = true, 2
	case 6:
		l.encoding, l.money = cp1252, moneyAccounting
	case 9:
		l.repeatHeader = 30
	case 11:
		l.dates = dateWeekday
	}
	return l
}

// workbook turns a layout into that of a workbook: dates and amounts are numbers.
func (l layout) workbook() layout {
	l.container, l.dates, l.money, l.trailing, l.encoding = "xlsx", dateSerial, moneyPlain, 0, utf8Plain
	return l
}
