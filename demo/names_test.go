package demo

import (
	"bufio"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// No invented word of this world may be found in lists of real bodies, places
// and suppliers. Only our own word and the file's path are printed.
func TestNamesAreMadeUp(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("../shared/data is absent")
	}
	invented := map[string]bool{}
	for _, names := range [][]string{councilPlaces(), trustPlaces(), firmStems(), surnames()} {
		for _, name := range names {
			invented[strings.ToLower(strings.Fields(name)[0])] = true
		}
	}
	word := regexp.MustCompile(`[a-z]+`)
	found := map[string]bool{}
	for _, path := range realLists(t, root) {
		scan(t, path, func(line string) {
			for _, w := range word.FindAllString(strings.ToLower(line), -1) {
				if invented[w] && !found[w] {
					found[w] = true
					t.Errorf("%q is a word of %s", w, path)
				}
			}
			for _, name := range departmentNames() {
				if strings.Contains(strings.ToLower(line), strings.ToLower(name)) {
					t.Errorf("%q is a name of %s", name, path)
				}
			}
		})
	}
}

func realLists(t *testing.T, root string) []string {
	t.Helper()
	var lists []string
	for _, folder := range []string{"reference", "gold"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && !strings.HasSuffix(path, ".md") {
				lists = append(lists, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return append(lists, filepath.Join(root, "corpus", "PUBLISHERS.csv"))
}

func scan(t *testing.T, path string, line func(string)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var reader io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if reader, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(reader)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		line(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
