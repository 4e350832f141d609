package supplier

import (
	"math"
	"slices"
	"strings"
)

// What counts beside the letters when the entries that a unit may be are ranked. The
// odds say more of whether two names are one than of which of several is meant. A
// name that another payee has, or whose words payees have together, is likelier to be
// meant than one that no public body is known to have paid.
const (
	byOdds     = 0.1  // for each unit of the logarithm of the odds that the names are one
	byPayee    = 0.15 // the entry's name is the very name of a payee
	byTogether = 0.2  // all pairs of its rarest words stand together in payees' names
)

// likeness ranks the entries that a unit may be, the likeliest highest. What cannot
// reach least is not compared letter by letter; it is given less than least.
func likeness(u, of *unit, chance, least float64) float64 {
	chance = min(max(chance, 1e-6), 1-1e-6)
	rest := byOdds*math.Log(chance/(1-chance)) + of.known
	if most := 2 * float64(min(len(u.letters), len(of.letters))) / float64(max(1, len(u.letters)+len(of.letters))); most+rest < least {
		return math.Inf(-1)
	}
	return alike(u.letters, of.letters) + rest
}

// letters are the runs of three letters of a published name, legal forms and all.
func letters(published string) []uint32 {
	return grams(strings.Join(words(fold(published)), " "))
}

// known says how far payees' names speak for an entry's name, which is that of some
// of the units at hand, or of none.
func (s *searcher) known(of *unit) float64 {
	sum := 0.0
	if slices.ContainsFunc(s.units, func(i int32) bool { return s.c.units[i].joined == of.joined }) {
		sum = byPayee
	}
	var room [maxWords]uint32
	rare := s.c.rarestWords(room[:0], of.words, 4)
	pairs, together := 0, 0
	for i, a := range rare {
		for _, b := range rare[:i] {
			pairs++
			if s.c.both(a, b) > 0 {
				together++
			}
		}
	}
	if pairs == 0 {
		return sum + byTogether
	}
	return sum + byTogether*float64(together)/float64(pairs)
}
