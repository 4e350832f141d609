package store

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/duckdb/duckdb-go/v2"
)

// spillFolder makes the private folder into which a database puts what its
// memory does not hold. Left to itself DuckDB writes beside the file, or into
// the working folder, under names that every process takes alike: two that
// spill there at once read each other's. TMPDIR says on which disk it lies.
func spillFolder() (string, error) {
	folder, err := os.MkdirTemp("", "commonspend-*")
	if err != nil {
		return "", fmt.Errorf("make a folder for what memory does not hold (the environment's TMPDIR names another place for it): %w", err)
	}
	return folder, nil
}

// spilling is a database whose folder goes when it is closed.
type spilling struct {
	*duckdb.Connector
	remove func() error
}

func (s *spilling) Close() error { return errors.Join(s.Connector.Close(), s.remove()) }

var _ driver.Connector = (*spilling)(nil)

// openSpilling opens a database of the driver's that spills into the folder,
// and calls remove when it is closed or cannot be opened. The driver sets
// options in any order, and temp_directory not after enable_external_access is
// off: an order that fails is tried again.
func openSpilling(dsn, folder string, remove func() error) (*sql.DB, error) {
	own := "temp_directory=" + url.QueryEscape(folder)
	connector, err := duckdb.NewConnector(dsn+"&"+own, nil)
	for tries := 1; err != nil && tries < 100 && strings.Contains(err.Error(), "config: temp_directory="); tries++ {
		connector, err = duckdb.NewConnector(dsn+"&"+own, nil)
	}
	if err != nil {
		return nil, errors.Join(err, remove())
	}
	return sql.OpenDB(&spilling{connector, remove}), nil
}

// shared is the folder of a file that is open to be read.
type shared struct {
	folder string
	users  int
}

// sharedFolders are those of this process, by the file's path without links.
// The driver keeps one database of a file in a process, which all who read the
// file share, and refuses to open it with another folder than the first: so the
// folder, once named, keeps its name.
var sharedFolders = struct {
	sync.Mutex
	of map[string]*shared
}{of: map[string]*shared{}}

// takeShared returns the folder of a file, and what gives it up again: the last
// to do so removes it.
func takeShared(file string) (string, func() error, error) {
	sharedFolders.Lock()
	defer sharedFolders.Unlock()
	s := sharedFolders.of[file]
	if s == nil || s.users == 0 && os.Mkdir(s.folder, 0o700) != nil {
		folder, err := spillFolder()
		if err != nil {
			return "", nil, err
		}
		s = &shared{folder: folder}
		sharedFolders.of[file] = s
	}
	s.users++
	return s.folder, s.leave, nil
}

func (s *shared) leave() error {
	sharedFolders.Lock()
	defer sharedFolders.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	return os.RemoveAll(s.folder)
}
