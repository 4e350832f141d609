package normalize

import (
	"cmp"
	"commonspend/schemas"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// field is a field of the common schema, by its place in codelists/fields.csv.
type field int8

const (
	fieldNone field = iota - 1
	fieldDate
	fieldAmount
	fieldSupplier
	fieldEntity
	fieldDepartmentFamily
	fieldExpenseType
	fieldExpenseArea
	fieldDescription
	fieldTransaction
	fieldCategory
	fieldSupplierID
	fieldVATAmount
	fieldPostcode
	fieldContractReference
	fieldCount
)

// meaning is what a header may stand for. A smaller rank is preferred.
type meaning struct {
	field    field
	rank     int
	dateKind string
	vat      schemas.VATBasis
	header   string // the rule's own form of the header, for evidence
}

type hasRule struct {
	words, not []string
	meaning
}

// vocabulary is columns.csv, ready to be asked.
type vocabulary struct {
	exact     map[string][]meaning
	has       []hasRule
	spellings []string // the keys of exact, sorted
	memo      map[string][]meaning
}

// columnRule is one line of columns.csv.
type columnRule struct {
	meaning
	how, not, publisher string
	from, to            schemas.Date
}

func parseColumnRules(lines []map[string]string, fields []string) ([]columnRule, error) {
	rules := make([]columnRule, 0, len(lines))
	for i, line := range lines {
		rule, err := parseColumnRule(line, fields)
		if err != nil {
			return nil, fmt.Errorf("columns.csv line %d: %w", i+2, err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

func parseColumnRule(line map[string]string, fields []string) (columnRule, error) {
	rule := columnRule{how: line["how"], not: line["not"], publisher: line["publisher"], from: schemas.NoDate, to: schemas.NoDate}
	rule.field = field(slices.Index(fields, line["field"]))
	if rule.field < 0 && line["field"] != "" {
		return rule, fmt.Errorf("%q is not a field of the code list", line["field"])
	}
	if rule.how != "is" && rule.how != "has" {
		return rule, fmt.Errorf("how is %q: write is or has", rule.how)
	}
	rank, err := strconv.Atoi(line["rank"])
	if err != nil {
		return rule, fmt.Errorf("rank %q is not a whole number", line["rank"])
	}
	rule.rank, rule.dateKind, rule.vat, rule.header = rank, line["date_kind"], schemas.VATBasis(line["vat_basis"]), line["header"]
	if rule.vat != "" && rule.vat != schemas.VATNet && rule.vat != schemas.VATGross {
		return rule, fmt.Errorf("vat_basis %q: write net, gross or nothing", rule.vat)
	}
	if rule.header != normalForm(rule.header) {
		return rule, fmt.Errorf("header %q: write it as %q", rule.header, normalForm(rule.header))
	}
	return rule, rule.parseDates(line["from"], line["to"])
}

func (rule *columnRule) parseDates(from, to string) (err error) {
	if from != "" {
		if rule.from, err = schemas.ParseDate(from); err != nil {
			return err
		}
	}
	if to != "" {
		rule.to, err = schemas.ParseDate(to)
	}
	return err
}

// holds reports whether a rule is for a publisher and a period. A period that is
// not known is no reason to leave a rule out.
func (rule *columnRule) holds(publisher string, period schemas.Period) bool {
	if rule.publisher != "" && rule.publisher != publisher {
		return false
	}
	return !period.Known() || (rule.from == schemas.NoDate || period.To >= rule.from) &&
		(rule.to == schemas.NoDate || period.From <= rule.to)
}

// vocabularyFor gathers the rules that hold for a publisher and a period. The
// publisher's own come before the general ones.
func vocabularyFor(rules []columnRule, publisher string, period schemas.Period) *vocabulary {
	v := &vocabulary{exact: map[string][]meaning{}, memo: map[string][]meaning{}}
	for _, rule := range rules {
		if !rule.holds(publisher, period) {
			continue
		}
		m := rule.meaning
		if rule.publisher != "" {
			m.rank -= 100
		}
		if rule.how == "is" {
			v.exact[rule.header] = append(v.exact[rule.header], m)
		} else {
			v.has = append(v.has, hasRule{words: strings.Fields(rule.header), not: strings.Fields(rule.not), meaning: m})
		}
	}
	for form, found := range v.exact {
		slices.SortStableFunc(found, func(a, b meaning) int { return cmp.Compare(a.rank, b.rank) })
		v.spellings = append(v.spellings, form)
	}
	slices.Sort(v.spellings)
	return v
}
