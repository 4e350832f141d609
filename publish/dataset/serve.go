package dataset

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Server sends the files of all releases: PREFIX/NUMBER/PATH. They never
// change, so that a client may keep and resume them; PREFIX/latest/PATH leads
// to the number that is latest.
type Server struct {
	Dir       string
	Latest    func() string                               // number of the latest release, "" for none
	Withdrawn func(number string) (why string, gone bool) // nil where none was

	mu   sync.Mutex
	sums map[string]map[string]string // by release: path to hash
}

// ServeHTTP sends one file, or the part of it that is asked for. The prefix is
// cut off already.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Files can only be read.", http.StatusMethodNotAllowed)
		return
	}
	number, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if number == "latest" {
		s.lead(w, r, name)
		return
	}
	if s.Withdrawn != nil {
		if why, gone := s.Withdrawn(number); gone {
			http.Error(w, "Release "+number+" was withdrawn: "+why, http.StatusGone)
			return
		}
	}
	sums, err := s.listed(number)
	if err != nil || (sums[name] == "" && name != sumsName) {
		http.Error(w, "There is no such file. "+sumsName+" of a release lists its files.", http.StatusNotFound)
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
	s.send(w, r, number, asked, name, sums[name])
}

// lead sends on to the number that is latest now. The way there is not kept.
func (s *Server) lead(w http.ResponseWriter, r *http.Request, name string) {
	latest := s.Latest()
	if latest == "" {
		http.Error(w, "No release is published yet.", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", "../"+strings.Repeat("../", strings.Count(name, "/"))+latest+"/"+name)
	w.WriteHeader(http.StatusFound)
}

// listed reads a release's list of files, once.
func (s *Server) listed(number string) (map[string]string, error) {
	if number == "" || strings.ContainsAny(number, `/\`) || strings.Trim(number, "0123456789.-") != "" || strings.Contains(number, "..") {
		return nil, fs.ErrNotExist
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sums[number] == nil {
		read, err := readSums(Folder(s.Dir, number))
		if err != nil {
			return nil, err
		}
		if s.sums == nil {
			s.sums = map[string]map[string]string{}
		}
		s.sums[number] = read
	}
	return s.sums[number], nil
}

// send sends a file, as the name that was asked for, whole or in part. Its hash is its tag, so that a part is
// never joined to another file's.
func (s *Server) send(w http.ResponseWriter, r *http.Request, number, asked, name, sha string) {
	root, err := os.OpenRoot(Folder(s.Dir, number))
	if err != nil {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		http.Error(w, "The file is listed and missing. The fault is ours.", http.StatusInternalServerError)
		return
	}
	if err != nil {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", kindOf(asked))
	h.Set("Content-Disposition", `attachment; filename="`+path.Base(asked)+`"`)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if sha != "" {
		h.Set("ETag", `"`+sha+`"`)
		h.Set("Repr-Digest", "sha-256=:"+base64Of(sha)+":")
	}
	http.ServeContent(w, r, "", time.Time{}, file)
}
