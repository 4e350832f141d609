package supplier

import "strings"

// distance says how two words are alike.
type distance int

const (
	apart distance = iota
	plural
	slip    // a letter or two wrong, missing, added or swapped
	shorter // one is the start of the other
	clipped // one is the other with vowels or a middle left out: "communictns", "infrasture"
)

// share is how much of its rarity a word keeps that matches so.
func (d distance) share() float64 {
	return [...]float64{0, 0.97, 0.85, 0.9, 0.8}[d]
}

// wordsApart says how two different words are alike; atEnd, whether one of them
// ends its name, so that it may be cut down to a letter.
func wordsApart(a, b string, atEnd bool) distance {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == "" || allDigits(a) || allDigits(b) {
		return apart
	}
	if strings.HasPrefix(b, a) {
		switch rest := b[len(a):]; {
		case (rest == "S" || rest == "ES") && len(a) > 2:
			return plural
		case len(a) >= 4 && len(b) >= 6 || atEnd:
			return shorter
		case len(a) == 3 && len(b) >= 7:
			return shorter
		}
	}
	switch {
	case len(a) >= 5 && slips(a, b, 1) || len(a) >= 8 && a[0] == b[0] && slips(a, b, 2):
		return slip
	case len(a) >= 4 && len(b) >= 6 && len(a)*5 >= len(b)*2 && within(a, b) && (contracted(a, b) || skeleton(a) == skeleton(b)):
		return clipped
	}
	return apart
}

// within reports whether the letters of a stand in b in their order.
func within(a, b string) bool {
	i := 0
	for j := 0; i < len(a) && j < len(b); j++ {
		if a[i] == b[j] {
			i++
		}
	}
	return i == len(a)
}

// contracted reports whether a is the start and the end of b ("infrasture"), or its start
// in the plural ("stats").
func contracted(a, b string) bool {
	start := 0
	for start < len(a) && a[start] == b[start] {
		start++
	}
	if start >= 4 && start == len(a)-1 && a[start] == 'S' && b[len(b)-1] == 'S' {
		return true
	}
	end := len(a) - start
	return start >= 3 && end >= 3 && strings.HasSuffix(b, a[start:])
}

// slips reports whether at most so many letters are wrong, missing, added or
// swapped with their neighbour. a is not the longer.
func slips(a, b string, most int) bool {
	if len(b)-len(a) > most || len(b) > 40 {
		return false
	}
	var rows [3][41]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, above, twice := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, twice[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > most {
			return false
		}
	}
	return rows[len(a)%3][len(b)] <= most
}
