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

// fields cuts "Header=Value | Header=Value" into the publisher's columns. Text
// without a header counts as the line's own description.
func (m *memo) fields(text string) []field {
	list := make([]field, 0, 1+strings.Count(text, " | "))
	for part := range strings.SplitSeq(text, " | ") {
		head, value, found := strings.Cut(part, "=")
		if !found {
			head, value = "Description", part
		}
		folded := fold(value)
		if folded == "" {
			continue
		}
		list = append(list, field{m.role(head), head, value, folded, split(make([]string, 0, 8), folded)})
	}
	return list
}

// memo remembers what headers and publishers are: there are few of them.
type memo struct {
	roles map[string]role
	kinds map[string]string
}

// memoSize is how many a memo holds before it begins anew.
const memoSize = 4096

func newMemo() *memo { return &memo{map[string]role{}, map[string]string{}} }

func (m *memo) role(header string) role {
	known, ok := m.roles[header]
	if !ok {
		if len(m.roles) >= memoSize {
			clear(m.roles)
		}
		known = headerRole(header)
		m.roles[header] = known
	}
	return known
}

func (m *memo) publisher(name string, b *bodies) string {
	known, ok := m.kinds[name]
	if !ok {
		if len(m.kinds) >= memoSize {
			clear(m.kinds)
		}
		known = b.publisher(name)
		m.kinds[name] = known
	}
	return known
}
