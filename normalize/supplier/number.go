package supplier

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	vatShape      = regexp.MustCompile(`\d(?:[ .-]?\d){8}(?:[ .-]?\d{3})?`)
	postcodeShape = regexp.MustCompile(`\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b`)
	companyShape  = regexp.MustCompile(`^(?:\d{8}|(?:SC|NI|OC|SO|NC|FC|SF|NF|GE|GN|GS|IC|SI|NP|NO|IP|SP|RC|SR|NR|LP|SL|NL|ZC|SZ|NZ|AC|SA|NA|CE|CS|RS|R0|BR|PC|OE|SE|SG|ES|FE)\d{6}|IP\d{5}R|R\d{7})$`)
	digitsOnly    = regexp.MustCompile(`^\d{1,7}$`)
	prefixed6     = regexp.MustCompile(`^([A-Z]{2})(\d{1,5})$`)
	charityShape  = regexp.MustCompile(`^(?:\d{6,7}(?:-\d+)?|SC\d{6}|NIC?\d{6})$`)
)

// vatNumbers finds the VAT numbers in a cell whose check digits are right.
func vatNumbers(cell string) []string {
	var found []string
	for _, m := range vatShape.FindAllString(cell, -1) {
		digits := strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' {
				return c
			}
			return -1
		}, m)[:9]
		if vatChecks(digits) {
			found = append(found, digits)
		}
	}
	return found
}

// vatChecks reports whether the last two of nine digits check the first seven:
// weighed 8 to 2 and added to the last two, they make a multiple of 97, or of
// 97 when 55 is added (numbers since 2010).
func vatChecks(digits string) bool {
	sum := int(digits[7]-'0')*10 + int(digits[8]-'0')
	for i := range 7 {
		sum += int(digits[i]-'0') * (8 - i)
	}
	return digits != "000000000" && (sum%97 == 0 || (sum+55)%97 == 0)
}

// postcodes finds the postcodes in a cell, with one space each.
func postcodes(cell string) []string {
	var found []string
	for _, m := range postcodeShape.FindAllStringSubmatch(strings.ToUpper(cell), -1) {
		found = append(found, m[1]+" "+m[2])
	}
	return found
}

// postcodeArea is the letters that a postcode begins with ("LS" of "LS1 3AA"), or "".
func postcodeArea(postcode string) string {
	found := postcodes(postcode)
	if len(found) == 0 {
		return ""
	}
	return found[0][:strings.IndexAny(found[0], "0123456789")]
}

// CompanyNumber mends a company number as published. The note says in a clause
// what was mended; an error says what is wrong with a number that no register of
// companies would issue. An empty cell is neither.
func CompanyNumber(published string) (number, note string, err error) {
	number = strings.ToUpper(strings.Join(strings.Fields(published), ""))
	number = strings.TrimSuffix(number, ".0")
	switch {
	case number == "":
		return "", "", nil
	case number == "00000000" || strings.Trim(number, "0") == "":
		return "", "", fmt.Errorf("company number %q is all noughts: leave it empty where it is not known", published)
	case companyShape.MatchString(number):
		return number, "", nil
	case digitsOnly.MatchString(number):
		return strings.Repeat("0", 8-len(number)) + number, "its company number had lost its leading noughts", nil
	}
	if m := prefixed6.FindStringSubmatch(number); m != nil {
		if padded := m[1] + strings.Repeat("0", 6-len(m[2])) + m[2]; companyShape.MatchString(padded) {
			return padded, "its company number had lost noughts after the letters", nil
		}
	}
	if mended := misread(number); companyShape.MatchString(mended) {
		return mended, "its company number had letters where digits belong", nil
	}
	return "", "", fmt.Errorf("company number %q is not one: eight digits, or two letters such as SC or OC and six digits", published)
}

// misread puts digits where letters were typed for them: O for 0, I and L for 1.
func misread(number string) string {
	if len(number) != 8 {
		return number
	}
	head := number[:2]
	if head[0] >= '0' && head[0] <= '9' || head[1] >= '0' && head[1] <= '9' {
		head = digitsFor(head)
	}
	return head + digitsFor(number[2:])
}

func digitsFor(s string) string {
	return strings.NewReplacer("O", "0", "I", "1", "L", "1", "S", "5", "B", "8").Replace(s)
}

// charityNumber returns a charity's number, or "" for what has not its shape.
func charityNumber(published string) string {
	number := strings.ToUpper(strings.Join(strings.Fields(published), ""))
	if charityShape.MatchString(number) && strings.Trim(number, "0") != "" {
		return number
	}
	return ""
}
