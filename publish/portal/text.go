package portal

import "commonspend/schemas"

// shown makes published text safe to look at; cut shortens it too, to at most
// n characters. HTML is escaped by the templates.
func shown(text string) string      { return schemas.Shown(text) }
func cut(n int, text string) string { return schemas.Cut(n, text) }

// short is the beginning of a hash, enough to tell it by.
func short(hash string) string { return hash[:min(12, len(hash))] }
