package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// What stands beside a byte, as far as it helps to tell what the byte spells.
const (
	besideEdge  = iota // a space, a delimiter, a quote, the end of a line
	besideLower        // a to z
	besideUpper        // A to Z
	besideDigit
	besidePoint // other punctuation
	besideHigh  // another byte from 0x80 up
	besides
)

// contexts counts the bytes from 0x80 up by what stands before and after each.
type contexts [besides][128][besides]int64

func (c *contexts) count(before, b, after byte) { c[beside(before)][b&0x7f][beside(after)]++ }

func beside(c byte) int {
	switch {
	case c >= 0x80:
		return besideHigh
	case 'a' <= c && c <= 'z':
		return besideLower
	case 'A' <= c && c <= 'Z':
		return besideUpper
	case '0' <= c && c <= '9':
		return besideDigit
	case c <= ' ' || strings.IndexByte(",;|\"'", c) >= 0:
		return besideEdge
	}
	return besidePoint
}

// likeliest names the code page in which the bytes spell the most plausible
// text. cp1252 is by far the commonest in published spend: where another reads
// the bytes otherwise, it must make sense by itself, and more sense.
func (c *contexts) likeliest() string {
	name, best := "cp1252", int64(1)
	for _, rival := range []struct {
		name string
		page *charmap.Charmap
	}{{"mac_roman", charmap.Macintosh}, {"cp850", charmap.CodePage850}} {
		own, usual := c.compare(rival.page)
		if own > 0 && own-usual > best {
			name, best = rival.name, own-usual
		}
	}
	return name
}

// compare scores the bytes that a code page reads otherwise than cp1252, as
// the page reads them and as cp1252 does.
func (c *contexts) compare(page *charmap.Charmap) (own, usual int64) {
	for before := range besides {
		for low := range 128 {
			b := byte(low) | 0x80
			r, common := page.DecodeByte(b), charmap.Windows1252.DecodeByte(b)
			for after := range besides {
				if n := c[before][low][after]; n > 0 && r != common {
					own += n * plausible(before, r, after)
					usual += n * plausible(before, common, after)
				}
			}
		}
	}
	return own, usual
}

// accented are the letters that names and loan words in English bring along.
const accented = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšž"

// plausible scores a character between its neighbours: above zero is what one
// meets in spend files, below zero is what a wrong code page makes of it.
func plausible(before int, r rune, after int) int64 {
	switch {
	case r == '£':
		return pounds(after)
	case r == '’' && wordy(before) && wordy(after):
		return 4
	case strings.ContainsRune("‘’“”–—", r):
		return 3
	case r == '\u00a0' || strings.ContainsRune("…•·®™©°½¼¾€´«»²", r):
		return 1
	case strings.ContainsRune(accented, unicode.ToLower(r)):
		return letter(before, unicode.IsUpper(r), after)
	case unicode.IsControl(r):
		return -6
	case unicode.IsLetter(r), 0x2500 <= r && r <= 0x25ff: // boxes and blocks
		return -3
	}
	return -1
}

func pounds(after int) int64 {
	if after == besideDigit {
		return 4
	}
	return 2
}

// letter scores an accented letter: inside a word in the right case it is
// likely, alone or beside a digit it is not.
func letter(before int, upper bool, after int) int64 {
	inLower := before == besideLower && after != besideUpper || !wordy(before) && after == besideLower ||
		before == besideUpper && after == besideLower
	inUpper := before != besideLower && (after == besideUpper || before == besideUpper && !wordy(after))
	starts := !wordy(before) && after == besideLower
	switch {
	case before == besideHigh || after == besideHigh: // "Â£" is UTF-8 read wrongly once before
		return 0
	case before == besideDigit || after == besideDigit:
		return -2
	case upper && (inUpper || starts):
		return 1
	case !upper && inLower:
		return 2
	}
	return -2
}

func wordy(side int) bool { return side == besideLower || side == besideUpper }
