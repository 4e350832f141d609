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
	template string // templates/NAME.html
	title    string // of the tab and the heading
	trail    []link // the way here from the home page
	section  string // which entry of the navigation it stands under
	absent   []string
	data     any
	status   int // 0 for 200
}

// view is what a template sees.
type view struct {
	Title   string
	Trail   []link
	Nav     []navEntry
	Absent  []string
	Data    any
	Release *release
	Style   string
	Twin    string // address of the JSON; "" for a problem, which is not cited
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
	path    string
	asJSON  bool
}

// fail is the one place where an error becomes an answer. What is not the
// reader's doing is logged with its cause, and kept from the page.
func (a reply) fail(err error) {
	told := asProblem(err)
	if told.Status >= http.StatusInternalServerError && !errors.Is(err, error(told)) {
		a.server.options.Log.Error("page failed", "path", logged(a.r.URL.Path), "err", err)
	}
	a.w.Header().Del("ETag")
	a.w.Header().Set("Cache-Control", "no-store")
	a.write(&page{template: "problem", title: told.Title, data: told, status: told.Status})
}

func (a reply) write(p *page) {
	var body bytes.Buffer
	var err error
	kind := "text/html; charset=utf-8"
	if a.asJSON {
		kind = "application/json; charset=utf-8"
		err = a.encode(&body, p)
	} else {
		err = a.server.templates[p.template].ExecuteTemplate(&body, "layout", a.view(p))
	}
	if err != nil {
		a.server.options.Log.Error("page failed", "path", logged(a.r.URL.Path), "err", err)
		a.w.Header().Del("ETag")
		http.Error(a.w, "Sorry, there is a problem with this page. The fault is ours and has been recorded.", http.StatusInternalServerError)
		return
	}
	a.w.Header().Set("Content-Type", kind)
	a.w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	if p.status != 0 {
		a.w.WriteHeader(p.status)
	}
	if a.r.Method != http.MethodHead {
		a.w.Write(body.Bytes()) // a reader who has gone is no fault of ours
	}
}

func (a reply) encode(body *bytes.Buffer, p *page) error {
	out := envelope{Title: p.title, URL: a.r.URL.RequestURI(), NotIncluded: p.absent, Data: p.data}
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
		Release: a.release, Style: a.server.style.path, Desk: a.server.options.Desk != nil}
	if p.status == 0 {
		v.Twin, v.Address = twin(a.path, a.r.URL.RawQuery), a.r.URL.RequestURI()
	}
	return v
}

func navigation(section string) []navEntry {
	entries := []navEntry{
		{link: link{"Home", "/"}}, {link: link{"Bodies", "/bodies"}}, {link: link{"Coverage", "/coverage"}},
		{link: link{"Downloads", "/datasets"}}, {link: link{"About", "/about"}}}
	for i := range entries {
		entries[i].Here = entries[i].Text == section
	}
	return entries
}
