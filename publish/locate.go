package publish

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Located finds a release's files by their SHA-256 in a folder that holds them:
// the release's own, a copy of it under any name, and what Export and the
// datasets lay out.
type Located struct {
	folder string
	paths  map[string][]string // as SHA256SUMS writes them, by hash
}

// Locate reads a folder's SHA256SUMS.
func Locate(folder string) (*Located, error) {
	sums, err := ReadSums(folder, sumsName)
	if err != nil {
		return nil, fmt.Errorf("%s: its %s cannot be read: %w", folder, sumsName, err)
	}
	l := &Located{folder: folder, paths: map[string][]string{}}
	for path, sha := range sums {
		l.paths[sha] = append(l.paths[sha], path)
	}
	return l, nil
}

// Parquet returns the path of the Parquet file with a hash, and how SHA256SUMS
// writes it; an error that wraps fs.ErrNotExist where the folder lacks it. A
// release's objects lie beside the releases; in a copy they may lie in it.
func (l *Located) Parquet(sha string) (path, written string, err error) {
	for _, written := range l.paths[sha] {
		object, isObject := strings.CutPrefix(written, "../../")
		if !isObject && filepath.Ext(written) != ".parquet" {
			continue
		}
		for _, below := range []string{written, object} {
			path := filepath.Join(l.folder, filepath.FromSlash(below))
			if _, err := os.Stat(path); err == nil {
				return path, below, nil
			}
		}
	}
	return "", "", fmt.Errorf("%s holds no Parquet file with the SHA-256 %s: %w", l.folder, sha, fs.ErrNotExist)
}
