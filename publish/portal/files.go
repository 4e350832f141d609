package portal

import "strconv"

const filesAPage = 100

// FilesPage is one page of a body's files, the latest first.
type FilesPage struct {
	Body  Body       `json:"body"`
	Files []FileLine `json:"files"`
	Next  string     `json:"next"`
}

// FileLine is a file as a list shows it.
type FileLine struct {
	URL      string `json:"url"`
	FileNo   int64  `json:"file_no"`
	File     string `json:"file"`
	Name     string `json:"name"`
	Duty     string `json:"duty"`
	From     Day    `json:"period_from"`
	To       Day    `json:"period_to"`
	Outcome  string `json:"outcome"`
	Current  bool   `json:"current"`
	Replaced bool   `json:"superseded"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	Received Day    `json:"received"`
}

// Period writes the file's claim for people.
func (f FileLine) Period() string { return periodWords(f.From, f.To) }

// State says whether the file counts.
func (f FileLine) State() string {
	switch {
	case f.Replaced:
		return "Replaced by a later file"
	case f.Current && f.Outcome == "load":
		return "Counted"
	}
	return outcomeWords(f.Outcome)
}

func (r *request) files() (*page, error) {
	body, err := r.find(r.path["slug"])
	if err != nil {
		return nil, err
	}
	before := int64(0)
	if asked := r.query.Get("before"); asked != "" {
		if before, err = strconv.ParseInt(asked, 10, 32); err != nil || before < 1 {
			return nil, badRequest("The place in the list that the address names cannot be read.", link{"See the first page", body.URL() + "/files"})
		}
	}
	data := FilesPage{Body: body}
	if data.Files, err = r.listFiles(body.Body, before, filesAPage+1); err != nil {
		return nil, err
	}
	if len(data.Files) > filesAPage {
		data.Files = data.Files[:filesAPage]
		data.Next = address(body.URL()+"/files", "before", strconv.FormatInt(data.Files[filesAPage-1].FileNo, 10))
	}
	t := newTable("file", "name", "duty", "period_from", "period_to", "outcome", "counts", "replaced", "payments", "amount_pounds", "received")
	for _, f := range data.Files {
		t.add(f.File, f.Name, f.Duty, f.From, f.To, f.Outcome, f.Current, f.Replaced, f.Payments, money(f.Pence), f.Received)
	}
	return &page{template: "files", absent: fileAbsences(), table: t, title: "Files of " + shown(body.Name), section: "Bodies", data: data,
		trail: []link{{"Home", "/"}, {"Bodies", "/bodies"}, {shown(body.Name), body.URL()}}}, nil
}

func fileAbsences() []string {
	return []string{"Files that the publisher never posted, or posted where nobody looked. The coverage shows the months that are missing.",
		"Total rows, notes and rows whose amount cannot be read: they are no payments, and each file's receipt counts them.",
		"The payments of files that were refused, or that a later file for the same period replaced."}
}

// listFiles lists a body's files received before a file_no, 0 for the latest.
func (r *request) listFiles(body string, before int64, limit int) ([]FileLine, error) {
	found, err := list(r, r.db, "files", func(f *FileLine) []any {
		return []any{&f.FileNo, &f.File, &f.Name, &f.Duty, &f.From, &f.To, &f.Outcome, &f.Current, &f.Replaced, &f.Payments, &f.Pence, &f.Received}
	}, values{"body": body, "before": before, "limit": limit})
	for i, f := range found {
		found[i].URL = fileURL(f.File, f.FileNo, r.shared[f.File])
	}
	return found, err
}
