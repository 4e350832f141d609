package dataset

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/publish"
	"commonspend/store/disk"

	"golang.org/x/sys/unix"
)

// Verify holds every file that is laid out to the hash in its folder's
// SHA256SUMS. It reads all bytes, those that folders share by links once.
func Verify(ctx context.Context, dir string) (problems []publish.Problem, err error) {
	entries, err := os.ReadDir(filepath.Join(dir, "datasets"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	read := hashes{}
	for _, entry := range entries {
		if !entry.IsDir() || strings.HasPrefix(entry.Name(), disk.TempPrefix) {
			continue // the lock, or what the next layout clears
		}
		if err := ctx.Err(); err != nil {
			return problems, err
		}
		for name, what := range read.amiss(Folder(dir, entry.Name())) {
			problems = append(problems, publish.Problem{Path: path.Join("datasets", entry.Name(), name),
				Sentence: what + ": remove datasets/" + entry.Name() + "; the latest release is laid out again by `commonspend datasets`"})
		}
	}
	slices.SortFunc(problems, func(a, b publish.Problem) int { return strings.Compare(a.Path, b.Path) })
	return problems, err
}

// hashes are those of the files that were read, by device and inode.
type hashes map[[2]uint64]string

// amiss says of each file of a folder that is not as it is listed what is wrong.
func (h hashes) amiss(folder string) map[string]string {
	found := map[string]string{}
	listed, err := publish.ReadSums(folder, sumsName)
	if err != nil {
		return map[string]string{sumsName: "it cannot be read"}
	}
	left := maps.Clone(listed)
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		name = filepath.ToSlash(name)
		delete(left, name)
		switch sha, hashErr := h.of(path); {
		case name == sumsName || name == layoutName:
		case hashErr != nil:
			found[name] = "it cannot be read"
		case listed[name] == "":
			found[name] = sumsName + " does not list it"
		case listed[name] != sha:
			found[name] = "its bytes are not those that were laid out"
		}
		return err
	})
	if err != nil {
		found["."] = "it cannot be read"
	}
	for name := range left {
		found[name] = "the file is missing"
	}
	return found
}

func (h hashes) of(path string) (string, error) {
	var about unix.Stat_t
	if err := unix.Lstat(path, &about); err != nil {
		return "", err
	}
	at := [2]uint64{uint64(about.Dev), about.Ino}
	if sha, ok := h[at]; ok {
		return sha, nil
	}
	sha, _, err := publish.HashFile(path)
	h[at] = sha
	return sha, err
}
