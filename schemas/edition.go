package schemas

// Publisher is a body that posts spend files, as PUBLISHERS.csv or the
// configuration gives it.
type Publisher struct {
	ID          string `json:"id"` // the folder's name, or the configuration's id
	Name        string `json:"name"`
	BodyID      string `json:"body_id,omitempty"`         // org-id of the public body, "" where not known
	Sector      string `json:"sector,omitempty"`          // local central nhs other
	Kind        string `json:"kind,omitempty"`            // what bodies are compared within: "Non-metropolitan district"
	Duty        string `json:"duty,omitempty"`            // a code of codelists/duties.csv; "" to go by the sector
	Threshold   Amount `json:"threshold_pence,omitempty"` // 0 where not declared
	Licence     string `json:"licence,omitempty"`         // "" where none is recorded: then nothing is republished
	Attribution string `json:"attribution,omitempty"`
}

// Body names the body that the publisher's payments are counted under: its
// org-id where known, else its own id in our scheme.
func (p Publisher) Body() string {
	if p.BodyID != "" {
		return p.BodyID
	}
	return "XC-PUBLISHER-" + p.ID
}

// Edition is one file's claim to a publisher's period under a duty. A later
// edition replaces an earlier one whole; the earlier is kept.
type Edition struct {
	Publisher, Duty string
	Period          Period
	File            string // SHA-256
	Sequence        int    // of the journal event that brought it
}
