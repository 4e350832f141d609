package receipt

import (
	"embed"
	"html/template"
	"io"
	"iter"

	"commonspend/schemas"
)

//go:embed templates.html page.css
var embedded embed.FS

// Pages writes receipts as HTML, in which published text is always text.
type Pages struct {
	templates *template.Template
	style     template.CSS
}

// LoadPages reads the embedded templates.
func LoadPages() (*Pages, error) {
	style, err := embedded.ReadFile("page.css")
	if err != nil {
		return nil, err
	}
	templates, err := template.New("").Funcs(template.FuncMap{"count": count}).ParseFS(embedded, "templates.html")
	return &Pages{templates, template.CSS(style)}, err
}

// Section writes a receipt as one section, whose headings begin at h2, to
// stand in a page: this package's own, or another. The id is unique in the page.
func (p *Pages) Section(w io.Writer, r *Receipt, id string) error {
	return p.templates.ExecuteTemplate(w, "receipt", r.section(id))
}

// Line is a file in a page's list of files.
type Line struct{ ID, File, Headline string }

// Line is the receipt's own, in the page where its section has that id.
func (r *Receipt) Line(id string) Line { return Line{id, schemas.Cut(200, r.File), r.Headline()} }

// Page writes a page of its own around sections that were written before. The
// counts are a sentence on all files, where there is more than one.
func (p *Pages) Page(w io.Writer, title, counts string, lines []Line, sections io.Reader) error {
	head := struct {
		Title, Counts string
		Lines         []Line
		Style         template.CSS
	}{schemas.Shown(title), counts, lines, p.style}
	if err := p.templates.ExecuteTemplate(w, "head", head); err != nil {
		return err
	}
	if _, err := io.Copy(w, sections); err != nil {
		return err
	}
	return p.templates.ExecuteTemplate(w, "foot", nil)
}

// section is what the template of a receipt shows.
type section struct {
	ID, File, Verdict, Reason, Facts, SHA256 string
	Outcome                                  string
	Understood, Skipped                      []string
	Lines                                    []line
	Sum                                      line
	Balances                                 bool
	Tables                                   []tableWords
	MoreTables, MoreLayouts                  int
	Layouts                                  []layoutWords
	Findings                                 []findingWords
}

type tableWords struct{ Name, Made string }

type layoutWords struct {
	Name    string
	Columns []columnWords
}

type columnWords struct{ Letters, Header, Title string }

// findingWords is a finding with its first examples apart from the rest.
type findingWords struct {
	finding
	First, Rest iter.Seq[spot]
	More        int // in Rest
	Beyond      int // counted, and not located
}

const (
	pageTables   = 100
	pageLayouts  = 12
	pageExamples = 5
)

func (r *Receipt) section(id string) section {
	s := section{ID: id, File: schemas.Cut(200, r.File), Verdict: r.verdict(), Reason: schemas.Shown(r.Reason), Facts: r.facts(), SHA256: r.SHA256,
		Outcome: string(r.Outcome), Understood: r.understood(), Balances: r.balances()}
	if lines, sum := r.lines(); sum.Count > 0 && r.found() {
		s.Lines, s.Sum = lines, sum
	}
	for _, skipped := range r.skipped {
		s.Skipped = append(s.Skipped, schemas.Shown(skipped.Why))
	}
	if len(r.Tables) > 1 && r.found() {
		s.MoreTables = max(0, len(r.Tables)-pageTables)
		for i := range r.Tables[:min(len(r.Tables), pageTables)] {
			s.Tables = append(s.Tables, tableWords{schemas.Cut(100, r.Tables[i].Name()), r.Tables[i].made()})
		}
	}
	layouts := r.layouts()
	s.MoreLayouts = max(0, len(layouts)-pageLayouts)
	for _, t := range layouts[:min(len(layouts), pageLayouts)] {
		s.Layouts = append(s.Layouts, r.layoutWords(t, len(layouts) > 1))
	}
	for _, f := range r.findings() {
		s.Findings = append(s.Findings, f.inPage())
	}
	return s
}

// verdict is the outcome as a sentence.
func (r *Receipt) verdict() string {
	switch r.Outcome {
	case schemas.OutcomeEmpty:
		return "This file would be taken in, as one with nothing to report."
	case schemas.OutcomeRefuse:
		return "This file would be refused."
	}
	return "This file would be taken in: " + r.Headline() + "."
}

func (r *Receipt) layoutWords(t *Table, named bool) layoutWords {
	var l layoutWords
	if named {
		l.Name = schemas.Cut(100, t.Name())
	}
	for _, c := range t.columns {
		l.Columns = append(l.Columns, columnWords{letters(c.Column), schemas.Cut(120, c.Header), r.words.titles[c.Field]})
	}
	return l
}

func (f finding) inPage() findingWords {
	if f.Who != "publisher" { // examples of what is ours to act on would be idle
		return findingWords{finding: f}
	}
	return findingWords{f, f.spots(0, pageExamples), f.spots(pageExamples, f.Located), max(0, f.Located-pageExamples), f.Count - f.Located}
}
