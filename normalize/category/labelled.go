package category

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
)

// Labelled is a line that somebody judged, for learning.
type Labelled struct {
	Line
	Scope, Division, Group string
	// Confidence is the reader's: h right 19 times in 20, m 3 in 4, l a guess.
	Confidence string
	// Guide lines were labelled from the guide alone, others by the rulings as last
	// settled, which are judged by; see conventionFeatures.
	Guide bool
}

// labelledColumns are the columns of a file of labelled lines that are read.
var labelledColumns = []string{"id", "publisher", "payee", "text", "scope", "division", "group", "confidence"}

// ReadLabelled reads training lines: CSV with the columns above, in any order.
// Lines whose id starts with "t" are those of the guide.
func ReadLabelled(in io.Reader) ([]Labelled, error) {
	records, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("training lines: %w", err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("training lines: the file is empty")
	}
	var at [8]int
	for i, name := range labelledColumns {
		if at[i] = slices.Index(records[0], name); at[i] < 0 {
			return nil, fmt.Errorf("training lines: there is no column %q", name)
		}
	}
	list := make([]Labelled, 0, len(records)-1)
	for _, r := range records[1:] {
		list = append(list, Labelled{
			Line:  Line{Publisher: r[at[1]], Payee: r[at[2]], Text: r[at[3]]},
			Scope: r[at[4]], Division: r[at[5]], Group: r[at[6]], Confidence: r[at[7]],
			Guide: len(r[at[0]]) > 0 && r[at[0]][0] == 't',
		})
	}
	return list, nil
}

// Without leaves out the lines whose payee, folded, is among those given, so
// that what is claimed of unseen suppliers is measured on unseen suppliers.
func Without(lines []Labelled, payees []string) []Labelled {
	gone := map[string]bool{}
	for _, payee := range payees {
		gone[fold(payee)] = true
	}
	var rest []Labelled
	for _, line := range lines {
		if !gone[fold(line.Payee)] {
			rest = append(rest, line)
		}
	}
	return rest
}
