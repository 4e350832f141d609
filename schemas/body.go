package schemas

// Body is a public body as the register knows it between two dates: From is
// its first day and To its last, NoDate where open or not known.
type Body struct {
	ID, Name, Kind, Tier string // ID is an org-id: "GB-LAE-LDS"
	GSS, Region, Nation  string
	From, To             Date
	SucceededBy          []string // IDs; several where one body's area was divided
	Postcode             string
	Parent               string // the ID of the department or board it answers to, "" where none is known
	Source               string
}

// At reports whether the body existed on the day; an open end holds any day.
func (b Body) At(d Date) bool {
	return (b.From == NoDate || b.From <= d) && (b.To == NoDate || d <= b.To)
}

// BodyName is a name that a body goes by, besides its official one. From and
// To say when the name was its own; NoDate is open.
type BodyName struct {
	Name, Body string
	From, To   Date
	// Narrow names, such as "NE", mean the body only where a publisher says
	// which body paid; who was paid is never found by them.
	Narrow bool
}

// Denominator is what a body's pounds may be divided by, as at a year, with
// its source: population, beds, employees. Thousandths keeps three decimals.
type Denominator struct {
	Body, Measure string // Measure is a code of codelists/measures.csv, or one of the file's own
	Year          int    // the calendar year it is of
	Thousandths   int64  // the value times 1,000
	Source        string
}

// Value writes the denominator as a plain decimal, with no needless zeros.
func (d Denominator) Value() string {
	return thousandths(d.Thousandths)
}
