package portal

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

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
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is absent: apt-get install chromium")
	}
	axe, err := os.ReadFile(axePath)
	if err != nil {
		t.Skip("axe-core is absent: make build")
	}
	web := httptest.NewServer(serving(t, Options{Each: 64}))
	defer web.Close()
	ctx := browser(t, path)
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
