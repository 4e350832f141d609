package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// supplier is a payee of one body, and what that body buys from it.
type supplier struct {
	name     string
	expense  expense
	postcode string
}

// firmStems are invented words. A test holds them against real suppliers' names.
func firmStems() []string {
	return []string{
		"Averlockin", "Brindovar", "Cavendrell", "Dorvaney", "Elmarrick", "Fostrevan", "Glimmarsh", "Harlowick",
		"Istervane", "Jorvanel", "Kelmarrow", "Lanterwick", "Morvantis", "Nethercroy", "Ostrelline", "Pellowmark",
		"Quellmar", "Rothervane", "Sandrivel", "Tolmarrick", "Ulvestone", "Varrowby", "Wintrel", "Yarnovale",
		"Zephrick", "Ardlemoor", "Boscovane", "Cravenholt", "Drumlowe", "Evermarch", "Farrovian", "Gantrill",
		"Hexavane", "Ivorquay", "Jessmarrow", "Kittermere", "Lowverick", "Mallowgate", "Nimbrook", "Orrinvale",
		"Plovermark", "Quaysider", "Rimmerlow", "Stavemoor", "Tindervane", "Umberlow", "Vellacroft", "Wexarrow",
	}
}

// makeSuppliers draws a body's regular payees: firms for each of its expenses,
// and a few other bodies of this world, which it pays transfers to.
func makeSuppliers(r *rand.Rand, all []body, self int) []supplier {
	b := all[self]
	var out []supplier
	for range 36 + r.IntN(24) {
		e := b.trade.expenses[r.IntN(len(b.trade.expenses))]
		out = append(out, supplier{name: firm(r, e, b.layout.plainText()), expense: e, postcode: postcode(r)})
	}
	for range 3 {
		other := (self + 1 + r.IntN(len(all)-1)) % len(all)
		out = append(out, supplier{name: all[other].Name, expense: b.trade.transfer, postcode: postcode(r)})
	}
	return out
}

// firm makes up a name that says what it sells. Some carry letters that differ
// between encodings, unless the publisher's encoding cannot write them.
func firm(r *rand.Rand, e expense, plain bool) string {
	stems := firmStems()
	name := stems[r.IntN(len(stems))] + " " + e.sells[r.IntN(len(e.sells))]
	suffix := []string{"Ltd", "Limited", "LTD", "Plc", "LLP", "Group Ltd", "(UK) Ltd"}[r.IntN(7)]
	switch r.IntN(12) {
	case 0:
		return strings.ToUpper(name + " " + suffix)
	case 1:
		if !plain {
			return "Café " + name + " " + suffix
		}
	case 2:
		if !plain {
			return name + " – St Orrin’s " + suffix
		}
	case 3:
		return name + " & " + stems[r.IntN(len(stems))] + ", Partners " + suffix
	}
	return name + " " + suffix
}

// postcode is of the shape of a postcode, in an area that no postcode uses.
func postcode(r *rand.Rand) string {
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	return fmt.Sprintf("QX%d %d%c%c", 1+r.IntN(20), r.IntN(10), letters[r.IntN(20)], letters[r.IntN(20)])
}

// redaction is one of the ways in which publishers say that they hold a name back.
func redaction(r *rand.Rand) string {
	words := []string{
		"REDACTED", "Redacted", "Redacted - Personal Data", "REDACTED PERSONAL DATA", "Name withheld",
		"Redacted - Commercial Confidentiality", "Personal information redacted", "Private Individual", "Redacted Individual",
	}
	return words[r.IntN(len(words))]
}

// person is a made-up private individual.
type person struct {
	title, forename, initials, surname string
}

// surnames are invented, and no other word of this world contains one.
func surnames() []string {
	return []string{
		"Abblethorn", "Bickerdyne", "Corvesley", "Dunthrope", "Eskelby", "Farthingow", "Grindlebury", "Hesselgarth",
		"Imberson", "Jaggerwell", "Kedgeworth", "Lumbersley", "Mossendew", "Nuttercombe", "Oddlestone", "Pruddlesby",
		"Quenchley", "Ribblethorpe", "Spurlingham", "Tuckersgill", "Uppershawe", "Vintersley", "Whistleholm", "Yaddlethorp",
		"Zellingham", "Apperlund", "Bromblehurst", "Cattermore", "Dibbersley", "Everstrand", "Frumpleigh", "Gossamwell",
		"Huckleworth", "Inkerswade", "Jobberley", "Knapperton", "Luddenhay", "Muggersdale", "Nobblecott", "Ockerswell",
	}
}

// people gives the forty, always the same.
func people() []person {
	women := []string{"Jane", "Susan", "Margaret", "Priya", "Helen", "Carol", "Fatima", "Ruth"}
	men := []string{"John", "David", "Paul", "Imran", "Peter", "Colin", "Samuel", "Graham"}
	var all []person
	for i, surname := range surnames() {
		p := person{surname: surname, forename: men[i/2%8], title: []string{"Mr", "Mr", "Dr"}[i%3]}
		if i%2 == 1 {
			p.forename, p.title = women[i/2%8], []string{"Mrs", "Miss", "Ms"}[i%3]
		}
		p.initials = p.forename[:1]
		if i%3 == 1 {
			p.initials += " " + string(rune('A'+i%20))
		}
		all = append(all, p)
	}
	return all
}

// form is one of the ways in which a ledger writes a person's name.
func (p person) form(n int) string {
	switch n % 8 {
	case 0:
		return p.title + " " + p.initials + " " + p.surname
	case 1:
		return strings.ToUpper(p.surname) + " " + p.forename
	case 2:
		return p.surname + ", " + p.forename
	case 3:
		return strings.ToUpper(p.title + " " + p.initials + " " + p.surname)
	case 4:
		return p.surname + " " + p.title + " " + p.initials
	case 5:
		return p.title + " " + p.forename + " " + p.surname
	case 6:
		return p.title + ". " + strings.ReplaceAll(p.initials, " ", ".") + ". " + p.surname
	}
	return p.title + " " + p.surname + " T/A Garden Services"
}

// PeopleForms lists every way in which the people may be written as payees.
func (w *World) PeopleForms() []string {
	var forms []string
	for _, p := range people() {
		for n := range 8 {
			forms = append(forms, p.form(n))
		}
	}
	return forms
}
