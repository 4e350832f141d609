package body

import (
	"slices"
	"strings"

	"commonspend/schemas"
)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// kindWords say what kind a body is; what is left of the name says which.
var kindWords = []struct {
	kind string
	need []string // the name must hold one of these groups of words
	drop map[string]bool
}{
	{"council", []string{"council", "borough", "district"}, set("council borough district county city metropolitan royal unitary authority corporation london")},
	{"nhs trust", []string{"trust"}, set("nhs trust foundation")},
	{"group", []string{"ccg", "clinical commissioning group"}, set("nhs ccg clinical commissioning group")},
	{"board", []string{"icb", "integrated care board"}, set("nhs icb integrated care board")},
	{"police", []string{"police", "constabulary"}, set("police constabulary force service authority chief constable office")},
	{"fire", []string{"fire"}, set("fire rescue service authority brigade")},
}

// kindKeys are the keys under which a body is found by what is left of its
// name once the words that say its kind are gone: "council:anytown" for
// Anytown City Council, Anytown CC and the Borough of Anytown.
func kindKeys(list []string, b schemas.Body) []string {
	var keys []string
	for _, k := range kindWords {
		if kindOf(b) != k.kind {
			continue
		}
		if left := bag(without(list, k.drop)); left != "" {
			keys = append(keys, k.kind+":"+left)
		}
	}
	return keys
}

// kindOf is the kind by which a body is keyed.
func kindOf(b schemas.Body) string {
	if b.Kind != "nhs commissioner" {
		return b.Kind
	}
	switch b.Tier {
	case "Clinical commissioning group":
		return "group"
	case "Integrated care board":
		return "board"
	}
	return ""
}

// saidKeys are the keys to look a published name up by, if it says its kind.
func saidKeys(list []string) []string {
	var keys []string
	for _, k := range kindWords {
		if !says(list, k.need) {
			continue
		}
		if left := bag(without(list, k.drop)); left != "" {
			keys = append(keys, k.kind+":"+left)
		}
	}
	return keys
}

func says(list, groups []string) bool {
	return slices.ContainsFunc(groups, func(group string) bool { return within(strings.Fields(group), list) })
}

func saysCouncil(list []string) bool {
	return says(list, []string{"council", "borough", "district", "county", "authority", "corporation"})
}

// against reports whether a published name says another tier of council than
// the body has: "Anyshire County Council" is no district, and the other way.
func against(list []string, tier string) bool {
	switch tier {
	case "County":
		return says(list, []string{"district", "borough", "metropolitan", "city"})
	case "Non-metropolitan district", "Metropolitan district", "London borough":
		return slices.Contains(list, "county")
	}
	return false
}
