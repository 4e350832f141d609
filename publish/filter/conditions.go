package filter

import (
	"fmt"
	"strconv"
	"strings"
)

// Conditions gathers what must hold of a row, with the values bound.
type Conditions struct {
	list   []string
	values map[string]any
}

// NewConditions is none yet: every row will do.
func NewConditions() *Conditions { return &Conditions{values: map[string]any{}} }

// Predicate puts the conditions together, for rows of the tables that from names.
func (b *Conditions) Predicate(from string) Predicate {
	where := "TRUE"
	if len(b.list) > 0 {
		where = strings.Join(b.list, "\n  AND ")
	}
	return Predicate{From: from, Where: where, Values: b.values}
}

// Add adds a condition.
func (b *Conditions) Add(condition string) { b.list = append(b.list, condition) }

// Value gives a value a name and returns it as SQL has it.
func (b *Conditions) Value(value any) string {
	name := "filter_" + strconv.Itoa(len(b.values))
	b.values[name] = value
	return ":" + name
}

// In adds a condition whose %s takes a list of values; none add nothing.
func (b *Conditions) In(condition string, list []string) {
	if len(list) == 0 {
		return
	}
	names := make([]string, len(list))
	for i, value := range list {
		names[i] = b.Value(value)
	}
	b.Add(fmt.Sprintf(condition, strings.Join(names, ", ")))
}

// Any adds a condition that one of a list of values has to meet; none add
// nothing.
func (b *Conditions) Any(condition string, list []string) {
	if len(list) == 0 {
		return
	}
	each := make([]string, len(list))
	for i, value := range list {
		each[i] = fmt.Sprintf(condition, b.Value(value))
	}
	b.Add("(" + strings.Join(each, " OR ") + ")")
}
