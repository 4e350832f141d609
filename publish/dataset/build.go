package dataset

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/publish"
	"commonspend/store"
	"commonspend/store/disk"
)

// sumsName lists the SHA-256 of every other file of a folder.
const sumsName = "SHA256SUMS"

// Folder is where a release's files lie below the data directory.
func Folder(dir, number string) string { return filepath.Join(dir, "datasets", number) }

// maker lays out one release.
type maker struct {
	release *publish.Release
	last    *publish.Release // nil for the first
	into    string
	base    string // address that the folder is served below, ending in a slash
	conn    *sql.Conn
	pack    pack
}

// pack is what of the folder's datapackage.json is needed here.
type pack struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Version     string `json:"version"`
	Created     string `json:"created"`
	Licenses    []struct {
		Name string `json:"name"`
		Path string `json:"path"`
	} `json:"licenses"`
	Sources []struct {
		Title string `json:"title"`
	} `json:"sources"`
	Resources []resource `json:"resources"`
}

type resource struct {
	Name      string `json:"name"`
	Title     string `json:"title"`
	Path      string `json:"path"`
	Format    string `json:"format"`
	Mediatype string `json:"mediatype"`
	Bytes     int64  `json:"bytes"`
	Schema    struct {
		Fields []column `json:"fields"`
	} `json:"schema"`
}

type column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Build lays a release out in Folder, unless it is there. base is the address
// that the folders of releases will be served below, such as
// "https://example.org/data/". The folder appears whole or not at all.
func Build(ctx context.Context, release *publish.Release, base string) error {
	into := Folder(release.Dir, release.Number)
	if _, err := os.Stat(into); err == nil {
		return nil
	}
	aside := filepath.Join(release.Dir, "datasets", disk.TempPrefix+release.Number)
	if err := os.RemoveAll(aside); err != nil {
		return fmt.Errorf("clear what an interrupted dataset left: %w", err)
	}
	defer os.RemoveAll(aside)
	if err := publish.Export(ctx, release, aside, nil); err != nil {
		return err
	}
	db, err := store.OpenScratch(store.Settings{Threads: 2})
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	m := &maker{release: release, into: aside, base: base + release.Number + "/", conn: conn}
	for _, step := range []func(context.Context) error{m.begin, m.sheets, m.whole, m.describe, m.corrections, m.packAll, m.finish} {
		if err := errors.Join(ctx.Err(), step(ctx)); err != nil {
			return fmt.Errorf("dataset of release %s: %w", release.Number, err)
		}
	}
	return disk.Place(aside, into)
}

// begin reads what the export says of itself, and the release before.
func (m *maker) begin(context.Context) error {
	text, err := os.ReadFile(filepath.Join(m.into, "datapackage.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &m.pack); err != nil {
		return err
	}
	if m.release.Previous == "" {
		return nil
	}
	m.last, err = publish.Open(filepath.Join(m.release.Dir, "releases", m.release.Previous))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // withdrawn and removed: nothing to compare with
	}
	return err
}

// finish lists every file with its hash.
func (m *maker) finish(context.Context) error {
	sums := map[string]string{}
	err := filepath.WalkDir(m.into, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || entry.Name() == sumsName {
			return err
		}
		name, err := filepath.Rel(m.into, path)
		if err != nil {
			return err
		}
		sums[filepath.ToSlash(name)], err = hash(path)
		return err
	})
	if err != nil {
		return err
	}
	return disk.Write(filepath.Join(m.into, sumsName), func(w io.Writer) error {
		for _, name := range slices.Sorted(maps.Keys(sums)) {
			if _, err := fmt.Fprintf(w, "%s  %s\n", sums[name], name); err != nil {
				return err
			}
		}
		return nil
	})
}

func hash(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	digest := sha256.New()
	_, err = io.Copy(digest, file)
	return hex.EncodeToString(digest.Sum(nil)), err
}

// readSums reads a folder's SHA256SUMS: path to hash.
func readSums(folder string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, sumsName))
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sha, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok {
			return nil, errors.New(sumsName + " has a line that is not a hash, two spaces and a path")
		}
		sums[name] = sha
	}
	return sums, nil
}

// writeJSON writes a text that people may read too.
func (m *maker) writeJSON(name string, value any) error {
	return disk.Write(filepath.Join(m.into, filepath.FromSlash(name)), func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(value)
	})
}
