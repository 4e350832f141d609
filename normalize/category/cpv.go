package category

import (
	"strings"

	"commonspend/schemas"
)

// codes are the CPV 2008 codes, and those that merchant category codes come
// nearest to.
type codes struct {
	cpv       map[string]struct{ check, title string } // by the eight digits
	merchants map[string]string                        // a code of four digits to one of the CPV in full
}

func newCodes() (codes, error) {
	all := codes{map[string]struct{ check, title string }{}, map[string]string{}}
	list, err := schemas.Codelist("cpv")
	if err != nil {
		return all, err
	}
	for _, line := range list {
		all.cpv[line["code"]] = struct{ check, title string }{line["check"], line["title"]}
	}
	list, err = schemas.Codelist("crosswalks")
	if err != nil {
		return all, err
	}
	for _, line := range list {
		if line["scheme"] == "MCC" {
			all.merchants[line["code_or_words"]] = line["cpv"]
		}
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
	entry, ok := all.cpv[code]
	if !ok {
		return ""
	}
	return code + "-" + entry.check
}

// title is what the list calls a code.
func (all codes) title(full string) string {
	code, _, _ := strings.Cut(full, "-")
	return all.cpv[code].title
}

// stated finds the CPV code that a column gives: eight digits in a column called
// CPV, or eight digits with their right check digit in any, or what the merchant
// category code of a column of such codes comes nearest to. A wrong check digit
// is no code.
func (all codes) stated(f *field) string {
	if code := all.merchants[merchant(f)]; code != "" {
		return code
	}
	named := strings.Contains(strings.ToLower(f.head), "cpv")
	for _, word := range strings.FieldsFunc(f.value, func(r rune) bool { return r != '-' && (r < '0' || r > '9') }) {
		digits, check, checked := strings.Cut(word, "-")
		entry, known := all.cpv[digits]
		if known && (checked && check == entry.check || named && !checked) {
			return digits + "-" + entry.check
		}
	}
	return ""
}

// merchant is the merchant category code that a column of such codes gives,
// alone or before its words; "" in any other column.
func merchant(f *field) string {
	switch head := fold(f.head); {
	case len(f.words) == 0 || len(f.words[0]) != 4:
		return ""
	case head == "mcc" || head == "mcc code" || strings.Contains(head, "merchant category"):
		return f.words[0]
	}
	return ""
}
