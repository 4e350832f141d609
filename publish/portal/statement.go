package portal

// Static is the data of a page that only tells.
type Static struct {
	Number string `json:"number"`
	Review bool   `json:"has_review"` // the release holds the list of judgements to look at
	Desk   bool   `json:"takes_files"`

	Indicators []link `json:"indicators"` // the pages on how each is made; of the page on methods
}

func (r *request) static(template, title, section string) (*page, error) {
	return &page{template: template, title: title, section: section, trail: []link{{"Home", "/"}},
		data: Static{r.Number, r.tables["review"], r.server.options.Desk != nil, []link{}}}, nil
}

func (r *request) methods() (*page, error) {
	made, err := r.static("methods", "Methods", "Methods")
	if err != nil {
		return nil, err
	}
	data := made.data.(Static)
	data.Indicators, err = r.methodLinks()
	made.data = data
	return made, err
}

func (r *request) privacy() (*page, error) { return r.static("privacy", "Privacy", "About") }
func (r *request) accessibility() (*page, error) {
	return r.static("accessibility", "Accessibility statement", "About")
}
