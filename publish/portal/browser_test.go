package portal

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "a folder to leave screenshots of the pages in")

// TestInBrowser opens the pages in chromium at two widths: none may be wider
// than the window, load from elsewhere or be stopped by its own policy.
func TestInBrowser(t *testing.T) {
	web := httptest.NewServer(serving(t, looked()))
	defer web.Close()
	ctx := chromium(t)
	complaints := listen(t, ctx)
	for name, address := range browserPages() {
		for _, width := range []int64{1280, 360, 320} {
			wide, picture, err := look(ctx, web.URL+address, width)
			if err != nil {
				t.Fatalf("%s: %v", address, err)
			}
			if wide > width {
				t.Errorf("%s is %d wide in a window of %d", address, wide, width)
			}
			if *shots != "" && width != 320 {
				if err := os.WriteFile(filepath.Join(*shots, fmt.Sprintf("%s-%d.png", name, width)), picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if all := complaints(); len(all) > 0 {
		t.Errorf("the browser complains: %v", all)
	}
}

// listen gathers what the browser's console says, but for the page that is
// meant to be absent.
func listen(t *testing.T, ctx context.Context) (complaints func() []string) {
	t.Helper()
	var mu sync.Mutex
	var all []string
	err := chromedp.Listen(ctx, func(event any) {
		if entry, ok := event.(*log.EventEntryAdded); ok && !strings.Contains(entry.Entry.URL, "/nowhere") && !strings.Contains(entry.Entry.URL, "scope=x") {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, entry.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(all)
	}
}

// look opens a page in a window of a width, and says how wide it came out.
func look(ctx context.Context, address string, width int64) (wide int64, picture []byte, err error) {
	err = chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	if err != nil {
		return 0, nil, err
	}
	if wide, err = chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth")); err != nil {
		return 0, nil, err
	}
	picture, err = chromedp.Run(ctx, chromedp.FullScreenshot(100))
	return wide, picture, err
}

// looked are the options of a server all of whose pages are looked at.
func looked() Options {
	return Options{Each: 64, Desk: &fakeDesk{found: &Submission{Name: "april <b>.csv", Publisher: "d1", By: "Northmere District Council", Sent: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		State: "waiting", Headline: "9 payments, £6,288.10", Duty: "LGTC500", From: "2024-04-01", To: "2024-04-30", Receipt: "<h2>What was made of it</h2>"}}}
}

func browserPages() map[string]string {
	return map[string]string{
		"home": "/", "bodies": "/bodies", "body": "/bodies/northmere-district-council", "withheld": "/bodies/department-for-lanterns",
		"naughty": "/bodies/naughty", "naughty-payments": "/bodies/naughty/payments", "payments": "/bodies/northmere-district-council/payments",
		"payment": shownPayment, "naughty-payment": naughtyPayment, "file": shownFile, "files": "/bodies/northmere-district-council/files",
		"naughty-file": naughtyFile, "coverage": "/coverage", "datasets": "/datasets", "dataset": "/datasets/northmere-district-council",
		"search": "/search", "search-words": "/search?q=alder+ash", "search-none": "/search?q=nothing+like+this", "suppliers": "/suppliers",
		"supplier": "/suppliers/s00000000000000a1", "categories": "/categories", "category": "/categories/45000000-7", "judgement": shownPaymentPlain + "/judgement?file_no=1002",
		"naughty-judgement": naughtyPayment + "/judgement", "review": "/review", "changes": "/files/63172fe81221/changes?file_no=1002", "quality": "/quality",
		"publisher": "/quality/northmere-district-council", "methods": "/methods", "privacy": "/privacy", "accessibility": "/accessibility", "impossible": "/search?scope=x",
		"about": "/about", "json": "/about/json", "health": "/health", "nowhere": "/nowhere",
		"compare": "/compare?body=northmere-district-council", "compare-form": "/compare", "compare-years": "/compare?body=northmere-district-council&years=all",
		"compare-refused": "/compare?body=northmere-district-council&peers=region", "compare-choose": "/compare?body=district", "fragmented": "/fragmented?category=45000000-7",
		"submit": "/submit", "submission": "/submit/secretkey", "corrections": "/datasets/corrections", "fragmented-form": "/fragmented", "fragmented-refused": "/fragmented?category=45000000-7&period=2001-02", "method": "/methods/per_head",
	}
}

// Addresses of the made-up release: sha256 of "book again" and of "naughty".
const (
	shownFile         = "/files/63172fe81221?file_no=1002"
	shownPaymentPlain = "/payments/63172fe81221-2-12"
	shownPayment      = "/payments/63172fe81221-2-12?file_no=1002"
	naughtyFile       = "/files/118011bef6c6"
	naughtyPayment    = "/payments/118011bef6c6-1-5"
)

// chromium is a browser of its own for a test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is absent: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	return ctx
}
