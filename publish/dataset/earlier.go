package dataset

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/publish"
)

// layoutName holds what a folder's files were written by; layout changes
// whenever the same rows would be written otherwise.
const (
	layoutName = ".layout"
	layout     = "1"
)

// earlier is a folder that is laid out, whose files may be linked to.
type earlier struct {
	folder string
	sums   map[string]string
}

// findEarlier returns the folder of the latest release that is laid out, be it
// this one's; nil where there is none whose files are written as this one's
// will be.
func findEarlier(next *publish.Release) (*earlier, error) {
	numbers, err := publish.Numbers(next.Dir)
	if err != nil {
		return nil, err
	}
	for _, number := range slices.Backward(numbers) {
		if found := openEarlier(Folder(next.Dir, number), next); found != nil {
			return found, nil
		}
	}
	return nil, nil
}

func openEarlier(folder string, next *publish.Release) *earlier {
	written, err := os.ReadFile(filepath.Join(folder, layoutName))
	if err != nil || strings.TrimSpace(string(written)) != layout {
		return nil
	}
	before, err := os.ReadFile(filepath.Join(folder, "columns.csv"))
	now, nextErr := os.ReadFile(filepath.Join(next.Folder(), "columns.csv"))
	if err != nil || nextErr != nil || !bytes.Equal(before, now) {
		return nil
	}
	sums, err := publish.ReadSums(folder, sumsName)
	if err != nil {
		return nil
	}
	return &earlier{folder, sums}
}

// link links to what was made from Parquet files that are as they were: CSV and
// workbooks for Excel, descriptions, and what lies packed.
func (m *maker) link(context.Context) error {
	if m.earlier == nil {
		return nil
	}
	for _, r := range m.pack.Resources {
		stem, parquet := strings.CutSuffix(r.Path, ".parquet")
		if parquet && m.earlier.sums[r.Path] == m.sums[r.Path] {
			if err := m.linkMade(stem); err != nil {
				return err
			}
		}
	}
	for year, same := range m.sameYears() {
		if same {
			if err := m.linkMade(yearStem(year)); err != nil {
				return err
			}
		}
	}
	return nil
}

// linkMade links to the files NAME.ext and NAME-2.ext of an earlier NAME, where
// all of them are whole; else they are made again.
func (m *maker) linkMade(stem string) error {
	var made []string
	for name, sha := range m.earlier.sums {
		if !madeFrom(stem, name) || m.has(name) {
			continue
		}
		if actual, _, err := publish.HashFile(m.earlier.path(name)); err != nil || actual != sha {
			return nil
		}
		made = append(made, name)
	}
	for _, name := range made {
		if err := os.Link(m.earlier.path(name), filepath.Join(m.into, filepath.FromSlash(name))); err != nil {
			return err
		}
		m.sums[name] = m.earlier.sums[name]
	}
	return nil
}

// madeFrom tells NAME.ext and NAME-2.ext by their NAME; Parquet is what they
// are made from.
func madeFrom(stem, name string) bool {
	rest, made := strings.CutPrefix(name, stem)
	return made && !strings.HasSuffix(name, ".parquet") && strings.HasPrefix(strings.TrimLeft(rest, "-0123456789"), ".") && (rest[0] == '.' || rest[0] == '-')
}

func (e *earlier) path(name string) string { return filepath.Join(e.folder, filepath.FromSlash(name)) }

// sameYears says of each financial year whether its payments are as they were.
func (m *maker) sameYears() map[string]bool {
	same := map[string]bool{}
	for _, r := range m.years() {
		same[r.year] = true
		for _, path := range r.paths {
			same[r.year] = same[r.year] && m.earlier.sums[path] == m.sums[path]
		}
		for path := range m.earlier.sums {
			if strings.HasPrefix(path, "payments/") && strings.HasSuffix(path, "/"+r.year+".parquet") {
				same[r.year] = same[r.year] && m.sums[path] != ""
			}
		}
	}
	return same
}

// has says whether a file is there already, linked to.
func (m *maker) has(name string) bool {
	_, err := os.Stat(filepath.Join(m.into, filepath.FromSlash(name)))
	return err == nil
}
