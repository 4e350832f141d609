package portal

import (
	"errors"
	"slices"
	"strings"

	"commonspend/publish/filter"
	"commonspend/schemas"
)

// ComparePage is a body beside its peers, or the form by which to choose them.
type ComparePage struct {
	Asked      CompareAsked  `json:"asked"`
	Matches    []link        `json:"bodies_that_match"` // where the words for the body fit several
	Refused    *CompareNo    `json:"refused"`
	Comparison any           `json:"comparison"` // as commonspend compare --json writes it; null where there is none
	Over       []YearBeside  `json:"year_by_year"`
	Shown      *CompareShown `json:"-"`
	Years      []string      `json:"-"`
	Divisions  []Category    `json:"-"`
	PeerRules  []choice      `json:"-"`
}

// CompareAsked is what is asked for.
type CompareAsked struct {
	Body     string `json:"body"` // as typed, or the body's name
	Slug     string `json:"slug"`
	Category string `json:"cpv"`
	Scope    string `json:"scope"`
	Period   string `json:"period"`
	Peers    string `json:"peers"`

	id        string
	Title     string `json:"title"` // of the category
	everyYear bool
	anyPeers  bool // no rule is asked for
}

// CompareNo says why nothing is compared, and what could be instead.
type CompareNo struct {
	Sentence string `json:"sentence"`
	Instead  []link `json:"instead"`
}

// choice is an entry of a list to choose from.
type choice struct{ Value, Words string }

const comparePath = "/compare"

func peerRules() []choice {
	return []choice{{"nearest:15", "The 15 nearest of its kind"}, {"kind", "All of its kind"}, {"region", "Its kind, in its region"}}
}

func (r *request) comparable() bool {
	return r.server.options.Comparer != nil && r.tables["transactions"] && r.tables["coverage"]
}

func (r *request) compare() (*page, error) {
	if !r.comparable() {
		return nil, withheld("comparisons")
	}
	data := ComparePage{Matches: []link{}, Over: []YearBeside{}, Years: r.coverYears, PeerRules: peerRules()}
	for _, code := range r.server.cpv.children[0] {
		data.Divisions = append(data.Divisions, r.server.cpv.node(code))
	}
	made := &page{template: "compare", title: "Compare a body with its peers", section: "Compare", trail: []link{{"Home", "/"}}, private: len(r.query) > 0}
	err := r.readCompare(&data)
	if err == nil && data.Asked.id != "" {
		err = r.makeComparison(&data, made)
	}
	if r.as == "csv" && err == nil && made.table == nil {
		err = noTable(data.Refused)
	}
	made.data = data
	return made, err
}

// noTable is a refusal in the place of a table: never an empty one.
func noTable(refused *CompareNo) error {
	if refused == nil {
		return notFound("Nothing is chosen to compare, so there is no table.")
	}
	p := notFound(refused.Sentence)
	p.Title, p.Next = "There is no comparison", append(slices.Clone(refused.Instead), link{"Go to the home page", "/"})
	return p
}

// readCompare reads what is asked for. The body may be the name of its page, its
// id, or words of its name.
func (r *request) readCompare(p *ComparePage) error {
	a := &p.Asked
	a.Scope, a.Peers, a.Period = r.query.Get("scope"), r.query.Get("peers"), r.query.Get("period")
	if year, err := readYear(a.Period); err == nil {
		a.Period = year
	}
	a.everyYear = r.query.Get("years") != "" || r.query.Get("table") == tableYears
	if a.Scope != "" && !slices.Contains(filter.Scopes(), a.Scope) {
		return badRequest("The scope in the address is not one of "+strings.Join(filter.Scopes(), ", ")+".", link{"Choose again", comparePath})
	}
	if a.Peers == "" {
		a.Peers, a.anyPeers = "nearest:15", true
	}
	if !slices.ContainsFunc(p.PeerRules, func(c choice) bool { return c.Value == a.Peers }) {
		p.PeerRules = append(p.PeerRules, choice{a.Peers, cut(60, a.Peers)})
	}
	if len(a.Peers) > 2000 || len(a.Period) > 40 {
		return badRequest("What is asked for is too long.", link{"Choose again", comparePath})
	}
	if err := r.readCategory(a); err != nil {
		return err
	}
	if err := r.readBody(p, strings.TrimSpace(r.query.Get("body"))); err != nil || a.id == "" || a.Period != "" {
		return err
	}
	years, err := list(r, r.db, "compare_year", func(y *string) []any { return []any{y} }, values{"body": a.id})
	if err == nil && len(years) > 0 {
		a.Period = years[0]
	} else {
		a.Period = r.coverYear
	}
	return err
}

func (r *request) readCategory(a *CompareAsked) error {
	text := r.query.Get("category")
	if text == "" {
		return nil
	}
	code, ok := r.server.cpv.read(text)
	if !ok {
		return badRequest("The category in the address is not a CPV code. Write it as 72000000-5.", link{"See the categories", "/categories"}, link{"Choose again", comparePath})
	}
	node := r.server.cpv.node(code)
	a.Category, a.Title = node.Code, node.Title
	return nil
}

// readBody finds the body by its page's name, its id, or words of its name.
func (r *request) readBody(p *ComparePage, text string) error {
	a := &p.Asked
	if a.Body = text; text == "" {
		return nil
	}
	if len([]rune(text)) > mostText {
		return badRequest("The name of the body is too long.", link{"Choose again", comparePath})
	}
	bodies, err := r.slugs()
	if err != nil {
		return err
	}
	var found []bodyPlace
	words := folded(text)
	for _, b := range bodies {
		if b.slug == text || b.id == text || strings.EqualFold(b.name, text) {
			found = []bodyPlace{b}
			break
		}
		if len(words) > 0 && holdsAll(folded(b.name), words) {
			found = append(found, b)
		}
	}
	switch {
	case len(found) == 1:
		a.id, a.Slug, a.Body = found[0].id, found[0].slug, found[0].name
	case len(found) == 0:
		p.Refused = &CompareNo{"No body of this release has “" + cut(60, text) + "” in its name.", []link{{"See the bodies", "/bodies"}}}
	}
	for i := 0; len(found) > 1 && i < min(len(found), 20); i++ {
		p.Matches = append(p.Matches, link{shown(found[i].name), a.with("body", found[i].slug)})
	}
	return nil
}

// bodyPlace is where a body's page is.
type bodyPlace struct{ id, slug, name string }

func (r *request) slugs() ([]bodyPlace, error) {
	return list(r, r.db, "compare_slugs", func(b *bodyPlace) []any { return []any{&b.id, &b.slug, &b.name} }, nil)
}

// with is the address of the comparison with one part of the question otherwise.
func (a CompareAsked) with(name, value string) string {
	body := a.Slug
	if body == "" {
		body = a.Body
	}
	pairs := []string{"body", body, "category", a.Category, "scope", a.Scope, "period", strings.ReplaceAll(a.Period, "/", "-"), "peers", a.Peers}
	if a.Peers == "nearest:15" {
		pairs[9] = ""
	}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			pairs[i+1] = value
		}
	}
	return address(comparePath, pairs...)
}

// makeComparison makes the comparison, or says why there is none.
func (r *request) makeComparison(p *ComparePage, made *page) error {
	a := p.Asked
	code, _, _ := strings.Cut(a.Category, "-")
	query := CompareQuery{Body: a.id, Category: code, Scope: a.Scope, Period: a.Period, Peers: a.Peers}
	c, err := r.server.options.Comparer.Compare(r, r.db, r.Number, query)
	var refusal *Refusal
	if errors.As(err, &refusal) && !refusal.Unclear && a.anyPeers {
		// What nearness goes by may not be held of the body: its kind may do.
		query.Peers = "kind"
		if wider, second := r.server.options.Comparer.Compare(r, r.db, r.Number, query); second == nil {
			p.Asked.Peers, c, err = query.Peers, wider, nil
			a = p.Asked
		}
	}
	if errors.As(err, &refusal) {
		if refusal.Unclear {
			return badRequest(refusal.Sentence, link{"Choose again", comparePath})
		}
		p.Refused = &CompareNo{refusal.Sentence, r.instead(refusal, a.with)}
		return nil
	}
	if err != nil {
		return err
	}
	p.Comparison = c.Object
	if p.Shown, err = r.showComparison(a, c); err != nil {
		return err
	}
	if a.everyYear {
		err = r.overYears(p, query)
	}
	made.title = cut(60, c.Name) + " compared, " + c.PeriodWords
	made.table, made.absent = c.measureTable(), compareAbsent(c)
	made.tables = map[string]*table{tableBodies: c.bodyTable(), tableYears: yearTable(p.Over)}
	return err
}

// instead makes links of what could be asked, in the form that addresses have it.
func (r *request) instead(refusal *Refusal, with func(name, value string) string) []link {
	links := []link{}
	for _, other := range refusal.Instead {
		url := ""
		switch other.Option {
		case "period":
			if _, err := schemas.ParsePeriod(other.Value); err == nil {
				url = with("period", strings.ReplaceAll(other.Value, "/", "-"))
			}
		case "category":
			if code, ok := r.server.cpv.read(other.Value); ok {
				url = with("category", r.server.cpv.node(code).Code)
			}
		case "peers":
			url = with("peers", other.Value)
		}
		links = append(links, link{shown(other.Words), url})
	}
	return links
}
