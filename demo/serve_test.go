package demo

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, url, header, value string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header != "" {
		request.Header.Set(header, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestConditionalRequests(t *testing.T) {
	w := Generate(1)
	server := httptest.NewServer(w.Serve())
	defer server.Close()
	url := w.Sources(server.URL)[0].Files[0].URL
	first, body := get(t, url, "", "")
	if first.StatusCode != http.StatusOK || body != string(w.Files()[0].Bytes) {
		t.Fatalf("%s and %d bytes", first.Status, len(body))
	}
	for _, c := range []struct {
		header, value string
		status        int
	}{
		{"If-None-Match", first.Header.Get("ETag"), http.StatusNotModified},
		{"If-None-Match", `"another"`, http.StatusOK},
		{"If-Modified-Since", first.Header.Get("Last-Modified"), http.StatusNotModified},
		{"If-Modified-Since", "Mon, 01 Jan 2024 00:00:00 GMT", http.StatusOK},
	} {
		if answer, _ := get(t, url, c.header, c.value); answer.StatusCode != c.status {
			t.Errorf("%s %s: %s, want %d", c.header, c.value, answer.Status, c.status)
		}
	}
}

// Every address of every source answers 200, but for the missing months (404)
// and the busy one, which answers 503 once.
func TestEveryAddressAnswers(t *testing.T) {
	w := Generate(1)
	site := w.Serve()
	missing, busy, fine := 0, 0, 0
	for _, source := range w.Sources("") {
		for _, file := range source.Files {
			answer := httptest.NewRecorder()
			site.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, file.URL, nil))
			switch answer.Code {
			case http.StatusOK:
				fine++
			case http.StatusNotFound:
				missing++
			case http.StatusServiceUnavailable:
				busy++
				if answer.Header().Get("Retry-After") != "1" {
					t.Error("busy without Retry-After")
				}
				again := httptest.NewRecorder()
				site.ServeHTTP(again, httptest.NewRequest(http.MethodGet, file.URL, nil))
				if again.Code != http.StatusOK {
					t.Errorf("busy again: %d", again.Code)
				}
			default:
				t.Errorf("%s: %d", file.URL, answer.Code)
			}
		}
	}
	if missing != len(w.Missing) || busy != 1 || fine != len(w.Files())-1 {
		t.Errorf("%d missing, %d busy, %d fine", missing, busy, fine)
	}
}

// A resubmission follows the file it replaces, at another address.
func TestResubmissionsFollow(t *testing.T) {
	w := Generate(1)
	for _, slot := range w.Resent {
		var urls []string
		for _, source := range w.Sources("http://demo") {
			for _, file := range source.Files {
				if source.Publisher == slot.Publisher && file.Period == slot.Period() {
					urls = append(urls, file.URL)
				}
			}
		}
		if len(urls) != 2 || urls[0] == urls[1] {
			t.Errorf("%v: %v", slot, urls)
		}
	}
}

func TestIndexPages(t *testing.T) {
	w := Generate(1)
	server := httptest.NewServer(w.Serve())
	defer server.Close()
	_, home := get(t, server.URL+"/", "", "")
	for _, p := range w.Publishers {
		if !strings.Contains(home, `href="/`+p.ID+`/"`) {
			t.Errorf("the home page does not link %s", p.ID)
		}
	}
	_, index := get(t, server.URL+"/ambleworth/", "", "")
	for _, file := range w.Files() {
		if file.Publisher == "ambleworth" && !strings.Contains(index, `href="`+file.Path+`"`) {
			t.Errorf("the index does not link %s", file.Path)
		}
	}
}
