package category

import "strings"

// role is what a column of the publisher's tells us about.
type role byte

const (
	roleType   role = 'T' // the ledger's word for the expense: "Agency Staff"
	roleArea   role = 'A' // who in the body spent: "Adult Social Care"
	roleDetail role = 'D' // what the line itself says: "ACC MARKET HALL REMOVE STONES"
	roleLabel  role = 'C' // the publisher's own category: ProClass, merchant category
	roleFamily role = 'F' // the department: says next to nothing of what was bought
	roleKind   role = 'S' // what kind of supplier the publisher holds it to be
	roleOther  role = 'O'
	rolePayee  role = 'P'
	roleKinds  role = 'K' // no column: what kind of body pays what kind
)

// field is one of a publisher's columns, as published and as read.
type field struct {
	role  role
	head  string
	value string // as published
	text  string // folded
	words []string
}

// headerRoles gives the role of a header by the first words found in it.
var headerRoles = []struct {
	role  role
	words []string
}{
	{roleKind, []string{"supplier type", "creditor type", "supplier obs", "vendor type", "invoice type", "transaction type"}},
	{roleArea, []string{"service category"}},
	{roleType, []string{"expenditure category", "sercop", "service expenditure"}},
	{roleLabel, []string{"category", "proclass", "thomson", "merchant", "classification", "cpv", "lot"}},
	{roleDetail, []string{"purpose", "narrative", "invoice", "details", "supplied", "provided", "project", "product"}},
	{roleArea, []string{"area", "directorate", "cost cent", "business unit", "service", "organisation", "c c"}},
	{roleType, []string{"type", "account", "nac", "expenditure", "expense", "ledger", "group description", "subjective", "a c"}},
	{roleFamily, []string{"department", "family", "funding org", "year"}},
	{roleDetail, []string{"description", "item", "reason"}},
}

func headerRole(header string) role {
	folded := " " + fold(header)
	for _, line := range headerRoles {
		for _, words := range line.words {
			if strings.Contains(folded, " "+words) {
				return line.role
			}
		}
	}
	return roleOther
}

// newField folds a value and cuts it into words.
func newField(role role, header, value string) field {
	text := fold(value)
	return field{role, header, value, text, split(make([]string, 0, 8), text)}
}

// columns hands on each column of a line. Text without a header counts as the
// line's own description.
func (l *Line) columns(hand func(header, value string)) {
	if l.Columns != nil {
		for i := range l.Columns {
			hand(l.Columns[i].Header, l.Columns[i].Value)
		}
		return
	}
	for rest, more := l.Text, l.Text != ""; more; {
		var one string
		one, rest, more = strings.Cut(rest, " | ")
		head, value, found := strings.Cut(one, "=")
		if !found {
			head, value = "Description", one
		}
		hand(head, value)
	}
}
