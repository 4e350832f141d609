package schemas

// Origin says where a value was published: the file by the SHA-256 of its
// bytes as received, the zip member, the sheet, and the 1-based physical line
// (or sheet row) on which its record starts. Member and Sheet are "" where
// there is none.
type Origin struct {
	File, Member, Sheet string
	Row                 int
}

// CellKind says what a workbook claims a cell to be. In CSV all is CellText.
type CellKind uint8

const (
	CellText    CellKind = iota
	CellNumber           // Cells holds the number in plain decimals, at most 15 significant digits
	CellDate             // Cells holds ISO 8601: 2020-01-31 or 2020-01-31T10:00:00
	CellBool             // TRUE or FALSE
	CellError            // #N/A and the like
	CellFormula          // a formula that was saved without its value; Cells holds ""
)

// Row is one physical row, untouched. Kinds is nil for CSV, else as long as
// Cells. Cells and Kinds are only lent: they are good until the reader's next
// batch, and a value that is kept must be cloned.
type Row struct {
	Origin
	Cells []string
	Kinds []CellKind
}

// Kind returns what the workbook says cell i is, CellText where it says nothing.
func (r Row) Kind(i int) CellKind {
	if i < len(r.Kinds) {
		return r.Kinds[i]
	}
	return CellText
}

// Cell returns cell i, "" beyond the end.
func (r Row) Cell(i int) string {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}

// Sheet is one run of physical rows that a reader found in a file: a whole CSV,
// or one sheet of a workbook.
type Sheet struct {
	File, Member, Name string // as in Origin
	Number             int    // 1-based, in the order of the file; with Row it names a row of the file
	Format             string // csv xlsx xls ods
	Encoding           string // as found: ascii utf-8 utf-8-sig utf-16le utf-16be cp1252 mac_roman cp850; "" for workbooks
	Delimiter          string // "" for workbooks
	Hidden             bool   // the workbook hides it
	// Rows yields every physical row in order, in batches; it may be called
	// again and starts anew each time. It stops at yield's error. It returns
	// the number of physical rows it counted, for the file's Account.
	Rows func(yield func([]Row) error) (physical int, err error)
}
