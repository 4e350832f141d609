package normalize

import (
	"commonspend/schemas"
	"strings"
)

// memoLimit bounds what is remembered of a file's payees.
const memoLimit = 1 << 16

// payeeMemo remembers the class of each payee seen. Rows lend their strings, so
// its keys are clones. A payee is often the same as in the row before.
type payeeMemo struct {
	words *payeeWords
	paid  bool // the payments' words say that they are made to private persons
	class map[string]schemas.PayeeClass
	last  string
	same  schemas.PayeeClass
}

func (m *payeeMemo) of(payee string) schemas.PayeeClass {
	if payee == m.last && payee != "" {
		return m.same
	}
	class, ok := m.class[payee]
	if !ok {
		class = m.words.classify(payee, m.paid)
		payee = strings.Clone(payee)
		if len(m.class) < memoLimit {
			m.class[payee] = class
		}
		m.last, m.same = payee, class
	}
	return class
}
