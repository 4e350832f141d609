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

// measureGrowth adds one small file to a warehouse of ten million rows and to
// an empty one, and publishes both times.
func measureGrowth(b *run) (string, error) {
	folder := filepath.Join(b.folder, "growth")
	if _, err := publishers(folder, growthPublishers); err != nil {
		return "", err
	}
	for p := range growthPublishers {
		for month := range growthMonths {
			path := filepath.Join(folder, fmt.Sprint("wexcombe-", p), fmt.Sprintf("2023-%02d.csv", month+1))
			if err := generate(path, growthRows, uint64(p), 2023, month+1); err != nil {
				return "", err
			}
		}
	}
	added := filepath.Join(b.folder, "added", "2023-11.csv")
	if err := generate(added, growthRows, 99, 2023, 11); err != nil {
		return "", err
	}
	one := func(data string) (ran, error) {
		_, done, err := b.ingest(added, "--publisher", "wexcombe-3", "--publishers", filepath.Join(folder, "PUBLISHERS.csv"), "--data", data)
		return done, err
	}
	full, empty := filepath.Join(b.folder, "full"), filepath.Join(b.folder, "empty")
	all, filling, err := b.ingest(folder, "--data", full)
	if err != nil {
		return "", err
	}
	publishing, err := command(b.program, nil, "publish", "--data", full)
	if err != nil {
		return "", err
	}
	toEmpty, err := one(empty)
	if err != nil {
		return "", err
	}
	toFull, err := one(full)
	if err != nil {
		return "", err
	}
	again, err := command(b.program, nil, "publish", "--data", full)
	if err != nil {
		return "", err
	}
	allowed := publishing.took/20 + 2*time.Second
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
`, growthRows, all.Payments, seconds(filling.took), seconds(toEmpty.took),
		seconds(toFull.took), ratio(toFull.took, toEmpty.took),
		seconds(publishing.took), seconds(again.took), ratio(again.took, allowed), seconds(allowed)), nil
}
