package portal

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axePath is where npm puts axe-core; `make build` does so.
const axePath = "assets/node_modules/axe-core/axe.min.js"

// violation is what axe-core finds wrong.
type violation struct{ ID, Impact, Help, Where string }

// TestAxe holds every kind of page, and the pages of errors, to axe-core without
// a single violation, in light and in dark colours, wide and narrow.
func TestAxe(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		t.Skip("axe-core is absent: make build")
	}
	web := httptest.NewServer(serving(t, looked()))
	defer web.Close()
	ctx := chromium(t)
	for _, scheme := range []struct {
		name  string
		width int64
	}{{"light", 1280}, {"dark", 1280}, {"light", 360}} {
		if err := paint(ctx, "prefers-color-scheme", scheme.name); err != nil {
			t.Fatal(err)
		}
		for name, address := range browserPages() {
			found, err := check(ctx, web.URL+address, scheme.width, string(axe))
			if err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			for _, v := range found {
				t.Errorf("%s (%s, %d wide): %s, %s: %s at %s", name, scheme.name, scheme.width, v.Impact, v.ID, v.Help, v.Where)
			}
		}
	}
}

// TestAxeSitemap holds every address of the site map to the same.
func TestAxeSitemap(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		t.Skip("axe-core is absent: make build")
	}
	s := serving(t, looked())
	web := httptest.NewServer(s)
	defer web.Close()
	ctx := chromium(t)
	alike := map[string]int{}
	for _, path := range sitemapOf(t, s) {
		route, _, _ := find(path)
		if alike[route.pattern]++; route.pattern == "/files/{file}" && alike[route.pattern] > 12 {
			continue // the made-up files differ in their numbers only
		}
		found, err := check(ctx, web.URL+path, 1280, string(axe))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, v := range found {
			t.Errorf("%s: %s, %s: %s at %s", path, v.Impact, v.ID, v.Help, v.Where)
		}
	}
}

// TestAxeErrors holds the pages of what goes wrong to the same: what nobody can
// ask for, what there is no room or time for, what is damaged, and our faults.
func TestAxeErrors(t *testing.T) {
	axe, err := os.ReadFile(axePath)
	if err != nil {
		t.Skip("axe-core is absent: make build")
	}
	ctx := chromium(t)
	for _, wrong := range wrongs(t) {
		web := httptest.NewServer(wrong.handler)
		found, err := check(ctx, web.URL+wrong.path, 1280, string(axe))
		if err != nil {
			t.Fatalf("%s: %v", wrong.words, err)
		}
		for _, v := range found {
			t.Errorf("%s: %s, %s: %s at %s", wrong.words, v.Impact, v.ID, v.Help, v.Where)
		}
		if words, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.body.innerText")); err != nil || !strings.Contains(words, wrong.words) {
			t.Errorf("the page does not say %q (%v): %.300s", wrong.words, err, words)
		}
		web.Close()
	}
}

// wrong is a page of something that went wrong, and what it says.
type wrong struct {
	words, path string
	handler     http.Handler
}

func wrongs(t *testing.T) []wrong {
	none, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	ruined, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	ruined.Refuse("2026-11-23.1")
	all := serving(t, Options{})
	refusing, faulty := serving(t, Options{}), serving(t, Options{})
	refusing.Refuse("2026-11-23.1")
	faulty.current.Load().db.Close()
	full := serving(t, Options{AtOnce: 1, Wait: time.Millisecond})
	full.places <- struct{}{}
	eager := serving(t, Options{Each: 1, Wait: time.Millisecond})
	eager.clients.enter(context.Background(), "127.0.0.1", time.Second)
	late := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !all.style.serve(w, r) {
			reply{server: all, w: w, r: r, release: all.current.Load(), path: r.URL.Path}.fail(context.DeadlineExceeded)
		}
	})
	posting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !all.style.serve(w, r) {
			r.Method = http.MethodPost
			all.ServeHTTP(w, r)
		}
	})
	return []wrong{
		{"Page not found", "/nowhere", all}, {"Page not found", "/bodies/nobody", all}, {"No category has this code", "/categories/1", all},
		{"No supplier with this identifier", "/suppliers/s0", all}, {"There is a problem with the address", "/coverage?year=soon", all},
		{"The address is too long", "/search?q=" + strings.Repeat("x", 3000), all}, {"bytes that are no text", "/search?q=%ff", all},
		{"This page can only be read", "/bodies", posting}, {"No release is published yet", "/", none}, {"The release is damaged", "/", ruined},
		{"is damaged and is not shown", "/bodies", refusing}, {"Sorry, there is a problem with this page", "/bodies/naughty", faulty},
		{"This page took too long", "/bodies/naughty", late}, {"Too many people are asking at once", "/bodies", full},
		{"Too many requests at once from your address", "/bodies", eager},
	}
}

// paint makes the browser prefer a feature, such as dark colours.
func paint(ctx context.Context, feature, value string) error {
	if err := chromedp.Do(ctx); err != nil { // the browser is to be there
		return err
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: feature, Value: value}}})
	return err
}

// check runs axe-core on a page. Its script is put in from outside: the page's own
// policy would not let it in.
func check(ctx context.Context, address string, width int64, axe string) ([]violation, error) {
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](axe+"; true")); err != nil {
		return nil, err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[[]violation](`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => ({
		ID: v.id, Impact: v.impact || "", Help: v.help, Where: v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.failureSummary || "").replace(/\s+/g, " ").slice(0, 160)).join("; ")})))`, chromedp.EvalAwaitPromise))
}
