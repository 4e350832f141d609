package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/http"
	"path"
	"sync/atomic"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"
)

// Sources lists what a run fetches from a site at base ("http://127.0.0.1:8080"):
// one source for each publisher, its files in the order in which they were
// posted, so that a resubmission follows the file it replaces. The missing
// months are among them.
func (w *World) Sources(base string) []ingest.Source {
	var sources []ingest.Source
	files := w.addresses()
	for _, p := range w.Publishers {
		source := ingest.Source{ID: p.ID, Publisher: p.ID, Duty: p.Duty, Period: schemas.NoPeriod}
		for _, file := range files[p.ID] {
			source.Files = append(source.Files, ingest.SourceFile{URL: base + file.path, Period: file.period})
		}
		sources = append(sources, source)
	}
	return sources
}

type address struct {
	path, name string
	period     schemas.Period
}

// addresses lists every address by publisher, without writing the files.
func (w *World) addresses() map[string][]address {
	all := map[string][]address{}
	for _, b := range w.bodies {
		for n := b.first - 1; n < b.last; n++ {
			slot := Slot{Publisher: b.ID, Month: monthAt(n)}
			editions := 1
			if w.slots[slot].first != nil {
				editions = 2
			}
			for edition := 1; edition <= editions; edition++ {
				name := b.layout.name.write(b, slot.Month, edition, "."+b.layout.container)
				all[b.ID] = append(all[b.ID], address{pathOf(b.ID, name), name, slot.Period()})
			}
			if b.rollUp && n == 11 {
				all[b.ID] = append(all[b.ID], address{pathOf(b.ID, rollUpName(b)), rollUpName(b), rollUpPeriod()})
			}
		}
	}
	return all
}

// Site serves a world: an index page for each publisher, and its files with
// ETag and Last-Modified. One address is busy the first time it is asked for.
type Site struct {
	files map[string]posted // by unescaped path
	pages map[string][]byte
	flaky string
	asked atomic.Bool
}

type posted struct {
	bytes    []byte
	modified time.Time
	etag     string
}

// Serve writes the world's files once and gives the handler that serves them.
func (w *World) Serve() *Site {
	site := &Site{files: map[string]posted{}, pages: map[string][]byte{}}
	for _, file := range w.Files() {
		sum := sha256.Sum256(file.Bytes)
		site.files["/"+file.Publisher+"/"+file.Name] = posted{
			bytes: file.Bytes, etag: `"` + hex.EncodeToString(sum[:8]) + `"`, modified: postedOn(file.Period, file.Edition),
		}
	}
	addresses := w.addresses()
	for _, p := range w.Publishers {
		site.pages["/"+p.ID+"/"] = indexPage(p, addresses[p.ID])
	}
	site.pages["/"] = homePage(w.Publishers)
	busy := w.bodies[min(1, len(w.bodies)-1)]
	site.flaky = "/" + busy.ID + "/" + busy.layout.name.write(busy, monthAt(busy.first-1), 1, "."+busy.layout.container)
	return site
}

// postedOn is the moment a file went up: three weeks after its month, a
// correction three more weeks later.
func postedOn(p schemas.Period, edition int) time.Time {
	return time.Unix((int64(p.To)+21*int64(edition))*86400+9*3600, 0).UTC()
}

// ServeHTTP answers conditional requests with 304, the missing months with 404
// and the first request for the flaky address with 503 and Retry-After.
func (s *Site) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if page, ok := s.pages[r.URL.Path]; ok {
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = out.Write(page) // a reader that has gone away is no concern of ours
		return
	}
	file, ok := s.files[r.URL.Path]
	if !ok {
		http.NotFound(out, r)
		return
	}
	if r.URL.Path == s.flaky && !s.asked.Swap(true) {
		out.Header().Set("Retry-After", "1")
		http.Error(out, "Busy: ask again in a second", http.StatusServiceUnavailable)
		return
	}
	out.Header().Set("ETag", file.etag)
	out.Header().Set("Content-Type", contentType(r.URL.Path))
	http.ServeContent(out, r, "", file.modified, bytes.NewReader(file.bytes))
}

// contentType is fixed here: what the machine's own table says may differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".zip":
		return "application/zip"
	}
	return "text/csv"
}

const indexHTML = `<!doctype html><html lang="en-GB"><title>{{.Title}}</title><h1>{{.Title}}</h1>
<ul>{{range .Links}}
<li><a href="{{.Path}}">{{.Text}}</a></li>{{end}}
</ul></html>
`

type link struct{ Path, Text string }

func indexPage(p schemas.Publisher, files []address) []byte {
	var links []link
	for _, file := range files {
		links = append(links, link{file.path, file.name})
	}
	return page(p.Name+": what we spend", links)
}

func homePage(publishers []schemas.Publisher) []byte {
	var links []link
	for _, p := range publishers {
		links = append(links, link{"/" + p.ID + "/", p.Name})
	}
	return page("Made-up public bodies", links)
}

func page(title string, links []link) []byte {
	var out bytes.Buffer
	err := template.Must(template.New("index").Parse(indexHTML)).Execute(&out, struct {
		Title string
		Links []link
	}{title, links})
	if err != nil {
		panic("demo: the index page: " + err.Error())
	}
	return out.Bytes()
}
