package peer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rule says which bodies are peers. All are of the same kind and tier.
type Rule struct {
	Kind   string   // nearest, kind, region or list
	Count  int      // of nearest
	Bodies []string // of list
}

// DefaultCount is how many nearest bodies are taken where a rule does not say.
const DefaultCount = 15

// ParseRule reads "nearest:15", "nearest", "kind", "region" or body ids with
// commas between them.
func ParseRule(text string) (Rule, error) {
	text = strings.TrimSpace(text)
	name, number, given := strings.Cut(strings.ToLower(text), ":")
	switch {
	case !given && (name == "kind" || name == "region"):
		return Rule{Kind: name}, nil
	case !given && (name == "" || name == "nearest"):
		return Rule{Kind: "nearest", Count: DefaultCount}, nil
	case name == "nearest" && given:
		count, err := strconv.Atoi(number)
		if err != nil || count < 1 || count > 500 {
			return Rule{}, fmt.Errorf("%q is not a number of peers: write nearest:15, with 1 to 500", number)
		}
		return Rule{Kind: "nearest", Count: count}, nil
	}
	rule := Rule{Kind: "list"}
	for _, body := range strings.Split(text, ",") {
		if body = strings.TrimSpace(body); body != "" && !slices.Contains(rule.Bodies, body) {
			rule.Bodies = append(rule.Bodies, body)
		}
	}
	if len(rule.Bodies) == 0 {
		return Rule{}, fmt.Errorf("%q names no peers: write nearest:15, kind, region, or body ids with commas between", text)
	}
	return rule, nil
}

// String writes what ParseRule reads.
func (r Rule) String() string {
	switch r.Kind {
	case "nearest":
		return "nearest:" + strconv.Itoa(r.Count)
	case "list":
		return strings.Join(r.Bodies, ",")
	}
	return r.Kind
}
