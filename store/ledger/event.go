package ledger

import (
	"encoding/json"
	"time"

	"commonspend/schemas"
)

// Event is one line of the journal. Exactly one of the bodies is set, as Kind says.
type Event struct {
	Sequence int       `json:"seq"`  // 1 for the first
	Previous string    `json:"prev"` // SHA-256 of the line before, without its newline; "" for the first
	At       time.Time `json:"at"`   // UTC
	By       string    `json:"by"`   // the command, or who
	Kind     string    `json:"kind"` // opened publisher file withdrawn published token …: the name of the body
	Hash     string    `json:"-"`    // of this line, as read

	Opened    *Opened            `json:"opened,omitempty"`
	Publisher *schemas.Publisher `json:"publisher,omitempty"`
	File      *File              `json:"file,omitempty"`
	Withdrawn *Withdrawn         `json:"withdrawn,omitempty"`
	Published *Published         `json:"published,omitempty"`

	ReleaseWithdrawn *ReleaseWithdrawn `json:"release_withdrawn,omitempty"`

	Overridden     *Overridden     `json:"overridden,omitempty"`
	OverrideUndone *OverrideUndone `json:"override_undone,omitempty"`
	Imported       *Imported       `json:"imported,omitempty"`

	Token               *Token               `json:"token,omitempty"`
	TokenRevoked        *TokenRevoked        `json:"token_revoked,omitempty"`
	Submitted           *Submitted           `json:"submitted,omitempty"`
	SubmissionRefused   *SubmissionRefused   `json:"submission_refused,omitempty"`
	Confirmed           *Confirmed           `json:"confirmed,omitempty"`
	SubmissionWithdrawn *SubmissionWithdrawn `json:"submission_withdrawn,omitempty"`
}

// Opened is the first event of every journal. Secret (hex) keys the opaque keys
// under which private payees are published; it is never published itself.
type Opened struct {
	Secret string `json:"secret"`
}

// File says that an original came in as an edition: the event's sequence
// number is the file's number in the warehouse.
type File struct {
	SHA       string `json:"sha256"`
	Bytes     int64  `json:"bytes"`
	Name      string `json:"name"`
	Publisher string `json:"publisher"`
	Source    string `json:"source,omitempty"` // where it was fetched from; "" when handed in
	Duty      string `json:"duty,omitempty"`
	Period    string `json:"period,omitempty"` // as declared, in the form of schemas.Period
	Limits    string `json:"limits,omitempty"` // under which it is read, as JSON; "" for the reader's own

	Submission int `json:"submission,omitempty"` // sequence number of its Submitted event; 0 when it came in otherwise
}

// Withdrawn takes a file out of use and out of every later release; its bytes stay.
type Withdrawn struct {
	File int    `json:"file"` // sequence number of its File event
	Why  string `json:"why"`
}

// Published says that a release was placed.
type Published struct {
	Release  string `json:"release"`
	Manifest string `json:"manifest"` // SHA-256 of its manifest.json
}

// ReleaseWithdrawn says that a release is no longer offered; its number stays.
type ReleaseWithdrawn struct {
	Release string `json:"release"`
	Why     string `json:"why"`
}

func (e Event) line() ([]byte, error) { return json.Marshal(e) }
