package dataset

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"commonspend/publish"
	"commonspend/store"
	"commonspend/store/disk"
)

// sumsName lists the SHA-256 of every other file of a folder; joinedSumsName
// that of the files that are put together as they are sent.
const (
	sumsName       = "SHA256SUMS"
	joinedSumsName = "JOINED-SHA256SUMS"
)

// Folder is where a release's files lie below the data directory.
func Folder(dir, number string) string { return filepath.Join(dir, "datasets", number) }

// maker lays out one release.
type maker struct {
	release *publish.Release
	last    *publish.Release // the release before; nil for the first
	into    string
	base    string // address that the folder is served below, ending in a slash
	conn    *sql.Conn
	pack    pack
	sums    map[string]string // of the files whose hash is known: path to SHA-256
	earlier *earlier          // nil where there is none to link to
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
// "https://example.org/data/"; "" for addresses beside what names them. What is
// laid out for another address is laid out again. The folder appears whole or
// not at all. What is as it was in what is laid out already is linked to, so that
// little but what changed is written.
func Build(ctx context.Context, release *publish.Release, base string) error {
	into := Folder(release.Dir, release.Number)
	parent := filepath.Dir(into)
	if base != "" {
		base = strings.TrimSuffix(base, "/") + "/" + release.Number + "/"
	}
	if stands(into, base) {
		return nil
	}
	if err := disk.MakeFolder(parent); err != nil {
		return fmt.Errorf("dataset of release %s: %w", release.Number, err)
	}
	unlock, err := lock(ctx, parent)
	if err != nil {
		return err
	}
	defer unlock()
	if stands(into, base) {
		return nil // another process laid it out
	}
	if err := tidy(parent); err != nil {
		return fmt.Errorf("clear what an interrupted dataset left: %w", err)
	}
	aside := filepath.Join(parent, disk.TempPrefix+"layout")
	defer os.RemoveAll(aside)
	if err := (&maker{release: release, into: aside, base: base}).make(ctx); err != nil {
		return fmt.Errorf("dataset of release %s: %w", release.Number, err)
	}
	return replace(aside, into)
}

// stands says whether a release is laid out in a folder, for an address where
// one is given.
func stands(folder, base string) bool {
	address, err := addressOf(folder)
	return err == nil && (base == "" || address == base)
}

// addressOf is the address that a folder was laid out for, "" for none.
func addressOf(folder string) (string, error) {
	var catalogue struct {
		ID string `json:"@id"`
	}
	text, err := os.ReadFile(filepath.Join(folder, catalogueName))
	if err == nil {
		err = json.Unmarshal(text, &catalogue)
	}
	return strings.TrimSuffix(catalogue.ID, catalogueName), err
}

// Address is the address that a release was laid out for, "" for none; ok says
// whether it is laid out.
func Address(dir, number string) (address string, ok bool) {
	address, err := addressOf(Folder(dir, number))
	return address, err == nil
}

// replace places a folder, and removes the one that stood there.
func replace(aside, into string) error {
	replaced := filepath.Join(filepath.Dir(into), disk.TempPrefix+"replaced")
	if err := os.Rename(into, replaced); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(disk.Place(aside, into), os.RemoveAll(replaced))
}

// make lays the release out aside.
func (m *maker) make(ctx context.Context) error {
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
	m.conn = conn
	return m.run(ctx)
}

// tidy removes what was laid out aside and never placed.
func tidy(parent string) error {
	left, err := disk.Unfinished(parent)
	for _, folder := range left {
		err = errors.Join(err, os.RemoveAll(folder))
	}
	return err
}

// run takes the steps in order.
func (m *maker) run(ctx context.Context) error {
	steps := []func(context.Context) error{m.find, m.export, m.begin, m.link, m.sheets, m.whole, m.describe, m.corrections, m.packAll, m.finish}
	for _, step := range steps {
		if err := errors.Join(ctx.Err(), step(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// find finds the release before, and what may be linked to.
func (m *maker) find(context.Context) (err error) {
	if m.earlier, err = findEarlier(m.release); err != nil {
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

// export has publish write what it can.
func (m *maker) export(ctx context.Context) error {
	folder := ""
	if m.earlier != nil {
		folder = m.earlier.folder
	}
	return publish.ExportAfter(ctx, m.release, m.into, nil, folder)
}

// begin reads what the export says of itself.
func (m *maker) begin(context.Context) error {
	text, err := os.ReadFile(filepath.Join(m.into, "datapackage.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &m.pack); err != nil {
		return err
	}
	m.sums, err = publish.ReadSums(m.into, sumsName)
	return err
}

// finish lists every file with its hash.
func (m *maker) finish(context.Context) error {
	if err := disk.Write(filepath.Join(m.into, layoutName), func(w io.Writer) error {
		_, err := io.WriteString(w, layout+"\n")
		return err
	}); err != nil {
		return err
	}
	err := filepath.WalkDir(m.into, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || entry.Name() == sumsName || entry.Name() == layoutName {
			return err
		}
		name, err := filepath.Rel(m.into, path)
		if err != nil || m.sums[filepath.ToSlash(name)] != "" {
			return err
		}
		m.sums[filepath.ToSlash(name)], _, err = publish.HashFile(path)
		return err
	})
	if err != nil {
		return err
	}
	joined := map[string]string{}
	for _, name := range joinedNames() {
		if joined[name], err = hashJoined(m.into, name, m.sums); err != nil {
			return err
		}
	}
	if m.sums[joinedSumsName], err = m.writeSums(joinedSumsName, joined); err != nil {
		return err
	}
	_, err = m.writeSums(sumsName, m.sums)
	return err
}

// writeSums writes hashes as sha256sum does, and returns the hash of that.
func (m *maker) writeSums(name string, sums map[string]string) (string, error) {
	path := filepath.Join(m.into, name)
	err := disk.Write(path, func(w io.Writer) error {
		_, err := w.Write(publish.FormatSums(sums))
		return err
	})
	if err != nil {
		return "", err
	}
	sha, _, err := publish.HashFile(path)
	return sha, err
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
