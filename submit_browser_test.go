package main

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "a folder to leave screenshots of the pages of submissions in")

// TestSubmitInBrowser sends a file in by the form itself, with a mistake
// first, and sees it arrive in a release, with scripts allowed and without. The address is one for which a browser sends no Sec-Fetch headers,
// so that our own forms are known by their Origin alone.
func TestSubmitInBrowser(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is absent: apt-get install chromium")
	}
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) { submitInBrowser(t, path, scripts) })
	}
}

func submitInBrowser(t *testing.T, path string, scripts bool) {
	c := openCounter(t)
	at, err := url.Parse(c.service.site.url)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{T: t, ctx: newBrowser(t, path)}
	file, page := filepath.Join(t.TempDir(), "april.csv"), filepath.Join(t.TempDir(), "page.csv")
	os.WriteFile(file, []byte(strings.Replace(aprilCSV, "20.00", "tbc", 1)), 0o644)
	os.WriteFile(page, []byte("<html><body>Sign in</body></html>"), 0o644)

	v.do()
	if _, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
		t.Fatal(err)
	}
	v.do(chromedp.Navigate("http://portal.example:" + at.Port() + "/submit"))
	v.see("form", "Submit a spend file")
	v.press(".govuk-button")
	v.see("errors", "There is a problem", "Select a file", "Enter your submission token")
	v.do(chromedp.SetValue(chromedp.CSS("#token"), c.token()), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{page}))
	v.press(".govuk-button")
	v.see("refused", "The selected file cannot be used. The file is a web page", "This file would be refused")
	v.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	v.press(".govuk-button")
	v.see("receipt", "Check your file, then confirm it", "1 payment, £1,000.00", "Confirm this file")
	v.press(`form[action$="/confirm"] button`)
	v.see("confirmed", "You have confirmed this file")
	c.turn()
	v.do(chromedp.Reload())
	v.see("arrived", "It is published")
	v.press(`main a[href^="/files/"]`)
	v.see("file", "File receipt", "Every row and penny accounted for", "£1,000.00")
}

// visitor is somebody at a browser.
type visitor struct {
	*testing.T
	ctx context.Context
}

func (v *visitor) do(steps ...chromedp.Action[chromedp.Void]) {
	v.Helper()
	if err := chromedp.Do(v.ctx, steps...); err != nil {
		v.Fatal(err)
	}
}

// press presses a button and waits for the page that it leads to.
func (v *visitor) press(button string) {
	v.Helper()
	if _, err := chromedp.RunResponse(v.ctx, chromedp.Click(chromedp.CSS(button))); err != nil {
		v.Fatal(err)
	}
}

// see looks for words on the page, at two widths into which it must fit.
func (v *visitor) see(name string, all ...string) {
	v.Helper()
	text, err := chromedp.Run(v.ctx, chromedp.Text(chromedp.CSS("main")))
	if err != nil {
		v.Fatal(err)
	}
	for _, words := range all {
		if !strings.Contains(text, words) {
			v.Errorf("%s: the page does not say %q", name, words)
		}
	}
	for _, width := range []int64{1280, 360} {
		v.do(chromedp.EmulateViewport(width, 900))
		wide, err := chromedp.Run(v.ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
		if err != nil || wide > width {
			v.Errorf("%s is %d wide in a window of %d (%v)", name, wide, width, err)
		}
		if *shots == "" {
			continue
		}
		picture, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			v.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*shots, fmt.Sprintf("%s-%d.png", name, width)), picture, 0o644); err != nil {
			v.Fatal(err)
		}
	}
}

func newBrowser(t *testing.T, path string) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("host-resolver-rules", "MAP portal.example 127.0.0.1"))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}
