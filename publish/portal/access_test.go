package portal

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// reader is somebody at a browser, before the made-up release.
func reader(t *testing.T) (ctx context.Context, base string) {
	t.Helper()
	web := httptest.NewServer(serving(t, looked()))
	t.Cleanup(web.Close)
	ctx = chromium(t)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx, web.URL
}

// eval evaluates an expression on the page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// reachable counts what the tab key is to reach; atFocus tells where it is, and
// whether that can be seen.
const (
	reachable = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")].filter(e => e.checkVisibility()).length`
	atFocus   = `(() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
		const marked = s.outlineStyle != "none" && s.outlineWidth != "0px" || s.boxShadow != "none";
		return e == document.body ? "" : (marked && b.width > 0 && b.height > 0 ? "seen " : "HIDDEN ") + e.tagName + " " + (e.textContent || e.name || e.id).trim().slice(0, 60) })()`
)

// TestKeyboard reaches everything on a page by the tab key alone, in turn, and
// can see where it is.
func TestKeyboard(t *testing.T) {
	ctx, base := reader(t)
	for name, address := range browserPages() {
		do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+address))
		want := eval[int](t, ctx, reachable)
		got := 0
		for at := ""; got <= want; got++ {
			do(t, ctx, chromedp.KeyEvent("\t"))
			if at = eval[string](t, ctx, atFocus); at == "" {
				break
			}
			if at[:4] != "seen" {
				t.Errorf("%s: the focus cannot be seen at %s", name, at)
			}
			if got == 0 && at != "seen A Skip to main content" {
				t.Errorf("%s: the first tab leads to %s", name, at)
			}
		}
		if got != want {
			t.Errorf("%s: %d of %d places are reached", name, got, want)
		}
	}
}

// TestKeyboardJourney searches, follows a result and opens what is folded up,
// all by keys.
func TestKeyboardJourney(t *testing.T) {
	ctx, base := reader(t)
	tabTo := func(words string) {
		t.Helper()
		for range 100 {
			do(t, ctx, chromedp.KeyEvent("\t"))
			if eval[bool](t, ctx, fmt.Sprintf(`document.activeElement.matches("a, input, summary") && (document.activeElement.textContent || document.activeElement.name).includes(%q)`, words)) {
				return
			}
		}
		t.Fatalf("no tab leads to %q", words)
	}
	enter := func() {
		t.Helper()
		short, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		if _, err := chromedp.RunResponse(short, chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
	}
	do(t, ctx, chromedp.Navigate(base+"/"))
	tabTo("q")
	do(t, ctx, chromedp.KeyEvent("alder ash"))
	enter()
	tabTo("ALDER AND ASH LIMITED")
	enter()
	if err := take(ctx, "see Who pays it"); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(base+"/compare?body=northmere-district-council"))
	tabTo("Body by body")
	do(t, ctx, chromedp.KeyEvent(" "))
	if !eval[bool](t, ctx, `document.activeElement.parentElement.open`) {
		t.Error("the space key does not open what is folded up")
	}
	tabTo("Payments of")
	enter()
	if err := take(ctx, "see Search payments"); err != nil {
		t.Fatal(err)
	}
}

// TestZoom looks at each page as at 400 % in a window of 1280 by 900, and with
// letters twice their size: nothing is wider than the window but tables in
// their frames, and nothing stays in the way.
func TestZoom(t *testing.T) {
	ctx, base := reader(t)
	const wider = `[document.documentElement.scrollWidth, [...document.querySelectorAll("body *")].filter(e => ["fixed", "sticky"].includes(getComputedStyle(e).position)).length,
		[...document.querySelectorAll("main p, main li, main h1, main h2, main h3, main dd, main label, main button, main select")].filter(e => e.checkVisibility() && !e.closest(".table-frame") && e.getBoundingClientRect().right > innerWidth + 1).length
			+ [...document.querySelectorAll(".chart text")].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth).length]`
	for name, address := range browserPages() {
		do(t, ctx, chromedp.EmulateViewport(320, 225, chromedp.EmulateScale(4)), chromedp.Navigate(base+address))
		if at := eval[[]int](t, ctx, wider); at[0] > 320 || at[1] > 0 || at[2] > 0 {
			t.Errorf("%s at 400 %% is %d wide, with %d in the way and %d cut off", name, at[0], at[1], at[2])
		}
		do(t, ctx, chromedp.EmulateViewport(360, 800), chromedp.Navigate(base+address))
		if at := eval[[]int](t, ctx, wider); at[0] > 360 || at[2] > 0 {
			t.Errorf("%s in 360 is %d wide, with %d cut off", name, at[0], at[2])
		}
		do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+address))
		eval[bool](t, ctx, `document.documentElement.style.fontSize = "200%", true`)
		if at := eval[[]int](t, ctx, wider); at[0] > 1280 || at[2] > 0 {
			t.Errorf("%s with large letters is %d wide, with %d cut off", name, at[0], at[2])
		}
	}
}

// TestForcedColours lets the reader's system choose the colours: every word of a
// chart has the colour of text, and every mark one that stands out.
func TestForcedColours(t *testing.T) {
	ctx, base := reader(t)
	if err := paint(ctx, "forced-colors", "active"); err != nil {
		t.Fatal(err)
	}
	for name, address := range browserPages() {
		do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+address))
		lost := eval[[]string](t, ctx, `(() => {
			const probe = document.createElement("i"); document.body.append(probe);
			const real = c => { probe.style.color = c; return getComputedStyle(probe).color };
			const text = real("CanvasText"), ground = real("Canvas"), bright = real("Highlight");
			const lost = [];
			if (!matchMedia("(forced-colors: active)").matches) lost.push("colours are not forced");
			for (const e of document.querySelectorAll(".chart text")) if (getComputedStyle(e).fill != text) lost.push("text " + e.textContent);
			for (const e of document.querySelectorAll(".chart [class]:not(text):not(.c-hatch)")) {
				if (e.closest("defs, pattern")) continue;
				const s = getComputedStyle(e);
				if (![s.fill, s.stroke].some(c => c == text || c == bright) && !s.fill.startsWith("url")) lost.push(e.outerHTML.slice(0, 90));
			}
			return lost })()`)
		if len(lost) > 0 {
			t.Errorf("%s: in forced colours %d marks are lost: %s", name, len(lost), lost[0])
		}
	}
}

// TestPrint holds each page to paper: what is for clicking is not printed, what
// is folded up is, nothing is wider than the sheet, and a release is named.
func TestPrint(t *testing.T) {
	ctx, base := reader(t)
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	for name, address := range browserPages() {
		do(t, ctx, chromedp.EmulateViewport(740, 1000), chromedp.Navigate(base+address)) // A4 within its margins, at 96 to the inch
		wrong := eval[[]string](t, ctx, `(() => {
			const wrong = [], seen = q => [...document.querySelectorAll(q)].filter(e => e.checkVisibility());
			if (document.documentElement.scrollWidth > 740) wrong.push("it is " + document.documentElement.scrollWidth + " wide");
			for (const e of seen(".app-nav, form, .govuk-skip-link, .govuk-pagination, .govuk-breadcrumbs")) wrong.push("printed: " + e.className);
			for (const e of document.querySelectorAll("details > :not(summary)")) if (!e.closest("form") && !e.checkVisibility({contentVisibilityAuto: true})) wrong.push("not printed: " + e.textContent.trim().slice(0, 40));
			if (!document.querySelector("footer").innerText.includes("Release 2026-11-22.1")) wrong.push("no release");
			return wrong })()`)
		if len(wrong) > 0 {
			t.Errorf("%s on paper: %v", name, wrong)
		}
	}
}
