package comparison

import (
	"fmt"
	"strings"

	"commonspend/compare/indicator"
	"commonspend/schemas"
)

// whole of a comparison, in the place of an indicator.
const everything = "all"

// ID names a comparison, or with an indicator one figure of it, so that it can
// be made again: "per_head:GB-LAE-LDS:procurement.72000000:2018-19:nearest-15".
func (r Request) ID(of string) string {
	if of == "" {
		of = everything
	}
	subject := r.Scope
	if r.Category != "" {
		subject += "." + r.Category
	}
	peers := strings.ReplaceAll(strings.ReplaceAll(r.Peers.String(), ",", "+"), ":", "-")
	if r.Peers.Kind == "list" {
		peers = "list-" + peers
	}
	id := strings.Join([]string{of, r.Body, subject, slug(r.Period), peers}, ":")
	if r.Bootstrap > 0 {
		id += fmt.Sprintf(":bootstrap-%d", r.Bootstrap)
	}
	return id
}

// ParseID reads what ID writes; the request's Indicators name the one figure.
func ParseID(id string) (Request, error) {
	parts := strings.Split(id, ":")
	if parts[0] == "fragmented" {
		return Request{}, fmt.Errorf("%q names who buys separately, which is no body's figure and is not made again from single payments: `commonspend fragmented --release DIR` adds it up from a release's own tables", id)
	}
	if len(parts) != 5 && len(parts) != 6 {
		return Request{}, fmt.Errorf("%q is not the id of a figure: they look like per_head:GB-LAE-LDS:procurement.72000000:2018-19:nearest-15", id)
	}
	scope, category, _ := strings.Cut(parts[2], ".")
	peers := parts[4]
	if list, ok := strings.CutPrefix(peers, "list-"); ok {
		peers = strings.ReplaceAll(list, "+", ",")
	} else {
		peers = strings.Replace(peers, "-", ":", 1)
	}
	r, err := NewRequest(parts[1], category, scope, parts[3], peers)
	if err != nil {
		return r, err
	}
	if parts[0] != everything {
		if _, err := indicator.Find(parts[0]); err != nil {
			return r, err
		}
		r.Indicators = []string{parts[0]}
	}
	if len(parts) == 6 {
		if n, _ := fmt.Sscanf(parts[5], "bootstrap-%d", &r.Bootstrap); n != 1 {
			return r, fmt.Errorf("%q at the end of the id is not understood: write bootstrap-1000 or nothing", parts[5])
		}
	}
	return r, nil
}

// slug writes a period for an id: "2018-19", "2018-04", "2020-04_2020-11".
func slug(p schemas.Period) string {
	text := strings.ReplaceAll(p.String(), "/", "-")
	if strings.Contains(text, "..") {
		text = p.From.String()[:7] + "_" + p.To.String()[:7]
	}
	return text
}

// periodName writes a period for people: "2018/19", "April to November 2020".
func periodName(p schemas.Period) string {
	if text := p.String(); !strings.Contains(text, "..") && strings.Contains(text, "/") {
		return text
	}
	return monthsName(p.Months())
}
