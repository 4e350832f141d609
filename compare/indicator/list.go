package indicator

import (
	"embed"
	"fmt"
)

//go:embed sql/*.sql shared/*.sql
var queries embed.FS

//go:embed pages/*.md
var pages embed.FS

// Unit is what a value counts.
type Unit string

// The units. Pence are whole; per… are pence for each one of them; a share is
// between 0 and 1, a change may be below 0 or above 1.
const (
	Pence    Unit = "pence"
	Share    Unit = "share"
	Change   Unit = "change"
	Count    Unit = "count"
	PerUnit  Unit = "pence per "
	Fraction Unit = "index"
)

// Indicator is one thing that can be said of a body's spending.
type Indicator struct {
	ID, Title string
	Unit      Unit
	Measure   string // of the denominators, where it is divided by one
	Rate      bool   // pounds divided last: its distance from a median can be put in pounds
	Category  bool   // says something only where a category was asked for
	Before    bool   // reads the year before
	Prices    bool   // reads the price index
	Registers string // a column of suppliers that only an imported register fills, where it rests on one
	Local     bool   // reads where the bodies are
	Absent    string // why a body has no value, where it has none
}

// List returns the indicators in the order in which they are shown.
func List() []Indicator {
	const untold = "less than four fifths of the pounds went to suppliers that could be told"
	const before = "the same months of the year before are not all held, or nothing was spent in them"
	return []Indicator{
		{ID: "spend", Title: "Spend", Unit: Pence},
		{ID: "share_of_procured", Title: "Share of all that was procured", Unit: Share, Rate: true, Category: true, Absent: "nothing was procured in these months"},
		per("head", "population", "person"),
		per("bed", "beds", "bed"),
		per("employee", "employees", "employee"),
		per("pound_of_turnover", "turnover_pounds", "pound of turnover"),
		{ID: "suppliers", Title: "Number of suppliers", Unit: Count},
		{ID: "share_of_largest_three", Title: "Share of the largest three suppliers", Unit: Share, Rate: true, Absent: untold},
		{ID: "herfindahl", Title: "Concentration of suppliers (Herfindahl index)", Unit: Fraction, Absent: untold},
		{ID: "median_transaction", Title: "Median transaction", Unit: Pence, Absent: "nothing was paid out"},
		{ID: "ninetieth_transaction", Title: "90th-percentile transaction", Unit: Pence, Absent: "nothing was paid out"},
		{ID: "share_to_charities", Title: "Share paid to charities", Unit: Share, Rate: true, Absent: untold},
		{ID: "share_to_small_suppliers", Title: "Share paid to small suppliers", Unit: Share, Rate: true, Registers: "size",
			Absent: "of less than half of the pounds it is known whether they went to small suppliers"},
		{ID: "share_to_local_suppliers", Title: "Share paid to local suppliers", Unit: Share, Rate: true, Registers: "postcode_area", Local: true,
			Absent: "of less than half of the pounds it is known whether they went to local suppliers"},
		{ID: "refunds", Title: "Refunds as a share of what was paid out", Unit: Share, Rate: true, Absent: "nothing was paid out"},
		{ID: "change_in_cash", Title: "Change on the year before, in cash", Unit: Change, Rate: true, Before: true, Absent: before},
		{ID: "change_in_real_terms", Title: "Change on the year before, in real terms", Unit: Change, Before: true, Prices: true, Absent: before},
	}
}

func per(id, measure, one string) Indicator {
	return Indicator{ID: "per_" + id, Title: "Spend per " + one, Unit: PerUnit + Unit(one), Measure: measure, Rate: true,
		Absent: "no " + Measure(measure) + " is held of it for a year near enough"}
}

// Measure names a measure of the denominators in words.
func Measure(measure string) string {
	switch measure {
	case "beds":
		return "number of beds"
	case "employees":
		return "number of employees"
	case "turnover_pounds":
		return "turnover"
	}
	return measure
}

// Find returns the indicator of that name.
func Find(id string) (Indicator, error) {
	for _, indicator := range List() {
		if indicator.ID == id {
			return indicator, nil
		}
	}
	return Indicator{}, fmt.Errorf("%q is not an indicator: write one of %s", id, names())
}

func names() string {
	text := ""
	for _, indicator := range List() {
		if text != "" {
			text += ", "
		}
		text += indicator.ID
	}
	return text
}

// Page returns the indicator's page: Markdown under fixed headings.
func (i Indicator) Page() (string, error) {
	text, err := pages.ReadFile("pages/" + i.ID + ".md")
	return string(text), err
}

// SQL returns the indicator's own query: a row for each body, with what is to
// be divided by what. It reads the relations of shared/*.sql.
func (i Indicator) SQL() (string, error) {
	text, err := queries.ReadFile("sql/" + i.ID + ".sql")
	return string(text), err
}
