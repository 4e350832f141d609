package portal

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// fakeDesk takes the token "good" and remembers what it was given.
type fakeDesk struct {
	name, text string
	found      *Submission
	err        error // of everything
	did        []string
}

func (d *fakeDesk) Submit(_ context.Context, token, name string, file io.Reader) (string, error) {
	if token != "good" {
		return "", &Declined{Field: "token", Sentence: "This token is not known"}
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	d.name, d.text = name, string(text)
	return "secretkey", d.err
}

func (d *fakeDesk) Find(_ context.Context, key string) (*Submission, error) {
	if key != "secretkey" {
		return nil, nil
	}
	return d.found, nil
}

func (d *fakeDesk) Confirm(key string) error  { d.did = append(d.did, "confirm "+key); return d.err }
func (d *fakeDesk) Withdraw(key string) error { d.did = append(d.did, "withdraw "+key); return d.err }

// sent is a form as a browser sends it: the token first. A name of "" is no file.
func sent(t *testing.T, token, name, text string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("token", token)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(part, text)
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/submit", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

func ask(s http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// checkPrivate holds a page of submissions to what it must not do: be kept, be
// found, tell others of its address.
func checkPrivate(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "strict-origin", "ETag": ""} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if strings.Contains(w.Body.String(), `type="application/json"`) || strings.Contains(w.Body.String(), "Cite as") {
		t.Error("the page offers itself to be cited")
	}
}

// TestSubmitErrors holds each mistake in the form to its sentence, its field
// and a page that is whole.
func TestSubmitErrors(t *testing.T) {
	unreadable := &Declined{Field: "file", Sentence: "It is a web page", Receipt: template.HTML(`<section id="receipt"><h2>r</h2></section>`)}
	cases := []struct {
		what, token, name, text string
		err                     error
		field, sentence         string
	}{
		{"no file", "good", "", "", nil, "file", "Select a file"},
		{"no token", " ", "a.csv", "x", nil, "token", "Enter your submission token"},
		{"an empty file", "good", "a.csv", "", nil, "file", "The selected file is empty"},
		{"a large file", "good", "a.csv", strings.Repeat("x", 1000), nil, "file", "The selected file must be smaller than 1KB"},
		{"a wrong token", `"><script>alert(1)</script>`, "a.csv", "x", nil, "token", "This token is not known"},
		{"an unreadable file", "good", "a.csv", "x", unreadable, "file", "It is a web page"},
	}
	for _, c := range cases {
		s := serving(t, Options{Desk: &fakeDesk{err: c.err}, MaxSubmission: 1000})
		w := ask(s, sent(t, c.token, c.name, c.text))
		page := w.Body.String()
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", c.what, w.Code)
		}
		for _, want := range []string{"<title>Error: Submit a spend file", `<li><a href="#` + c.field + `">` + c.sentence + `</a></li>`,
			`id="` + c.field + `-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ` + c.sentence, c.field + `-hint ` + c.field + `-error"`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %s", c.what, want)
			}
		}
		checkPage(t, c.what, w.Body.Bytes())
		links(t, "/submit", w.Body.Bytes())
		checkPrivate(t, w)
	}
}

// TestSubmitSizes holds the limit to the byte.
func TestSubmitSizes(t *testing.T) {
	for size, want := range map[int]int{999: http.StatusSeeOther, 1000: http.StatusUnprocessableEntity} {
		s := serving(t, Options{Desk: &fakeDesk{}, MaxSubmission: 1000})
		if w := ask(s, sent(t, "good", "a.csv", strings.Repeat("x", size))); w.Code != want {
			t.Errorf("%d bytes answer %d", size, w.Code)
		}
	}
	for limit, want := range map[int64]string{100e6: "100MB", 100 << 20: "100MB", 1 << 30: "1GB", 1500: "1,500 bytes", 2000: "2KB"} {
		if got := megabytes(limit); got != want {
			t.Errorf("%d is written %s, not %s", limit, got, want)
		}
	}
}

// TestSubmitTakes hands a file on as it is, under the name that it has.
func TestSubmitTakes(t *testing.T) {
	desk := &fakeDesk{}
	s := serving(t, Options{Desk: desk})
	w := ask(s, sent(t, " good\n", `C:\spend\ápril.csv`, "a,b\r\n1,2"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/submit/secretkey" {
		t.Errorf("answers %d, to %s", w.Code, w.Header().Get("Location"))
	}
	if desk.name != "ápril.csv" || desk.text != "a,b\r\n1,2" {
		t.Errorf("the desk was given %q: %q", desk.name, desk.text)
	}
	checkPrivate(t, w)
}

// TestSubmitBroken turns away what is not a whole form.
func TestSubmitBroken(t *testing.T) {
	desk := &fakeDesk{}
	s := serving(t, Options{Desk: desk})
	whole := sent(t, "good", "a.csv", "some text")
	text, _ := io.ReadAll(whole.Body)
	cut := httptest.NewRequest(http.MethodPost, "/submit", bytes.NewReader(text[:len(text)-60]))
	cut.Header = whole.Header
	if w := ask(s, cut); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "could not be uploaded") || desk.text != "" {
		t.Errorf("half a form answers %d, and the desk has %q", w.Code, desk.text)
	}
	if w := ask(s, httptest.NewRequest(http.MethodPost, "/submit", strings.NewReader("token=good"))); w.Code != http.StatusBadRequest {
		t.Errorf("another form answers %d", w.Code)
	}
	desk.err = errors.New("the disk in /var/secret is full")
	if w := ask(s, sent(t, "good", "a.csv", "x")); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "/var") {
		t.Errorf("a failure of ours answers %d: %s", w.Code, w.Body)
	}
}

// TestForeignForms turns away forms that another site had sent.
func TestForeignForms(t *testing.T) {
	desk := &fakeDesk{found: &Submission{State: "waiting"}}
	s := serving(t, Options{Desk: desk})
	for name, value := range map[string]string{"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"} {
		upload, confirm := sent(t, "good", "a.csv", "x"), httptest.NewRequest(http.MethodPost, "/submit/secretkey/confirm", nil)
		for _, r := range []*http.Request{upload, confirm} {
			r.Header.Set(name, value)
			if w := ask(s, r); w.Code != http.StatusForbidden {
				t.Errorf("%s with %s answers %d", r.URL.Path, name, w.Code)
			}
		}
	}
	if desk.name != "" || len(desk.did) > 0 {
		t.Errorf("the desk was asked all the same: %+v", desk)
	}
}

const hostileName = `<b>a"'>&` + "\u202e\x1b[2J" + `.csv`

// TestReceiptPage holds each state to its words, and published text to being text.
func TestReceiptPage(t *testing.T) {
	waiting := Submission{Name: hostileName, Publisher: "d1", By: "Northmere <i>Council</i>", State: "waiting", Headline: "3 payments", Duty: "LGTC500",
		From: "2024-05-01", To: "2024-05-31", Licensed: true, Sent: time.Date(2026, 11, 22, 9, 5, 0, 0, time.UTC)}
	unlicensed, confirmed, published, same, withdrawn := waiting, waiting, waiting, waiting, waiting
	unlicensed.Licensed = false
	confirmed.State, confirmed.FileNo = "confirmed", 999_999
	published.State, published.FileNo = "confirmed", 1002
	same.State = "confirmed"
	withdrawn.State = "withdrawn"
	cases := map[string]struct {
		of          Submission
		holds, nots []string
	}{
		"waiting":    {waiting, []string{"Check your file, then confirm it", `action="/submit/secretkey/confirm" method="post"`, "May 2024", "22 November 2026, 09:05 UTC", "For the same period <a", "at least half of its lines"}, []string{"No licence"}},
		"unlicensed": {unlicensed, []string{"No licence of this publisher is on record"}, nil},
		"confirmed":  {confirmed, []string{"appears here with the next release"}, []string{`method="post"`}},
		"published":  {published, []string{"It is published: <a", `href="/files/63172fe81221?file_no=1002"`}, []string{`method="post"`, "For the same period"}},
		"same":       {same, []string{"The very same file was held already"}, []string{`method="post"`}},
		"withdrawn":  {withdrawn, []string{"You have withdrawn this file"}, []string{`method="post"`, "For the same period"}},
	}
	for what, c := range cases {
		s := serving(t, Options{Desk: &fakeDesk{found: &c.of}})
		w := get(s, "/submit/secretkey")
		page := w.Body.String()
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d", what, w.Code)
		}
		for _, text := range append(c.holds, "[U&#43;202E][U&#43;001B]") {
			if !strings.Contains(page, text) {
				t.Errorf("%s lacks %q", what, text)
			}
		}
		for _, text := range append(c.nots, "<b>", "<i>") {
			if strings.Contains(page, text) {
				t.Errorf("%s holds %q", what, text)
			}
		}
		checkPage(t, what, w.Body.Bytes())
		links(t, "/submit/secretkey", w.Body.Bytes())
		checkPrivate(t, w)
	}
}

// TestDecide confirms and withdraws by sending a form, and never by a link.
func TestDecide(t *testing.T) {
	desk := &fakeDesk{found: &Submission{State: "withdrawn"}}
	s := serving(t, Options{Desk: desk})
	for _, step := range []string{"confirm", "withdraw"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			w := ask(s, httptest.NewRequest(method, "/submit/secretkey/"+step, nil))
			if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/submit/secretkey" {
				t.Errorf("%s %s answers %d", method, step, w.Code)
			}
		}
	}
	if got := strings.Join(desk.did, ", "); got != "confirm secretkey, withdraw secretkey" {
		t.Errorf("the desk was asked to %s", got)
	}
	desk.err = &Declined{Sentence: "It was withdrawn."}
	w := ask(s, httptest.NewRequest(http.MethodPost, "/submit/secretkey/confirm", nil))
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), `govuk-error-summary__body"><p>It was withdrawn.</p>`) {
		t.Errorf("what is declined answers %d", w.Code)
	}
	checkPage(t, "declined", w.Body.Bytes())
}

// TestSubmitAddresses holds the addresses that lead nowhere, and a portal
// without a desk.
func TestSubmitAddresses(t *testing.T) {
	none, s := serving(t, Options{}), serving(t, Options{Desk: &fakeDesk{}})
	if w := get(none, "/submit"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "takes no submissions") {
		t.Errorf("without a desk it answers %d", w.Code)
	}
	if strings.Contains(get(none, "/").Body.String(), `href="/submit"`) || !strings.Contains(get(s, "/").Body.String(), `href="/submit"`) {
		t.Error("the link to the form is where there is no form, or the other way round")
	}
	for address, status := range map[string]int{"/submit": 200, "/submit/": 301, "/submit/wrong": 404, "/submit/secretkey.json": 404, "/submit/a/b": 404, "/submit/a/b/c": 404, "/submitted": 404} {
		if w := get(s, address); w.Code != status {
			t.Errorf("%s answers %d, not %d", address, w.Code, status)
		}
	}
	if w := ask(s, httptest.NewRequest(http.MethodDelete, "/submit/secretkey", nil)); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("DELETE answers %d", w.Code)
	}
	// Before there is a release there can be files for the first.
	first, err := New(Options{Desk: &fakeDesk{}})
	if err != nil {
		t.Fatal(err)
	}
	if w := get(first, "/submit"); w.Code != http.StatusOK {
		t.Errorf("before the first release it answers %d", w.Code)
	}
}

// TestSubmitIsNotLogged looks for tokens, keys and names in the log.
func TestSubmitIsNotLogged(t *testing.T) {
	var log bytes.Buffer
	desk := &fakeDesk{found: &Submission{State: "waiting"}}
	s := serving(t, Options{Desk: desk, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: time.Now})
	ask(s, sent(t, "good", "a.csv", "x"))
	ask(s, sent(t, "hiddentoken", "a.csv", "x"))
	for _, address := range []string{"/submit/secretkey", "/submit/secretkey/confirm", "/Submit/secretkey", "//submit/secretkey", "/submit/secretkey.json"} {
		get(s, address)
	}
	desk.err = errors.New("a failure of ours")
	ask(s, httptest.NewRequest(http.MethodPost, "/submit/secretkey/confirm", nil))
	text := log.String()
	if strings.Contains(text, "secretkey") || strings.Contains(text, "hiddentoken") || strings.Contains(text, "good") {
		t.Errorf("logged %s", text)
	}
	if !strings.Contains(text, "path=/submit/[key] status=200") || !strings.Contains(text, "a failure of ours") {
		t.Errorf("logged only %s", text)
	}
}

// TestTooManyArrivals refuses what finds no place in time.
func TestTooManyArrivals(t *testing.T) {
	s := serving(t, Options{Desk: &fakeDesk{}, Wait: time.Millisecond})
	for range cap(s.arrivals) {
		s.arrivals <- struct{}{}
	}
	if w := ask(s, sent(t, "good", "a.csv", "x")); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("answers %d", w.Code)
	}
}
