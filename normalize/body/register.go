package body

import (
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"commonspend/schemas"
)

// unitWordsCSV lists words that say an entity is part of a body, a place that
// a council runs, or a firm of its own.
//
//go:embed rules/unit_words.csv
var unitWordsCSV string

// rulesVersion changes whenever the program's own rules give other answers.
const rulesVersion = "3"

// Register finds public bodies by the names that publishers give them. It is
// never changed once made, so that any number of callers may share it.
type Register struct {
	bodies  []schemas.Body
	aliases []schemas.BodyName
	index   map[string]int32     // id, and code of statistical geography, to body
	names   map[string][]claim   // a name's key to the bodies that claim it
	family  map[string][]int32   // id of a parent to the bodies under it
	before  map[string][]int32   // id of a body to those it took over from
	short   map[string][]string  // id to its names of one word: "dflr"
	units   map[string]string    // word to part, end (a part, where it is the last word), place, firm or same (the kind of body, and no more)
	called  map[int32][][]string // words of its longer aliases
	selves  sync.Map             // Publisher to self: what is looked at for each of its entities
	version string
}

// claim is a body's claim to a name.
type claim struct {
	body       int32
	from, to   schemas.Date // when the name was its own; NoDate is open
	method     string
	confidence float64
	tiers      string // words of kind that the name must not say against: see councilSays
	narrow     bool   // an abbreviation, or a name that is good among government bodies only
}

// LoadRegister reads the embedded register of bodies and their names.
func LoadRegister() (*Register, error) {
	bodies, err := schemas.Bodies()
	if err != nil {
		return nil, fmt.Errorf("codelists/bodies.csv: %w", err)
	}
	aliases, err := schemas.BodyNames()
	if err != nil {
		return nil, err
	}
	units, err := readUnits()
	if err != nil {
		return nil, err
	}
	return build(bodies, aliases, units)
}

// With is the register with bodies that were imported: one whose id is held
// already takes its place. The register itself is left as it is.
func (r *Register) With(extra []schemas.Body) *Register {
	bodies := slices.Clone(r.bodies)
	for _, b := range extra {
		if i, ok := r.index[b.ID]; ok && bodies[i].ID == b.ID {
			bodies[i] = b
		} else {
			bodies = append(bodies, b)
		}
	}
	more, err := build(bodies, r.aliases, r.units)
	if err != nil {
		return r // only an alias of no body is an error, and all of r's have one
	}
	return more
}

// Body returns a body by its id.
func (r *Register) Body(id string) (schemas.Body, bool) {
	i, ok := r.index[id]
	if !ok || r.bodies[i].ID != id {
		return schemas.Body{}, false
	}
	return r.bodies[i], true
}

// Bodies lists the register, in its order.
func (r *Register) Bodies() []schemas.Body { return slices.Clone(r.bodies) }

// Version names the rules and the register that answers were made with: it
// changes whenever either does.
func (r *Register) Version() string { return r.version }

func build(bodies []schemas.Body, aliases []schemas.BodyName, units map[string]string) (*Register, error) {
	r := &Register{bodies: bodies, aliases: aliases, units: units, index: map[string]int32{}, names: map[string][]claim{},
		family: map[string][]int32{}, before: map[string][]int32{}, short: map[string][]string{}, called: map[int32][][]string{}}
	for i, b := range bodies {
		n := int32(i)
		r.index[b.ID] = n
		if b.GSS != "" {
			if _, taken := r.index[b.GSS]; !taken {
				r.index[b.GSS] = n
			}
		}
		if b.Parent != "" {
			r.family[b.Parent] = append(r.family[b.Parent], n)
		}
		for _, heir := range b.SucceededBy {
			r.before[heir] = append(r.before[heir], n)
		}
		list := words(b.Name)
		r.claim(bag(list), claim{body: n, from: schemas.NoDate, to: schemas.NoDate, method: "normalised name", confidence: 0.97})
		for _, key := range kindKeys(list, b) {
			r.claim(key, claim{body: n, from: schemas.NoDate, to: schemas.NoDate, method: "normalised name", confidence: 0.93, tiers: b.Tier})
		}
	}
	for _, a := range aliases {
		n, ok := r.index[a.Body]
		if !ok {
			return nil, fmt.Errorf("the name %q is given to %q, which is no body of the register", a.Name, a.Body)
		}
		r.alias(a, n)
	}
	r.version = r.sign()
	return r, nil
}

// alias enters a name that a body goes by besides its own.
func (r *Register) alias(a schemas.BodyName, n int32) {
	list := words(a.Name)
	c := claim{body: n, from: a.From, to: a.To, method: "alias", confidence: 0.95, narrow: abbreviation(a.Name)}
	b := r.bodies[n]
	if b.Kind == "council" && !saysCouncil(list) {
		c.confidence = 0.7 // "Anytown" alone may be the place
	}
	if len(list) > 1 {
		r.called[n] = append(r.called[n], list)
	} else if len(list) == 1 {
		r.short[b.ID] = append(r.short[b.ID], list[0])
	}
	r.claim(bag(list), c)
	for _, key := range kindKeys(list, b) {
		k := c
		k.confidence, k.tiers = min(c.confidence, 0.9), b.Tier
		r.claim(key, k)
	}
}

// claim enters a body's claim to a key, once, with the better confidence.
func (r *Register) claim(key string, c claim) {
	if key == "" {
		return
	}
	for i, held := range r.names[key] {
		if held.body == c.body {
			if held.confidence < c.confidence {
				r.names[key][i] = c
			}
			return
		}
	}
	r.names[key] = append(r.names[key], c)
}

// abbreviation reports whether a name is a few capitals, as "NE" or "DfLR".
func abbreviation(name string) bool {
	return len(name) <= 5 && !strings.Contains(name, " ") && name != "" && strings.ToLower(name[1:]) != name[1:]
}

func readUnits() (map[string]string, error) {
	lines, err := csv.NewReader(strings.NewReader(unitWordsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("rules/unit_words.csv: %w", err)
	}
	units := make(map[string]string, len(lines))
	for _, line := range lines[1:] {
		units[singular(line[0])] = line[1]
	}
	return units, nil
}

// sign is the version: the rules' own, and eight hex digits of all they read.
func (r *Register) sign() string {
	sum := sha256.New()
	fmt.Fprintln(sum, rulesVersion, unitWordsCSV)
	for _, b := range r.bodies {
		fmt.Fprintf(sum, "%q %q %q %q %q %s %s %q %q\n", b.ID, b.Name, b.Kind, b.Tier, b.GSS, b.From, b.To, b.SucceededBy, b.Parent)
	}
	for _, a := range r.aliases {
		fmt.Fprintf(sum, "%q %q %s %s\n", a.Name, a.Body, a.From, a.To)
	}
	return "bodies-" + rulesVersion + "-" + hex.EncodeToString(sum.Sum(nil)[:4])
}
