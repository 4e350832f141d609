package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sumsName lists the SHA-256 of every other file of a release and of every
// object it names, so that `sha256sum -c SHA256SUMS` in its folder checks all.
const sumsName = "SHA256SUMS"

// writeSums hashes the files of a folder and writes its SHA256SUMS.
func writeSums(folder string, r *Release) error {
	sums, err := hashFolder(folder)
	if err != nil {
		return err
	}
	addObjects(sums, r)
	return writeText(filepath.Join(folder, sumsName), FormatSums(sums))
}

// CheckServing holds the database that a release is served from to the hash in
// its SHA256SUMS. It reads all of it.
func CheckServing(folder string) error {
	sums, err := ReadSums(folder, sumsName)
	if err != nil {
		return err
	}
	sum, _, err := HashFile(filepath.Join(folder, serveName))
	if err == nil && sum != sums[serveName] {
		err = errors.New(serveName + " is not as it was published")
	}
	return err
}

// hashFolder returns the SHA-256 of every regular file below a folder but
// SHA256SUMS itself, by its path there with forward slashes.
func hashFolder(folder string) (map[string]string, error) {
	sums := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || name == sumsName {
			return err
		}
		sums[filepath.ToSlash(name)], _, err = HashFile(path)
		return err
	})
	return sums, err
}

// addObjects adds the objects that a release names.
func addObjects(sums map[string]string, r *Release) {
	for _, p := range r.Partitions {
		sums["../../"+filepath.ToSlash(ObjectPath(p.Object))] = p.Object
	}
}

// FormatSums writes sums as sha256sum does, in the order of their paths.
func FormatSums(sums map[string]string) []byte {
	var out bytes.Buffer
	for _, path := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&out, "%s  %s\n", sums[path], path)
	}
	return out.Bytes()
}

// ReadSums reads a list of hashes in a folder, as sha256sum writes them: path to
// hash.
func ReadSums(folder, list string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, list))
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sha, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || len(sha) != 64 {
			return nil, errors.New(list + " has a line that is not a hash, two spaces and a path")
		}
		sums[path] = sha
	}
	return sums, nil
}
