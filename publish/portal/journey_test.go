package portal

import (
	"context"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestJourneys walks a reader's ways through the pages in a browser, with
// scripts allowed and without: what is typed is typed, what is followed is clicked.
func TestJourneys(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is absent: apt-get install chromium")
	}
	web := httptest.NewServer(serving(t, Options{}))
	defer web.Close()
	ctx := browser(t, path)
	for _, scripts := range []bool{true, false} {
		if err := chromedp.Do(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
			t.Fatal(err)
		}
		for name, steps := range map[string][]string{
			"a supplier and everyone who pays it": {"type alder ash", "click ALDER AND ASH LIMITED", "see Who pays it", "see Westcombe District Council"},
			"a body beside its kind":              {"click Non-metropolitan district", "click Northmere District Council", "see Median of its kind"},
			"a category, who sells it":            {"click Categories", "click Construction work", "see Who sells it", "click DUNMORE ROADS PLC", "see Bodies that pay it"},
			"from a number to the cell": {"click bodies", "click Department for Lanterns", "click 1 payments", "click Fernley Care Ltd", "see cell AB12",
				"click Why this supplier, scope and category", "see commonspend override"},
			"a body's comparison": {"click Non-metropolitan district", "click Northmere District Council", "click Compare this body with its peers", "see below the median of 6 peers"},
			"who buys separately": {"click Categories", "click Construction work", "click Who buys this separately", "see 2 bodies buy Construction work separately"},
			"narrow and download": {"type lamps", "choose North", "see 92 payments", "see All of these as CSV"},
		} {
			if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+"/")); err != nil {
				t.Fatal(err)
			}
			for _, step := range steps {
				if err := take(ctx, step); err != nil {
					t.Errorf("%s (scripts %v): %s: %v", name, scripts, step, err)
					break
				}
			}
		}
	}
}

// take takes one step: "type WORDS" into the search, "click TEXT" or "choose
// TEXT" of a link, or
// "see TEXT" on the page.
func take(ctx context.Context, step string) error {
	verb, what, _ := strings.Cut(step, " ")
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var err error
	switch verb {
	case "type":
		_, err = chromedp.RunResponse(ctx, chromedp.SendKeys(`//input[@name="q"]`, what+"\r"))
	case "click":
		_, err = chromedp.RunResponse(ctx, chromedp.Click(`(//main//a[contains(normalize-space(.), "`+what+`")] | //nav//a[normalize-space(.) = "`+what+`"])[1]`))
	case "choose": // the link's whole text
		_, err = chromedp.RunResponse(ctx, chromedp.Click(`(//main//a[normalize-space(.) = "`+what+`"])[1]`))
	default:
		err = chromedp.Do(ctx, chromedp.WaitReady(`(//main//*[contains(normalize-space(.), "`+what+`")])[1]`))
	}
	return err
}
