package filter

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"commonspend/schemas"
)

// Limits of an address: far above what a person asks for, and low enough that
// no query grows without bound.
const (
	mostValues = 100 // of one word
	mostLength = 200 // characters of one value
)

// What stands in an address for payments that count under no month, and for
// those that are not categorised.
const (
	noYear     = "none"
	noCategory = "none"
)

// Error says which word of an address cannot be read, and the way out.
type Error struct {
	Name     string // the word
	Value    string // "" where the word itself is the trouble
	Sentence string
}

func (e *Error) Error() string { return e.Sentence }

// Read reads the filter from an address's query. also names the other words
// that the address may carry, such as cursor and limit. Its error is an *Error.
func Read(query url.Values, also ...string) (Filter, error) {
	f := New()
	if err := Known(query, append(Names(), also...)); err != nil {
		return f, err
	}
	for _, w := range words() {
		list, err := texts(query, w.name)
		if err != nil {
			return f, err
		}
		*w.list(&f) = list
	}
	for _, read := range []func(*Filter, url.Values) error{readCodes, readSpan, readAmounts, readQuery} {
		if err := read(&f, query); err != nil {
			return f, err
		}
	}
	return f, nil
}

// Known refuses a word that is not in names, and names the nearest that is.
func Known(query url.Values, names []string) error {
	for _, name := range slices.Sorted(mapsKeys(query)) {
		if slices.Contains(names, name) {
			continue
		}
		return &Error{Name: name, Sentence: fmt.Sprintf("There is no filter %s.", Shown(name)) + instead(name, names)}
	}
	return nil
}

// NotAmong refuses a value of a word that takes only those of a list, and names
// the nearest of them.
func NotAmong(name, value string, list []string) *Error {
	return &Error{name, value, fmt.Sprintf("%q cannot be %s.", name, Shown(value)) + instead(value, list)}
}

// instead names the nearest of a list, or all of them where none is near.
func instead(name string, list []string) string {
	if near := nearest(name, list); near != "" {
		return fmt.Sprintf(" The nearest is %q.", near)
	}
	return " There are: " + strings.Join(slices.Sorted(slices.Values(list)), ", ") + "."
}

// texts reads every value of a word; empty ones, as a form sends them, are
// left out.
func texts(query url.Values, name string) ([]string, error) {
	var list []string
	for _, value := range query[name] {
		if value == "" || slices.Contains(list, value) {
			continue
		}
		if err := plain(name, value); err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	if len(list) > mostValues {
		return nil, &Error{name, "", fmt.Sprintf("%q stands %d times; ask for at most %d at once.", name, len(list), mostValues)}
	}
	return list, nil
}

// plain refuses text that no published value can hold.
func plain(name, value string) error {
	switch {
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		return &Error{name, value, fmt.Sprintf("The value of %q is not UTF-8 text.", name)}
	case utf8.RuneCountInString(value) > mostLength:
		return &Error{name, value, fmt.Sprintf("The value of %q is longer than %d characters.", name, mostLength)}
	}
	return nil
}

// one reads a word that may stand only once.
func one(query url.Values, name string) (string, error) {
	list, err := texts(query, name)
	switch {
	case err != nil:
		return "", err
	case len(list) > 1:
		return "", &Error{name, list[1], fmt.Sprintf("%q stands %d times; it may stand once.", name, len(list))}
	case len(list) == 0:
		return "", nil
	}
	return list[0], nil
}

var (
	cpvPattern  = regexp.MustCompile(`^[0-9]{2,8}(-[0-9])?$`)
	filePattern = regexp.MustCompile(`^[0-9a-f]{8,64}$`)
)

// readCodes checks the words whose values are codes.
func readCodes(f *Filter, _ url.Values) error {
	for _, scope := range f.Scopes {
		if !slices.Contains(Scopes(), scope) {
			return NotAmong("scope", scope, Scopes())
		}
	}
	for _, code := range f.Categories {
		if code != noCategory && !cpvPattern.MatchString(code) {
			return &Error{"category", code, fmt.Sprintf("%s is not a CPV code. Write it as 72000000, or its first digits, or none for what is not categorised.", Shown(code))}
		}
	}
	for _, sha := range f.Files {
		if !filePattern.MatchString(sha) {
			return &Error{"file", sha, fmt.Sprintf("%s is not the hash of a file. Give at least its first 8 characters, in small letters.", Shown(sha))}
		}
	}
	return nil
}

// readSpan reads year, month, from and to into one span of days.
func readSpan(f *Filter, query url.Values) error {
	found := map[string]string{}
	for _, name := range []string{"year", "month", "from", "to"} {
		value, err := one(query, name)
		if err != nil {
			return err
		}
		found[name] = value
	}
	if found["year"] == noYear {
		f.Undated, found["year"] = true, ""
	}
	for _, name := range []string{"year", "month"} {
		if err := f.narrow(name, found[name]); err != nil {
			return err
		}
	}
	for _, name := range []string{"from", "to"} {
		if err := f.bound(name, found[name]); err != nil {
			return err
		}
	}
	dated := f.From != schemas.NoDate || f.To != schemas.NoDate
	if f.Undated && dated {
		return &Error{"year", noYear, "A payment without a date lies in no span. Leave out year=none, or the dates."}
	}
	if f.From != schemas.NoDate && f.To != schemas.NoDate && f.From > f.To {
		return &Error{"from", f.From.String(), fmt.Sprintf("The span ends on %s, before it begins on %s.", f.To, f.From)}
	}
	return nil
}

// narrow sets the span to a financial year or a month of it.
func (f *Filter) narrow(name, value string) error {
	if value == "" {
		return nil
	}
	if name == "month" {
		if first, err := schemas.ParseDate(value + "-01"); err == nil {
			month := schemas.MonthOf(first)
			f.From, f.To = max(f.From, month.From), month.To
			return nil
		}
		return &Error{name, value, fmt.Sprintf("%s is not a month. Write it as 2024-04.", Shown(value))}
	}
	year, ok := yearOf(value)
	if !ok {
		return &Error{name, value, fmt.Sprintf("%s is not a financial year. Write it as 2024-25.", Shown(value))}
	}
	f.From, f.To = year.From, year.To
	return nil
}

// yearOf reads 2024-25, as an address has it, or 2024/25, as a column has it.
func yearOf(value string) (schemas.Period, bool) {
	if len(value) != len("2024-25") || (value[4] != '-' && value[4] != '/') {
		return schemas.NoPeriod, false
	}
	period, err := schemas.ParsePeriod(value[:4] + "/" + value[5:])
	return period, err == nil
}

// bound reads one end of the span: a day, or a month, of which it is the first
// or the last day.
func (f *Filter) bound(name, value string) error {
	if value == "" {
		return nil
	}
	day, err := schemas.ParseDate(value)
	if err != nil {
		first, monthErr := schemas.ParseDate(value + "-01")
		if monthErr != nil {
			return &Error{name, value, fmt.Sprintf("%s is not a date. Write it as 2024-04-30, or 2024-04 for a month.", Shown(value))}
		}
		if day = first; name == "to" {
			day = schemas.MonthOf(first).To
		}
	}
	if name == "from" && (f.From == schemas.NoDate || day > f.From) {
		f.From = day
	}
	if name == "to" && (f.To == schemas.NoDate || day < f.To) {
		f.To = day
	}
	return nil
}

// readAmounts reads least and most, in pounds.
func readAmounts(f *Filter, query url.Values) error {
	for name, into := range map[string]**schemas.Amount{"least": &f.Least, "most": &f.Most} {
		value, err := one(query, name)
		if err != nil {
			return err
		}
		if value == "" {
			continue
		}
		amount, ok := pounds(value)
		if !ok {
			return &Error{name, value, fmt.Sprintf("%s is not an amount in pounds. Write it as 25000 or -12.50.", Shown(value))}
		}
		*into = &amount
	}
	if f.Least != nil && f.Most != nil && *f.Least > *f.Most {
		return &Error{"least", f.Least.String(), fmt.Sprintf("The least amount, %s, is above the most, %s.", f.Least.Pounds(), f.Most.Pounds())}
	}
	return nil
}

var poundsPattern = regexp.MustCompile(`^(-?)([0-9]{1,13})(?:\.([0-9]{1,2}))?$`)

// pounds reads decimal pounds, as people type them, into pence, without a float
// in between: 1234.5, £1,234.50.
func pounds(value string) (schemas.Amount, bool) {
	parts := poundsPattern.FindStringSubmatch(strings.NewReplacer("£", "", ",", "", " ", "").Replace(value))
	if parts == nil {
		return 0, false
	}
	var pence schemas.Amount
	for _, digit := range parts[2] + (parts[3] + "00")[:2] {
		pence = 10*pence + schemas.Amount(digit-'0')
	}
	if parts[1] == "-" {
		pence = -pence
	}
	return pence, true
}

// readQuery reads the words to look for.
func readQuery(f *Filter, query url.Values) error {
	text, err := one(query, "q")
	if err != nil {
		return err
	}
	f.Query = strings.Join(strings.Fields(text), " ")
	return nil
}

// Shown quotes what was written, cut where it is long.
func Shown(value string) string {
	if utf8.RuneCountInString(value) > 40 {
		value = string([]rune(value)[:40]) + "…"
	}
	return quoted(value)
}
