// Package supplier tells which payee names are one supplier.
//
// What comes in: payees as published, each with what else the row says: postcode,
// company, charity or VAT number, publisher, date, and the class of the payee.
// What goes out: an identity for each payee, with its confidence, method and
// reason, and links between suppliers that are related and not the same. Registers
// may be streamed past (ResolveWith), and earlier work used again (ResolveFrom).
// What it refuses: to name private people, redacted payees, and names that say
// nothing ("Various"): those get no identity. It abstains rather than guess.
//
// A payee's way: its name is taken apart (name, words, number, reference) and put
// with its like (unit); pairs worth a look are found (block) and compared (features,
// left, apart, compare, score); pairs become clusters (cluster), beside the registers
// (register, against, likeness, choose), and clusters get their names (identity, kind). State is
// what saves the next time most of it. It is one package though it is a large one: all
// of these speak of one vocabulary, the words of the payees at hand weighed by how
// many bear them, so that a package of its own for any would export the word, its
// classes and its rarity to this one alone.
package supplier

import "commonspend/schemas"

// Payee is a payee as one row or one list has it. Empty fields are not known.
type Payee struct {
	Name      string
	Postcode  string // one, or several with spaces or commas between
	Company   string
	Charity   string
	VAT       string
	Publisher string
	Date      string
	Class     schemas.PayeeClass // "" stands for an organisation
}

// Kind says what sort of payee a supplier is.
type Kind string

// The kinds of supplier.
const (
	Company  Kind = "company"
	Public   Kind = "public body"
	Charity  Kind = "charity"
	Person   Kind = "person"
	Redacted Kind = "redacted"
	Unknown  Kind = "unknown"
)

// Identity says who a payee is. An empty ID means that this package abstained.
type Identity struct {
	ID         string // the same for every payee of one supplier, whatever the order of the input
	Name       string // the supplier's plainest published or registered name
	Kind       Kind
	Confidence float64 // how sure it is that this payee is this supplier, 0 to 1
	Method     string  // register, number, name, likeness, alone or abstained
	Reason     string  // in plain words

	// What the supplier is known by, "" where it is not: the id of a public body
	// of the register, a company number, a charity number.
	Body, Company, Charity string

	// What the register of companies tells of it, "" where it does not: Small or
	// NotSmall, and the postcode area of its registered office ("LS").
	Size, Area string
}

// Link says that two suppliers are related and not the same.
type Link struct {
	A, B   string // IDs, A before B
	Reason string
}

// Result is what became of a list of payees: Identities has one entry for each,
// in its order; if registers were there, so have Found, with the entries of the
// payee's supplier, and Nearest, with the entry most like the payee, however
// unlikely, for a person to look at. Links is sorted.
type Result struct {
	Identities []Identity
	Found      [][]*Entry
	Nearest    []*Entry
	Links      []Link
}
