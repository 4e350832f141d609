package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"commonspend/publish"
	"commonspend/schemas"
	"commonspend/store/ledger"
)

// counter is a running commonspend with one publisher, and somebody before it.
type counter struct {
	*testing.T
	service  *service
	later    atomic.Int64 // nanoseconds that the program's clock is ahead
	out, log bytes.Buffer
}

func openCounter(t *testing.T) *counter {
	c := &counter{T: t}
	a := &app{out: &c.out, err: &c.log, now: func() time.Time { return time.Now().Add(time.Duration(c.later.Load())) }, random: rand.Reader, dir: t.TempDir()}
	config := &Config{SubmitBytes: 2000, Publishers: []schemas.Publisher{{ID: "wexcombe", Name: "Wexcombe District Council", Sector: "local",
		Kind: "Non-metropolitan district", Licence: "OGL-UK-3.0"}}}
	s, err := a.openService(t.Context(), config, "test", freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	c.service = s
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// token has one made, as the command would.
func (c *counter) token() string {
	c.Helper()
	c.out.Reset()
	c.service.app.json = true
	if err := c.service.app.createToken("wexcombe", "30d"); err != nil {
		c.Fatal(err)
	}
	var made createdToken
	if err := json.Unmarshal(c.out.Bytes(), &made); err != nil {
		c.Fatal(err)
	}
	return made.Token
}

// send sends a file in and returns the status, the page and the address at the end.
func (c *counter) send(token, name, text string) (status int, page, address string) {
	c.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("token", token)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		c.Fatal(err)
	}
	io.WriteString(part, text)
	form.Close()
	return c.ask(http.MethodPost, "submit", form.FormDataContentType(), &body)
}

func (c *counter) ask(method, path, kind string, body io.Reader) (status int, page, address string) {
	c.Helper()
	r, err := http.NewRequestWithContext(c.Context(), method, c.service.site.url+strings.TrimPrefix(path, "/"), body)
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		c.Fatal(err)
	}
	return answer.StatusCode, string(text), answer.Request.URL.Path
}

func (c *counter) get(path string) string {
	c.Helper()
	_, page, _ := c.ask(http.MethodGet, path, "", nil)
	return page
}

func (c *counter) post(path string) (status int, page string) {
	c.Helper()
	status, page, _ = c.ask(http.MethodPost, path, "", nil)
	return status, page
}

// turn is a round of the running program; it returns what stands in the
// release after it.
func (c *counter) turn() (payments int64, files int) {
	c.Helper()
	if err := c.service.turn(c.Context()); err != nil {
		c.Fatal(err)
	}
	folder, err := publish.Latest(c.service.app.dir)
	if err != nil {
		return 0, 0
	}
	made, err := publish.Open(folder)
	if err != nil {
		c.Fatal(err)
	}
	return made.Payments, made.Files
}

func (c *counter) holds(page string, all ...string) {
	c.Helper()
	for _, text := range all {
		if !strings.Contains(page, text) {
			c.Errorf("the page does not say %q", text)
		}
	}
}

// events lists the journal's events after the first so many, by kind.
func (c *counter) events(after int) (kinds []string) {
	c.Helper()
	_, err := c.service.ledger.Events(func(e ledger.Event) error {
		if e.Sequence > after {
			kinds = append(kinds, e.Kind)
		}
		return nil
	})
	if err != nil {
		c.Fatal(err)
	}
	return kinds
}

const (
	aprilCSV = "Payment Date,Supplier Name,Amount\n03/04/2025,Hollin Paving Ltd,1000.00\n04/04/2025,Tarnside Cleaning Ltd,20.00\n"
	extraCSV = aprilCSV + "05/04/2025,Tarnside Cleaning Ltd,7.00\n"
	mayCSV   = "Payment Date,Supplier Name,Amount\n06/05/2025,Hollin Paving Ltd,30.00\n"
)

// TestSubmit follows a file from the form into a release, its correction after
// it, and one that is withdrawn nowhere.
func TestSubmit(t *testing.T) {
	c := openCounter(t)
	status, page, april := c.send(c.token(), "april.csv", aprilCSV)
	if status != http.StatusOK || !strings.HasPrefix(april, "/submit/") {
		t.Fatalf("it answers %d at %s", status, april)
	}
	c.holds(page, "Check your file, then confirm it", "Wexcombe District Council", "2 payments, £1,020.00", "Every row is accounted for")
	if n, _ := c.turn(); n != 0 {
		t.Fatalf("%d payments are published before the confirmation", n)
	}
	for range 2 { // a second time it does nothing
		_, page = c.post(april + "/confirm")
		c.holds(page, "You have confirmed this file", "appears here with the next release")
	}
	if n, files := c.turn(); n != 2 || files != 1 {
		t.Fatalf("%d payments of %d files are published", n, files)
	}
	page = c.get(april)
	c.holds(page, "It is published: <a")
	_, file, _ := strings.Cut(page, `href="/files/`)
	file, _, _ = strings.Cut(file, `"`)

	_, page, corrected := c.send(c.token(), "april corrected.csv", extraCSV)
	c.holds(page, "For the same period <a", "april.csv")
	c.post(corrected + "/confirm")
	if n, files := c.turn(); n != 3 || files != 1 {
		t.Errorf("%d payments of %d files are published after the correction", n, files)
	}
	c.holds(c.get("/files/"+file), "A later file for the same period", "replaced this one")
	want := "opened publisher token submitted confirmed file published token submitted confirmed file published"
	if got := strings.Join(c.events(0), " "); got != want {
		t.Errorf("the journal has %s", got)
	}
}

// TestSubmitWithdrawn holds that what was withdrawn comes to nothing.
func TestSubmitWithdrawn(t *testing.T) {
	c := openCounter(t)
	_, _, may := c.send(c.token(), "may.csv", mayCSV)
	for range 2 { // a second time it does nothing
		_, page := c.post(may + "/withdraw")
		c.holds(page, "You have withdrawn this file")
	}
	status, page := c.post(may + "/confirm")
	if status != http.StatusConflict {
		t.Errorf("confirmed after it was withdrawn, it answers %d", status)
	}
	c.holds(page, "This file was withdrawn, so it cannot be confirmed any more")
	if n, _ := c.turn(); n != 0 {
		t.Errorf("%d payments are published of what was withdrawn", n)
	}
	if got, want := strings.Join(c.events(2), " "), "token submitted submission_withdrawn"; got != want {
		t.Errorf("the journal has %s", got)
	}
}

func (c *counter) refused(token, text, sentence string) {
	c.Helper()
	status, page, _ := c.send(token, "april.csv", text)
	if status != http.StatusUnprocessableEntity {
		c.Errorf("it answers %d where %q is to be said", status, sentence)
	}
	c.holds(page, sentence)
}

// TestSubmitTokens holds what a token is good for: one file, for a while.
func TestSubmitTokens(t *testing.T) {
	c := openCounter(t)
	c.refused("cs_nothing", aprilCSV, "This token is not known")

	token := c.token()
	c.refused(token, "<html><body>Sign in</body></html>", "The selected file cannot be used. The file is a web page")
	c.refused(token, strings.Repeat("x", 2000), "The selected file must be smaller than 2KB")
	c.refused(token, "", "The selected file is empty")

	_, _, first := c.send(strings.ToUpper(" "+token), "april.csv", aprilCSV)
	if _, _, again := c.send(token, "april.csv", aprilCSV); again != first {
		t.Errorf("the same form twice leads to %s and %s", first, again)
	}
	c.refused(token, mayCSV, "This token has been used for another file")
	if got, want := strings.Join(c.events(2), " "), "token submission_refused submitted"; got != want {
		t.Errorf("the journal has %s, not %s", got, want)
	}

	c.post(first + "/confirm")
	c.refused(c.token(), aprilCSV, "The selected file is held already")
}

// TestSubmitEndedTokens holds what ends a token before it is used, and what
// revoking one does to what was sent with it.
func TestSubmitEndedTokens(t *testing.T) {
	c := openCounter(t)
	revoked := c.token()
	_, _, second := c.send(revoked, "may.csv", mayCSV)
	if err := c.service.app.revokeToken(hashText(revoked)[:8]); err != nil {
		t.Fatal(err)
	}
	c.refused(revoked, mayCSV, "This token has been withdrawn")
	if status, page := c.post(second + "/confirm"); status != http.StatusConflict || !strings.Contains(page, "cannot be confirmed") {
		t.Errorf("what was sent with a revoked token is confirmed: %d", status)
	}
	late := c.token()
	c.later.Store(int64(31 * 24 * time.Hour))
	c.refused(late, mayCSV, "This token has expired")
}

// TestSubmitAtOnce sends several files with one token at the same time: one
// comes in, and the others are told.
func TestSubmitAtOnce(t *testing.T) {
	c := openCounter(t)
	token := c.token()
	var in atomic.Int64
	var senders sync.WaitGroup
	for n := range 5 {
		senders.Go(func() {
			switch status, page, _ := c.send(token, "april.csv", strings.Replace(aprilCSV, "1000.00", fmt.Sprint(1000+n), 1)); {
			case status == http.StatusOK:
				in.Add(1)
			case !strings.Contains(page, "This token has been used for another file"):
				t.Errorf("it answers %d", status)
			}
		})
	}
	senders.Wait()
	if in.Load() != 1 {
		t.Errorf("%d files came in with one token", in.Load())
	}
	if got := strings.Join(c.events(2), " "); got != "token submitted" {
		t.Errorf("the journal has %s", got)
	}
	left, _ := filepath.Glob(filepath.Join(c.service.app.dir, "originals", ".*"))
	kept, _ := filepath.Glob(filepath.Join(c.service.app.dir, "originals", "*", "*"))
	if len(left) != 0 || len(kept) != 1 {
		t.Errorf("%d originals are kept, and %d left behind", len(kept), len(left))
	}
}

// TestSubmitKeepsNoSecret looks for tokens and keys in all that is kept or logged.
func TestSubmitKeepsNoSecret(t *testing.T) {
	c := openCounter(t)
	token := c.token()
	_, _, address := c.send(token, "april.csv", aprilCSV)
	c.post(address + "/confirm")
	c.turn()
	secrets := []string{token, strings.TrimPrefix(token, tokenPrefix), strings.TrimPrefix(address, "/submit/")}
	findInNoFile(t, c.service.app.dir, secrets)
	for _, secret := range secrets {
		if len(secret) < 52 || strings.Contains(c.log.String(), secret) {
			t.Error("a token or a key is short, or logged")
		}
	}
}

// TestVerifySubmissions finds what was done to an original that waits.
func TestVerifySubmissions(t *testing.T) {
	c := openCounter(t)
	c.send(c.token(), "april.csv", aprilCSV)
	check := func() verifyResult {
		t.Helper()
		var result verifyResult
		known, err := readState(c.service.ledger)
		if err != nil {
			t.Fatal(err)
		}
		if err := result.originals(t.Context(), c.service.ledger, known); err != nil {
			t.Fatal(err)
		}
		return result
	}
	if found := check(); found.Originals != 1 || len(found.Problems) != 0 {
		t.Errorf("verify finds %+v", found)
	}
	paths, _ := filepath.Glob(filepath.Join(c.service.app.dir, "originals", "*", "*"))
	if len(paths) != 1 {
		t.Fatalf("%d originals are kept", len(paths))
	}
	if err := os.WriteFile(paths[0], []byte("altered"), 0o644); err != nil {
		t.Fatal(err)
	}
	if found := check(); len(found.Problems) != 1 {
		t.Errorf("verify does not see an altered submission: %+v", found)
	}
}
