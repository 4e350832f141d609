package comparison

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"commonspend/compare/peer"
	"commonspend/schemas"
)

// Refusal says in a sentence why there is no comparison, and what could be
// compared instead.
type Refusal = peer.Refusal

// Request is what is to be compared.
type Request struct {
	Body       string
	Category   string // the eight digits of a CPV code: everything below it counts; "" for the scope as a whole
	Scope      string // procurement, unless asked otherwise
	Period     schemas.Period
	Peers      peer.Rule
	Indicators []string // nil for all
	Bootstrap  int      // how many times to draw the body's transactions again; 0 not to
}

// Scopes are what a payment can be for.
var scopes = []string{"procurement", "grant", "transfer", "individuals", "tax", "finance", "mixed", "unknown"}

// NewRequest reads a request as people write one: "72000000" or "72000000-5",
// "2018/19" or "2020-04..2020-11", "nearest:15". Scope may be "".
func NewRequest(body, category, scope, period, peers string) (Request, error) {
	r := Request{Body: strings.TrimSpace(body), Scope: scope}
	if r.Scope == "" {
		r.Scope = "procurement"
	}
	if r.Body == "" {
		return r, fmt.Errorf("no body is named: write its id, such as GB-LAE-LDS")
	}
	if !slices.Contains(scopes, r.Scope) {
		return r, fmt.Errorf("%q is not a scope: write one of %s", scope, strings.Join(scopes, ", "))
	}
	var err error
	if r.Category, err = parseCategory(category); err != nil {
		return r, err
	}
	if r.Period, err = parsePeriod(period); err != nil {
		return r, err
	}
	r.Peers, err = peer.ParseRule(peers)
	return r, err
}

// parseCategory reads a CPV code with or without its check digit, or only its
// division: "72".
func parseCategory(text string) (string, error) {
	code, _, _ := strings.Cut(strings.TrimSpace(text), "-")
	if code == "" {
		return "", nil
	}
	if len(code) == 2 {
		code += "000000"
	}
	titles, err := categories()
	if err != nil {
		return "", err
	}
	if _, ok := titles[code]; !ok {
		for stem := code; len(stem) >= 2; stem = stem[:len(stem)-1] {
			if above := (stem + "00000000")[:max(8, len(stem))]; titles[above] != "" {
				return "", fmt.Errorf("%q is not a CPV code: the nearest above it is %s, %s", text, above, titles[above])
			}
		}
		return "", fmt.Errorf("%q is not a CPV code: write its eight digits, such as 72000000 for IT services", text)
	}
	return code, nil
}

// categories returns the titles of the CPV, by code without check digit.
func categories() (map[string]string, error) {
	list, err := schemas.Codelist("cpv")
	if err != nil {
		return nil, err
	}
	titles := make(map[string]string, len(list))
	for _, entry := range list {
		titles[entry["code"]] = entry["title"]
	}
	return titles, nil
}

// periodForms are the ways to write a period: a financial year, also as ids
// have it, a month, months, and days as periods are written out.
var periodForms = regexp.MustCompile(`^(\d{4}[/-]\d{2}|\d{4}-\d{2}(-\d{2})?\.\.\d{4}-\d{2}(-\d{2})?)$`)

// The years that a period can be of: nobody published before, or yet.
const firstYear, lastYear = 1990, 2099

// parsePeriod reads a financial year, a month, or months "2020-04..2020-11",
// also with "_" for "..", as ids have it.
func parsePeriod(written string) (schemas.Period, error) {
	unread := fmt.Errorf("%q is not a period: write a financial year as 2018/19, a month as 2018-04 or months as 2020-04..2020-11, of %d to %d", written, firstYear, lastYear)
	text := strings.Replace(strings.TrimSpace(written), "_", "..", 1)
	if !periodForms.MatchString(text) {
		return schemas.NoPeriod, unread
	}
	if len(text) == 7 && text[5:] > "12" {
		text = text[:4] + "/" + text[5:] // 2018-19, as in addresses and ids
	}
	if from, to, ok := strings.Cut(text, ".."); ok && len(from) == 7 && len(to) == 7 {
		first, err := schemas.ParsePeriod(from)
		if err != nil {
			return schemas.NoPeriod, unread
		}
		last, err := schemas.ParsePeriod(to)
		if err != nil {
			return schemas.NoPeriod, unread
		}
		text = first.From.String() + ".." + last.To.String()
	}
	period, err := schemas.ParsePeriod(text)
	if err != nil || !period.Known() || period.From.FinancialYear() < firstYear || period.To.FinancialYear() > lastYear {
		return schemas.NoPeriod, unread
	}
	if months := len(period.Months()); months > 12 {
		return schemas.NoPeriod, fmt.Errorf("%s is %d months: compare twelve or fewer at a time, such as 2018/19", text, months)
	}
	return whole(period), nil
}

// whole widens a period to whole months, which are what coverage is held by.
func whole(p schemas.Period) schemas.Period {
	return schemas.Period{From: p.From.Month(), To: schemas.MonthOf(p.To).To}
}

// bounds are the first text and the one past the last that a category's codes
// lie between: those below 72200000 begin with "722", and ":" follows "9".
func (r Request) bounds() (from, to string) {
	if r.Category == "" {
		return "", ":"
	}
	stem := strings.TrimRight(r.Category, "0")
	if len(stem) < 2 {
		stem = r.Category[:2]
	}
	return stem, stem + ":"
}

// yearBefore is the same months a year earlier.
func yearBefore(d schemas.Date) schemas.Date {
	year, month, _ := d.Civil()
	before, _ := schemas.DateOf(year-1, month, 1)
	return before
}
