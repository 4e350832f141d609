package portal

import "context"

// Correction is a line of the corrections log: something published that a later
// release has otherwise, or a release that is no longer offered. Pence is how
// much more it is than before; of what a person judged, all it is about.
type Correction struct {
	Release   string `json:"release"`
	Published string `json:"published"`
	Kind      string `json:"kind"` // replaced withdrawn judged left-out release-withdrawn
	What      string `json:"what"`
	Why       string `json:"why"`
	Publisher string `json:"publisher"`
	File      string `json:"file"` // SHA-256 of the file that is gone or replaced
	Pence     int64  `json:"pence_moved"`
}

// Day is the day of the correction.
func (c Correction) Day() Day { return Release{Published: c.Published}.Day() }

// FileURL is the address of the file's receipt.
func (c Correction) FileURL() string {
	if c.File == "" {
		return ""
	}
	return fileURL(c.File, 0, false)
}

// CorrectionsPage is the corrections log, the newest first.
type CorrectionsPage struct {
	Corrections []Correction `json:"corrections"`
	Changes     []link       `json:"-"` // the machine-readable differences
}

// mostCorrections is how many the page shows; the CSV has all.
const mostCorrections = 500

func (r *request) corrections() (*page, error) {
	var found []Correction
	if r.server.options.Corrections != nil {
		var err error
		if found, err = r.server.options.Corrections(r); err != nil {
			return nil, err
		}
	}
	t := newTable("release", "published", "kind", "what", "why", "publisher", "file", "pounds_moved")
	for _, c := range found {
		t.add(c.Release, c.Published, c.Kind, c.What, c.Why, c.Publisher, c.File, money(c.Pence))
	}
	data := CorrectionsPage{Corrections: append([]Correction{}, found[:min(len(found), mostCorrections)]...)}
	seen := map[string]bool{}
	for _, c := range data.Corrections {
		if changes := r.laid(c.Release, "changes.json"); len(changes) > 0 && !seen[c.Release] {
			seen[c.Release] = true
			data.Changes = append(data.Changes, changes[0])
		}
	}
	return &page{template: "corrections", table: t, title: "Corrections", section: "Downloads", trail: []link{{"Home", "/"}, {"Downloads", "/datasets"}}, data: data,
		absent: []string{"Why a person changed a judgement: the reason may name somebody, and stays in the journal.", "What releases that were withdrawn corrected: the next one that is offered tells of it.",
			"New months and new publishers: they correct nothing.", "What was wrong with the publishers' own files: the page of quality tells of it."}}, nil
}

// laid links to the files of a release that are laid out, whose path begins so.
func (r *request) laid(number, prefix string) []link {
	list := []link{}
	if r.server.options.Laid == nil {
		return list
	}
	for _, path := range r.server.options.Laid(number, prefix) {
		list = append(list, link{number + "/" + path, dataPath + number + "/" + path})
	}
	return list
}

// dataPath is where package publish/dataset sends files beside the portal.
const dataPath = "/data/"

// Corrector lists the corrections, the newest first.
type Corrector func(context.Context) ([]Correction, error)
