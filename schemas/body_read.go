package schemas

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// bodyColumns are the columns a file of bodies must have; the others are read
// where they are there.
var bodyColumns = []string{"id", "name", "kind", "source"}

// Bodies reads the embedded register of public bodies.
func Bodies() ([]Body, error) {
	file, err := codelists.Open("codelists/bodies.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return ReadBodies(file)
}

// ReadBodies reads a file of bodies, with the columns of codelists/bodies.csv.
// It takes all of the file or, with one plain sentence that names the line,
// none: a missing column, a line without id, name or kind, an id given twice,
// a date that is none, an end before its beginning, a successor that neither
// the file nor the embedded register knows. The ids of successors and parents
// that are known beforehand are passed as known.
func ReadBodies(r io.Reader, known ...string) ([]Body, error) {
	lines, err := readLines(r, "bodies", bodyColumns)
	if err != nil {
		return nil, err
	}
	ids := map[string]int{}
	for _, id := range known {
		ids[id] = 0
	}
	list := make([]Body, 0, len(lines))
	for _, line := range lines {
		body, err := line.body()
		if err != nil {
			return nil, err
		}
		if first := ids[body.ID]; first > 0 {
			return nil, fmt.Errorf("line %d: the id %q is on line %d already; give each body one line", line.number, body.ID, first)
		}
		ids[body.ID] = line.number
		list = append(list, body)
	}
	for i, body := range list {
		for _, other := range append(slices.Clone(body.SucceededBy), body.Parent) {
			if _, ok := ids[other]; !ok && other != "" {
				return nil, fmt.Errorf("line %d: %q names the body %q, which has no line in the file and is not in the register; add its line or leave it out",
					lines[i].number, body.ID, other)
			}
		}
	}
	return list, nil
}

// body reads one line of a file of bodies.
func (l line) body() (Body, error) {
	b := Body{ID: l.cell("id"), Name: l.cell("name"), Kind: l.cell("kind"), Tier: l.cell("tier"), GSS: l.cell("gss"),
		Region: l.cell("region"), Nation: l.cell("nation"), Postcode: l.cell("postcode"),
		SucceededBy: strings.Fields(l.cell("succeeded_by")), Parent: l.cell("parent"), Source: l.cell("source")}
	if len(b.SucceededBy) == 0 {
		b.SucceededBy = nil
	}
	for _, column := range bodyColumns {
		if l.cell(column) == "" {
			return b, fmt.Errorf("line %d: the cell %q is blank; every body needs one", l.number, column)
		}
	}
	if strings.ContainsAny(b.ID, " \t") {
		return b, fmt.Errorf("line %d: the id %q holds a space; an id is one word, such as GB-LAE-LDS", l.number, b.ID)
	}
	var err error
	if b.From, b.To, err = l.span(); err != nil {
		return b, err
	}
	if slices.Contains(b.SucceededBy, b.ID) {
		return b, fmt.Errorf("line %d: %q is given as its own successor", l.number, b.ID)
	}
	return b, nil
}

// span reads the columns from and to; a blank or missing end is open.
func (l line) span() (from, to Date, err error) {
	ends := []Date{NoDate, NoDate}
	for i, column := range []string{"from", "to"} {
		text := l.cell(column)
		if text == "" {
			continue
		}
		if ends[i], err = ParseDate(text); err != nil {
			return NoDate, NoDate, fmt.Errorf("line %d: %q: %w", l.number, column, err)
		}
	}
	if ends[0] != NoDate && ends[1] != NoDate && ends[1] < ends[0] {
		return NoDate, NoDate, fmt.Errorf("line %d: it ends on %s, before it begins on %s", l.number, ends[1], ends[0])
	}
	return ends[0], ends[1], nil
}

// line is one record of a file that people write, by the names of its columns.
type line struct {
	number  int // physical line on which it starts
	columns map[string]int
	cells   []string
}

func (l line) cell(column string) string {
	at, ok := l.columns[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(l.cells[at])
}

// readLines reads a CSV file with a header row that has at least the columns.
func readLines(r io.Reader, what string, need []string) ([]line, error) {
	reader := csv.NewReader(r)
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the file of %s is empty: its first line must name the columns %s", what, strings.Join(need, ", "))
	}
	if err != nil {
		return nil, shape(what, err)
	}
	columns := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if _, twice := columns[name]; twice && name != "" {
			return nil, fmt.Errorf("line 1: the column %q is there twice", name)
		}
		columns[name] = i
	}
	for _, name := range need {
		if _, ok := columns[name]; !ok {
			return nil, fmt.Errorf("line 1: the file of %s has no column %q: its first line must name the columns %s", what, name, strings.Join(need, ", "))
		}
	}
	var lines []line
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, shape(what, err)
		}
		number, _ := reader.FieldPos(0)
		lines = append(lines, line{number, columns, cells})
	}
}

// shape says in plain words why a file is not readable as CSV.
func shape(what string, err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		if errors.Is(parse.Err, csv.ErrFieldCount) {
			return fmt.Errorf("line %d: it has more or fewer cells than the first line names columns", parse.Line)
		}
		return fmt.Errorf("line %d: the file of %s is not CSV as we read it: a quotation mark is out of place", parse.Line, what)
	}
	return fmt.Errorf("the file of %s cannot be read: %w", what, err)
}

// thousandths writes a number of thousandths as a plain decimal.
func thousandths(n int64) string {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	text := fmt.Sprintf("%s%d.%03d", sign, u/1000, u%1000)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// parseThousandths reads a plain decimal with up to three decimals.
func parseThousandths(text string) (int64, error) {
	whole, part, _ := strings.Cut(text, ".")
	if len(part) > 3 || whole == "" || strings.HasSuffix(text, ".") {
		return 0, errors.New("not a plain number with at most three decimals")
	}
	n, err := strconv.ParseUint(whole+part+"000"[len(part):], 10, 62)
	if err != nil {
		return 0, errors.New("not a plain number with at most three decimals")
	}
	return int64(n), nil
}
