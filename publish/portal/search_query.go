package portal

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// found is a search as SQL: what the query files say, put together by what is
// asked for. Only the names of our own tables are put into the text; what the
// reader typed is bound.
type found struct {
	text string
	with values
}

// parts reads a part of a query.
func part(name string) (string, error) {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	return string(text), err
}

// when keeps the lines of a query that are marked for one of the wishes, and
// those that are not marked: "  AND f.scope = :scope -- when scope".
func when(text string, wishes ...string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		body, wish, marked := strings.Cut(line, " -- when ")
		if !marked {
			kept.WriteString(line)
		} else if slices.Contains(wishes, strings.TrimSpace(wish)) {
			kept.WriteString(body + "\n")
		}
	}
	return kept.String()
}

// wishes are the parts of a filter that narrow, with what they bind.
func (f SearchFilter) wishes() (wishes []string, with values) {
	with = values{}
	add := func(wish string, wanted bool, bind values) {
		if wanted {
			wishes = append(wishes, wish)
			maps.Copy(with, bind)
		}
	}
	from, to := f.period()
	first, last := int64(0), int64(0)
	if f.cpv != 0 {
		first, last = span(f.cpv)
	}
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if f.Least != nil {
		least = *f.Least
	}
	if f.Most != nil {
		most = *f.Most
	}
	add("bodies", f.Body != "" || f.Kind != "" || f.Region != "", nil)
	add("period", f.Year != "" || f.From != "" || f.To != "", values{"from": from, "to": to})
	add("amounts", f.Least != nil || f.Most != nil, values{"least": least, "most": most})
	add("category", f.Category != "", values{"first": first, "last": last})
	add("scope", f.Scope != "", values{"scope": f.Scope})
	add("supplier", f.supplier != 0, values{"supplier": f.supplier})
	return wishes, with
}

// begin puts together what a query opens with: the bodies and the words.
func (f SearchFilter) begin(wishes []string, with values) (found, error) {
	out := found{"WITH nothing AS (SELECT 1)", with}
	if slices.Contains(wishes, "bodies") {
		chosen, err := part("search_chosen")
		if err != nil {
			return found{}, err
		}
		out.text += ",\nchosen AS (\n" + chosen + ")"
		with["slug"], with["kind"], with["region"] = f.Body, f.Kind, f.Region
	}
	if len(f.words) > 0 {
		return out, out.addWords(f.words)
	}
	return out, nil
}

// find puts together the payments that a filter is after.
func (f SearchFilter) find() (found, error) {
	wishes, with := f.wishes()
	out, err := f.begin(wishes, with)
	if err != nil {
		return found{}, err
	}
	source, err := part("search_source")
	out.text += ",\nfound AS (\n" + f.sources(source, wishes) + ")\n"
	return out, err
}

// findLatest puts together the same for a page of the latest: words that are in
// many payments are looked for from the latest payment backwards.
func (f SearchFilter) findLatest() (found, error) {
	if len(f.words) == 0 || f.supplier != 0 || f.Body != "" || f.weight < common {
		return f.find()
	}
	wishes, with := f.wishes()
	out, err := f.begin(wishes, with)
	if err != nil {
		return found{}, err
	}
	source, err := part("search_source")
	out.text += ",\nfound AS (\n" + when(strings.ReplaceAll(source, "SOURCE", "by_date"), append(wishes, "either")...) + ")\n"
	return out, err
}

// sources picks the copies of the payments that are sorted for the filter.
func (f SearchFilter) sources(source string, wishes []string) string {
	from := func(table string, more ...string) string {
		return when(strings.ReplaceAll(source, "SOURCE", table), append(more, wishes...)...)
	}
	switch {
	case f.supplier == 0 && len(f.words) == 0 && f.Body == "":
		return from("by_date")
	case f.supplier != 0 && len(f.words) > 0:
		return from("by_payee", "either")
	case f.supplier != 0:
		return from("by_payee")
	case f.Body != "" && len(f.words) > 0:
		return from("by_body", "either")
	case len(f.words) > 0 && f.unnamed:
		return from("by_text", "told")
	case len(f.words) > 0 && f.untold:
		return from("by_payee", "named")
	case len(f.words) > 0:
		return from("by_payee", "named") + "UNION ALL\n" + from("by_text", "told")
	}
	return from("by_body")
}

// rollup puts together the totals of a filter that needs no single payment.
func (f SearchFilter) rollup() (found, error) {
	wishes, with := f.wishes()
	out, err := f.begin(wishes, with)
	if err != nil {
		return found{}, err
	}
	sums, err := part("search_rollup")
	out.text += ",\nfound AS (\n" + when(sums, wishes...) + ")\n"
	return out, err
}

// latest is the end of a query that lists a page of what was found.
func (f SearchFilter) latest(q found, limit int) (found, string, error) {
	end, err := part("search_latest")
	with := values{"limit": limit + 1}
	if f.after.date == "" {
		return q.and(with), when(end), err
	}
	with["date"], with["file_no"], with["sheet_no"], with["row"] = string(f.after.date), f.after.file, f.after.sheet, f.after.row
	return q.and(with), when(end, "after"), err
}

// addWords adds the payees (named) and the texts (told) that hold every word;
// the last word may be the beginning of one.
func (q *found) addWords(words []string) error {
	for _, name := range []string{"named", "told"} {
		one, err := part("search_" + name)
		if err != nil {
			return err
		}
		var all []string
		for i := range words {
			n := strconv.Itoa(i)
			all = append(all, strings.NewReplacer(":word_", ":word_"+n, ":upto_", ":upto_"+n).Replace(one))
		}
		q.text += ",\n" + name + " AS MATERIALIZED (\n" + strings.Join(all, "INTERSECT\n") + ")"
	}
	for i, word := range words {
		n := strconv.Itoa(i)
		q.with["word_"+n], q.with["upto_"+n] = word, word+"\x00"
		if len([]rune(word)) >= 3 {
			q.with["upto_"+n] = word + "\U0010FFFF"
		}
	}
	return nil
}

// rolled reports whether the totals can be had from the roll-up.
func (f SearchFilter) rolled() bool {
	return f.supplier == 0 && len(f.words) == 0 && f.Least == nil && f.Most == nil
}

// and adds values for the end of the query.
func (q found) and(more values) found {
	with := maps.Clone(q.with)
	maps.Copy(with, more)
	return found{q.text, with}
}
