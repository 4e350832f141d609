package peer

// Refusal says in a sentence why there is no comparison, and what could be
// compared instead.
type Refusal struct {
	Sentence string
	Instead  []string // each something to ask for that would be answered
}

func (r *Refusal) Error() string { return r.Sentence }
