package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// supplier is a payee of one body: who it truly is and how it is written.
type supplier struct {
	id       string   // the firm's bare name, or the public body's id; "" for a person or a redaction
	spelt    []string // the ways in which this body writes it, the usual one first
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

// firm is the kth seller of the nth expense of a trade. Firms of one name sell
// to bodies of every kind. A few carry letters that differ between encodings;
// where the publisher's cannot write them, they lose their signs.
func firm(e expense, n, k int, plain bool) string {
	stems := firmStems()
	name := stems[(n*11+k)%len(stems)]
	switch k % 12 {
	case 1:
		name += map[bool]string{true: " Marque", false: " Marqué"}[plain]
	case 3:
		name += " & " + stems[(n*11+k+24)%len(stems)]
	}
	return name + " " + e.sells[k%len(e.sells)]
}

// spellings are the ways in which ledgers write a firm's name.
func spellings(name string) []string {
	return []string{
		name + " Ltd", name + " Limited", strings.ToUpper(name + " Ltd"), name + " Ltd.", strings.ToUpper(name + " Limited"), name + " Ltd (BACS)",
	}
}

// seller makes a firm a supplier of one body, which writes it in one way mostly.
func seller(r *rand.Rand, b body, n, k int) supplier {
	e := b.trade.expenses[n]
	ways := spellings(firm(e, n, k, b.layout.plainText()))
	usual, other := r.IntN(len(ways)), r.IntN(len(ways))
	return supplier{id: firm(e, n, k, true), spelt: []string{ways[usual], ways[other]}, expense: e, postcode: postcode(r)}
}

// sister makes another public body a payee of one body.
func sister(r *rand.Rand, b, other body) supplier {
	return supplier{id: other.BodyID, spelt: []string{other.Name, other.Name}, expense: b.trade.transfer, postcode: postcode(r)}
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
		"Zellingham", "Apperlund", "Bromblehurst", "Cobblestrand", "Dibbersley", "Everstrand", "Frumpleigh", "Gossamwell",
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
