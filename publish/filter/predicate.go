package filter

import (
	"fmt"
	"maps"
	"regexp"
	"strings"

	"commonspend/schemas"
	"commonspend/store"
)

// Predicate is a filter as serve.duckdb is asked: payments are p, and where
// dates matter their files are f.
type Predicate struct {
	From   string         // "payments p", with the joins that Where needs
	Where  string         // never empty; every value is a :name, each beginning with "filter_"
	Values map[string]any // of those names
}

// Counted is the SQL of the day a payment counts under, as figures have it: its
// own date, or the first day of its file's period where it has no date to
// believe; NULL for none. It needs payments p and files f.
const Counted = `CASE WHEN p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) THEN p.date ELSE f.period_from END`

const (
	alone     = "payments p"
	withFiles = "payments p JOIN files f ON f.file_no = p.file_no"
)

// Predicate writes the filter as SQL.
func (f Filter) Predicate() Predicate {
	b := NewConditions()
	b.In("p.body IN (SELECT b.body FROM bodies b WHERE b.body IN (%[1]s) OR b.slug IN (%[1]s))", f.Bodies)
	b.In("p.body IN (SELECT b.body FROM bodies b WHERE b.kind IN (%s))", f.Kinds)
	b.In("p.body IN (SELECT b.body FROM search_bodies b WHERE b.region IN (%s))", f.Regions)
	if f.ids != nil && len(f.ids) == 0 {
		b.Add("FALSE")
	}
	b.In("p.body IN (%s)", f.ids)
	b.In("p.publisher IN (%s)", f.Publishers)
	b.In("p.duty IN (%s)", f.Duties)
	b.In("p.supplier IN (%s)", f.Suppliers)
	b.In("p.scope IN (%s)", f.Scopes)
	b.In("p.payee IN (%s)", f.Payees)
	b.In("p.expense_type IN (%s)", f.ExpenseTypes)
	b.Any("starts_with(p.cpv, %s)", branches(f.Categories))
	b.Any("p.file_no IN (SELECT g.file_no FROM files g WHERE starts_with(g.file, %s))", f.Files)
	if f.Query != "" {
		name := b.Value(strings.ToLower(f.Query))
		b.Add(fmt.Sprintf("(contains(lower(p.payee), %[1]s) OR contains(lower(COALESCE(p.description, '')), %[1]s) OR contains(lower(COALESCE(p.supplier_name, '')), %[1]s))", name))
	}
	b.amount("p.amount >= %s", f.Min)
	b.amount("p.amount <= %s", f.Max)
	from := b.span(f)
	return b.Predicate(from)
}

// Into puts the predicate in the place of {from} and {where} in a query and
// binds it, together with the query's own values.
func (p Predicate) Into(query string, values map[string]any) (string, []any, error) {
	query = strings.NewReplacer("{from}", p.From, "{where}", p.Where).Replace(query)
	all := maps.Clone(p.Values)
	maps.Copy(all, values)
	return store.Bind(query, all)
}

func (b *Conditions) amount(condition string, amount *schemas.Amount) {
	if amount != nil {
		b.Add(fmt.Sprintf(condition, b.Value(int64(*amount))))
	}
}

// span adds the days, and returns the tables that the conditions then need.
func (b *Conditions) span(f Filter) string {
	if f.Undated {
		b.Add("(" + Counted + ") IS NULL")
		return withFiles
	}
	from := alone
	for _, end := range []struct {
		condition string
		day       schemas.Date
	}{{" >= ", f.From}, {" <= ", f.To}} {
		if end.day != schemas.NoDate {
			b.Add("(" + Counted + ")" + end.condition + "CAST(" + b.Value(end.day.String()) + " AS DATE)")
			from = withFiles
		}
	}
	return from
}

var zeros = regexp.MustCompile(`0+$`)

// branches cuts CPV codes to the digits that their whole branch begins with:
// 72000000-5 to 72, and 30000000 to 30, for the first two digits are one level.
func branches(codes []string) []string {
	list := make([]string, len(codes))
	for i, code := range codes {
		digits, _, _ := strings.Cut(code, "-")
		list[i] = digits[:2] + zeros.ReplaceAllString(digits[2:], "")
	}
	return list
}
