package receipt

import (
	_ "embed" // the sentences of located issues
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"commonspend/schemas"
)

//go:embed located.csv
var locatedCSV string

// Words is the catalogue of issues and the titles of fields.
type Words struct {
	kinds    map[schemas.IssueKind]kind
	messages map[schemas.IssueKind]string
	titles   map[string]string // of fields
}

// kind is a line of codelists/issue_kinds.csv.
type kind struct {
	order                                int
	severity, singular, plural, who, fix string
}

// LoadWords reads the embedded code lists.
func LoadWords() (*Words, error) {
	w := &Words{kinds: map[schemas.IssueKind]kind{}, messages: map[schemas.IssueKind]string{}, titles: map[string]string{}}
	kinds, err := schemas.Codelist("issue_kinds")
	if err != nil {
		return nil, err
	}
	for i, line := range kinds {
		w.kinds[schemas.IssueKind(line["kind"])] = kind{i, line["severity"], line["singular"], line["plural"], line["who"], line["fix"]}
	}
	fields, err := schemas.Codelist("fields")
	if err != nil {
		return nil, err
	}
	for _, line := range fields {
		w.titles[line["field"]] = line["title"]
	}
	messages, err := csv.NewReader(strings.NewReader(locatedCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the sentences of located issues: %w", err)
	}
	for _, line := range messages[1:] {
		w.messages[schemas.IssueKind(line[0])] = line[1]
	}
	return w, nil
}

// kindOf returns a kind's line; one that the catalogue lacks is told all the same.
func (w *Words) kindOf(k schemas.IssueKind) kind {
	if known, ok := w.kinds[k]; ok {
		return known
	}
	return kind{len(w.kinds), "note", "1 case of " + string(k), "{n} cases of " + string(k), "us", ""}
}

// sentence is a kind's sentence for a number of cases.
func (k kind) sentence(n int) string {
	if n == 1 {
		return k.singular
	}
	return strings.ReplaceAll(k.plural, "{n}", count(n))
}

// message is the sentence for one located issue.
func (w *Words) message(t *Table, i located) string {
	pattern, ok := w.messages[i.kind]
	if !ok {
		pattern = "{place}: " + w.kindOf(i.kind).singular + "."
	}
	return strings.NewReplacer("{place}", place(i.row, i.column), "{value}", quoted(i.value),
		"{sheet}", t.called(), "{encoding}", encodingWords(t.Encoding)).Replace(pattern)
}

// called names a table in a sentence.
func (t *Table) called() string {
	switch {
	case t.Sheet != "":
		return "The sheet " + quoted(t.Sheet)
	case t.Member != "":
		return "The member " + quoted(t.Member)
	}
	return "The file"
}

// place is where an issue is: "Row 12, column D".
func place(row, column int) string {
	switch {
	case row > 0 && column > 0:
		return "Row " + strconv.Itoa(row) + ", column " + letters(column)
	case row > 0:
		return "Row " + strconv.Itoa(row)
	case column > 0:
		return "Column " + letters(column)
	}
	return "The table"
}

// quoted is a cell's text in a sentence.
func quoted(value string) string {
	if strings.TrimSpace(value) == "" {
		return "a blank cell"
	}
	return "“" + schemas.Cut(80, value) + "”"
}

// letters names a column as spreadsheet programs do: 1 is A, 27 is AA.
func letters(column int) string {
	var name []byte
	for ; column > 0; column = (column - 1) / 26 {
		name = append([]byte{byte('A' + (column-1)%26)}, name...)
	}
	return string(name)
}

func encodingWords(code string) string {
	if words, ok := map[string]string{"ascii": "plain ASCII", "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16le": "UTF-16",
		"utf-16be": "UTF-16", "cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS code page 850"}[code]; ok {
		return words
	}
	return schemas.Shown(code)
}

func delimiterWords(delimiter string) string {
	if words, ok := map[string]string{",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}[delimiter]; ok {
		return "separated by " + words
	}
	return "of one column"
}
