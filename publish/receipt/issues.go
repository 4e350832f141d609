package receipt

import "commonspend/schemas"

// Issues gathers the located issues of one file as they are found. It takes
// payments too, and lets them go: a receipt needs none.
type Issues struct{ sheets map[int][]located }

// located is an issue without what its sheet already says.
type located struct {
	row, column int
	kind        schemas.IssueKind
	value       string
}

// Payments takes a batch of payments and keeps nothing of it.
func (i *Issues) Payments(schemas.Sheet, []schemas.Payment) error { return nil }

// Issues keeps a batch of issues.
func (i *Issues) Issues(sheet schemas.Sheet, batch []schemas.Issue) error {
	if i.sheets == nil {
		i.sheets = map[int][]located{}
	}
	for _, issue := range batch {
		i.sheets[sheet.Number] = append(i.sheets[sheet.Number], located{issue.Row, issue.Column, issue.Kind, issue.Value})
	}
	return nil
}

func (i *Issues) of(sheet int) []located {
	if i == nil {
		return nil
	}
	return i.sheets[sheet]
}
