package dataset

import (
	"slices"
	"strings"

	"commonspend/publish"
	"commonspend/schemas"
)

// Changes is what moved between two releases.
type Changes struct {
	From       string         `json:"from"` // "" before the first
	To         string         `json:"to"`
	Payments   int64          `json:"payments"` // more than before; below zero for fewer
	Pence      schemas.Amount `json:"pence"`
	Moved      schemas.Amount `json:"moved_pence"` // of all changes, without regard to their signs
	Why        []string       `json:"why"`         // plain sentences
	Partitions []Change       `json:"partitions"`
}

// Change is one publisher's year that is not as it was.
type Change struct {
	What          string         `json:"what"` // added changed removed
	Dataset       string         `json:"dataset"`
	Publisher     string         `json:"publisher"`
	FinancialYear string         `json:"financial_year"`
	RowsBefore    int64          `json:"rows_before"`
	RowsAfter     int64          `json:"rows_after"`
	PenceBefore   schemas.Amount `json:"pence_before"`
	PenceAfter    schemas.Amount `json:"pence_after"`
	ObjectBefore  string         `json:"object_before"` // SHA-256, "" where there was none
	ObjectAfter   string         `json:"object_after"`
}

// Compare says what of payments changed from one release to the next. last is
// nil for the first.
func Compare(last, next *publish.Release) Changes {
	c := Changes{To: next.Number, Payments: next.Payments, Pence: next.Pence, Why: []string{}, Partitions: []Change{}}
	before := map[[2]string]publish.Partition{}
	if last != nil {
		c.From, c.Payments, c.Pence = last.Number, next.Payments-last.Payments, next.Pence-last.Pence
		for _, p := range last.Partitions {
			if p.Dataset == "payments" {
				before[[2]string{p.Publisher, p.FinancialYear}] = p
			}
		}
	}
	for _, p := range next.Partitions {
		place := [2]string{p.Publisher, p.FinancialYear}
		old, had := before[place]
		delete(before, place)
		switch {
		case p.Dataset != "payments" || old.Object == p.Object:
		case had:
			c.add("changed", old, p)
		default:
			c.add("added", old, p)
		}
	}
	for _, old := range before {
		c.add("removed", old, publish.Partition{})
	}
	slices.SortFunc(c.Partitions, func(a, b Change) int {
		return strings.Compare(a.Publisher+"\x00"+a.FinancialYear, b.Publisher+"\x00"+b.FinancialYear)
	})
	c.Why = append(append(c.Why, next.Notes...), next.Forced...)
	for _, w := range next.Withheld {
		c.Why = append(c.Why, "Publisher "+w.Publisher+" is left out: "+w.Reason+".")
	}
	return c
}

func (c *Changes) add(what string, old, next publish.Partition) {
	at := next
	if what == "removed" {
		at = old
	}
	c.Partitions = append(c.Partitions, Change{what, "payments", at.Publisher, at.FinancialYear,
		old.Rows, next.Rows, old.Pence, next.Pence, old.Object, next.Object})
	moved := next.Pence - old.Pence
	c.Moved += max(moved, -moved)
}
