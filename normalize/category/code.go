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
	digits, check, checked := strings.Cut(strings.TrimSpace(text), "-")
	full = list.full(digits)
	switch {
	case full == "":
		return "", "", fmt.Errorf("%q is no code of the CPV: give a division of two digits, such as 79, or a longer code, such as 79620000", text)
	case checked && !strings.HasSuffix(full, "-"+check):
		return "", "", fmt.Errorf("%q has a wrong check digit: %s is %s", text, full, list.title(full))
	}
	return full, list.title(full), nil
}

// Scopes lists what a payment may be.
func Scopes() []string {
	return []string{Procurement, Grant, Transfer, Individuals, Tax, Finance, Mixed, Unknown}
}

// EmbeddedVersion names the embedded rules and model, without reading them.
func EmbeddedVersion() string { return version(modelFile) }
