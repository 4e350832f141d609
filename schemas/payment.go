package schemas

// VATBasis says whether an amount includes VAT. It is never inferred from silence.
type VATBasis string

const (
	VATUnknown VATBasis = "unknown"
	VATNet     VATBasis = "net"
	VATGross   VATBasis = "gross"
)

// PayeeClass says how a payee may be shown. It is decided by
// normalize/rules/payee_classes.csv, erring to hold back.
type PayeeClass string

const (
	PayeeOrganisation       PayeeClass = "organisation"
	PayeeIndividual         PayeeClass = "individual" // may be a private person
	PayeeRedactedPersonal   PayeeClass = "redacted-personal"
	PayeeRedactedCommercial PayeeClass = "redacted-commercial"
	PayeeRedacted           PayeeClass = "redacted"
	PayeeMissing            PayeeClass = "missing"
)

// Payment is one published line in common terms. Text is as published, with
// surrounding spaces removed; "" is a blank cell or a column the file lacks.
// The three column numbers are 1-based, 0 where the file has no such column.
type Payment struct {
	Row                                   int // of Origin; File, Member and Sheet are those of the Sheet it came in
	DateColumn, AmountColumn, PayeeColumn int
	Date                                  Date   // NoDate where missing or unreadable
	DateKind                              string // payment invoice posting unknown: what the header says it is
	Amount                                Amount
	VAT                                   VATBasis
	Payee                                 string
	PayeeClass                            PayeeClass
	TextWithheld                          bool // free text beside the payee may name a private person: not published

	DepartmentFamily, Entity, ExpenseType, ExpenseArea string
	Description, Transaction, Category, SupplierID     string
	VATAmount, Postcode, ContractReference             string
	NumberKind                                         string // what SupplierID is by its header: company charity vat, or "" for a ledger's own
	// Other holds what the common schema has no place for: a JSON object from
	// header to cell, in the file's order, blank cells left out; "" for none.
	Other string
}

// Account is the line account of one sheet: what became of each physical row,
// and of each readable pence of the amount column.
type Account struct {
	Physical                                                int // counted by the reader, before any judgement
	Preamble, Header, Payments, Refused, Blank, Total, Note int
	ReadablePence, PaymentPence, TotalPence, NotePence      Amount
	Negative                                                int // payments below zero
}

// Balances reports whether every row and every penny is accounted for.
func (a Account) Balances() bool {
	rows := a.Preamble + a.Header + a.Payments + a.Refused + a.Blank + a.Total + a.Note
	return a.Physical == rows && a.ReadablePence == a.PaymentPence+a.TotalPence+a.NotePence
}

// Outcome is what became of a file: loaded, found to hold no payment (a nil
// month is data), or refused.
type Outcome string

const (
	OutcomeLoad   Outcome = "load"
	OutcomeEmpty  Outcome = "empty"
	OutcomeRefuse Outcome = "refuse"
)

// SheetReport is what was decided about one sheet, and why.
type SheetReport struct {
	Number              int
	Member, Name        string
	Encoding, Delimiter string
	HeaderRow           int // 1-based physical row; 0 where there is none
	Account             Account
	DateFrom, DateTo    Date
	DateOrder           string // dmy mdy ymd serial month none
	VAT                 VATBasis
	VATEvidence         string
	Columns             []ColumnMap
	IssueCounts         map[IssueKind]int
}

// ColumnMap says which field a published column became; Field is "" where the
// common schema has no place for it.
type ColumnMap struct {
	Column int    // 1-based
	Header string // as published, spaces collapsed; "" where the cell is blank
	Field  string // a name of codelists/fields.csv
}

// FileReport is what was decided about one file.
type FileReport struct {
	Outcome     Outcome
	Reason      string // a plain sentence, where Outcome is not load
	Kind        string // of the Refusal, where one was the reason
	Period      Period // what the edition claims
	PeriodBasis string // declared name content none: what Period rests on
	Duty        string
	Sheets      []SheetReport
}
