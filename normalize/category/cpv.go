package category

import (
	"strings"

	"commonspend/schemas"
)

// codes gives the check digit and title of each CPV 2008 code of eight digits.
type codes map[string]struct{ check, title string }

func newCodes() (codes, error) {
	list, err := schemas.Codelist("cpv")
	if err != nil {
		return nil, err
	}
	all := codes{}
	for _, line := range list {
		all[line["code"]] = struct{ check, title string }{line["check"], line["title"]}
	}
	return all, nil
}

// full writes a division or group, "79" or "796", as the list does:
// "79600000-0". A code that is not in the list gives "".
func (all codes) full(digits string) string {
	if len(digits) < 2 || len(digits) > 8 {
		return ""
	}
	code := digits + "00000000"[len(digits):]
	entry, ok := all[code]
	if !ok {
		return ""
	}
	return code + "-" + entry.check
}

// title is what the list calls a code.
func (all codes) title(full string) string {
	code, _, _ := strings.Cut(full, "-")
	return all[code].title
}

// stated finds a CPV code that a column gives: eight digits in a column called
// CPV, or eight digits with their right check digit in any. A wrong check digit
// is no code.
func (all codes) stated(f *field) string {
	named := strings.Contains(strings.ToLower(f.head), "cpv")
	for _, word := range strings.FieldsFunc(f.value, func(r rune) bool { return r != '-' && (r < '0' || r > '9') }) {
		digits, check, checked := strings.Cut(word, "-")
		entry, known := all[digits]
		if known && (checked && check == entry.check || named && !checked) {
			return digits + "-" + entry.check
		}
	}
	return ""
}
