package api

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"commonspend/publish/filter"

	"github.com/danielgtaylor/huma/v2"
)

// fence finds the examples of a page.
var fence = regexp.MustCompile("(?s)```(sh|python)\n(.*?)```")

// tool returns a program that scripts/tools installed, or skips the test.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs("../../.tools/bin/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip(name + " is absent: scripts/tools installs it")
	}
	return path
}

// TestExamplesRun runs the examples of docs/api.md in their order, in an empty
// folder, against a server.
func TestExamplesRun(t *testing.T) {
	python := tool(t, "python")
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is absent")
	}
	page, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(serving(t, Options{Now: time.Now}))
	defer server.Close()
	folder := t.TempDir()
	found := slices.DeleteFunc(fence.FindAllStringSubmatch(string(page), -1), func(example []string) bool {
		return strings.Contains(example[2], "/data/") // files stand beside the API: the program's own tests run those
	})
	for _, example := range found {
		cmd := exec.Command("sh", "-euc", example[2])
		if example[1] == "python" {
			cmd = exec.Command(python, "-c", example[2])
		}
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "API="+server.URL+Prefix)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s\n%s%v", example[2], out, err)
		}
	}
	if len(found) < 6 {
		t.Errorf("only %d examples", len(found))
	}
}

// TestSchemathesis asks what the description allows and does not allow, made up
// at random from a fixed seed.
func TestSchemathesis(t *testing.T) {
	program := tool(t, "schemathesis")
	server := httptest.NewServer(serving(t, Options{Comparer: oneBody{}, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}))
	defer server.Close()
	cmd := exec.Command(program, "run", server.URL+Prefix+"/openapi.json", "--url", server.URL, "--checks", "all", "--phases", "examples,coverage,fuzzing",
		"--max-examples", "20", "--seed", "8", "--workers", "2", "--no-color", "--suppress-health-check", "all")
	cmd.Dir = t.TempDir()
	// A semantic mistake that no description can rule out, such as a span that
	// ends before it begins, may be answered 400.
	settings := "[checks]\npositive_data_acceptance.expected-statuses = [\"2xx\", \"400\", \"404\", \"410\"]\n"
	if err := os.WriteFile(filepath.Join(cmd.Dir, "schemathesis.toml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s\n%v", strings.TrimSpace(string(out)), err)
	}
}

// TestFiltersAreDocumented: docs/api.md lists the words that payments are
// narrowed by, in the order of the code, and says which of them repeat.
func TestFiltersAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(page), "narrowed by the same words as on the pages: ")
	list, _, _ = strings.Cut(list, ".")
	var words []string
	for _, found := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(list, -1) {
		words = append(words, found[1])
	}
	if !slices.Equal(words, filter.Names()) {
		t.Errorf("the page lists %q, the code has %q", words, filter.Names())
	}
	last := slices.Index(words, "file") // "from `body` to `file`"
	for _, parameter := range serving(t, Options{}).api.OpenAPI().Paths[Prefix+"/payments"].Get.Parameters {
		at := slices.Index(words, parameter.Name)
		if many := parameter.Schema.Type == huma.TypeArray; many != (at >= 0 && at <= last) {
			t.Errorf("%s may stand more than once: %v", parameter.Name, many)
		}
		if at < 0 && parameter.Name != "limit" && parameter.Name != "cursor" {
			t.Errorf("%s is not on the page", parameter.Name)
		}
	}
}
