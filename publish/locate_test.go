package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLocate finds an object beside the releases, one copied into the folder,
// and an exported file, and never the same rows in another form.
func TestLocate(t *testing.T) {
	top := t.TempDir()
	folder := filepath.Join(top, "releases", "any name")
	a, b, c, d := strings.Repeat("a", 64), strings.Repeat("b", 64), strings.Repeat("c", 64), strings.Repeat("d", 64)
	sums := a + "  ../../objects/aa/a\n" + b + "  ../../objects/bb/b\n" + c + "  payments/x/2018-19.csv\n" + c + "  payments/x/2018-19.parquet\n" + d + "  files.parquet\n"
	for path, text := range map[string]string{"objects/aa/a": "", "releases/any name/objects/bb/b": "", "releases/any name/payments/x/2018-19.parquet": "",
		"releases/any name/payments/x/2018-19.csv": "", "releases/any name/SHA256SUMS": sums} {
		path = filepath.Join(top, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	l, err := Locate(folder)
	if err != nil {
		t.Fatal(err)
	}
	for sha, want := range map[string]string{a: filepath.Join(top, "objects/aa/a"), b: filepath.Join(folder, "objects/bb/b"), c: filepath.Join(folder, "payments/x/2018-19.parquet")} {
		if path, _, err := l.Parquet(sha); path != want || err != nil {
			t.Errorf("found %q, %v; want %q", path, err, want)
		}
	}
	if _, _, err := l.Parquet(d); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Locate(top); err == nil || !strings.Contains(err.Error(), "SHA256SUMS") {
		t.Errorf("a folder without sums: %v", err)
	}
}
