package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// measureCorpus ingests the real corpus, where it is there.
func measureCorpus(b *run) (string, error) {
	corpus := filepath.Join("..", "shared", "data", "corpus")
	if _, err := os.Stat(corpus); err != nil {
		return "\n## The real corpus\n\nNot measured: ../shared is absent.\n", nil
	}
	data := filepath.Join(b.folder, "corpus")
	first, done, err := b.ingest(corpus, "--data", data, "--licence", "OGL-UK-3.0")
	if err != nil {
		return "", err
	}
	again, doneAgain, err := b.ingest(corpus, "--data", data, "--licence", "OGL-UK-3.0")
	if err != nil {
		return "", err
	}
	if again.Payments != 0 {
		return "", fmt.Errorf("a second run loaded %d payments", again.Payments)
	}
	perSecond := func(n float64, d time.Duration) string { return fmt.Sprintf("%.1f", n/d.Seconds()) }
	return fmt.Sprintf(`
## The real corpus: `+"`commonspend ingest ../shared/data/corpus`"+`

| | |
|---|---|
| files loaded, empty, refused | %d, %d, %d |
| physical rows, payments | %d, %d |
| the whole command | %s, of which indexing %s |
| thousand rows a second, megabytes a second | %s, %s |
| peak memory (VmHWM) | %s |
| a second run, which finds all of it held | %s |
`, first.Outcomes["load"], first.Outcomes["empty"], first.Outcomes["refuse"], first.Rows, first.Payments,
		seconds(done.took), seconds(first.indexed()),
		perSecond(float64(first.Rows)/1e3, done.took), perSecond(float64(first.Bytes)/1e6, done.took),
		megabytes(done.memory), seconds(doneAgain.took)), nil
}
