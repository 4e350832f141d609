package main

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"commonspend/publish/portal"
	"commonspend/store"
)

//go:embed portal_release.sql
var portalRelease string

// portalCores are those that a server under measurement may use; its readers
// use the others, where there are any.
const portalCores = "0,1"

// portalReaders think for a second between two pages; each count of them reads
// for so long.
var portalReaders = []int{16, 64}

const portalReading = 40 * time.Second

// servePortal shows one release until it is killed, with no client's share
// bounded, and prints its address.
func servePortal(folder string) error {
	server, err := portal.New(portal.Options{Each: 1000, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		return err
	}
	db, err := store.OpenReadOnly(context.Background(), filepath.Join(folder, "serve.duckdb"), portal.Settings())
	if err != nil {
		return err
	}
	if err := server.Swap(context.Background(), db, folder); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return portal.HTTPServer(server).Serve(listener)
}

// makePortalRelease writes a made-up release, unless it is there already.
func makePortalRelease(folder string, rows int) error {
	db, path, err := openToMake(folder)
	if db == nil || err != nil {
		return err
	}
	defer db.Close()
	texts := []string{"ATTACH '" + path + "' AS serving (" + store.ServeStorage + "); USE serving", strings.ReplaceAll(portalRelease, "$rows", strconv.Itoa(rows)), "USE memory"}
	for _, name := range []string{"serve_search_create", "serve_search", "serve_judgements"} {
		text, err := os.ReadFile(filepath.Join("publish", "sql", name+".sql"))
		if err != nil {
			return err
		}
		texts = append(texts, string(text))
	}
	for _, text := range append(texts, "CHECKPOINT serving", "DETACH serving") {
		if _, err := db.Exec(text); err != nil {
			os.Remove(path)
			return err
		}
	}
	return nil
}

// measurePortal reads pages of ten million payments, as many at once as come,
// beside Datasette.
func measurePortal(b *run) (string, error) {
	folder, rows := filepath.Join(b.folder, "portal", "releases", "2026-11-22.1"), 10_000_000
	if kept := os.Getenv("BENCH_PORTAL_RELEASE"); kept != "" {
		folder = kept
	}
	if err := makePortalRelease(folder, rows); err != nil {
		return "", err
	}
	drawn, err := drawPages(filepath.Join(folder, "serve.duckdb"))
	if err != nil {
		return "", err
	}
	ours, err := b.readPortal(folder, drawn)
	if err != nil {
		return "", err
	}
	theirs, err := b.readDatasette(filepath.Join(folder, "serve.duckdb"), drawn)
	if err != nil {
		return "", err
	}
	return portalPart(ours, theirs), nil
}

// readPortal starts our server, its files out of the machine's memory, and
// reads pages.
func (b *run) readPortal(folder string, drawn []drawing) (all []reading, err error) {
	for _, readers := range portalReaders {
		if err := forget(filepath.Join(folder, "serve.duckdb")); err != nil {
			return nil, err
		}
		s, err := pinned(b.self, "serve-portal", folder)
		if err != nil {
			return nil, err
		}
		base, err := s.line()
		if err == nil {
			all = append(all, s.read("http://"+base, readers, drawn, func(d drawing) string { return d.ours }))
		}
		s.stop()
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// pinned starts a server on the cores that are measured.
func pinned(program string, args ...string) (*served, error) {
	cmd := exec.Command("taskset", append([]string{"-c", portalCores, program}, args...)...)
	cmd.Stderr = os.Stderr
	return started(cmd)
}

// portalPart lays out what was measured.
func portalPart(ours, theirs []reading) string {
	var out strings.Builder
	out.WriteString(`
## Pages over 10,000,000 payments

Random identifiers over all bodies; the database is out of the machine's memory at the start; readers think for a
second between two pages. The server runs on cores ` + portalCores + `. Datasette ` + datasetteVersion + ` serves the same payments from SQLite with FTS5
and an index for each page, its limits raised, on the same cores.

| readers | pages | read | p50 | p95 | most | target for p95 | largest page | Datasette: read | p50 | p95 |
|---|---|---|---|---|---|---|---|---|---|---|
`)
	for i, r := range ours {
		for _, class := range classes() {
			a, b := r.of(class.name), theirs[i].of(class.name)
			fmt.Fprintf(&out, "| %d | %s | %d | %s | %s | %s | %s | %s | %d | %s | %s |\n", r.readers, class.name, len(a.times), milliseconds(a.at(50)), milliseconds(a.at(95)),
				milliseconds(a.at(100)), class.target(r.readers), kilobytes(a.largest), len(b.times), milliseconds(b.at(50)), milliseconds(b.at(95)))
		}
		fmt.Fprintf(&out, "| %d | processor time a page | | %s | | | | | | %s | |\n", r.readers, milliseconds(r.processor()), milliseconds(theirs[i].processor()))
	}
	fmt.Fprintf(&out, "\nAnswers that were none: ours %s, Datasette's %s. Pages are counted before compression; the target is 60 KB.\n", failures(ours), failures(theirs))
	return out.String()
}
