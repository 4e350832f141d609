package portal

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestSmoke(t *testing.T) {
	s := serving(t, Options{Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	for _, a := range []string{"/", "/index.json", "/bodies", "/bodies/northmere-district-council", "/bodies/naughty", "/bodies/naughty/payments", "/bodies/northmere-district-council/payments?year=2024-25&month=2024-05",
		"/bodies/northmere-district-council/files", "/coverage", "/datasets", "/datasets/release_files", "/about", "/about/json", "/health"} {
		w := get(s, a)
		fmt.Println(a, w.Code, w.Body.Len())
		if w.Code != http.StatusOK {
			t.Error(a, w.Code, strings.TrimSpace(w.Body.String()))
		}
	}
}
