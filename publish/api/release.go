package api

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"commonspend/store"

	"github.com/apache/arrow-go/v18/arrow"
)

// release is a published release that is being served.
type release struct {
	Release
	db     *sql.DB
	stream *store.Streamer
	folder string
	kinds  []string // of its bodies

	mu      sync.Mutex
	shas    map[int32]string         // of files, by number
	schemas map[string]*arrow.Schema // of streams, by query
	readers int
	retired bool
}

// Release names a release and what it holds.
type Release struct {
	Number        string `json:"number" doc:"The day it was published, and which release of that day"`
	Published     string `json:"published" format:"date-time" doc:"When, in UTC"`
	JournalLength int64  `json:"journal_length" doc:"Entries of the journal it was made from"`
	JournalHead   string `json:"journal_head" doc:"Hash of the last of them"`
	Program       string `json:"program" doc:"Version of the program that made it"`
	Payments      int64  `json:"payments"`
	Pence         int64  `json:"pence" doc:"Sum of all amounts, in pence"`
	Bodies        int64  `json:"bodies"`
	Publishers    int64  `json:"publishers"`
	Files         int64  `json:"files"`
}

func openRelease(ctx context.Context, folder string, options Options) (*release, error) {
	path := filepath.Join(folder, "serve.duckdb")
	db, err := store.OpenReadOnly(ctx, path, options.Reading)
	if err != nil {
		return nil, err
	}
	r := &release{db: db, folder: filepath.Clean(folder), schemas: map[string]*arrow.Schema{}, shas: map[int32]string{}}
	if err = r.read(ctx); err == nil {
		// One thread: each download computes on the thread that asks for it.
		r.stream, err = store.OpenStreamer(path, store.Settings{Memory: options.Memory, Threads: 1})
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("release in %s: %w", folder, err)
	}
	return r, nil
}

// read reads which release it is, and the hashes of its files.
func (r *release) read(ctx context.Context) error {
	found, err := rows(ctx, r.db, "release", func(n *Release) []any {
		return []any{&n.Number, &n.Published, &n.JournalLength, &n.JournalHead, &n.Program, &n.Payments, &n.Pence, &n.Bodies, &n.Publishers, &n.Files}
	}, nil)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return errors.New("its serve.duckdb does not say which release it is; publish it again")
	}
	r.Release = found[0]
	if r.kinds, err = rows(ctx, r.db, "kinds", func(kind *string) []any { return []any{kind} }, nil); err != nil {
		return err
	}
	type named struct {
		no  int32
		sha string
	}
	files, err := rows(ctx, r.db, "shas", func(f *named) []any { return []any{&f.no, &f.sha} }, nil)
	for _, f := range files {
		r.shas[f.no] = f.sha
	}
	return err
}

// take counts a reader in, unless the release is being closed.
func (r *release) take() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.retired {
		return false
	}
	r.readers++
	return true
}

// done counts a reader out; the last one of a retired release closes it.
func (r *release) done() {
	r.mu.Lock()
	r.readers--
	last := r.retired && r.readers == 0
	r.mu.Unlock()
	if last {
		r.close()
	}
}

// retire closes the release, now or when its last reader is done.
func (r *release) retire() {
	r.mu.Lock()
	r.retired = true
	idle := r.readers == 0
	r.mu.Unlock()
	if idle {
		r.close()
	}
}

func (r *release) close() {
	r.stream.Close()
	r.db.Close()
}
