package ingest

import (
	"fmt"

	"commonspend/schemas"
)

// Limits holds back hostile files. The zero value of a field means its default,
// so Limits{} is what a caller without an opinion passes.
type Limits struct {
	FileBytes   int64 // of a whole file once inflated, counted as it streams; 1 GiB
	EntryBytes  int64 // of one part of a zip or workbook, inflated; 512 MiB
	Entries     int   // parts of a zip or workbook; 2,000
	Rows        int   // physical rows of one sheet; 10 million
	Columns     int   // cells of one row; 16,384, as in Excel
	CellBytes   int   // of one cell; 1 MiB (Excel holds 32,767 characters)
	RecordBytes int   // of one row; 16 MiB
}

// orDefault returns the limits with every zero field filled in.
func (l Limits) orDefault() Limits {
	fill(&l.FileBytes, 1<<30)
	fill(&l.EntryBytes, 512<<20)
	fill(&l.Entries, 2000)
	fill(&l.Rows, 10_000_000)
	fill(&l.Columns, 16_384)
	fill(&l.CellBytes, 1<<20)
	fill(&l.RecordBytes, 16<<20)
	return l
}

func fill[T int | int64](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// overLimit is the refusal of a file that passes a limit: what is too big, and
// how big it may be ("a row", "16384 cells").
func overLimit(what, most string) *schemas.Refusal {
	return &schemas.Refusal{Kind: "limit", Sentence: fmt.Sprintf(
		"The file was not read because %s holds more than %s; send it in smaller parts, or ask for the limit to be raised.", what, most)}
}
