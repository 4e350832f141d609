package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// A warehouse of ten million rows: forty publishers, ten months of 25,000 rows.
const (
	growthPublishers = 40
	growthMonths     = 10
	growthRows       = 25_000
)

// growth is what the five commands of measureGrowth took.
type growth struct {
	all                                    ingested
	filling, first, toEmpty, toFull, again ran
}

// measureGrowth adds one small file to a warehouse of ten million rows and to
// an empty one, and publishes both times.
func measureGrowth(b *run) (string, error) {
	folder, added := filepath.Join(b.folder, "growth"), filepath.Join(b.folder, "added", "2023-11.csv")
	if err := writeGrowth(folder, added); err != nil {
		return "", err
	}
	g, err := b.grow(folder, added)
	if err != nil {
		return "", err
	}
	allowed := g.first.took/20 + 2*time.Second
	return fmt.Sprintf(`
## Adding one file of %d rows to a warehouse of %d

| | took | target |
|---|---|---|
| ingest of all the rest, for scale | %s | |
| ingest into an empty data directory | %s | |
| ingest into the full one | %s, %s times as long | 2 |
| the first publish, of everything | %s | |
| the publish after the one file | %s, %s of what is allowed | %s |

Each is a whole command, from start to exit.
`, growthRows, g.all.Payments, seconds(g.filling.took), seconds(g.toEmpty.took),
		seconds(g.toFull.took), ratio(g.toFull.took, g.toEmpty.took),
		seconds(g.first.took), seconds(g.again.took), ratio(g.again.took, allowed), seconds(allowed)), nil
}

func writeGrowth(folder, added string) error {
	if _, err := publishers(folder, growthPublishers); err != nil {
		return err
	}
	for p := range growthPublishers {
		for month := range growthMonths {
			path := filepath.Join(folder, fmt.Sprint("wexcombe-", p), fmt.Sprintf("2023-%02d.csv", month+1))
			if err := generate(path, growthRows, realRepeats, uint64(p), 2023, month+1); err != nil {
				return err
			}
		}
	}
	return generate(added, growthRows, realRepeats, 99, 2023, 11)
}

func (b *run) grow(folder, added string) (g growth, err error) {
	full, empty := filepath.Join(b.folder, "full"), filepath.Join(b.folder, "empty")
	one := []string{added, "--publisher", "wexcombe-3", "--publishers", filepath.Join(folder, "PUBLISHERS.csv"), "--data"}
	steps := []func() error{
		func() error { g.all, g.filling, err = b.ingest(folder, "--data", full); return err },
		func() error { g.first, err = command(b.program, nil, "publish", "--data", full); return err },
		func() error { _, g.toEmpty, err = b.ingest(append(one, empty)...); return err },
		func() error { _, g.toFull, err = b.ingest(append(one, full)...); return err },
		func() error { g.again, err = command(b.program, nil, "publish", "--data", full); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return g, err
		}
	}
	return g, nil
}
