package registry

import (
	"bufio"
	"fmt"
	"regexp"
	"strings"
	"time"

	"commonspend/normalize/supplier"
)

// registered is the shape of every number in the register of companies: of
// companies eight digits, or two letters and six; of societies and some old
// companies letters at the end too.
var registered = regexp.MustCompile(`^(?:\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|[A-Z]{2}\d{4}[A-Z]{2}|R\d{7})$`)

// formerNames is how many former names a line has room for.
const formerNames = 10

func readCompanies(in *bufio.Reader, take func(supplier.Entry) error) error {
	t, err := newTable(in, ',', "CompanyName", "CompanyNumber", "RegAddress.PostCode", "CompanyStatus")
	if err != nil {
		return err
	}
	sizes, err := supplier.AccountSizes()
	if err != nil {
		return err
	}
	for {
		more, err := t.next()
		if !more {
			return err
		}
		e, err := company(t, sizes)
		if err != nil {
			return &Refused{t.line(), err.Error()}
		}
		if err := take(e); err != nil {
			return err
		}
	}
}

func company(t *table, sizes map[string]string) (supplier.Entry, error) {
	e := supplier.Entry{Register: supplier.CompanyRegister, Number: strings.ToUpper(t.cell("CompanyNumber")), Name: t.cell("CompanyName"),
		Postcode: t.cell("RegAddress.PostCode"), Status: companyStatus(t.cell("CompanyStatus")),
		Size: sizes[strings.ToUpper(t.cell("Accounts.AccountCategory"))]}
	if e.Name == "" {
		return e, fmt.Errorf("company %q has no name", e.Number)
	}
	if !registered.MatchString(e.Number) {
		mended, _, err := supplier.CompanyNumber(e.Number)
		if err != nil || mended == "" {
			return e, fmt.Errorf("%q is no company number", e.Number)
		}
		e.Number = mended
	}
	var err error
	if e.From, err = date(t.cell("IncorporationDate")); err != nil {
		return e, err
	}
	if e.To, err = date(t.cell("DissolutionDate")); err != nil {
		return e, err
	}
	if e.To != "" {
		e.Status = supplier.Ended
	}
	for i := 1; i <= formerNames; i++ {
		if name := t.cell(fmt.Sprintf("PreviousName_%d.CompanyName", i)); name != "" {
			e.FormerNames = append(e.FormerNames, name)
		}
	}
	return e, nil
}

// companyStatus says what the register's words come to: "Liquidation" and "In
// Administration" are of companies that are still there.
func companyStatus(published string) string {
	text := strings.ToLower(published)
	for _, over := range []string{"dissolved", "closed", "removed", "converted"} {
		if strings.Contains(text, over) {
			return supplier.Ended
		}
	}
	return supplier.Live
}

// dateShapes are 2001-12-31 (with or without a time), 31/12/2001 and 20011231.
var dateShapes = []struct {
	shape      *regexp.Regexp
	rearranged string
}{
	{regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$`), "$1-$2-$3"},
	{regexp.MustCompile(`^(\d\d)/(\d\d)/(\d{4})$`), "$3-$2-$1"},
	{regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)$`), "$1-$2-$3"},
}

func date(published string) (string, error) {
	if published == "" {
		return "", nil
	}
	for _, d := range dateShapes {
		if !d.shape.MatchString(published) {
			continue
		}
		day := d.shape.ReplaceAllString(published, d.rearranged)
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			return day, nil
		}
	}
	return "", fmt.Errorf("%q is no date", published)
}
