package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"commonspend/schemas"
)

// Release is the manifest of a release: what it holds, under which hash, and
// from which state of the journal it was made.
type Release struct {
	Number         string         `json:"number"` // 2026-11-22.1: the day, and which release of that day
	Published      time.Time      `json:"published"`
	Previous       string         `json:"previous"`
	PreviousSums   string         `json:"previous_sha256sums"` // SHA-256 of the previous release's SHA256SUMS, which chains them
	JournalLength  int            `json:"journal_length"`
	JournalHead    string         `json:"journal_head"`
	Program        string         `json:"program"`
	Rules          []string       `json:"rules"`
	Payments       int64          `json:"payments"`
	Pence          schemas.Amount `json:"pence"`
	Bodies         int            `json:"bodies"`
	Publishers     int            `json:"publishers"`
	Files          int            `json:"files"`
	Partitions     []Partition    `json:"partitions"`
	Tables         []Table        `json:"tables"`
	Withheld       []Withheld     `json:"withheld"`
	Notes          []string       `json:"notes"`           // small changes against the last release
	Forced         []string       `json:"forced"`          // what the check refused and an operator let through
	ServeSchema    string         `json:"serve_schema"`    // of the SQL that made serve.duckdb
	ServeScattered int64          `json:"serve_scattered"` // payments that serve.duckdb holds out of its order

	Dir       string `json:"-"` // the data directory
	Unchanged bool   `json:"-"` // nothing changed since this, the last release: none was made
}

// Partition is a slice of a dataset: one Parquet object. Publisher is "" for
// figures, which are of a body; a publisher's payments name its body where it
// has only one.
type Partition struct {
	Dataset       string         `json:"dataset"` // payments issues figures
	Publisher     string         `json:"publisher"`
	Body          string         `json:"body"`
	FinancialYear string         `json:"financial_year"`
	Object        string         `json:"object"` // SHA-256
	Bytes         int64          `json:"bytes"`
	Rows          int64          `json:"rows"`
	Pence         schemas.Amount `json:"pence"`
	Fingerprint   string         `json:"fingerprint"` // of all that decides the object's bytes
}

// Table is a Parquet file in the release's own folder.
type Table struct {
	Name   string `json:"name"` // coverage comparisons files accounts publishers
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
}

// Withheld says which publisher is left out, and why.
type Withheld struct {
	Publisher string `json:"publisher"`
	Files     int    `json:"files"`
	Reason    string `json:"reason"`
}

// owner is what a partition belongs to: a publisher, or for figures a body.
func (p Partition) owner() string {
	if p.Dataset == "figures" {
		return p.Body
	}
	return p.Publisher
}

// place names a partition within any release.
func (p Partition) place() [3]string {
	return [3]string{p.Dataset, p.owner(), p.FinancialYear}
}

// ObjectPath is where an object lies below the data directory.
func ObjectPath(sha string) string {
	return filepath.Join("objects", sha[:2], sha)
}

// Folder is the release's own folder.
func (r *Release) Folder() string { return filepath.Join(r.Dir, "releases", r.Number) }

// Object is the path of a partition's Parquet file.
func (r *Release) Object(p Partition) string { return filepath.Join(r.Dir, ObjectPath(p.Object)) }

// Latest returns the path of the latest release of a data directory, or
// fs.ErrNotExist where there is none yet.
func Latest(dir string) (string, error) {
	number, err := os.Readlink(filepath.Join(dir, "releases", "latest"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s holds no release yet: %w", dir, fs.ErrNotExist)
	}
	if err != nil {
		return "", fmt.Errorf("read which release is the latest: %w", err)
	}
	return filepath.Join(dir, "releases", filepath.Base(number)), nil
}

// Open reads the manifest of the release in a folder.
func Open(folder string) (*Release, error) {
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, fmt.Errorf("release %s: %w", filepath.Base(folder), err)
	}
	release := &Release{Dir: filepath.Dir(filepath.Dir(filepath.Clean(folder)))}
	if err := json.Unmarshal(text, release); err != nil {
		return nil, fmt.Errorf("release %s: its manifest cannot be read: %w", filepath.Base(folder), err)
	}
	return release, nil
}

// openLatest opens the latest release, or returns nil where there is none.
func openLatest(dir string) (*Release, error) {
	folder, err := Latest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return Open(folder)
}

// numberPattern is what a release folder is called.
var numberPattern = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}\.[1-9]\d*$`)

// Numbers lists a data directory's releases, oldest first.
func Numbers(dir string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "releases"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list releases: %w", err)
	}
	var found []string
	for _, entry := range entries {
		if entry.IsDir() && numberPattern.MatchString(entry.Name()) {
			found = append(found, entry.Name())
		}
	}
	slices.SortFunc(found, CompareNumbers)
	return found, nil
}

// CompareNumbers orders 2026-11-22.9 before 2026-11-22.10.
func CompareNumbers(a, b string) int {
	if a[:10] != b[:10] {
		if a[:10] < b[:10] {
			return -1
		}
		return 1
	}
	x, _ := strconv.Atoi(a[11:])
	y, _ := strconv.Atoi(b[11:])
	return x - y
}

// nextNumber returns the number after the last: the day's first, or one more.
// A clock that went back does not number a release before the last one.
func nextNumber(last string, now time.Time) string {
	day := now.UTC().Format(time.DateOnly)
	if last == "" || last[:10] < day {
		return day + ".1"
	}
	n, _ := strconv.Atoi(last[11:])
	return last[:11] + strconv.Itoa(n+1)
}
