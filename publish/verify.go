package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"commonspend/store"
	"commonspend/store/disk"
)

// Problem is one thing that is not as it was published.
type Problem struct {
	Path     string `json:"path"` // below the data directory
	Sentence string `json:"sentence"`
}

// verifier carries what is found from release to release.
type verifier struct {
	dir      string
	conn     *sql.Conn
	problems []Problem
	objects  map[string]Partition // named by some release's manifest
	listed   map[string]bool      // objects in some release's SHA256SUMS
	sums     map[string]string    // each release's SHA-256 of its SHA256SUMS
}

// Verify checks every release and object of a data directory: hashes,
// SHA256SUMS, manifests, the chain of releases, and each object's rows and
// pence against the manifest. It reads all bytes. An error means that it could
// not look; what it saw amiss are problems.
func Verify(ctx context.Context, dir string) ([]Problem, error) {
	all, err := Numbers(dir)
	if err != nil {
		return nil, err
	}
	db, err := store.OpenScratch(store.Settings{Threads: workers})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	v := &verifier{dir: dir, conn: conn, objects: map[string]Partition{}, listed: map[string]bool{}, sums: map[string]string{}}
	v.checkFolder(all)
	for i, number := range all {
		previous := ""
		if i > 0 {
			previous = all[i-1]
		}
		v.checkRelease(number, previous)
	}
	if err := v.checkObjects(ctx); err != nil {
		return v.problems, err
	}
	return v.problems, ctx.Err()
}

func (v *verifier) found(path, format string, args ...any) {
	v.problems = append(v.problems, Problem{filepath.ToSlash(path), fmt.Sprintf(format, args...)})
}

// checkFolder looks for what does not belong beside the releases, and for a
// pointer to the newest. What an interrupted release left aside is no problem:
// the next publish clears it.
func (v *verifier) checkFolder(all []string) {
	entries, err := os.ReadDir(filepath.Join(v.dir, "releases"))
	if err != nil {
		return // no release yet
	}
	for _, entry := range entries {
		name := entry.Name()
		if name != "latest" && !slices.Contains(all, name) && !strings.HasPrefix(name, disk.TempPrefix) {
			v.found("releases/"+name, "it is neither a release nor the pointer to the latest")
		}
	}
	if len(all) == 0 {
		return
	}
	latest, err := Latest(v.dir)
	if err != nil || !slices.Contains(all, filepath.Base(latest)) {
		v.found("releases/latest", "it does not point to a release")
	}
}

// checkRelease checks one release's folder against its own SHA256SUMS, its
// manifest and the release before it.
func (v *verifier) checkRelease(number, previous string) {
	folder := filepath.Join(v.dir, "releases", number)
	below := "releases/" + number
	actual := v.checkSums(folder, below)
	v.checkLinks(folder, below)
	text, err := os.ReadFile(filepath.Join(folder, sumsName))
	if err == nil {
		sum := sha256.Sum256(text)
		v.sums[number] = hex.EncodeToString(sum[:])
	}
	release, err := Open(folder)
	if err != nil {
		v.found(below+"/manifest.json", "the manifest cannot be read")
		return
	}
	if release.Number != number {
		v.found(below+"/manifest.json", "the manifest is of release %s", release.Number)
	}
	if release.Previous != previous {
		v.found(below, "it follows release %q, but the release before it here is %q: one is missing or extra", release.Previous, previous)
	} else if previous != "" && release.PreviousSums != v.sums[previous] {
		v.found("releases/"+previous+"/"+sumsName, "it is not the one that release %s followed", number)
	}
	for _, p := range release.Partitions {
		v.objects[p.Object] = p
	}
	v.checkExpected(folder, below, release, actual)
}

// checkSums compares the files there are with the list of them, and returns
// the hashes of those there are.
func (v *verifier) checkSums(folder, below string) map[string]string {
	actual, err := hashFolder(folder)
	if err != nil {
		v.found(below, "it cannot be read: %s", err)
		return nil
	}
	listed, err := ReadSums(folder, sumsName)
	if err != nil {
		v.found(below+"/"+sumsName, "it cannot be read: %s", err)
		return actual
	}
	for _, path := range slices.Sorted(maps.Keys(actual)) {
		if listed[path] == "" {
			v.found(below+"/"+path, "the release does not list this file")
		} else if listed[path] != actual[path] {
			v.found(below+"/"+path, "its bytes are not those that were published")
		}
	}
	for _, path := range slices.Sorted(maps.Keys(listed)) {
		if strings.HasPrefix(path, "../../objects/") {
			v.listed[listed[path]] = true
		} else if actual[path] == "" {
			v.found(below+"/"+path, "the file is missing")
		}
	}
	return actual
}

// checkExpected holds that SHA256SUMS is, byte for byte, what the release's
// files and manifest make it.
func (v *verifier) checkExpected(folder, below string, release *Release, actual map[string]string) {
	if actual == nil {
		return // found already
	}
	addObjects(actual, release)
	text, err := os.ReadFile(filepath.Join(folder, sumsName))
	if err == nil && !bytes.Equal(text, FormatSums(actual)) {
		v.found(below+"/"+sumsName, "it is not the list of the release's files and objects")
	}
}

// checkLinks holds that the one link of a release is as it was made.
func (v *verifier) checkLinks(folder, below string) {
	if to, err := os.Readlink(filepath.Join(folder, "objects")); err != nil || to != "../../objects" {
		v.found(below+"/objects", "the link to the objects is missing or altered")
	}
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path != folder && !entry.Type().IsRegular() && entry.Name() != "objects" {
			v.found(below+"/"+entry.Name(), "the release does not list this")
		}
		return nil
	})
}

// checkObjects hashes and measures each object once, and looks for others.
func (v *verifier) checkObjects(ctx context.Context) error {
	for _, sha := range slices.Sorted(maps.Keys(v.objects)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		v.checkObject(ctx, sha, v.objects[sha])
	}
	excused := v.beingPlaced()
	root := filepath.Join(v.dir, "objects")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		below, err := filepath.Rel(v.dir, path)
		sha := entry.Name()
		if _, named := v.objects[sha]; !named && !v.listed[sha] && !excused[sha] || len(sha) != 64 || below != ObjectPath(sha) {
			v.found(below, "no release names this object")
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // each object that should lie there is told of already
	}
	return err
}

// beingPlaced lists the objects of an interrupted release, which the next
// publish takes back.
func (v *verifier) beingPlaced() map[string]bool {
	excused := map[string]bool{}
	left, _ := disk.Unfinished(filepath.Join(v.dir, "releases"))
	for _, aside := range left {
		note, err := readPlacing(aside)
		for i := 0; err == nil && i < len(note.Objects); i++ {
			excused[note.Objects[i]] = true
		}
	}
	return excused
}

// checkObject checks an object's hash, and its rows and pence.
func (v *verifier) checkObject(ctx context.Context, sha string, p Partition) {
	if len(sha) != 64 {
		v.found("objects", "a manifest names %q, which is not a hash", sha)
		return
	}
	below := ObjectPath(sha)
	path := filepath.Join(v.dir, below)
	actual, _, err := HashFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.found(below, "the object is missing")
		return
	case err != nil:
		v.found(below, "the object cannot be read: %s", err)
		return
	case actual != sha:
		v.found(below, "its bytes are not those that were published")
		return
	}
	rows, pence, err := measure(ctx, v.conn, p.Dataset, path)
	switch {
	case err != nil:
		v.found(below, "the object cannot be read as Parquet: %s", err)
	case rows != p.Rows || pence != p.Pence:
		v.found(below, "it holds %d rows and %s where the manifest says %d and %s", rows, pence.Pounds(), p.Rows, p.Pence.Pounds())
	}
}
