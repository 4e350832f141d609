package normalize

import (
	"net/url"
	"strings"
	"unsafe"
)

// Titled reports whether a ledger word as published, a file's name or a web
// address names a person by a courtesy title: "May 2026 - Mrs A Ash.csv".
func (r *Rules) Titled(text string) bool {
	if unescaped, err := url.PathUnescape(text); err == nil {
		text = unescaped
	}
	return r.payees.titled(text)
}

// titled reports whether a ledger word, a reference or a name of a file names a
// person by a title that means nothing else.
func (w *payeeWords) titled(text string) bool { return w.holdsTitle(plain(text), w.courtesy) }

// namesPerson reports whether free text names a person by any title: "Mrs Ash".
func (w *payeeWords) namesPerson(text string) bool { return w.holdsTitle(plain(text), w.title) }

// namesPersonBytes is namesPerson over the JSON of the unmapped cells.
func (w *payeeWords) namesPersonBytes(text []byte) bool {
	return len(text) > 0 && w.namesPerson(unsafe.String(&text[0], len(text)))
}

// holdsTitle reports whether one of the titles stands in a text with a name
// after it.
func (w *payeeWords) holdsTitle(text string, titles map[string]bool) bool {
	previous := uint8(0)
	for i := 0; i+3 < len(text); i++ {
		letter := w.letter[text[i]]
		if previous == 0 && letter > 0 && letter <= 26 {
			next := w.letter[text[i+1]]
			if next > 0 && next <= 26 && w.starts[letter-1][next-1] != 0 && w.titleAt(text[i:], titles) {
				return true
			}
		}
		previous = letter
	}
	return false
}

// titleAt reports whether the text begins with a title and a name after it.
func (w *payeeWords) titleAt(text string, titles map[string]bool) bool {
	n := 0
	for n < len(text) && n < 15 && isLetter(text[n]) {
		n++
	}
	if n == len(text) || w.starts[text[0]|0x20-'a'][text[1]|0x20-'a']&(1<<n) == 0 {
		return false
	}
	var lower [16]byte
	for i := range n {
		lower[i] = text[i] | 0x20
	}
	if !titles[string(lower[:n])] {
		return false
	}
	for n < len(text) && strings.IndexByte(". _-+", text[n]) >= 0 {
		n++
	}
	return n < len(text) && text[n] >= 'A' && text[n] <= 'Z'
}
