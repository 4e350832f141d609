package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"commonspend/schemas"
)

// toCheck is a file to be checked.
type toCheck struct {
	path      string
	name      string // within the folder that was named
	publisher schemas.Publisher
}

// checkable lists the files under the paths in order, and says which paths
// cannot be read.
func checkable(paths []string, publisher string, known map[string]schemas.Publisher) (files []toCheck, problems []string) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case isURL(path):
			problems = append(problems, path+" cannot be read: check takes files and folders; download it first")
		case err != nil:
			problems = append(problems, fmt.Sprintf("%s cannot be read: %s", path, plainCause(err)))
		case info.IsDir():
			within, unreadable := checkableIn(path, publisher, known)
			files, problems = append(files, within...), append(problems, unreadable...)
		case !info.Mode().IsRegular():
			problems = append(problems, path+" cannot be read: it is neither a file nor a folder")
		default:
			files = append(files, toCheck{path, filepath.Base(path), checkPublisher(path, publisher, known)})
		}
	}
	return files, problems
}

// checkableIn walks a folder. Hidden files, and the list of publishers, are not
// spend files.
func checkableIn(root, publisher string, known map[string]schemas.Publisher) (files []toCheck, problems []string) {
	top := strings.TrimRight(root, "/") + "/" // so that a link to a folder is followed
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s cannot be read: %s", path, plainCause(err)))
			return nil
		}
		if path == top {
			return nil
		}
		if hidden(entry.Name()) && entry.IsDir() {
			return fs.SkipDir
		}
		info, err := os.Stat(path)
		switch {
		case hidden(entry.Name()) || entry.IsDir() || entry.Name() == publishersFile:
		case err != nil:
			problems = append(problems, fmt.Sprintf("%s cannot be read: %s", path, plainCause(err)))
		case info.Mode().IsRegular():
			name := strings.TrimPrefix(path, filepath.Clean(root)+"/")
			files = append(files, toCheck{path, name, checkPublisher(path, publisher, known)})
		}
		return nil
	})
	if err != nil {
		problems = append(problems, fmt.Sprintf("%s cannot be read: %s", root, plainCause(err)))
	}
	return files, problems
}

// checkPublisher is the publisher named, else the one whose folder holds the
// file. One that nobody described is known by its id alone, or not at all.
func checkPublisher(path, publisher string, known map[string]schemas.Publisher) schemas.Publisher {
	if publisher != "" {
		if described, ok := known[publisher]; ok {
			return described
		}
		return schemas.Publisher{ID: publisher}
	}
	return known[filepath.Base(filepath.Dir(absolute(path)))]
}
