package schemas

// IssueKind is a code of codelists/issue_kinds.csv.
type IssueKind string

// Issue is something odd in published data: stored, published beside it, and
// never a reason to stop. Column is 1-based, 0 where the issue is of the row,
// the sheet or the file (Row 0 too). Field is a name of codelists/fields.csv.
type Issue struct {
	Origin
	SheetNumber int
	Column      int
	Field       string
	Kind        IssueKind
	Value       string // as published; only the first 200 bytes
}

// Refusal says, in one plain sentence for the person who sent the file, why a
// file is not taken and what to send instead. It is an answer, not a failure.
type Refusal struct {
	Kind     string // html pdf image encrypted empty-file no-table unreadable limit …
	Sentence string
}

func (r *Refusal) Error() string { return r.Sentence }
