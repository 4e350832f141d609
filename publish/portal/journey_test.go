package portal

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestJourneys walks a reader's ways through the pages in a browser, with
// scripts allowed and without: what is typed is typed, what is followed is clicked.
func TestJourneys(t *testing.T) {
	web := httptest.NewServer(serving(t, Options{}))
	defer web.Close()
	ctx := chromium(t)
	for _, scripts := range []bool{true, false} {
		if err := chromedp.Do(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
			t.Fatal(err)
		}
		for name, steps := range map[string][]string{
			"a supplier and everyone who pays it": {"type alder ash", "click ALDER AND ASH LIMITED", "see Who pays it", "see Westcombe District Council"},
			"three clicks to a body's comparison": {"click Non-metropolitan district", "click Northmere District Council", "click Compare this body with its peers", "see Northmere District Council beside its peers"},
			"from a compared number to the cell": {"click Non-metropolitan district", "click Northmere District Council", "click Compare this body with its peers", "click The rows behind these numbers",
				"click Alder & Ash Ltd", "see counted from 1 at the top of the file", "see column 4", "click spend-2024-0", "see SHA-256 as received", "see https://d1.example/spend"},
			"a body beside its kind":   {"click Non-metropolitan district", "click Northmere District Council", "see Median of its kind"},
			"a category, who sells it": {"click Categories", "click Construction work", "see Who sells it", "click DUNMORE ROADS PLC", "see Bodies that pay it"},
			"from a number to the cell": {"click bodies", "click Department for Lanterns", "click 1 payments", "click Fernley Care Ltd", "see cell AB12",
				"click Why this supplier, scope and category", "see commonspend override"},
			"a body's comparison": {"click Non-metropolitan district", "click Northmere District Council", "click Compare this body with its peers", "see below the median of 6 peers"},
			"who buys separately": {"click Categories", "click Construction work", "click Who buys this separately", "see 2 bodies buy Construction work separately"},
			"narrow and download": {"type lamps", "choose North", "see 92 payments", "download its table as CSV"},
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
// TEXT" of a link, "download TEXT", or "see TEXT" on the page.
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
	case "download":
		err = download(ctx, what)
	case "choose": // the link's whole text
		_, err = chromedp.RunResponse(ctx, chromedp.Click(`(//main//a[normalize-space(.) = "`+what+`"])[1]`))
	default:
		err = chromedp.Do(ctx, chromedp.WaitReady(`(//main//*[contains(normalize-space(.), "`+what+`")])[1]`))
	}
	return err
}

// download follows a link to a CSV: it has the payments and the pence that the
// screen says, and begins with the rows that are on it.
func download(ctx context.Context, words string) error {
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](fmt.Sprintf(`[[...document.querySelectorAll("a")].find(a => a.textContent == %q).href, document.querySelector("main").innerText,
		...[...document.querySelectorAll(".found tbody tr")].map(r => r.lastElementChild.textContent)]`, words)))
	if err != nil {
		return err
	}
	answer, err := http.Get(found[0])
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Disposition"); !strings.HasPrefix(kind, "attachment; filename=") {
		return fmt.Errorf("it is sent as %q", kind)
	}
	rows, err := csv.NewReader(answer.Body).ReadAll()
	if err != nil {
		return err
	}
	at, sum := slices.Index(rows[0], "amount_pounds"), int64(0)
	for i, row := range rows[1:] {
		pence, err := strconv.ParseInt(strings.ReplaceAll(row[at], ".", ""), 10, 64)
		if err != nil {
			return err
		}
		if sum += pence; 2+i < len(found) && found[2+i] != pounds(pence) {
			return fmt.Errorf("row %d has %s, the screen %s", i+1, pounds(pence), found[2+i])
		}
	}
	if told := fmt.Sprintf("%d payments, together %s", len(rows)-1, pounds(sum)); !strings.Contains(found[1], told) {
		return fmt.Errorf("the screen does not say %q", told)
	}
	return nil
}
