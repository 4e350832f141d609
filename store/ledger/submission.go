package ledger

import "time"

// Token lets whoever holds it send in one file of a publisher. The token
// itself is kept nowhere.
type Token struct {
	Hash      string    `json:"hash"` // SHA-256 of the token
	Publisher string    `json:"publisher"`
	Expires   time.Time `json:"expires"` // UTC
}

// TokenRevoked ends a token before its time.
type TokenRevoked struct {
	Token int `json:"token"` // sequence number of its Token event
}

// Submitted says that a publisher sent an original in, which spends its token.
// It is no file of the warehouse before a Confirmed event.
type Submitted struct {
	SHA       string `json:"sha256"`
	Bytes     int64  `json:"bytes"`
	Name      string `json:"name"`
	Publisher string `json:"publisher"`
	Token     int    `json:"token"` // sequence number of its Token event
	Key       string `json:"key"`   // SHA-256 of the key in the address of its receipt
}

// SubmissionRefused says that a file was sent in that cannot be read. Its
// bytes are not kept, and its token is not spent.
type SubmissionRefused struct {
	SHA   string `json:"sha256"`
	Bytes int64  `json:"bytes"`
	Name  string `json:"name"`
	Token int    `json:"token"` // sequence number of its Token event
	Kind  string `json:"kind"`  // of the refusal
}

// Confirmed says that a submission is meant: the File event after it, if the
// bytes were not held already, names the submission too.
type Confirmed struct {
	Submission int `json:"submission"` // sequence number of its Submitted event
}

// SubmissionWithdrawn says that a submission is not meant, and will not be used.
type SubmissionWithdrawn struct {
	Submission int `json:"submission"` // sequence number of its Submitted event
}
