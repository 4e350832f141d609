package portal

import (
	"context"
	"net/url"
	"strings"
)

// request is one question put to one release.
type request struct {
	context.Context
	*release
	server *Server
	path   map[string]string // the parts of the address that the route names
	query  url.Values
	as     string // as in reply
}

// route is an address and what answers for it. A part in braces takes any text.
type route struct {
	pattern string
	answer  func(*request) (*page, error)
}

// routes are the pages. Each is also had as JSON, with ".json" added.
func routes() []route {
	return []route{
		{"/", (*request).home},
		{"/search", (*request).search},
		{"/bodies", (*request).bodies},
		{"/bodies/{slug}", (*request).body},
		{"/bodies/{slug}/payments", (*request).payments},
		{"/bodies/{slug}/files", (*request).files},
		{"/payments/{payment}", (*request).payment},
		{"/payments/{payment}/judgement", (*request).judgement},
		{"/suppliers", (*request).suppliers},
		{"/suppliers/{supplier}", (*request).supplier},
		{"/categories", (*request).categories},
		{"/categories/{cpv}", (*request).category},
		{"/review", (*request).review},
		{"/files/{file}", (*request).file},
		{"/files/{file}/changes", (*request).changes},
		{"/compare", (*request).compare},
		{"/fragmented", (*request).fragmented},
		{"/coverage", (*request).coverage},
		{"/quality", (*request).quality},
		{"/quality/{dataset}", (*request).publisherQuality},
		{"/datasets", (*request).datasets},
		{"/datasets/corrections", (*request).corrections},
		{"/datasets/{dataset}", (*request).dataset},
		{"/methods", (*request).methods},
		{"/methods/{indicator}", (*request).method},
		{"/about", (*request).about},
		{"/privacy", (*request).privacy},
		{"/accessibility", (*request).accessibility},
		{"/about/json", (*request).aboutJSON},
		{"/health", (*request).health},
	}
}

// moves says whether a page may change while the release does not: with what is
// laid out or withdrawn meanwhile.
func (r route) moves() bool {
	return r.pattern == "/health" || strings.HasPrefix(r.pattern, "/datasets")
}

// find returns the route for a path and the parts that it names.
func find(path string) (route, map[string]string, bool) {
	for _, r := range routes() {
		if parts, ok := match(r.pattern, path); ok {
			return r, parts, true
		}
	}
	return route{}, nil, false
}

func match(pattern, path string) (map[string]string, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	parts := map[string]string{}
	for i, part := range want {
		name, named := strings.CutPrefix(part, "{")
		switch {
		case named && have[i] != "":
			parts[strings.TrimSuffix(name, "}")] = have[i]
		case part != have[i]:
			return nil, false
		}
	}
	return parts, true
}

// form splits the address into the page's path and the form that is asked for:
// "" for HTML, "json" or "csv". The home page's twins are /index.json and .csv.
func form(path string) (page string, as string) {
	for _, as := range []string{"json", "csv"} {
		if page, ok := strings.CutSuffix(path, "."+as); ok {
			if page == "/index" || page == "/" {
				page = "/"
			}
			return page, as
		}
	}
	return path, ""
}

// twin is the address of a page's JSON or CSV, by its ending.
func twin(path, query, ending string) string {
	if path == "/" {
		path = "/index"
	}
	if query != "" {
		query = "?" + query
	}
	return (&url.URL{Path: path + ending}).EscapedPath() + query
}

// address builds a path and query; empty values are left out.
func address(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}
