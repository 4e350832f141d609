package dataset

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"commonspend/store/disk"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// packing is one way a file lies packed beside itself.
type packing struct {
	coding string // as Accept-Encoding names it
	ext    string
	writer func(io.Writer) (io.WriteCloser, error)
}

// packings are those that are kept, the better first.
func packings() []packing {
	return []packing{
		{"zstd", ".zst", func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)) }},
		{"gzip", ".gz", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, gzip.BestSpeed) }},
	}
}

// leastPacked is the size below which packing saves nothing worth a file.
const leastPacked = 1 << 10

// packed says whether a file is text, which packs well; Parquet and workbooks
// are packed already.
func packed(name string) bool {
	switch path.Ext(name) {
	case ".csv", ".json", ".jsonld", ".xml":
		return true
	}
	return false
}

// packAll packs each text beside itself.
func (m *maker) packAll(ctx context.Context) error {
	return filepath.WalkDir(m.into, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !packed(name) {
			return err
		}
		about, err := entry.Info()
		if err != nil || about.Size() < leastPacked {
			return err
		}
		for _, p := range packings() {
			if _, err := os.Stat(name + p.ext); err == nil {
				continue // linked to
			}
			if err := packOne(name, p); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

func packOne(name string, p packing) error {
	from, err := os.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	return disk.Write(name+p.ext, func(w io.Writer) error {
		out, err := p.writer(w)
		if err != nil {
			return err
		}
		if _, err := io.Copy(out, from); err != nil {
			return err
		}
		return out.Close()
	})
}

// choose returns the packing that a client takes of a file, and whether there
// is one. A part of a file is a part of it unpacked.
func choose(r *http.Request, name string, sums map[string]string) (packing, bool) {
	if r.Header.Get("Range") != "" {
		return packing{}, false
	}
	for _, p := range packings() {
		if sums[name+p.ext] != "" && accepts(r.Header.Get("Accept-Encoding"), p.coding) {
			return p, true
		}
	}
	return packing{}, false
}

// accepts reads Accept-Encoding; a coding with q=0 is not wanted.
func accepts(header, coding string) bool {
	for each := range strings.SplitSeq(header, ",") {
		name, rest, _ := strings.Cut(strings.TrimSpace(each), ";")
		if strings.TrimSpace(name) == coding {
			q := strings.ReplaceAll(rest, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}
