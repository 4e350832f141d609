package normalize

import "commonspend/schemas"

// PayeeClass says whether a payee is an organisation, may be a private person, or
// is redacted, by the same rules as the payments that Normalize makes.
func (r *Rules) PayeeClass(payee string) schemas.PayeeClass { return r.payees.classify(payee, false) }

// NamesPerson reports whether a text names a person by title ("Mrs Ash"), by the
// same rule for which Normalize withholds texts.
func (r *Rules) NamesPerson(text string) bool { return r.payees.namesPerson(text) }
