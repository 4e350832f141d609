package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

// TestUsage holds that no word of a library's reaches the operator.
func TestUsage(t *testing.T) {
	for line, want := range map[string]string{
		"comapre":                    "there is no command `commonspend comapre`: the nearest is `commonspend compare`",
		"override lien":              "there is no command `commonspend override lien`: the nearest is `commonspend override line`",
		"publish now":                "`commonspend publish` takes no word of its own, and was given \"now\"",
		"check":                      "write it as `commonspend check FILE…`: what stands in capitals was left out, or there is too much",
		"withdraw 1 2 --why x":       "write it as `commonspend withdraw FILE|RELEASE`: what stands in capitals was left out, or there is too much",
		"override undo 3":            "--by and --why must be given",
		"override undo -5":           "`commonspend override undo` has no flag -5",
		"publish --fource":           "`commonspend publish` has no flag --fource: the nearest is --force",
		"withdraw 1 --why":           "--why needs a value after it",
		"run -c":                     "-c needs a value after it",
		"review --most x":            "--most takes a whole number, not \"x\"",
		"check a.csv --timeout soon": "--timeout takes a length of time, such as 60s or 10m, not \"soon\"",
		"publish --force=maybe":      "--force takes true or false, not \"maybe\"",
		"publish --=x":               "\"--=x\" is no flag: write one as --name value",
	} {
		var out, told bytes.Buffer
		a := &app{out: &out, err: &told, now: time.Now, random: rand.Reader}
		code := a.run(context.Background(), strings.Fields(line))
		if got, _, _ := strings.Cut(told.String(), "\n"); code != exitUsage || got != "commonspend: "+want {
			t.Errorf("%s: exit code %d, %q, want %q", line, code, got, want)
		}
	}
}
