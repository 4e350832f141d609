package portal

import (
	"maps"
	"slices"
	"strings"

	"commonspend/publish/filter"
	"commonspend/schemas"
)

// searchChoices lists what the form offers, and each part of the filter with
// the search without it.
func (r *request) searchChoices(s *Search) {
	s.Kinds, s.Regions = r.placed()
	s.Years = r.coverYears
	if year := s.Filter.Year; year != "" && !slices.Contains(s.Years, year) {
		s.Years = append([]string{year}, s.Years...)
	}
	for _, name := range filter.Names() {
		for _, value := range s.Filter.Asked[name] {
			s.Chips = append(s.Chips, link{r.chip(s.Filter, name, value), s.Filter.without(name, value)})
		}
	}
	s.Downloads = programsPath + "payments.csv?" + s.Filter.Asked.Encode()
}

// chip tells what a search is narrowed to by one value of a word.
func (r *request) chip(f SearchFilter, name, value string) string {
	switch name {
	case "q":
		return "“" + cut(60, value) + "”"
	case "body":
		for _, b := range r.places {
			if b.Slug == value || b.body == value {
				return shown(b.Name)
			}
		}
	case "scope":
		return scopeWords(value)
	case "duty":
		return dutyWords(value)
	case "supplier":
		if found, err := r.findSupplier(value); err == nil {
			return shown(found.Name)
		}
	case "category":
		return r.server.cpv.told(value)
	case "kind", "region":
		return shown(value)
	}
	return f.bound(name, value)
}

// bound tells of a year, an end of the span, an amount or text to the letter.
func (f SearchFilter) bound(name, value string) string {
	day := func(value string, day schemas.Date) string {
		if len(value) == len("2024-04") {
			return Day(day.String()).Month()
		}
		return Day(day.String()).Long()
	}
	switch name {
	case "year":
		if f.read.Undated {
			return noMonth
		}
		return f.Year
	case "from":
		return "from " + day(value, f.read.From)
	case "to":
		return "to " + day(value, f.read.To)
	case "least", "most":
		return "at " + name + " £" + value
	case "file":
		return "file " + short(value)
	}
	return strings.ReplaceAll(name, "_", " ") + " " + cut(60, shown(value))
}

// Hidden is what the form has no field for: a word and a value.
func (s Search) Hidden() (hidden [][2]string) {
	offered := map[string][]string{"kind": s.Kinds, "region": s.Regions, "scope": filter.Scopes()}
	for _, name := range slices.Sorted(maps.Keys(s.Filter.Asked)) {
		values := s.Filter.Asked[name]
		if list, ok := offered[name]; slices.Contains([]string{"q", "year", "from", "to", "least", "most"}, name) || ok && slices.Contains(list, values[0]) {
			values = values[1:]
		}
		for _, value := range values {
			hidden = append(hidden, [2]string{name, value})
		}
	}
	return hidden
}
