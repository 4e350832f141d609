package category

import (
	"fmt"
	"strings"
)

// Code reads a CPV code as people write it, from its two-digit division on,
// with or without its noughts and check digit, and gives it in full with its title.
func Code(text string) (full, title string, err error) {
	list, err := newCodes()
	if err != nil {
		return "", "", err
	}
	digits, _, _ := strings.Cut(strings.TrimSpace(text), "-")
	if len(digits) >= 2 && len(digits) <= 8 {
		if full = list.full(digits); full != "" {
			return full, list.title(full), nil
		}
	}
	return "", "", fmt.Errorf("%q is no code of the CPV: give a division of two digits, such as 79, or a longer code, such as 79620000", text)
}

// Scopes lists what a payment may be.
func Scopes() []string {
	return []string{Procurement, Grant, Transfer, Individuals, Tax, Finance, Mixed, Unknown}
}

// EmbeddedVersion names the embedded rules and model, without reading them.
func EmbeddedVersion() string { return version(modelFile) }
