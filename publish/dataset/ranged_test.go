package dataset

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnyPageMayReadParts(t *testing.T) {
	dir, _ := built(t)
	s := &Server{Dir: dir}
	r := httptest.NewRequest(http.MethodOptions, "/2026-11-23.1/payments.csv", nil)
	r.Header.Set("Origin", "https://example.org")
	r.Header.Set("Access-Control-Request-Method", "GET")
	r.Header.Set("Access-Control-Request-Headers", "range")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 204 || w.Body.Len() != 0 || !strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "Range") || !strings.Contains(w.Header().Get("Access-Control-Allow-Methods"), "HEAD") {
		t.Errorf("the question before a request is answered %d %v", w.Code, w.Header())
	}
	part := asked(t, s, "/2026-11-23.1/payments.csv", "Range", "bytes=0-9")
	for _, name := range []string{"Content-Range", "ETag", "Accept-Ranges", "Content-Length", "Repr-Digest"} {
		if part.Header().Get(name) == "" || !strings.Contains(part.Header().Get("Access-Control-Expose-Headers"), name) {
			t.Errorf("a page cannot read %s: %v", name, part.Header())
		}
	}
	w = httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/2026-11-23.1/payments.csv", nil))
	if w.Code != 405 || w.Header().Get("Allow") != allowed {
		t.Errorf("POST is %d %v", w.Code, w.Header())
	}
}

func TestRangeThatCannotBeSent(t *testing.T) {
	dir, _ := built(t)
	w := asked(t, &Server{Dir: dir}, "/2026-11-23.1/payments.csv", "Range", "bytes=99999999-")
	var told struct {
		Status int
		Detail string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil || w.Code != 416 || told.Status != 416 || !strings.Contains(told.Detail, "after the end of the file") ||
		w.Header().Get("Content-Type") != "application/problem+json" || !strings.HasPrefix(w.Header().Get("Content-Range"), "bytes */") || w.Header().Get("ETag") != "" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}
