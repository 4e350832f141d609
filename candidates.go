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
// What cannot be looked at is told of, a sentence each, and left out.
func candidates(paths []string, publisher string, known map[string]schemas.Publisher) (all []candidate, problems []string, err error) {
	for _, path := range paths {
		found, unreadable, err := candidatesAt(path, publisher, known)
		if err != nil {
			return nil, nil, err
		}
		all, problems = append(all, found...), append(problems, unreadable...)
	}
	return all, problems, nil
}

func candidatesAt(path, publisher string, known map[string]schemas.Publisher) (all []candidate, problems []string, err error) {
	if isURL(path) {
		if publisher == "" {
			return nil, nil, &usageError{"say whose file " + path + " is, with --publisher ID"}
		}
		return []candidate{{path: path, name: urlName(path), publisher: publisher, url: true}}, nil, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, []string{cannotRead(path, err)}, nil
	}
	if !info.IsDir() {
		all, err = oneFile(path, publisher, known)
		return all, nil, err
	}
	all, problems, err = folderFiles(path, publisher, known)
	if err == nil && len(all)+len(problems) == 0 {
		problems = []string{path + " holds no file that could be taken in"}
	}
	return all, problems, err
}

func cannotRead(path string, err error) string {
	return path + " cannot be read: " + plainCause(err)
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
func folderFiles(root, publisher string, known map[string]schemas.Publisher) (found []candidate, problems []string, err error) {
	_, err = os.Stat(filepath.Join(root, publishersFile))
	perPublisher := err == nil && publisher == ""
	if !perPublisher && publisher == "" {
		publisher = filepath.Base(absolute(root))
		if _, ok := known[publisher]; !ok {
			return nil, nil, &usageError{fmt.Sprintf("%s holds no %s: say whose files these are, with --publisher ID", root, publishersFile)}
		}
	}
	paths, problems := filesBelow(root)
	for _, path := range paths {
		within, err := filepath.Rel(root, path)
		if err != nil {
			return nil, nil, err
		}
		owner, name := publisher, filepath.ToSlash(within)
		if perPublisher {
			folder, rest, nested := strings.Cut(name, "/")
			if !nested {
				continue
			}
			owner, name = folder, rest
		}
		found = append(found, candidate{path: path, name: name, publisher: owner})
	}
	sort.SliceStable(found, func(i, j int) bool {
		return found[i].publisher < found[j].publisher || found[i].publisher == found[j].publisher && found[i].name < found[j].name
	})
	return found, problems, nil
}

// filesBelow lists the files and links below a folder, hidden ones left out,
// and tells of the folders that cannot be looked into.
func filesBelow(root string) (paths, problems []string) {
	// The walk itself has no error of its own: each is told of where it occurs.
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			problems = append(problems, cannotRead(path, err))
		case path != root && hidden(entry.Name()) && entry.IsDir():
			return fs.SkipDir
		case !hidden(entry.Name()) && (entry.Type().IsRegular() || entry.Type()&fs.ModeSymlink != 0):
			paths = append(paths, path)
		}
		return nil
	})
	return paths, problems
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
