package supplier

import (
	"fmt"
	"slices"
	"strings"
)

// kindRule says what a name with all of some words, and none of others, is.
type kindRule struct {
	words, unless []string
	kind          Kind
}

func (r *Rules) addKind(line map[string]string) error {
	rule := kindRule{strings.Fields(line["words"]), strings.Fields(line["unless"]), Kind(line["kind"])}
	if len(rule.words) == 0 || !slices.Contains([]Kind{Company, Public, Charity}, rule.kind) {
		return fmt.Errorf("%q as a %q is no rule: it needs words and the kind company, public body or charity", line["words"], line["kind"])
	}
	r.kinds[rule.words[0]] = append(r.kinds[rule.words[0]], rule)
	return nil
}

// kind says what sort of supplier a cluster is: by the registers, by numbers, by
// legal forms, by words.
func (c *comparer) kind(k *cluster) Kind {
	if k.body >= 0 || k.entry(BodyRegister) != nil {
		return Public
	}
	best, kind := len(kindGrounds), Unknown
	for _, m := range k.members {
		for i, ground := range kindGrounds[:best] {
			if found := ground(c, c.units[m]); found != Unknown {
				best, kind = i, found
				break
			}
		}
	}
	return kind
}

// kindGrounds are the grounds for a kind, the strongest first.
var kindGrounds = [...]func(*comparer, *unit) Kind{
	func(_ *comparer, u *unit) Kind { return given(Charity, u.charity != "") }, // which may be a company too
	func(_ *comparer, u *unit) Kind { return given(Company, u.company != "") },
	func(_ *comparer, u *unit) Kind { return given(Charity, u.forms == "CIO") },
	func(_ *comparer, u *unit) Kind { return given(Company, u.forms != "") },
	func(_ *comparer, u *unit) Kind { return given(Public, u.public) },
	(*comparer).kindByWords,
	func(c *comparer, u *unit) Kind { return given(Charity, c.has(u, charity)) },
}

func given(kind Kind, is bool) Kind {
	if is {
		return kind
	}
	return Unknown
}

func (c *comparer) has(u *unit, class class) bool {
	return slices.ContainsFunc(u.words, func(w word) bool { return c.v.class[w.id]&class != 0 })
}

func (c *comparer) kindByWords(u *unit) Kind {
	has := func(text string) bool {
		return slices.ContainsFunc(u.words, func(w word) bool { return c.v.text[w.id] == text })
	}
	for _, w := range u.words {
		for _, rule := range c.r.kinds[c.v.text[w.id]] {
			if !slices.ContainsFunc(rule.words, func(w string) bool { return !has(w) }) && !slices.ContainsFunc(rule.unless, has) {
				return rule.kind
			}
		}
	}
	return Unknown
}
