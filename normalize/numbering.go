package normalize

import "slices"

// numbering tells the numbers that a ledger gives out one after another (of
// transactions, invoices, suppliers) from amounts: of ten or more whole numbers
// of one length, nine in ten lie in one series or two. Whole pounds lie further
// apart, come again, or are round.
type numbering struct {
	runs [longestNumber - shortestNumber + 1]run // by length, from six digits to twelve
}

const (
	shortestNumber, longestNumber = 6, 12
	fewestNumbers                 = 10
	sampleNumbers                 = 1000 // of a length are looked at
)

// run is the numbers of one length, leading noughts aside.
type run struct {
	cells  int
	values []uint64 // of the first of them
}

// series is the values between which the numbers that a ledger gave out lie.
type series struct{ low, high uint64 }

// A series holds eight different numbers or more, a two-hundredth of their
// value apart at most.
const (
	fewestDifferent = 8
	nearNumbers     = 200
)

// look adds one cell, trimmed.
func (n *numbering) look(text string) {
	if value, length, ok := numberOf(text); ok {
		r := &n.runs[length-shortestNumber]
		r.cells++
		if len(r.values) < sampleNumbers {
			r.values = append(r.values, value)
		}
	}
}

// numberOf reads a cell that may be a given number: digits and nothing else.
// The length is that of the number without its leading noughts.
func numberOf(text string) (value uint64, length int, ok bool) {
	if len(text) < shortestNumber || len(text) > longestNumber {
		return 0, 0, false
	}
	for i := range len(text) {
		if !isDigit(text[i]) {
			return 0, 0, false
		}
		if value = value*10 + uint64(text[i]-'0'); value > 0 {
			length++
		}
	}
	return value, length, length >= shortestNumber
}

// series returns the one or two in which nine in ten of the run's numbers lie,
// and how many do; nil where they are no ledger's.
func (r *run) series() (found []series, count int) {
	if r.cells < fewestNumbers {
		return nil, 0
	}
	left := slices.Sorted(slices.Values(r.values))
	for len(found) < 2 && count*10 < len(r.values)*9 {
		from, to := densest(left)
		if !givenOut(left[from:to]) {
			return nil, 0
		}
		first, last := left[from], left[to-1]
		found = append(found, series{last - last/nearNumbers, first + first/nearNumbers})
		count += to - from
		left = slices.Delete(left, from, to)
	}
	if count*10 < len(r.values)*9 {
		return nil, 0
	}
	return found, r.cells * count / len(r.values)
}

// densest returns the most neighbours among sorted values that lie near enough
// for a series: values[from:to].
func densest(values []uint64) (from, to int) {
	end := 0
	for i, first := range values {
		for end < len(values) && values[end]-first <= first/nearNumbers {
			end++
		}
		if end-i > to-from {
			from, to = i, end
		}
	}
	return from, to
}

// givenOut reports whether sorted numbers are many, and end in every digit
// alike: of those that differ, no more than half in 0 or 5.
func givenOut(values []uint64) bool {
	values = slices.Compact(slices.Clone(values))
	round := 0
	for _, v := range values {
		if v%5 == 0 {
			round++
		}
	}
	return len(values) >= fewestDifferent && round*2 <= len(values)
}

// numbers is how many of the cells are numbers given out, and no amounts.
func (n *numbering) numbers() int {
	count := 0
	for i := range n.runs {
		_, alike := n.runs[i].series()
		count += alike
	}
	return count
}

// given is the series of a column's given numbers.
type given []series

func (n *numbering) given() given {
	var g given
	for i := range n.runs {
		found, _ := n.runs[i].series()
		g = append(g, found...)
	}
	return g
}

// has reports whether a cell is one of them.
func (g given) has(cell string) bool {
	if len(g) == 0 {
		return false
	}
	value, _, ok := numberOf(trim(cell))
	return ok && slices.ContainsFunc(g, func(s series) bool { return s.low <= value && value <= s.high })
}
