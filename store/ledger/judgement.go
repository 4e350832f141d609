package ledger

// Overridden is a person's word on a judgement, which beats all others while it
// stands. When holds what it is about, by column, each to match exactly: for a
// line publisher, payee, expense_type, expense_area, description; for a payee
// payee and postcode; for an entity publisher and entity. A column that is not
// named matches anything.
type Overridden struct {
	What string            `json:"what"` // line payee entity
	When map[string]string `json:"when"`

	Scope    *string `json:"scope,omitempty"`    // of a line
	Category *string `json:"category,omitempty"` // of a line: a CPV code, or "" for none
	SameAs   *string `json:"same_as,omitempty"`  // of a payee: the payee whose supplier it is, or "" for one of its own
	Body     *string `json:"body,omitempty"`     // of an entity: a body's id, or "" for not known

	Why string `json:"why"`
}

// OverrideUndone takes an override back.
type OverrideUndone struct {
	Override int    `json:"override"` // sequence number of its Overridden event
	Why      string `json:"why"`
}

// Imported says that a register came in, to be judged by; the latest of each
// register counts. Its bytes are kept as an original.
type Imported struct {
	Register string `json:"register"` // companies charities nhs bodies denominators
	SHA      string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
	Name     string `json:"name"`
	Dated    string `json:"dated"` // the day its publisher made it, YYYY-MM-DD
	Entries  int    `json:"entries"`
}
