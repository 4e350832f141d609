package category

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
)

// bodiesCSV lists names of public bodies, folded, with a kind, its source and
// its licence: name,kind,use,source. Those with use "publisher" are bare places
// ("leeds") that mean the council only when they publish.
//
//go:embed rules/bodies.csv
var bodiesCSV string

// bodyWordsCSV lists words that name a kind of body wherever they stand, the most
// telling first: the first that a name holds decides.
//
//go:embed rules/body_words.csv
var bodyWordsCSV string

// bodies tells kinds of public bodies by name.
type bodies struct {
	payees, publishers map[string]string
	sorted             []string // the names of payees
	telling            []struct{ words, kind string }
}

func newBodies(list, words []map[string]string) *bodies {
	b := &bodies{payees: map[string]string{}, publishers: map[string]string{}}
	for _, line := range words {
		b.telling = append(b.telling, struct{ words, kind string }{" " + line["words"] + " ", line["kind"]})
	}
	for _, line := range list {
		if line["use"] != "publisher" {
			b.payees[line["name"]] = line["kind"]
		}
		b.publishers[line["name"]] = line["kind"]
	}
	b.sorted = slices.Sorted(maps.Keys(b.payees))
	return b
}

// publisher is the kind of body that publishes: from its name or folder.
func (b *bodies) publisher(name string) string {
	text := fold(name)
	if kind, ok := b.publishers[text]; ok {
		return kind
	}
	// "nhs-anytown-health-trust": no charity has nhs before its name.
	if strings.HasPrefix(text, "nhs ") && strings.HasSuffix(text, " trust") {
		return "trust"
	}
	if kind := b.tellingKind(" " + text + " "); kind != "" {
		return kind
	}
	return "other"
}

// kind is the kind of public body that a payee is, or "".
func (b *bodies) kind(text string) string {
	if kind, ok := b.payees[text]; ok {
		return kind
	}
	if kind, ok := b.payees[strings.TrimPrefix(text, "the ")]; ok {
		return kind
	}
	if kind := b.cutKind(text); kind != "" {
		return kind
	}
	// A firm named after a body ("Nhs Property Services Ltd") is not that body.
	return b.tellingKind(" " + text + " ")
}

// minCut is how many letters of a name cut short must be left to tell whose it is.
const minCut = 14

// cutKind is the kind of a name that a ledger cut short ("birmingham city co"):
// that of all the names that go on so, if they are of one kind.
func (b *bodies) cutKind(text string) string {
	if len(text) < minCut {
		return ""
	}
	kind := ""
	for at, _ := slices.BinarySearch(b.sorted, text); at < len(b.sorted) && strings.HasPrefix(b.sorted[at], text); at++ {
		one := b.payees[b.sorted[at]]
		if kind != "" && kind != one {
			return ""
		}
		kind = one
	}
	return kind
}

// tellingKind is the kind that a name's words tell, or "".
func (b *bodies) tellingKind(text string) string {
	for _, line := range b.telling {
		if strings.Contains(text, line.words) {
			return line.kind
		}
	}
	return ""
}
