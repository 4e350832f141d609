package portal

import (
	"bytes"
	"context"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
)

// mostAddresses is how many addresses a site map may hold (sitemaps.org).
const mostAddresses = 50_000

const (
	sitemapPath = "/sitemap.xml"
	robotsPath  = "/robots.txt"
)

// robots lets programs go where the site map leads, and not where addresses
// narrow each other without end.
const robots = `User-agent: *
Disallow: /search
Disallow: /review
Disallow: /compare?
Disallow: /fragmented?
Disallow: /submit/
`

// forPrograms answers for the site map and for what programs may visit, and
// reports whether it did.
func (a reply) forPrograms() bool {
	switch a.r.URL.Path {
	case robotsPath:
		a.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		a.deliver(written{http.StatusOK, []byte(robots + "\nSitemap: " + a.base() + sitemapPath + "\n")})
	case sitemapPath:
		a.path, a.as = sitemapPath, ""
		a.deliver(a.guarded(a.sitemap))
	default:
		return false
	}
	return true
}

// base is the address of this site as the reader has it.
func (a reply) base() string {
	base := url.URL{Scheme: "http", Host: a.r.Host}
	if a.r.TLS != nil || a.r.Header.Get("X-Forwarded-Proto") == "https" {
		base.Scheme = "https"
	}
	return base.String()
}

// sitemap lists the pages of the release. The suppliers that are paid most come
// last, as many as there is room for.
func (a reply) sitemap(ctx context.Context) written {
	r := &request{Context: ctx, release: a.release, server: a.server}
	paths, err := r.addresses()
	if err != nil {
		return a.failed(err)
	}
	var body bytes.Buffer
	body.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	base, day := a.base(), string(a.release.Day())
	for _, path := range paths {
		body.WriteString("<url><loc>")
		xml.EscapeText(&body, []byte(base+path)) // writing to memory cannot fail
		body.WriteString("</loc><lastmod>" + day + "</lastmod></url>\n")
	}
	body.WriteString("</urlset>\n")
	a.w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	return written{http.StatusOK, body.Bytes()}
}

// addresses are the paths of the pages that have no question in their address
// and are not of one payment, escaped.
func (r *request) addresses() ([]string, error) {
	var paths []string
	for _, route := range routes() {
		if !strings.Contains(route.pattern, "{") && route.pattern != "/search" && route.pattern != "/review" && route.pattern != "/health" {
			paths = append(paths, route.pattern)
		}
	}
	if r.server.options.Desk != nil {
		paths = append(paths, submitPath)
	}
	methods, err := r.methodLinks()
	if err != nil {
		return nil, err
	}
	for _, l := range methods {
		paths = append(paths, l.URL)
	}
	found, err := list(r, r.db, "sitemap", func(path *string) []any { return []any{path} }, nil)
	if err != nil || !r.searchable() {
		return append(paths, found...), err
	}
	paths = append(paths, found...)
	nodes, err := r.nodes(0, 99999999, 1_000_000)
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		if n.code != 0 {
			paths = append(paths, n.Category.URL)
		}
	}
	room := max(0, mostAddresses-len(paths))
	suppliers, err := list(r, r.db, "suppliers", (*Supplier).namePlaces, values{"pence": int64(1<<63 - 1), "supplier": "", "limit": room})
	for _, s := range suppliers {
		paths = append(paths, "/suppliers/"+s.Supplier)
	}
	return paths, err
}
