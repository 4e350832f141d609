package dataset

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// joinedNames are the files of all payments that lie nowhere: they are the
// publishers' files one after the other, under one header, put together as they
// are sent. On disk they would take as much again for every release.
func joinedNames() []string { return []string{"payments.csv", "payments.excel.csv"} }

// joined reads such a file. It is at one place at a time.
type joined struct {
	folder string
	parts  []part
	size   int64
	at     int64
	open   *os.File // of the part it was last read from
	which  int
}

// part is bytes of a file on disk, and where they stand in the whole.
type part struct {
	name             string
	skip, start, end int64
}

// openJoined finds the parts of a joined file among the files of a folder, by
// their names.
func openJoined[V any](folder, name string, among map[string]V) (*joined, error) {
	j := &joined{folder: folder, which: -1}
	for _, each := range slices.Sorted(maps.Keys(among)) {
		excel := strings.HasSuffix(each, ".excel.csv")
		if path.Ext(each) != ".csv" || !strings.HasPrefix(each, "payments/") || excel != strings.HasSuffix(name, ".excel.csv") {
			continue
		}
		p := part{name: each, start: j.size}
		info, err := os.Stat(filepath.Join(folder, filepath.FromSlash(each)))
		if err == nil && len(j.parts) > 0 {
			p.skip, err = headerOf(filepath.Join(folder, filepath.FromSlash(each)))
		}
		if err != nil {
			return nil, err
		}
		j.size += info.Size() - p.skip
		p.end = j.size
		j.parts = append(j.parts, p)
	}
	return j, nil
}

// headerOf is how many bytes a CSV file's header takes.
func headerOf(name string) (int64, error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	line, err := bufio.NewReader(file).ReadString('\n')
	return int64(len(line)), err
}

// Read reads on.
func (j *joined) Read(p []byte) (int, error) {
	if j.at >= j.size {
		return 0, io.EOF
	}
	which := sort.Search(len(j.parts), func(i int) bool { return j.parts[i].end > j.at })
	now := j.parts[which]
	if which != j.which {
		if err := j.Close(); err != nil {
			return 0, err
		}
		file, err := os.Open(filepath.Join(j.folder, filepath.FromSlash(now.name)))
		if err != nil {
			return 0, err
		}
		j.open, j.which = file, which
	}
	n, err := j.open.ReadAt(p[:min(int64(len(p)), now.end-j.at)], now.skip+j.at-now.start)
	j.at += int64(n)
	if n > 0 {
		return n, nil
	}
	if errors.Is(err, io.EOF) {
		err = fmt.Errorf("%s is shorter than it was: %w", now.name, io.ErrUnexpectedEOF)
	}
	return 0, err
}

// Seek goes to another place.
func (j *joined) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += j.at
	case io.SeekEnd:
		offset += j.size
	}
	if offset < 0 {
		return 0, errors.New("a place before the file's beginning")
	}
	j.at = offset
	return offset, nil
}

// Close lets go of the part that is open.
func (j *joined) Close() error {
	if j.open == nil {
		return nil
	}
	err := j.open.Close()
	j.open, j.which = nil, -1
	return err
}

func hashJoined(folder, name string, sums map[string]string) (string, error) {
	whole, err := openJoined(folder, name, sums)
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	_, err = io.Copy(digest, whole)
	return hex.EncodeToString(digest.Sum(nil)), errors.Join(err, whole.Close())
}
