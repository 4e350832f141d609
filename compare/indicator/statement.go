package indicator

import (
	"fmt"
	"regexp"
	"strings"
)

// Body is a body compared: the one asked about, or a peer of it.
type Body struct {
	ID         string
	Subject    bool
	HeldBefore bool // holds the same months of the year before
}

// Month is a month that counts; Ago is 1 for one of the year before.
type Month struct {
	First string // its first day: "2018-04-01"
	Ago   int
}

// Set is the bodies and months that are like for like.
type Set struct {
	Bodies []Body
	Months []Month
	Totals bool // the reader holds the table totals, with the threshold as a floor
	Doubt  bool // it is not known whether amounts include VAT
}

// relation is one step of the statement.
type relation struct{ name, text string }

// Statement writes the one query that measures the indicators of the bodies in
// the months and sets them beside the peers, and the values that it has for
// its own part; the names left are those of shared/gathered.sql and held.sql,
// and of the indicators that read more.
func (s Set) Statement(indicators []Indicator) (string, map[string]any, error) {
	relations, values := s.relations()
	relations = append(relations, relation{"size_quantiles", "quantiles sizes"})
	for _, indicator := range indicators {
		if indicator.Registers != "" {
			relations = append(relations, relation{"known_" + indicator.ID, "sql/" + indicator.ID}, relation{"of_" + indicator.ID, "parted known_" + indicator.ID})
			continue
		}
		relations = append(relations, relation{"of_" + indicator.ID, "sql/" + indicator.ID})
	}
	relations = append(relations, relation{"measured", measured(indicators)},
		relation{"rated", "rated"}, relation{"sample", "sample"}, relation{"quantiles", "quantiles sample"},
		relation{"deviations", "deviations"}, relation{"deviation_quantiles", "quantiles deviations"},
		relation{"benchmarked", "benchmarked"}, relation{"", "answer"})
	text, err := join(relations)
	return text, values, err
}

// Excluded writes the query that counts what of the set's bodies does not
// count, by reason.
func (s Set) Excluded() (string, map[string]any, error) { return s.query("excluded") }

// Sizes writes the query for the transactions that count, as a bootstrap draws
// from them.
func (s Set) Sizes() (string, map[string]any, error) { return s.query("drawn") }

// Behind writes the query for the rows behind a figure: the transactions of
// the body asked about that count.
func (s Set) Behind() (string, map[string]any, error) { return s.query("behind") }

func (s Set) query(name string) (string, map[string]any, error) {
	relations, values := s.relations()
	text, err := join(append(relations, relation{"", name}))
	return text, values, err
}

// relations are the steps that all of a set's queries begin with.
func (s Set) relations() ([]relation, map[string]any) {
	values := map[string]any{}
	relations := []relation{
		{"chosen (body, subject, held_before)", chosen(s.Bodies, values)},
		{"kept (month, ago)", kept(s.Months, values)},
	}
	if !s.Totals {
		relations = append(relations, relation{"totals", "totals"})
	}
	credits := "SELECT body, 0 AS pence FROM chosen"
	if s.Doubt {
		credits = "credits"
	}
	relations = append(relations, relation{"credits", credits})
	for _, name := range []string{"gathered", "counted", "held", "unclassified", "opened", "spending", "met", "paid", "named", "evened", "peaked", "sizes"} {
		relations = append(relations, relation{name, name})
	}
	return relations, values
}

func chosen(bodies []Body, values map[string]any) string {
	var rows []string
	for i, body := range bodies {
		name := fmt.Sprintf("body_%d", i)
		values[name] = body.ID
		rows = append(rows, fmt.Sprintf("(CAST(:%s AS VARCHAR), %d, %d)", name, number(body.Subject), number(body.HeldBefore)))
	}
	return "VALUES " + strings.Join(rows, ", ")
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func kept(months []Month, values map[string]any) string {
	var rows []string
	for i, month := range months {
		name := fmt.Sprintf("month_%d", i)
		values[name] = month.First
		rows = append(rows, fmt.Sprintf("(CAST(:%s AS DATE), %d)", name, month.Ago))
	}
	return "VALUES " + strings.Join(rows, ", ")
}

// measured puts the indicators under each other; all numbers become decimals.
func measured(indicators []Indicator) string {
	var parts []string
	for _, indicator := range indicators {
		text := "SELECT '" + indicator.ID + "' AS indicator, body"
		for _, column := range []string{"top", "bottom", "low_top", "low_bottom", "high_top", "high_bottom"} {
			text += fmt.Sprintf(", CAST(%s AS DECIMAL(38, 6)) AS %s", column, column)
		}
		unknown := "NULL"
		if indicator.Registers != "" {
			unknown = "unknown"
		}
		text += ", CAST(" + unknown + " AS DECIMAL(24, 6)) AS unknown"
		parts = append(parts, text+" FROM of_"+indicator.ID)
	}
	return strings.Join(parts, "\nUNION ALL\n")
}

// join reads the relations' files, leaves out those that nothing after them
// reads, and puts them together.
func join(relations []relation) (string, error) {
	var parts []string
	later := ""
	for i := len(relations) - 1; i >= 0; i-- {
		name, _, _ := strings.Cut(relations[i].name, " ")
		if name != "" && !reads(later, name) {
			continue
		}
		text, err := load(relations[i].text)
		if err != nil {
			return "", err
		}
		later += comment.ReplaceAllString(text, "")
		if name != "" {
			text = relations[i].name + " AS (\n" + strings.TrimRight(text, "\n;") + "\n)"
		}
		parts = append([]string{text}, parts...)
	}
	last := len(parts) - 1
	return "WITH " + strings.Join(parts[:last], ",\n") + "\n" + parts[last], nil
}

// comment is a line of words about the SQL, which may use the relations' names.
var comment = regexp.MustCompile(`(?m)^\s*--.*$`)

func reads(text, name string) bool {
	return regexp.MustCompile(`\b` + name + `\b`).MatchString(text)
}

// load returns the text of a file of shared, or of an indicator's own, or with
// "quantiles NAME" that of quantiles.sql over the relation named; so "parted
// NAME". What is SQL already is returned as it is.
func load(what string) (string, error) {
	if strings.HasPrefix(what, "VALUES ") || strings.HasPrefix(what, "SELECT ") {
		return what, nil
	}
	file, sample, _ := strings.Cut(what, " ")
	if !strings.Contains(file, "/") {
		file = "shared/" + file
	}
	text, err := queries.ReadFile(file + ".sql")
	if err != nil {
		return "", fmt.Errorf("indicator: %w", err)
	}
	return strings.ReplaceAll(string(text), "{sample}", sample), nil
}
