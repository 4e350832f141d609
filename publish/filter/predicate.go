package filter

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"unicode/utf8"

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

// Predicate writes the filter as SQL. A filter with a Query has passed OfWords.
// What others report of a body is let through only where its duty, or a file,
// is named.
func (f Filter) Predicate() Predicate {
	b := NewConditions()
	b.bodies(f)
	if len(f.Duties)+len(f.Files) == 0 || f.Query != "" {
		b.Add("p.duty <> " + b.Value(schemas.Reported))
	}
	if f.ids != nil && len(f.ids) == 0 {
		b.Add("FALSE")
	}
	b.In("p.body IN (%s)", f.ids)
	b.In("p.publisher IN (%s)", f.Publishers)
	b.In("p.duty IN (%s)", f.Duties)
	b.In("p.supplier IN (%s)", f.Suppliers)
	b.In("COALESCE(NULLIF(p.scope, ''), 'unknown') IN (%s)", f.Scopes)
	b.In("p.payee IN (%s)", f.Payees)
	b.In("p.expense_type IN (%s)", f.ExpenseTypes)
	b.categories(f.Categories)
	b.Any("p.file_no IN (SELECT g.file_no FROM files g WHERE starts_with(g.file, %s))", f.Files)
	b.holds(f)
	b.amount("p.amount >= %s", f.Least)
	b.amount("p.amount <= %s", f.Most)
	from := b.span(f)
	return b.Predicate(from)
}

// OnlyBodies writes what the filter says of bodies as SQL, of bodies p.
func (f Filter) OnlyBodies() Predicate {
	b := NewConditions()
	b.bodies(f)
	return b.Predicate("bodies p")
}

func (b *Conditions) bodies(f Filter) {
	b.In("p.body IN (SELECT b.body FROM bodies b WHERE b.body IN (%[1]s) OR b.slug IN (%[1]s))", f.Bodies)
	b.In("p.body IN (SELECT b.body FROM bodies b WHERE b.kind IN (%s))", f.Kinds)
	b.In("p.body IN (SELECT b.body FROM search_bodies b WHERE b.region IN (%s))", f.Regions)
}

// Into puts the predicate in the place of {from} and {where} in a query and
// binds it, together with the query's own values.
func (p Predicate) Into(query string, values map[string]any) (string, []any, error) {
	query = strings.NewReplacer("{from}", p.From, "{where}", p.Where).Replace(query)
	all := maps.Clone(p.Values)
	maps.Copy(all, values)
	return store.Bind(query, all)
}

// holds adds what a search for words finds: payments of a payee whose name, or
// whose supplier's, holds every word, and those whose expense type and
// description do. A word of three letters or more may be the beginning of one.
// Words are found as the pages find them, by the release's tables of words,
// which hold no word of a payee who may be a private person.
func (b *Conditions) holds(f Filter) {
	if f.Query == "" {
		return
	}
	if f.words == nil {
		panic("filter: the words of a query are folded first, by OfWords") // a mistake in the program
	}
	var named, told []string
	for _, word := range f.words {
		upto := word + "\x00"
		if utf8.RuneCountInString(word) >= 3 {
			upto = word + "\U0010FFFF"
		}
		span := "word >= " + b.Value(word) + " AND word < " + b.Value(upto)
		named = append(named, "SELECT payee_id FROM search_payee_words WHERE "+span)
		told = append(told, "SELECT text_id FROM search_text_words WHERE "+span)
	}
	b.Add(fmt.Sprintf(`((p.payee_class = 'organisation' AND (p.payee, COALESCE(p.supplier, '')) IN (
      SELECT y.payee, COALESCE(n.supplier, '') FROM search_payees y LEFT JOIN search_suppliers n ON n.supplier_no = y.supplier_no WHERE y.payee_id IN (%s)))
    OR (p.payee_class IN ('organisation', 'redacted-commercial', 'missing') AND (COALESCE(p.expense_type, ''), COALESCE(p.description, '')) IN (
      SELECT x.expense_type, x.description FROM search_texts x WHERE x.text_id IN (%s))))`,
		strings.Join(named, " INTERSECT "), strings.Join(told, " INTERSECT ")))
}

// categories adds branches of the CPV.
func (b *Conditions) categories(codes []string) {
	if len(codes) == 0 {
		return
	}
	var each []string
	for _, code := range codes {
		if code == noCategory {
			each = append(each, "COALESCE(p.cpv, '') = ''")
		} else {
			each = append(each, "starts_with(p.cpv, "+b.Value(Branch(code))+")")
		}
	}
	b.Add("(" + strings.Join(each, " OR ") + ")")
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

// Branch cuts a CPV code to the digits that its whole branch begins with:
// 72000000-5 to 72, and 30000000 to 30, for the first two digits are one level.
func Branch(code string) string {
	digits, _, _ := strings.Cut(code, "-")
	return digits[:2] + zeros.ReplaceAllString(digits[2:], "")
}
