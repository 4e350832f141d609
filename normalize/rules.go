package normalize

import (
	"commonspend/schemas"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"fmt"
)

// codeVersion changes whenever the code would read some file otherwise than
// before under the same rule files.
const codeVersion = "3"

//go:embed rules/*.csv
var ruleFiles embed.FS

// Rules is what is known: the embedded rule files, parsed once and checked. It
// may be used by several goroutines at once.
type Rules struct {
	version string
	columns []columnRule
	labels  *labels
	payees  *payeeWords
}

// LoadRules parses the embedded rule files and checks them.
func LoadRules() (*Rules, error) {
	r := &Rules{}
	list, err := schemas.Codelist("fields")
	if err != nil {
		return nil, err
	}
	fields := make([]string, fieldCount)
	for i, line := range list {
		if i < len(fields) {
			fields[i] = line["field"]
		}
	}
	if err := checkFields(fields, len(list)); err != nil {
		return nil, err
	}
	hash := sha256.New()
	hash.Write([]byte(codeVersion))
	read := func(name string) ([]map[string]string, error) {
		bytes, err := ruleFiles.ReadFile("rules/" + name)
		if err != nil {
			return nil, fmt.Errorf("rule file %s: %w", name, err)
		}
		hash.Write(bytes)
		return ruleLines(name)
	}
	if err := r.parse(read, fields); err != nil {
		return nil, err
	}
	r.version = codeVersion + "-" + hex.EncodeToString(hash.Sum(nil))[:12]
	return r, nil
}

func (r *Rules) parse(read func(string) ([]map[string]string, error), fields []string) error {
	lines, err := read("columns.csv")
	if err != nil {
		return err
	}
	if r.columns, err = parseColumnRules(lines, fields); err != nil {
		return err
	}
	if lines, err = read("labels.csv"); err != nil {
		return err
	}
	if r.labels, err = parseLabels(lines); err != nil {
		return err
	}
	if lines, err = read("payee_classes.csv"); err != nil {
		return err
	}
	r.payees, err = parsePayeeWords(lines)
	return err
}

// ruleLines reads a rule file: one map from column to cell for each line.
func ruleLines(name string) ([]map[string]string, error) {
	file, err := ruleFiles.Open("rules/" + name)
	if err != nil {
		return nil, fmt.Errorf("rule file %s: %w", name, err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("rule file %s: %w", name, err)
	}
	out := make([]map[string]string, 0, len(lines)-1)
	for _, line := range lines[1:] {
		entry := make(map[string]string, len(line))
		for i, cell := range line {
			entry[lines[0][i]] = cell
		}
		out = append(out, entry)
	}
	return out, nil
}

// checkFields holds the field constants to the code list, name by name.
func checkFields(fields []string, count int) error {
	for i, name := range fieldNames {
		if count != int(fieldCount) || fields[i] != name {
			return fmt.Errorf("codelists/fields.csv no longer matches normalize: field %d is %q, not %q", i+1, fields[i], name)
		}
	}
	return nil
}

func parseLabels(lines []map[string]string) (*labels, error) {
	l := &labels{}
	for i, line := range lines {
		rule := labelRule{how: line["how"], text: line["text"]}
		switch line["kind"] {
		case "total":
			l.total = append(l.total, rule)
		case "nil":
			l.nothing = append(l.nothing, rule)
		default:
			return nil, fmt.Errorf("labels.csv line %d: kind %q: write total or nil", i+2, line["kind"])
		}
	}
	return l, nil
}

// Version is a short hash of the rule files and of codeVersion, recorded with
// each file that was read under them.
func (r *Rules) Version() string { return r.version }
