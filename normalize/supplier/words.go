package supplier

import (
	"embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

//go:embed rules/*.csv
var ruleFiles embed.FS

// class says what a word does in a name, as bits.
type class uint16

const (
	stop    class = 1 << iota // joins words and says nothing: "of", "the"
	form                      // a legal form
	weak                      // so common in names that its absence says little
	split                     // its presence often makes another organisation: "north", "trading"
	card                      // put before the name by a card's processor
	note                      // about the account, not the payee
	factor                    // of those who collect another's invoices
	vague                     // no name at all: "various"
	charity                   // of charities
	public                    // of public bodies
	land                      // the country, or "company": left out after the first word
	local                     // of places of which many have one name: schools, surgeries
)

const (
	tells  class = 1 << (iota + 12) // makes another organisation of what is left without it
	part                            // of a department or an account, which may stand beside a body's name
	desk                            // the same, beside such a word: "services", "department"
	bodily                          // by which the name of a public body is known for one
)

var classes = map[string]class{"stop": stop, "form": form, "weak": weak, "split": split, "card": card,
	"note": note, "factor": factor, "vague": vague, "charity": charity, "public": public, "local": local, "land": land, "tells": tells, "part": part, "desk": desk, "body": bodily}

// Rules is what is known of names, parsed once. It may be used by several
// goroutines at once.
type Rules struct {
	class   map[string]class
	form    map[string]string   // a spelling of a legal form to the form
	abbr    map[string][]string // an abbreviation to its words
	notes   []notePattern
	common  map[string]int // how many of commonOf names have the word
	of      int
	kinds   map[string][]kindRule // by their first word
	weights []float64
	bodies  *register
	files   uint64 // a hash of the files
}

// notePattern is a note that publishers and cards put beside a name.
type notePattern struct {
	needs   string // text that must be there before the pattern is tried
	pattern *regexp.Regexp
	becomes string
	kept    bool // the name as it is shown keeps it, as "Ash.com Ltd" does
}

// LoadRules parses the embedded rules and the register of bodies.
func LoadRules() (*Rules, error) {
	r := &Rules{class: map[string]class{}, form: map[string]string{}, abbr: map[string][]string{}, common: map[string]int{}, kinds: map[string][]kindRule{}}
	for _, parse := range []struct {
		file string
		line func(map[string]string) error
	}{{"words", r.addWord}, {"notes", r.addNote}, {"common", r.addCommon}, {"weights", r.addWeight}, {"kinds", r.addKind}} {
		if err := eachLine(parse.file, parse.line); err != nil {
			return nil, err
		}
		text, err := ruleFiles.ReadFile("rules/" + parse.file + ".csv")
		if err != nil {
			return nil, err
		}
		r.files = mix(r.files, hash('f', string(text)))
	}
	if len(r.weights) != int(featureCount) {
		return nil, fmt.Errorf("rules/weights.csv: %d weights for %d features", len(r.weights), featureCount)
	}
	var err error
	r.bodies, err = loadRegister(r)
	return r, err
}

// eachLine calls do with each line of a rule file and says where it fails.
func eachLine(file string, do func(map[string]string) error) error {
	path := "rules/" + file + ".csv"
	f, err := ruleFiles.Open(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i, line := range lines[1:] {
		entry := make(map[string]string, len(line))
		for j, cell := range line {
			entry[lines[0][j]] = cell
		}
		if err := do(entry); err != nil {
			return fmt.Errorf("%s line %d: %w", path, i+2, err)
		}
	}
	return nil
}

func (r *Rules) addWord(line map[string]string) error {
	word := line["word"]
	switch kind := line["kind"]; kind {
	case "abbr":
		r.abbr[word] = strings.Fields(line["to"])
		return nil
	case "form":
		r.form[word] = line["to"]
	}
	bit, ok := classes[line["kind"]]
	if !ok {
		return fmt.Errorf("kind %q is not known", line["kind"])
	}
	r.class[word] |= bit
	return nil
}

func (r *Rules) addNote(line map[string]string) error {
	pattern, err := regexp.Compile(line["pattern"])
	r.notes = append(r.notes, notePattern{line["needs"], pattern, line["becomes"], line["shown"] == "kept"})
	return err
}

func (r *Rules) addCommon(line map[string]string) error {
	n, err := strconv.Atoi(line["names"])
	if line["word"] == "" {
		r.of = n
		return err
	}
	r.common[line["word"]] = n
	return err
}

func (r *Rules) addWeight(line map[string]string) error {
	if i := len(r.weights); i >= int(featureCount) || featureNames[i] != line["feature"] {
		return fmt.Errorf("feature %q is not the %dth", line["feature"], i+1)
	}
	w, err := strconv.ParseFloat(line["weight"], 64)
	r.weights = append(r.weights, w)
	return err
}
