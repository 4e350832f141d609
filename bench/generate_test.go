package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestGenerateRepeats holds generated files to the share of distinct lines, by what
// they are judged by, that they are to have.
func TestGenerateRepeats(t *testing.T) {
	const rows = 30_000
	own := regexp.MustCompile(`,\d\d/\d\d/\d{4},|,\d+,-?[\d.]+,|,WX-\d+$`) // date; reference and amount; contract
	for _, c := range []struct{ repeats, least, most int }{{realRepeats, 315 * rows / 1000, 319 * rows / 1000}, {neverRepeats, rows, rows}} {
		path := filepath.Join(t.TempDir(), "2024-04.csv")
		if err := generate(path, rows, c.repeats, 1, 2024, 4); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
		distinct := map[string]bool{}
		for _, line := range lines {
			distinct[own.ReplaceAllString(line, ",")] = true
		}
		if len(lines) != rows || len(distinct) < c.least || len(distinct) > c.most {
			t.Errorf("repeats %d: %d lines, %d of them distinct, not %d to %d", c.repeats, len(lines), len(distinct), c.least, c.most)
		}
	}
}
