package portal

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// TestSitemap follows every address of the site map, and holds it to have
// every kind of page that is not of one payment or a question.
func TestSitemap(t *testing.T) {
	s := serving(t, Options{})
	paths := sitemapOf(t, s)
	kinds := map[string]bool{}
	for _, path := range paths {
		route, _, ok := find(path)
		if w := get(s, path); !ok || w.Code != http.StatusOK || w.Header().Get("X-Robots-Tag") != "" {
			t.Errorf("%s answers %d", path, w.Code)
		}
		kinds[route.pattern] = true
	}
	for _, route := range routes() {
		apart := slices.Contains([]string{"/search", "/review", "/health", "/payments/{payment}", "/payments/{payment}/judgement", "/files/{file}/changes"}, route.pattern)
		if kinds[route.pattern] == apart {
			t.Errorf("%s is in the site map: %v", route.pattern, kinds[route.pattern])
		}
	}
	for _, inside := range []string{"individual", "Individual", "?"} {
		if at := slices.IndexFunc(paths, func(p string) bool { return strings.Contains(p, inside) }); at >= 0 {
			t.Errorf("the site map leads to %s", paths[at])
		}
	}
	if w := get(s, robotsPath); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Disallow: /search\n") || !strings.Contains(w.Body.String(), "Sitemap: http://example.com/sitemap.xml\n") {
		t.Errorf("robots.txt answers %d: %s", w.Code, w.Body)
	}
}

// TestSitemapAddress holds the addresses to the reader's own, whatever stands in it.
func TestSitemapAddress(t *testing.T) {
	s := serving(t, Options{})
	for host, want := range map[string]string{"spend.example:8443": "<loc>https://spend.example:8443/about</loc>", `a"<b>&c`: "<loc>https://a&#34;&lt;b&gt;&amp;c/about</loc>"} {
		r := httptest.NewRequest(http.MethodGet, sitemapPath, nil)
		r.Host = host
		r.Header.Set("X-Forwarded-Proto", "https")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), want) || strings.Contains(w.Body.String(), "<b>") {
			t.Errorf("as %s the site map begins %.300s", host, w.Body)
		}
	}
}

// sitemapOf lists the paths of the site map.
func sitemapOf(t *testing.T, s *Server) []string {
	t.Helper()
	w := get(s, sitemapPath)
	var read struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &read); err != nil || w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/xml") {
		t.Fatalf("the site map answers %d: %v", w.Code, err)
	}
	var paths []string
	for _, u := range read.URLs {
		path, ok := strings.CutPrefix(u.Loc, "http://example.com")
		if !ok || u.LastMod != "2026-11-22" {
			t.Fatalf("the site map has %+v", u)
		}
		paths = append(paths, path)
	}
	return paths
}
