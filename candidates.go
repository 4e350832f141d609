package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"commonspend/schemas"
)

// candidate is a file that `ingest` was pointed at.
type candidate struct {
	path      string // or URL
	name      string // within its publisher's folder
	publisher string
	url       bool
}

// publishersFile is the list that lies in a folder of publishers' folders.
const publishersFile = "PUBLISHERS.csv"

// candidates lists the files under the paths in a fixed order, each with its
// publisher: the one given, else the folder's, by the PUBLISHERS.csv above it.
func candidates(paths []string, publisher string, known map[string]schemas.Publisher) ([]candidate, error) {
	var all []candidate
	for _, path := range paths {
		found, err := candidatesAt(path, publisher, known)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func candidatesAt(path, publisher string, known map[string]schemas.Publisher) ([]candidate, error) {
	if isURL(path) {
		if publisher == "" {
			return nil, &usageError{"say whose file " + path + " is, with --publisher ID"}
		}
		return []candidate{{path: path, name: urlName(path), publisher: publisher, url: true}}, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %s", path, plainCause(err))
	}
	if !info.IsDir() {
		return oneFile(path, publisher, known)
	}
	return folderFiles(path, publisher, known)
}

func isURL(path string) bool {
	return strings.HasPrefix(path, "https://") || strings.HasPrefix(path, "http://")
}

func urlName(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		return address
	}
	return filepath.Base(u.Path)
}

func oneFile(path, publisher string, known map[string]schemas.Publisher) ([]candidate, error) {
	if publisher == "" {
		publisher = filepath.Base(filepath.Dir(absolute(path)))
		if _, ok := known[publisher]; !ok {
			return nil, &usageError{"say whose file " + path + " is, with --publisher ID"}
		}
	}
	return []candidate{{path: path, name: filepath.Base(path), publisher: publisher}}, nil
}

func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// folderFiles walks a folder. With a PUBLISHERS.csv in it, each of its folders
// is a publisher and the files beside that list are not spend files.
func folderFiles(root, publisher string, known map[string]schemas.Publisher) ([]candidate, error) {
	_, err := os.Stat(filepath.Join(root, publishersFile))
	perPublisher := err == nil && publisher == ""
	if !perPublisher && publisher == "" {
		publisher = filepath.Base(absolute(root))
		if _, ok := known[publisher]; !ok {
			return nil, &usageError{fmt.Sprintf("%s holds no %s: say whose files these are, with --publisher ID", root, publishersFile)}
		}
	}
	var found []candidate
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s cannot be read: %s", path, plainCause(err))
		}
		if hidden(entry.Name()) && path != root {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() && entry.Type()&fs.ModeSymlink == 0 {
			return nil
		}
		within, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		owner, name := publisher, filepath.ToSlash(within)
		if perPublisher {
			folder, rest, nested := strings.Cut(name, "/")
			if !nested {
				return nil
			}
			owner, name = folder, rest
		}
		found = append(found, candidate{path: path, name: name, publisher: owner})
		return nil
	})
	sort.SliceStable(found, func(i, j int) bool {
		return found[i].publisher < found[j].publisher || found[i].publisher == found[j].publisher && found[i].name < found[j].name
	})
	return found, err
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// plainCause says why a path cannot be used, without the words of the system call.
func plainCause(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "permission is denied; change it, or run as a user who may read it"
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
