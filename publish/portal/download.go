package portal

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// downloadURL is the address of a file of the release.
func downloadURL(name string) string { return (&url.URL{Path: "/downloads/" + name}).EscapedPath() }

// download sends a file that the release lists, by its path there.
func (a reply) download(name string) {
	a.path, a.as = a.r.URL.Path, ""
	ctx, cancel := context.WithTimeout(a.r.Context(), a.server.options.Timeout)
	defer cancel()
	found, ok, err := one(ctx, a.release.db, "download", func(d *Download) []any { return []any{&d.Name, &d.path, &d.SHA256} }, values{"name": name})
	switch {
	case err != nil:
		a.fail(err)
		return
	case !ok:
		a.fail(notFound("This file is not in release " + a.release.Number + ". The downloads page lists those that are."))
		return
	case !a.server.clients.enter(ctx, client(a.r), a.server.options.Wait):
		a.w.Header().Set("Retry-After", "30")
		a.fail(tooMany())
		return
	}
	defer a.server.clients.leave(client(a.r))
	if !a.server.place(ctx, a.server.downloads) {
		a.w.Header().Set("Retry-After", "30")
		a.fail(busy())
		return
	}
	defer func() { <-a.server.downloads }()
	file, err := a.open(found.path)
	if err != nil {
		a.fail(fmt.Errorf("download %s: %w", found.Name, err))
		return
	}
	defer file.Close()
	if err := a.release.whole.Check(found.path, file, found.SHA256); err != nil {
		a.server.options.Log.Error("a download is not sent", "file", found.Name, "err", err)
		a.fail(damaged(found.Name))
		return
	}
	a.send(file, found)
}

// send writes the file, or the part of it that is asked for.
func (a reply) send(file io.ReadSeeker, found Download) {
	header := a.w.Header()
	header.Set("Content-Type", contentType(found.Name))
	header.Set("Content-Disposition", `attachment; filename="`+plainName(found.Name)+`"`)
	header.Set("ETag", `"`+found.SHA256+`"`)
	header.Set("Cache-Control", "public, max-age=0, must-revalidate")
	http.ServeContent(a.w, a.r, "", time.Time{}, file)
}

// open opens a download by its path below the data directory.
func (a reply) open(name string) (*os.File, error) {
	object, kept := strings.CutPrefix(name, "objects/")
	if kept && a.server.options.Objects != "" {
		return openBelow(a.server.options.Objects, object)
	}
	return openBelow(a.release.data, name)
}

// openBelow opens a file by a path that cannot lead out of the folder.
func openBelow(folder, name string) (*os.File, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(filepath.FromSlash(name))
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".json":
		return "application/json"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".parquet":
		return "application/vnd.apache.parquet"
	}
	return "application/octet-stream"
}

// plainName makes a path into one file name of plain characters.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '=':
			return r
		}
		return '-'
	}, name)
}
