package planted

import (
	"fmt"
	"maps"
	"slices"
)

// Score counts what came of comparisons.
type Score struct {
	Comparisons int
	Refused     int // reorganised bodies over a period they did not live through, as they ought to be

	Figures, Equal  int            // figures of declared VAT basis, and those equal to the ledger's to the penny
	Bounded, Within int            // intervals, and those that hold the truth
	Planted, Found  int            // differences of at least a fifth, and those told to within three points
	Artefacts       int            // comparisons of bodies that carry an artefact
	FalseAlarms     int            // of those: a difference that the ledger does not have
	Undeclared      int            // comparisons of spending where no VAT basis is declared
	Unclear         int            // of those: no clear difference
	Borne           int            // of those: a difference, and the ledger has it too
	Shared, ToShare int            // what fourteen bodies buy of one supplier: found whole, of the years looked at
	Named, ToName   int            // artefacts that the statement names
	Naive           int            // artefacts that a comparison of all that is published takes for a difference
	Slips           map[string]int // what went wrong, in words
	Worst           float64        // points between a planted difference and its finding, the most
}

// slip notes what went wrong.
func (s *Score) slip(format string, about ...any) {
	if s.Slips == nil {
		s.Slips = map[string]int{}
	}
	s.Slips[fmt.Sprintf(format, about...)]++
}

// Add puts another score to this one.
func (s *Score) Add(o Score) {
	s.Comparisons, s.Refused = s.Comparisons+o.Comparisons, s.Refused+o.Refused
	s.Figures, s.Equal = s.Figures+o.Figures, s.Equal+o.Equal
	s.Bounded, s.Within = s.Bounded+o.Bounded, s.Within+o.Within
	s.Planted, s.Found = s.Planted+o.Planted, s.Found+o.Found
	s.Artefacts, s.FalseAlarms, s.Naive = s.Artefacts+o.Artefacts, s.FalseAlarms+o.FalseAlarms, s.Naive+o.Naive
	s.Undeclared, s.Unclear = s.Undeclared+o.Undeclared, s.Unclear+o.Unclear
	s.Borne, s.Shared, s.ToShare = s.Borne+o.Borne, s.Shared+o.Shared, s.ToShare+o.ToShare
	s.ToName, s.Named = s.ToName+o.ToName, s.Named+o.Named
	s.Worst = max(s.Worst, o.Worst)
	for slip, n := range o.Slips {
		if s.Slips == nil {
			s.Slips = map[string]int{}
		}
		s.Slips[slip] += n
	}
}

// String writes the counts on one line, and each slip on its own.
func (s Score) String() string {
	text := fmt.Sprintf("%d comparisons; figures %d of %d; intervals %d of %d; planted %d of %d, %.2f points; false alarms %d of %d (naive %d); named %d of %d; undeclared %d and %d of %d; one supplier %d of %d; refused %d",
		s.Comparisons, s.Equal, s.Figures, s.Within, s.Bounded, s.Found, s.Planted, 100*s.Worst, s.FalseAlarms, s.Artefacts, s.Naive,
		s.Named, s.ToName, s.Unclear, s.Borne, s.Undeclared, s.Shared, s.ToShare, s.Refused)
	for _, slip := range slices.Sorted(maps.Keys(s.Slips)) {
		text += fmt.Sprintf("\n%d times: %s", s.Slips[slip], slip)
	}
	return text
}
