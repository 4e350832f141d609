package schemas

import (
	"fmt"
	"io"
	"strconv"
)

var denominatorColumns = []string{"body", "measure", "year", "value", "source"}

// Denominators reads the embedded denominators: population, area, deprivation
// and rurality of councils.
func Denominators() ([]Denominator, error) {
	file, err := codelists.Open("codelists/denominators.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return ReadDenominators(file)
}

// ReadDenominators reads a file of denominators, with the columns of
// codelists/denominators.csv. It takes all of the file or, with one plain
// sentence that names the line, none: a missing column or cell, a year or a
// value that is none, the same body, measure and year twice. Whether a body is
// known is for the caller, who has the register, to say.
func ReadDenominators(r io.Reader) ([]Denominator, error) {
	lines, err := readLines(r, "denominators", denominatorColumns)
	if err != nil {
		return nil, err
	}
	type key struct {
		body, measure string
		year          int
	}
	seen := map[key]int{}
	list := make([]Denominator, 0, len(lines))
	for _, line := range lines {
		d, err := line.denominator()
		if err != nil {
			return nil, err
		}
		k := key{d.Body, d.Measure, d.Year}
		if first := seen[k]; first > 0 {
			return nil, fmt.Errorf("line %d: %s of %s in %d is on line %d already; give each one line", line.number, d.Measure, d.Body, d.Year, first)
		}
		seen[k] = line.number
		list = append(list, d)
	}
	return list, nil
}

func (l line) denominator() (Denominator, error) {
	d := Denominator{Body: l.cell("body"), Measure: l.cell("measure"), Source: l.cell("source")}
	for _, column := range denominatorColumns {
		if l.cell(column) == "" {
			return d, fmt.Errorf("line %d: the cell %q is blank; every denominator needs one", l.number, column)
		}
	}
	if !isCode(d.Measure) {
		return d, fmt.Errorf("line %d: the measure %q is not small letters and underscores, such as population or turnover_pounds", l.number, d.Measure)
	}
	var err error
	if d.Year, err = strconv.Atoi(l.cell("year")); err != nil || d.Year < 1990 || d.Year > 2100 {
		return d, fmt.Errorf("line %d: the year %q is not a calendar year between 1990 and 2100", l.number, l.cell("year"))
	}
	if d.Thousandths, err = parseThousandths(l.cell("value")); err != nil {
		return d, fmt.Errorf("line %d: the value %q is %w, such as 1234 or 1234.5", l.number, l.cell("value"), err)
	}
	return d, nil
}

// isCode reports whether the text is small letters and underscores.
func isCode(text string) bool {
	for _, r := range text {
		if (r < 'a' || r > 'z') && r != '_' {
			return false
		}
	}
	return text != ""
}
