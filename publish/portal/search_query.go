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

// when does so with the branches of the CPV that the filter takes.
func (f SearchFilter) when(text string, wishes ...string) string {
	var branches []string
	for i := range f.read.Categories {
		n := strconv.Itoa(i)
		branches = append(branches, "f.cpv >= :first_"+n+" AND f.cpv <= :last_"+n)
	}
	return when(strings.ReplaceAll(text, "CATEGORIES", strings.Join(branches, " OR ")), wishes...)
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
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if f.read.Least != nil {
		least = int64(*f.read.Least)
	}
	if f.read.Most != nil {
		most = int64(*f.read.Most)
	}
	branches := values{}
	for i, branch := range f.codes() {
		n := strconv.Itoa(i)
		branches["first_"+n], branches["last_"+n] = branch[0], branch[1]
	}
	add("bodies", f.placed(), values{"bodies": joined(f.places)})
	add("period", f.dated(), values{"from": from, "to": to})
	add("amounts", f.read.Least != nil || f.read.Most != nil, values{"least": least, "most": most})
	add("category", len(branches) > 0, branches)
	add("scope", len(f.read.Scopes) > 0, values{"scopes": strings.Join(f.read.Scopes, ",")})
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
	}
	if len(f.words) > 0 {
		return out, out.addWords(f)
	}
	return out, nil
}

// find puts together the payments that a filter is after.
func (f SearchFilter) find() (found, error) {
	wishes, with := f.wishes()
	return f.findIn(f.sources, wishes, with)
}

// findIn does so in the copies of the payments that sources picks.
func (f SearchFilter) findIn(sources func(source string, wishes []string) string, wishes []string, with values) (found, error) {
	out, err := f.begin(wishes, with)
	if err != nil {
		return found{}, err
	}
	source, err := part("search_source")
	out.text += ",\nfound AS (\n" + sources(source, wishes) + ")\n"
	return out, err
}

// findLatest puts together the same for a page of the latest, which lie since a
// day or are looked for from the latest payment backwards.
func (f SearchFilter) findLatest() (found, error) {
	wishes, with := f.wishes()
	if f.since != "" {
		wishes, with["since"] = append(wishes, "since"), string(f.since)
	}
	if len(f.words) == 0 || f.supplier != 0 || len(f.read.Bodies) > 0 || !f.backwards {
		return f.findIn(f.sources, wishes, with)
	}
	return f.findIn(func(source string, wishes []string) string {
		return f.when(strings.ReplaceAll(source, "SOURCE", "by_date"), append(wishes, "either")...)
	}, wishes, with)
}

// sources picks the copies of the payments that are sorted for the filter.
func (f SearchFilter) sources(source string, wishes []string) string {
	from := func(table string, more ...string) string {
		return f.when(strings.ReplaceAll(source, "SOURCE", table), append(more, wishes...)...)
	}
	switch {
	case f.supplier == 0 && len(f.words) == 0 && len(f.read.Bodies) == 0:
		return from("by_date")
	case f.supplier != 0 && len(f.words) > 0:
		return from("by_payee", "either")
	case f.supplier != 0:
		return from("by_payee")
	case len(f.read.Bodies) > 0 && len(f.words) > 0:
		return from("by_body", "either")
	case len(f.words) > 0 && f.known && f.named.count() == 0:
		return from("by_text", "told")
	case len(f.words) > 0 && f.known && f.told.count() == 0:
		return from("by_payee", "named")
	case len(f.words) > 0:
		return from("by_payee", "named") + "UNION ALL\n" + from("by_text", "told")
	}
	return from("by_body")
}

// total puts together what a filter is after to be counted: from the totals of
// bodies' months or, where it narrows by what they do not have, payment by
// payment.
func (f SearchFilter) total() (found, error) {
	switch {
	case !f.indexed():
		return f.published()
	case f.read.Least != nil || f.read.Most != nil || f.supplier != 0 || len(f.words) > 0 || !f.monthly():
		return f.find()
	}
	wishes, with := f.wishes()
	out, err := f.begin(wishes, with)
	if err != nil {
		return found{}, err
	}
	rollup, err := part("search_rollup")
	out.text += ",\nfound AS (\n" + f.when(rollup, wishes...) + ")\n"
	return out, err
}

// latest is the end of a query that lists a page of what was found.
func (f SearchFilter) latest(q found, limit int, wishes ...string) (found, string, error) {
	end, err := part("search_latest")
	with := values{"limit": limit + 1}
	if f.after.date == "" {
		return q.and(with), when(end, wishes...), err
	}
	with["date"], with["file_no"], with["sheet_no"], with["row"] = string(f.after.date), f.after.file, f.after.sheet, f.after.row
	return q.and(with), when(end, append(wishes, "after")...), err
}

// addWords adds the payees (named) and the texts (told) that hold every word,
// by their numbers where these are known; each word may be the beginning of one.
func (q *found) addWords(f SearchFilter) error {
	if f.known {
		return q.addIDs(f)
	}
	for _, name := range []string{"named", "told"} {
		one, err := part("search_" + name)
		if err != nil {
			return err
		}
		var all []string
		for i := range f.words {
			n := strconv.Itoa(i)
			all = append(all, strings.NewReplacer(":word_", ":word_"+n, ":upto_", ":upto_"+n).Replace(one))
		}
		q.text += ",\n" + name + " AS MATERIALIZED (\n" + strings.Join(all, "INTERSECT\n") + ")"
	}
	for i, word := range f.words {
		n := strconv.Itoa(i)
		q.with["word_"+n], q.with["upto_"+n] = word, word+"\x00"
		if len([]rune(word)) >= 3 {
			q.with["upto_"+n] = word + "\U0010FFFF"
		}
	}
	return nil
}

// addIDs adds them by number.
func (q *found) addIDs(f SearchFilter) error {
	one, err := part("search_listed")
	for _, side := range []struct {
		name string
		ids  idSet
	}{{"named", f.named}, {"told", f.told}} {
		q.with[side.name+"_ids"] = joined(slices.Collect(side.ids.all()))
		q.text += ",\n" + side.name + " AS NOT MATERIALIZED (\n" + strings.ReplaceAll(one, ":ids", ":"+side.name+"_ids") + ")"
	}
	return err
}

// and adds values for the end of the query.
func (q found) and(more values) found {
	with := maps.Clone(q.with)
	maps.Copy(with, more)
	return found{q.text, with}
}
