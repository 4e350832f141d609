package supplier

import "strings"

// Entry is an organisation in a register.
type Entry struct {
	Register    string // CompanyRegister, CharityRegister or BodyRegister
	Number      string // as the register writes it, all its noughts included
	Name        string
	FormerNames []string // also its working and trading names
	Postcode    string
	Size        string // of a company, by its accounts: Small or NotSmall, "" where they do not tell
	Status      string // Live or Ended
	From, To    string // YYYY-MM-DD, "" where not known or open
}

// The registers. At most one entry of each belongs to a supplier.
const (
	CompanyRegister = "company"
	CharityRegister = "charity"
	BodyRegister    = "body"
)

// The sizes of codelists/account_sizes.csv.
const (
	Small    = "small"
	NotSmall = "other"
)

// What has become of an entry.
const (
	Live  = "live"
	Ended = "ended"
)

// livesFor reports whether an entry was there at a date, "" for now.
func (e *Entry) livesFor(date string) bool {
	return e.Status != Ended || date != "" && e.To != "" && date <= e.To
}

// comesAfter reports whether an entry began only after a date.
func (e *Entry) comesAfter(date string) bool {
	return date != "" && e.From != "" && e.From > date
}

// registerNames are what reasons call the registers.
var registerNames = map[string]string{CompanyRegister: "the register of companies", CharityRegister: "the register of charities",
	BodyRegister: "the register of public bodies"}

// heldBy is what the registers hold.
var heldBy = map[string]string{CompanyRegister: "companies", CharityRegister: "charities", BodyRegister: "public bodies"}

// unit is a unit for an entry by one of its names.
func (e *Entry) unit(n name, v *vocabulary) *unit {
	u := &unit{forms: n.forms, body: -1, shown: e.Name, entry: e, places: postcodes(e.Postcode)}
	switch e.Register {
	case CompanyRegister:
		u.company = e.Number
	case CharityRegister:
		u.charity = strings.ToUpper(e.Number)
	}
	u.spelling, u.also = v.spell(n.words), v.spell(n.also)
	return u
}
