package portal

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

// page is an answer before it has a form: the HTML and the JSON are both
// written from it, so that they cannot differ.
type page struct {
	template  string // templates/NAME.html
	title     string // of the tab and the heading
	trail     []link // the way here from the home page
	section   string // which entry of the navigation it stands under
	absent    []string
	data      any
	table     *table            // of the page as CSV; nil where it has none
	tables    map[string]*table // further ones, by the name that "table" in the address gives
	private   bool              // no search engine is to list it
	status    int               // 0 for 200
	elsewhere string            // the address that has the answer, to which the asker is sent; "" for here
}

// view is what a template sees.
type view struct {
	Title   string
	Trail   []link
	Nav     []navEntry
	Absent  []string
	Data    any
	Release *release
	Refused string // number of a later release, which is damaged
	Style   string
	Twin    string // address of the JSON; "" for a problem, which is not cited
	CSV     string // address of the CSV; "" where the page has no table
	Search  bool   // the page has a search form of its own
	Address string
	Desk    bool // files can be submitted
}

type navEntry struct {
	link
	Here bool
}

// envelope is the shape of every JSON answer.
type envelope struct {
	Release     *Release `json:"release"`
	Refused     string   `json:"refused_release"`
	Citation    string   `json:"citation"`
	Title       string   `json:"title"`
	URL         string   `json:"url"`
	NotIncluded []string `json:"not_in_this_number"`
	Data        any      `json:"data"`
}

// reply is one answer on its way out.
type reply struct {
	server  *Server
	w       http.ResponseWriter
	r       *http.Request
	release *release
	refused string // number of a later release that is damaged
	path    string
	as      string // "" for HTML, "json" or "csv"
}

// written is an answer in its form, ready to be sent.
type written struct {
	status int
	body   []byte
}

func (a reply) write(p *page)  { a.deliver(a.written(p)) }
func (a reply) fail(err error) { a.deliver(a.failed(err)) }

// failed is the one place where an error becomes an answer. What is not the
// reader's doing is logged with its cause, and kept from the page.
func (a reply) failed(err error) written {
	told := asProblem(err)
	if told.Status >= http.StatusInternalServerError && !errors.Is(err, error(told)) {
		a.server.options.Log.Error("page failed", "path", logged(a.r.URL.Path), "err", err)
	}
	a.w.Header().Del("ETag")
	a.w.Header().Set("Cache-Control", "no-store")
	return a.written(&page{template: "problem", title: told.Title, data: told, status: told.Status})
}

// written gives a page its form, and sets the headers that go with it.
func (a reply) written(p *page) written {
	if p.elsewhere != "" {
		a.w.Header().Set("Location", p.elsewhere)
		return written{status: http.StatusTemporaryRedirect}
	}
	var body bytes.Buffer
	var err error
	kind := "text/html; charset=utf-8"
	switch {
	case a.as == "csv" && p.status == 0:
		kind = "text/csv; charset=utf-8"
		a.w.Header().Set("Content-Disposition", `attachment; filename="`+plainName("commonspend-"+a.release.Number+a.path+".csv")+`"`)
		err = p.table.write(&body)
	case a.as == "json":
		kind = "application/json; charset=utf-8"
		err = a.encode(&body, p)
	default:
		err = a.server.templates[p.template].ExecuteTemplate(&body, "layout", a.view(p))
	}
	if err != nil {
		a.server.options.Log.Error("page failed", "path", logged(a.r.URL.Path), "err", err)
		a.w.Header().Del("ETag")
		a.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		return written{http.StatusInternalServerError, []byte("Sorry, there is a problem with this page. The fault is ours and has been recorded.\n")}
	}
	if p.private {
		a.w.Header().Set("X-Robots-Tag", "noindex")
	}
	a.w.Header().Set("Content-Type", kind)
	return written{max(p.status, http.StatusOK), body.Bytes()}
}

// deliver sends an answer, however slowly it is read.
func (a reply) deliver(answer written) {
	a.w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
	a.w.WriteHeader(answer.status)
	if a.r.Method != http.MethodHead {
		a.w.Write(answer.body) // a reader who has gone is no fault of ours
	}
}

func (a reply) encode(body *bytes.Buffer, p *page) error {
	out := envelope{Refused: a.refused, Title: p.title, URL: a.r.URL.RequestURI(), NotIncluded: p.absent, Data: p.data}
	if out.NotIncluded == nil {
		out.NotIncluded = []string{}
	}
	if a.release != nil {
		out.Release, out.Citation = &a.release.Release, a.release.Citation()
	}
	return json.NewEncoder(body).Encode(out)
}

func (a reply) view(p *page) view {
	v := view{Title: p.title, Trail: p.trail, Nav: navigation(p.section), Absent: p.absent, Data: p.data,
		Release: a.release, Refused: a.refused, Style: a.server.style.path, Desk: a.server.options.Desk != nil}
	if p.status == 0 {
		v.Twin, v.Address = twin(a.path, a.r.URL.RawQuery, ".json"), a.r.URL.RequestURI()
		v.Search = p.template == "home" || p.template == "search" || p.template == "suppliers"
	}
	if p.table != nil {
		v.CSV = twin(a.path, a.r.URL.RawQuery, ".csv")
	}
	return v
}

func navigation(section string) []navEntry {
	var entries []navEntry
	for _, l := range []link{{"Search", "/search"}, {"Bodies", "/bodies"}, {"Suppliers", "/suppliers"}, {"Categories", "/categories"}, {"Compare", "/compare"},
		{"Coverage", "/coverage"}, {"Downloads", "/datasets"}, {"Methods", "/methods"}, {"About", "/about"}} {
		entries = append(entries, navEntry{link: l})
	}
	for i := range entries {
		entries[i].Here = entries[i].Text == section
	}
	return entries
}
