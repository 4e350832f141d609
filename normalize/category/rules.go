package category

import "strings"

// rule says what a payment is when certain words stand in it. It is a line of
// rules/category_rules.csv or rules/suppliers.csv:
//
//	field     where the words stand: payee, type, area, detail, label, kind or any
//	words     the words, in a row: "agency staff"; "^" before them holds them to the start
//	scope     what the payment then is, where the rule can say
//	category  CPV digits, two or more, where the rule can say
//	sure      "yes" lets the rule decide by itself; otherwise the model weighs it
//	status, source  who stands for the rule, and where it comes from
type rule struct {
	field           string
	words           []string
	start           bool
	scope, category string
	sure            string
	said            string // the rule in words: rule: payee has “weightmans” (791)
	weighed         string // the same, and how a reason goes on
}

// rules finds the rules that apply to a line, by the first of their words.
type rules struct{ byWord map[string][]*rule }

func newRules(lists ...[]map[string]string) *rules {
	all := &rules{map[string][]*rule{}}
	for _, list := range lists {
		for _, line := range list {
			text, start := strings.CutPrefix(line["words"], "^")
			words := split(nil, fold(text))
			said := "rule: " + line["field"] + " has “" + text + "” (" + strings.TrimSpace(line["scope"]+" "+line["category"]) + ")"
			all.byWord[words[0]] = append(all.byWord[words[0]], &rule{
				field: line["field"], words: words, start: start,
				scope: line["scope"], category: line["category"], sure: line["sure"], said: said, weighed: said + "; " + weighedMost,
			})
		}
	}
	return all
}

// roleNames are the fields of a rule by a column's role.
var roleNames = map[role]string{roleType: "type", roleArea: "area", roleDetail: "detail", roleLabel: "label", roleKind: "kind"}

// hit is a rule that applies, and the field it was found in.
type hit struct {
	*rule
	in string
}

// within lists the rules that apply to the words of one field, each once.
func (all *rules) within(found []hit, name string, words []string) []hit {
	for i, word := range words {
	next:
		for _, rule := range all.byWord[word] {
			if rule.field != name && (rule.field != "any" || name == "area" || name == "kind" || name == "kinds") || rule.start && i > 0 || len(rule.words) > len(words)-i {
				continue
			}
			for k, want := range rule.words {
				if words[i+k] != want {
					continue next
				}
			}
			for _, already := range found {
				if already.rule == rule {
					continue next
				}
			}
			found = append(found, hit{rule, name})
		}
	}
	return found
}
