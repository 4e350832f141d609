package dataset

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"commonspend/publish"
)

// Server sends the files of all releases: PREFIX/NUMBER/PATH. They never
// change, so that a client may keep and resume them; PREFIX/latest/PATH leads
// to the number that is latest.
type Server struct {
	Dir       string
	Latest    func() string                               // number of the latest release, "" for none
	Withdrawn func(number string) (why string, gone bool) // nil where none was
	Now       func() time.Time                            // for how long a client may stop reading; nil for any time
	Making    func(number string) bool                    // whether a release is being laid out; nil where none is
	Log       *slog.Logger                                // what is damaged; nil for no log

	mu    sync.Mutex
	lists map[string]listing // by release
	whole publish.Whole
}

// listing is a release's files, those that are joined among them: path to hash.
type listing struct {
	sums map[string]string
	read time.Time // when the list was last changed, as it was read
}

// ServeHTTP sends one file, or the part of it that is asked for. The prefix is
// cut off already.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		unread(w, r)
		return
	}
	number, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if number == "latest" {
		s.lead(w, r, name)
		return
	}
	if s.Withdrawn != nil {
		if why, gone := s.Withdrawn(number); gone {
			tell(w, http.StatusGone, "Release "+number+" was withdrawn: "+why)
			return
		}
	}
	sums, err := s.listed(number)
	if err != nil && s.Making != nil && s.Making(number) {
		w.Header().Set("Retry-After", "60")
		tell(w, http.StatusServiceUnavailable, "The files of release "+number+" are still being laid out. Try again in a minute; `/api/v1` answers already.")
		return
	}
	if err != nil || (sums[name] == "" && name != sumsName) {
		tell(w, http.StatusNotFound, "There is no such file. "+sumsName+" of a release lists its files.")
		return
	}
	asked := name
	if packed(name) {
		w.Header().Set("Vary", "Accept-Encoding")
		if p, ok := choose(r, name, sums); ok {
			w.Header().Set("Content-Encoding", p.coding)
			name += p.ext
		}
	}
	s.send(w, r, number, asked, name, sums)
}

// Files lists the files for people of a release that is laid out, whose path
// begins so: not what describes them, nor what lies packed.
func (s *Server) Files(number, prefix string) []string {
	sums, err := s.listed(number)
	if err != nil {
		return nil
	}
	var list []string
	for name := range sums {
		if strings.HasPrefix(name, prefix) && !strings.Contains(name[len(prefix):], "/") && !strings.Contains(name, "-metadata.") && path.Ext(name) != ".gz" && path.Ext(name) != ".zst" {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// lead sends on to the number that is latest now. The way there is not kept.
func (s *Server) lead(w http.ResponseWriter, r *http.Request, name string) {
	latest := s.Latest()
	if latest == "" {
		tell(w, http.StatusNotFound, "No release is published yet.")
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", "../"+strings.Repeat("../", strings.Count(name, "/"))+latest+"/"+name)
	w.WriteHeader(http.StatusFound)
}

// listed reads a release's list of files, once, and again where it was laid out
// for another address.
func (s *Server) listed(number string) (map[string]string, error) {
	if number == "" || strings.ContainsAny(number, `/\`) || strings.Trim(number, "0123456789.-") != "" || strings.Contains(number, "..") {
		return nil, fs.ErrNotExist
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	folder := Folder(s.Dir, number)
	info, err := os.Stat(filepath.Join(folder, sumsName))
	if err != nil {
		return nil, err
	}
	if held, ok := s.lists[number]; ok && held.read.Equal(info.ModTime()) {
		return held.sums, nil
	}
	sums, err := publish.ReadSums(folder, sumsName)
	if err != nil {
		return nil, err
	}
	joined, err := publish.ReadSums(folder, joinedSumsName)
	if err != nil {
		return nil, err
	}
	maps.Copy(sums, joined)
	if s.lists == nil {
		s.lists = map[string]listing{}
	}
	s.lists[number] = listing{sums, info.ModTime()}
	return sums, nil
}

// send sends a file that is whole, as the name that was asked for, or a part of
// it. Its hash is its tag, so that a part is never joined to another file's.
func (s *Server) send(w http.ResponseWriter, r *http.Request, number, asked, name string, sums map[string]string) {
	file, err := s.open(number, name, sums)
	if err != nil {
		if s.Log != nil {
			s.Log.Error("a download is not sent", "release", number, "file", name, "err", err)
		}
		w.Header().Del("Content-Encoding")
		tell(w, http.StatusServiceUnavailable, "The copy of "+asked+" that is kept here is not the one that was laid out, and is not sent. The operator has been told; `/api/v1` answers.")
		return
	}
	defer file.Close()
	sha := sums[name]
	h := w.Header()
	h.Set("Content-Type", kindOf(asked))
	h.Set("Content-Disposition", `attachment; filename="`+path.Base(asked)+`"`)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if namesAddress(asked) {
		h.Set("Cache-Control", "no-cache")
	}
	if sha != "" {
		h.Set("ETag", `"`+sha+`"`)
		h.Set("Repr-Digest", "sha-256=:"+base64Of(sha)+":")
	}
	http.ServeContent(&ranged{ResponseWriter: s.steady(w)}, r, "", time.Time{}, file)
}

// open opens a file of a release's folder, or puts it together. Each file must
// be whole.
func (s *Server) open(number, name string, sums map[string]string) (io.ReadSeekCloser, error) {
	if !slices.Contains(joinedNames(), name) {
		return s.openWhole(number, name, sums[name])
	}
	all, err := openJoined(Folder(s.Dir, number), name, sums)
	if err != nil {
		return nil, err
	}
	for _, p := range all.parts {
		file, err := s.openWhole(number, p.name, sums[p.name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		file.Close()
	}
	return all, nil
}

// openWhole opens a file and holds it to its hash; what lists the hashes has
// none.
func (s *Server) openWhole(number, name, sha string) (*os.File, error) {
	root, err := os.OpenRoot(Folder(s.Dir, number))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil || sha == "" {
		return file, err
	}
	if err := s.whole.Check(number+"/"+name, file, sha); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// tell answers with a problem document (RFC 9457).
func tell(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// A client that has gone is no fault of ours.
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": detail})
}

// stalled is how long a client may stop reading. A large file over a slow line
// may take as long as it takes.
const stalled = 30 * time.Second

// steadily gives each part of a file its own time to be taken.
type steadily struct {
	http.ResponseWriter
	now func() time.Time
}

func (s *Server) steady(w http.ResponseWriter) http.ResponseWriter {
	if s.Now == nil {
		return w
	}
	return steadily{w, s.Now}
}

func (s steadily) Write(p []byte) (int, error) {
	// Not every writer under test has deadlines.
	_ = http.NewResponseController(s.ResponseWriter).SetWriteDeadline(s.now().Add(stalled))
	return s.ResponseWriter.Write(p)
}
